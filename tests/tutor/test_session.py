"""Talks with the tutor: what each message gets, what the talk remembers, and how it is kept."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.embedder import HashEmbedder
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.answers import Claim
from tutor.chat_dialogues import ASIDE
from tutor.chat_questions import pose
from tutor.engines.grounded import GroundedEngine
from tutor.intent import Intent
from tutor.quiz import Choice
from tutor.session import Session
from tutor.socratic.dialogue import Reply
from tutor.topics import cards_at_stake
from tutor.turns import Answered, Compared, Explained, Handover, Led, Marked, Plain, Posed, Reviewed, Turn
from tutor.tutor import Tutor

PASTED = "A host must have tea ready within seconds. Which vessel?\nA. An Imperial Teapot\nB. A Royal Gaiwan\nC. A pan"


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tutor]:
    pack = load_pack("mls_c01")
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(pack, library, now=NOW)
    yield Tutor(pack, library, GroundedEngine())
    library.close()


@pytest.fixture
def tea(small_pack: ExamPack, library: Library) -> Tutor:
    ingest_pack(small_pack, library, now=NOW)
    return Tutor(small_pack, library, GroundedEngine())


class Talk:
    """A talk whose page is reloaded after every message: it goes on from what was kept."""

    def __init__(self, tutor: Tutor, seed: int = 1) -> None:
        self.session = Session(tutor)
        self.rng = random.Random(seed)  # noqa: S311
        self.now = NOW

    def say(self, message: str) -> Turn:
        self.now += timedelta(seconds=30)
        turn = self.session.say(message, self.now, self.rng)
        self.session = Session.from_json(self.session.tutor, self.session.to_json())
        return turn


# What each wish gets.


def test_a_question_is_answered_and_a_follow_up_is_about_the_same_thing(tutor: Tutor) -> None:
    talk = Talk(tutor)

    first, second = talk.say("How long does Kinesis Data Streams keep a record?"), talk.say("and Firehose?")

    assert isinstance(first, Answered)
    assert "24 hours by default" in first.answer.claims[0].text
    assert isinstance(second, Answered)
    assert second.answer.question == "How long does Amazon Data Firehose keep a record?"


def test_which_service_it_is_becomes_the_topic(tutor: Tutor) -> None:
    """The question names Redshift; the talk goes on about the answer."""
    talk = Talk(tutor)
    answer = talk.say("Which service loads streaming data into Redshift without any code?")
    assert isinstance(answer, Answered)
    first = answer.answer.claims[0].citations[0].chunk.source

    talk.say("in a sentence")

    assert first == tutor.pack.source_of_card(talk.session.thread.topics[0])


@pytest.mark.parametrize(
    ("message", "depth"),
    [("Explain XGBoost", "exam"), ("explain xgboost in depth", "deep"), ("XGBoost in one sentence", "sentence")],
)
def test_an_explanation_has_the_depth_that_is_asked_for(tutor: Tutor, message: str, depth: str) -> None:
    turn = Talk(tutor).say(message)

    assert isinstance(turn, Explained)
    assert (turn.explanation.card.id, turn.explanation.depth) == ("xgboost", depth)


def test_an_explanation_of_a_detail_is_an_answer(tutor: Tutor) -> None:
    assert isinstance(Talk(tutor).say("Explain how Athena charges for scanned data"), Answered)


def test_a_comparison_takes_a_third_thing_in(tutor: Tutor) -> None:
    talk = Talk(tutor)

    first, second = talk.say("What is the difference between Glue and EMR?"), talk.say("and Athena?")

    assert isinstance(first, Compared)
    assert isinstance(second, Compared)
    assert [card.id for card in second.comparison.cards] == ["aws-glue", "amazon-emr", "amazon-athena"]


@pytest.mark.parametrize(
    ("message", "intent", "topic", "count", "minutes", "choice"),
    [
        ("give me 10 questions on Amazon Kendra", Intent.QUIZ, "Amazon Kendra", 10, None, Choice.MIXED),
        ("quiz me on what I am weak at", Intent.QUIZ, None, None, None, Choice.WEAK),
        ("make a study plan until June", Intent.PLAN, None, None, None, Choice.MIXED),
        ("how far am I with XGBoost?", Intent.PROGRESS, "XGBoost", None, None, Choice.MIXED),
        ("start a mock exam of 60 minutes", Intent.EXAM, None, None, 60, Choice.MIXED),
    ],
)
def test_what_has_a_place_of_its_own_is_handed_over(
    tutor: Tutor,
    message: str,
    intent: Intent,
    topic: str | None,
    count: int | None,
    minutes: int | None,
    choice: Choice,
) -> None:
    turn = Talk(tutor).say(message)

    assert isinstance(turn, Handover)
    assert (turn.intent, turn.topic and turn.topic.name, turn.count, turn.minutes, turn.choice) == (
        intent, topic, count, minutes, choice,
    )  # fmt: skip
    assert turn.message == message


@pytest.mark.parametrize("message", ["", "hello", "What is the weather like tomorrow?"])
def test_what_needs_no_evidence_gets_a_plain_word_and_ways_to_go_on(tutor: Tutor, message: str) -> None:
    turn = Talk(tutor).say(message)

    assert isinstance(turn, Plain)
    assert "Quiz me" in turn.suggestions


# Questions in the talk.


def test_a_question_is_put_marked_with_reasons_and_followed_by_another(tutor: Tutor) -> None:
    talk = Talk(tutor)
    posed = talk.say("quiz me on k-means")
    assert isinstance(posed, Posed)
    assert "k-means" in set(cards_at_stake(posed.question))
    wrong = next(label for label, option in posed.question.labelled if not option.correct)

    marked = talk.say(f"I chose {wrong}")

    assert isinstance(marked, Marked)
    assert not marked.marked.correct
    assert marked.seconds == 30.0  # between the two messages
    assert marked.review is not None
    assert all(option.why for option in marked.review.options)
    following = talk.say("next")
    assert isinstance(following, Posed)
    assert "k-means" in set(cards_at_stake(following.question))
    assert following.question.id != posed.question.id


@pytest.mark.parametrize("form", ["{label}", "{small}", "I'd go with {label}", "the {place} one", "{text}"])
def test_a_reply_names_its_option_in_many_ways(tutor: Tutor, form: str) -> None:
    talk = Talk(tutor, seed=3)
    posed = talk.say("quiz me on Amazon Data Firehose")
    assert isinstance(posed, Posed)
    label, option = posed.question.labelled[1]

    marked = talk.say(form.format(label=label, small=label.lower(), place="second", text=option.text))

    assert isinstance(marked, Marked)
    assert marked.marked.chosen == (1,)


def test_where_nothing_turns_on_a_thing_a_question_on_its_task_is_put(tutor: Tutor) -> None:
    """Kinesis is a family of services: questions turn on its members."""
    posed = Talk(tutor).say("quiz me on Amazon Kinesis")

    assert isinstance(posed, Posed)
    assert posed.question.task in tutor.pack.cards_by_id["amazon-kinesis"].tasks
    assert "same exam task" in posed.word


def test_two_options_are_named_at_once(tutor: Tutor) -> None:
    talk = Talk(tutor)
    question = next(question for question in tutor.pack.questions if question.select == 2)
    _, talk.session.thread = pose(question, talk.session.thread, NOW)

    too_few, marked = talk.say(question.answer[0]), talk.say(" and ".join(question.answer))

    assert isinstance(too_few, Plain)
    assert "2 of its options" in too_few.text
    assert isinstance(marked, Marked)
    assert marked.marked.correct


def test_options_are_asked_about_before_and_after_the_answer(tutor: Tutor) -> None:
    talk = Talk(tutor)
    posed = talk.say("quiz me on XGBoost")
    assert isinstance(posed, Posed)
    wrong = [label for label, option in posed.question.labelled if not option.correct]

    before = talk.say(f"Why is {wrong[0]} wrong?")
    marked = talk.say(wrong[1])
    after = talk.say(f"is {wrong[1]} ever right?")

    assert isinstance(before, Reviewed)
    assert before.labels == (wrong[0],)
    assert not before.is_whole
    assert isinstance(marked, Marked)  # the question stayed open
    assert isinstance(after, Reviewed)
    assert after.options[0].right_if


def test_giving_up_is_a_blank_answer_with_the_reasons(tutor: Tutor) -> None:
    talk = Talk(tutor)
    talk.say("Quiz me")

    turn = talk.say("just tell me")

    assert isinstance(turn, Marked)
    assert turn.marked.blank


def test_a_pasted_question_is_reviewed_and_stays_in_the_talk(tea: Tutor) -> None:
    talk = Talk(tea)

    whole, one = talk.say(PASTED), talk.say("why not the first one?")

    assert isinstance(whole, Reviewed)
    assert (whole.labels, whole.is_whole) == (("A", "B", "C"), True)
    assert isinstance(one, Reviewed)
    assert one.labels == ("A",)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Which vessel?\nA. A pot\nB. A pot\nC. A cup", "Options A and B are equal"),
        (f"{PASTED}\n\n{PASTED}", "more than one question"),
        (
            "Which vessel?\n" + "\n".join(f"{letter}. Vessel {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"),
            "20 options",
        ),
        (PASTED + "\n" + "leaf " * 20_000, "a question is read up to 20,000"),
        (
            "Welches Gefäß ist für die Gäste das beste, warum nicht die Kanne?\nA. Die Kanne\nB. Der Topf\nC. Das Glas",
            "in a language",
        ),
    ],
    ids=["equal", "two questions", "twenty", "100 KB", "another language"],
)
def test_a_pasted_text_that_cannot_be_judged_says_why(tea: Tutor, text: str, word: str) -> None:
    turn = Talk(tea).say(text)

    assert isinstance(turn, Plain)
    assert word in turn.text


@pytest.mark.parametrize(
    "text",
    [
        "<p>Which vessel?</p><ul><li>An Imperial Teapot<li>A Royal Gaiwan<li>A pan</ul><script>x</script>",
        "Which vessel is best for seconds?\nAn Imperial Teapot\nA Royal Gaiwan\nA pan",
        "Which vessel? (A) An Imperial Teapot (B) A Royal Gaiwan (C) A pan",
    ],
    ids=["HTML", "no letters", "one line"],
)
def test_a_pasted_question_comes_in_many_forms(tea: Tutor, text: str) -> None:
    turn = Talk(tea).say(text)

    assert isinstance(turn, Reviewed)
    assert [option.text for option in turn.options] == ["An Imperial Teapot", "A Royal Gaiwan", "A pan"]


def test_a_text_of_100_kilobytes_is_answered_in_the_words_that_are_read(tea: Tutor) -> None:
    turn = Talk(tea).say("What is a Royal Gaiwan? " * 4_200)

    assert isinstance(turn, Answered)
    assert "only the first 4,000 were read" in turn.answer.note


def test_no_question_comes_twice_in_a_talk(tutor: Tutor) -> None:
    """The bank has fewer than forty questions on one thing: new scenarios follow."""
    talk = Talk(tutor)
    turns = [talk.say("quiz me on Amazon Kinesis Data Streams"), *(talk.say("another one") for _ in range(39))]
    put = [turn.question for turn in turns if isinstance(turn, Posed)]

    assert len({question.id for question in put}) == len(put) == 40
    origins = [question.origin for question in put]
    assert origins == sorted(origins)  # "authored" before "generated"
    assert "generated" in origins


def test_when_all_questions_were_put_the_tutor_says_so(tea: Tutor) -> None:
    talk = Talk(tea)
    put = talk.say("quiz me")

    assert isinstance(put, Posed)
    end = talk.say("another one")
    assert isinstance(end, Plain)
    assert "no further question" in end.text


# Dialogues.


def test_a_dialogue_is_entered_left_for_another_thing_and_come_back_to(tutor: Tutor) -> None:
    talk = Talk(tutor)
    begun = talk.say("Lead me through a question on Amazon Athena")
    stuck = talk.say("I don't know")
    aside = talk.say("What is Amazon Polly?")
    back = talk.say("back to it")
    told = talk.say("just tell me")

    assert isinstance(begun, Led)
    assert begun.begins
    assert isinstance(stuck, Led)
    assert stuck.dialogue.turn.reply is Reply.STUCK
    assert isinstance(aside, Explained)
    assert aside.word == ASIDE
    assert isinstance(back, Led)
    assert (back.begins, back.dialogue) == (True, stuck.dialogue)
    assert isinstance(told, Led)
    assert told.dialogue.revealed


def test_an_open_question_turns_into_a_dialogue_on_it(tutor: Tutor) -> None:
    talk = Talk(tutor)
    posed, led = talk.say("quiz me on dropout"), talk.say("Lead me there")

    assert isinstance(posed, Posed)
    assert isinstance(led, Led)
    assert led.dialogue.question == posed.question
    assert not led.begins  # its question has just been shown


def test_stop_leaves_a_dialogue(tutor: Tutor) -> None:
    talk = Talk(tutor)
    talk.say("Lead me through a question on Amazon Athena")

    stopped, after = talk.say("stop"), talk.say("What is recall?")

    assert isinstance(stopped, Plain)
    assert isinstance(after, Explained)


# What may be said next.

PROMISES: dict[str, type[Turn]] = {
    "Quiz me": Posed, "Quiz me on this": Posed, "Another one": Posed, "Lead me there": Led, "I don't know": Led,
    "Lead me through a question": Led, "Give me a hint": Led, "Back to it": Led, "In depth": Explained,
    "In a sentence": Explained, "For the exam": Explained, "Stop": Plain,
}  # fmt: skip


@pytest.mark.parametrize(
    "messages",
    [
        ["hello"],
        ["What is recall?"],
        ["Explain XGBoost in depth"],
        ["Explain XGBoost in a sentence"],
        ["How long does Kinesis Data Streams keep a record?"],
        ["Compare Glue and EMR"],
        ["quiz me on XGBoost"],
        ["quiz me on XGBoost", "B"],
        ["quiz me on XGBoost", "Why is B wrong?"],
        ["quiz me on XGBoost", "B", "Is B ever right?"],
        ["Lead me through a question on XGBoost"],
        ["Lead me through a question on XGBoost", "stop"],
        ["What is the weather like tomorrow?"],
        [PASTED],
    ],
    ids=" / ".join,
)
def test_every_suggestion_gets_what_it_promises(tutor: Tutor, messages: list[str]) -> None:
    talk = Talk(tutor)
    turns = [talk.say(message) for message in messages]
    kept = talk.session.to_json()

    for suggestion in turns[-1].suggestions:
        talk.session = Session.from_json(tutor, kept)
        turn = talk.say(suggestion)
        assert isinstance(turn, _promised(suggestion)), (suggestion, turn)


def _promised(suggestion: str) -> type[Turn] | tuple[type[Turn], ...]:
    if suggestion == "Just tell me":
        return Led, Marked
    if suggestion.startswith("Explain "):
        return Explained
    return PROMISES.get(suggestion, Reviewed)  # "Why is B right?", "Is C ever right?"


# The talk as data.


def test_what_is_kept_is_plain_and_checked(tutor: Tutor) -> None:
    talk = Talk(tutor)
    talk.say("quiz me on k-means")
    kept = json.loads(talk.session.to_json())

    assert set(kept) == {field.name for field in fields(talk.session.thread)}
    with pytest.raises(ExamTutorError, match=r"cannot be read: is_open"):
        Session.from_json(tutor, json.dumps({**kept, "is_open": "perhaps"}))
    with pytest.raises(ExamTutorError, match="Begin a new one"):
        Session.from_json(tutor, "no talk")


def test_what_the_pack_no_longer_has_is_left_out(tutor: Tutor, tea: Tutor) -> None:
    talk = Talk(tutor)
    talk.say("quiz me on k-means")

    moved = Session.from_json(tea, talk.session.to_json())

    assert (moved.thread.topics, moved.thread.question, moved.thread.is_open) == ((), None, False)


def test_a_stream_gives_claims_and_ends_in_the_turn(tea: Tutor) -> None:
    rng = random.Random(1)  # noqa: S311
    *claims, turn = Session(tea).stream("How many millilitres does a Royal Gaiwan hold?", NOW, rng)

    assert isinstance(turn, Answered)
    assert claims
    assert all(isinstance(claim, Claim) for claim in claims)
    assert tuple(claims) == turn.answer.claims


MESSAGES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["quiz me", "B", "a and c", "why?", "lead me there", "stop", "back to it", "just tell me", "next", "idk",
         "What is a gaiwan?", "and the teapot?", "Compare gaiwan and teapot", "why is B wrong?", "hint", PASTED]
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(MESSAGES, max_size=8))
def test_any_talk_goes_on_from_what_is_kept(tea: Tutor, messages: list[str]) -> None:
    talk = Talk(tea)
    for message in messages:
        assert talk.say(message) is not None
        assert Session.from_json(tea, talk.session.to_json()).thread == talk.session.thread
