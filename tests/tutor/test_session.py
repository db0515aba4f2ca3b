"""A talk through its one door: what each message leads to, and that a kept talk goes on where it stood."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date

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
from tutor import suggestions
from tutor.answers import Claim
from tutor.engines.grounded import GroundedEngine
from tutor.intent import Intent
from tutor.session import EMPTY, LEFT, NO_QUESTION, Session
from tutor.socratic.dialogue import Reply, Step
from tutor.turns import Answered, Compared, Explained, Handover, Led, Marked, Plain, Posed, Reviewed, Turn
from tutor.tutor import Tutor

PASTED = """Which vessel is poured off within seconds?
A) A samovar
B) An Imperial Teapot
C) A Royal Gaiwan
D) A cold brew jar"""


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tutor]:
    """Over the whole pack, searched by words."""
    pack = load_pack("mls_c01")
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(pack, library, now=NOW)
    yield Tutor(pack, library, GroundedEngine())
    library.close()


@pytest.fixture
def tea(small_pack: ExamPack, library: Library) -> Session:
    """A talk about tea; its pack has one question and makes no scenarios."""
    ingest_pack(small_pack, library, now=NOW)
    return Session(Tutor(small_pack, library, GroundedEngine()))


def said(session: Session, *messages: str) -> Turn:
    """The last turn of a talk that is kept as JSON and taken up again between any two messages."""
    turn: Turn = Plain("")
    for message in messages:
        turn = session.say(message, NOW, random.Random(1))  # noqa: S311  to be repeated, not to be secret
        kept = Session.from_json(session.tutor, json.loads(json.dumps(session.to_json())))
        assert kept.thread == session.thread
    return turn


# Things.


def test_a_question_is_answered_and_a_follow_up_is_made_whole(tea: Session) -> None:
    first = said(tea, "How much does a Royal Gaiwan hold?")
    then = said(tea, "and how long does it steep?")

    assert isinstance(first, Answered)
    assert "A Royal Gaiwan holds 100 to 150 millilitres." in [claim.text for claim in first.answer.claims]
    assert isinstance(then, Answered)
    assert then.answer.question == "and how long does Royal Gaiwan steep?"
    assert "10 to 30 seconds" in then.answer.claims[0].text


def test_claims_stream_before_the_turn_that_takes_their_place(tea: Session) -> None:
    *claims, turn = tea.stream("How much does a Royal Gaiwan hold?", NOW, random.Random(1))  # noqa: S311

    assert isinstance(turn, Answered)
    assert [claim.text for claim in claims if isinstance(claim, Claim)] == [c.text for c in turn.answer.claims]


def test_a_thing_at_three_depths(tea: Session) -> None:
    """Deeper and shorter count from the last explanation: for the exam, in depth, for the exam, in a sentence."""
    depths = []
    for message in ("Explain the Royal Gaiwan", "in depth", "shorter", "shorter"):
        turn = said(tea, message)
        assert isinstance(turn, Explained)
        depths.append((turn.explanation.card.id, turn.explanation.depth))
    assert depths == [("gaiwan", "exam"), ("gaiwan", "deep"), ("gaiwan", "exam"), ("gaiwan", "sentence")]


def test_a_chosen_depth_counts_where_a_message_names_none(tea: Session) -> None:
    """Chosen is a sentence. What a message names goes first, a step counts from what was said last of that thing, and
    a message about it without a depth is back at the chosen one; so is another thing.
    """
    talk, depths = Session(tea.tutor, depth="sentence"), []
    for message in (
        "Explain the Royal Gaiwan",
        "In depth",
        "Shorter",
        "Explain the Royal Gaiwan",
        "Explain the Imperial Teapot",
    ):
        turn = talk.say(message, NOW, random.Random(1))  # noqa: S311  to be repeated, not to be secret
        assert isinstance(turn, Explained)
        depths.append((turn.explanation.card.id, turn.explanation.depth))
    assert [depth for _, depth in depths] == ["sentence", "deep", "exam", "sentence", "sentence"]
    assert depths[3][0] != depths[4][0]


def test_a_comparison_with_what_was_spoken_of(tea: Session) -> None:
    turn = said(tea, "What is a Royal Gaiwan?", "How does it differ from the Imperial Teapot?")

    assert isinstance(turn, Compared)
    assert [card.id for card in turn.comparison.cards] == ["gaiwan", "teapot"]


# Questions.


def test_a_question_in_the_talk(tea: Session) -> None:
    posed = said(tea, "Quiz me on the Royal Gaiwan")
    wrong = said(tea, "B")
    again = said(tea, "Next question")

    assert isinstance(posed, Posed)
    assert posed.question.id == "tst-1"
    assert isinstance(wrong, Marked)
    assert (wrong.chosen, wrong.right, wrong.review.right) == (("B",), False, ("A",))
    assert wrong.suggestions == ("Why is B wrong?", "A new scenario on this", "Next question")
    assert isinstance(again, Plain)
    assert "no further question on Royal Gaiwan" in again.word


def test_a_topic_without_a_question_leads_to_its_neighbours(tutor: Tutor) -> None:
    """No question of the pack has Amazon Q among its options, and no scenario; its rivals have some."""
    turn = said(Session(tutor), "Quiz me on Amazon Q")

    assert isinstance(turn, Posed)
    assert turn.word == "There is no further question on Amazon Q; this one is on what stands beside it."


@pytest.mark.parametrize(
    ("reply", "chosen"),
    [
        ("A", ("A",)),
        ("a", ("A",)),
        ("I chose C", ("C",)),
        ("the second one", ("B",)),
        ("a samovar", ("C",)),
        ("I think it is the Royal Gaiwan", ("A",)),
        ("Just tell me", ()),
        ("I don't know", ()),
    ],
)
def test_replies_to_a_question(tea: Session, reply: str, chosen: tuple[str, ...]) -> None:
    turn = said(tea, "Quiz me", reply)

    assert isinstance(turn, Marked)
    assert turn.chosen == chosen
    assert turn.right == (chosen == ("A",))
    assert all(option.reason for option in turn.review.options)


def test_as_many_options_as_are_wanted(tea: Session) -> None:
    turn = said(tea, "Quiz me", "A and C")

    assert isinstance(turn, Posed)
    assert turn.word == "You named 2; this question wants 1."


def test_what_follows_on_a_marked_question(tea: Session) -> None:
    said(tea, "Quiz me", "B")
    for message, labels in (
        ("Why is B wrong?", ("B",)),
        ("why not the second one", ("B",)),
        ("is D ever right?", ("D",)),
        ("What is wrong with my answer?", ("B",)),
        ("Explain every option", ("A", "B", "C", "D")),
    ):
        turn = said(tea, message)
        assert isinstance(turn, Reviewed), message
        assert turn.labels == labels


def test_an_open_question_waits(tea: Session) -> None:
    """Something else is asked in between; a letter answers it all the same."""
    other = said(tea, "Quiz me", "How much does a Royal Gaiwan hold?")
    back = said(tea, "back to the question")
    turn = said(tea, "How long does a pot steep?", "A")

    assert isinstance(other, Answered)
    assert isinstance(back, Posed)
    assert isinstance(turn, Marked)
    assert turn.right


def test_a_pasted_question_and_its_follow_ups(tea: Session) -> None:
    first, then = said(tea, PASTED), said(tea, "why not the second one")

    assert isinstance(first, Reviewed)
    assert first.labels == ("A", "B", "C", "D")
    assert isinstance(then, Reviewed)
    assert then.labels == ("B",)


def test_a_pasted_text_that_cannot_be_read_says_why(tea: Session) -> None:
    turn = said(tea, "Choose four.\nA) tea\nB) coffee\nC) milk\nD) water")

    assert isinstance(turn, Plain)
    assert "4 of 4 options" in turn.word


def test_no_question_comes_twice_and_authored_ones_come_first(tutor: Tutor) -> None:
    """First every written question with Amazon Athena among its options, then new ones."""
    written = [q.id for q in tutor.pack.questions if any(option.card == "amazon-athena" for option in q.options)]
    session = Session(tutor)
    ids = []
    for _ in range(len(written) + 5):
        turn = said(session, "Quiz me on Amazon Athena" if not ids else "next")
        assert isinstance(turn, Posed)
        ids.append(turn.question.id)
        said(session, "A" if turn.question.select == 1 else "Just tell me")
    assert sorted(ids[: len(written)]) == sorted(written)
    assert len(set(ids)) == len(ids)
    assert all(question_id.startswith("gen-") for question_id in ids[len(written) :])


def test_a_scenario_is_a_new_question(tutor: Tutor) -> None:
    turn = said(Session(tutor), "Invent a new scenario about streaming ingestion")

    assert isinstance(turn, Posed)
    assert turn.question.origin == "generated"


def test_where_there_is_no_question_to_speak_of(tea: Session) -> None:
    for message in ("Why is B wrong?", "A"):
        turn = said(tea, message)
        assert isinstance(turn, Plain)
        assert turn.word == NO_QUESTION


# Dialogues.


def test_led_to_the_answer_and_told(tea: Session) -> None:
    led = said(tea, "Quiz me", "Lead me there")
    told = said(tea, "no idea", "just tell me")

    assert isinstance(led, Led)
    assert led.dialogue.step is Step.ASKED
    assert isinstance(told, Led)
    assert told.dialogue.turn.reply is Reply.TELL_ME
    assert told.dialogue.revealed
    assert tea.thread.open_question is None


def test_a_dialogue_is_stopped_and_taken_up_again(tea: Session) -> None:
    before = said(tea, "Quiz me", "Lead me there", "no idea")
    stopped, back = said(tea, "stop"), said(tea, "back to it")

    assert stopped == Plain(LEFT, (suggestions.BACK, suggestions.QUIZ))
    assert isinstance(before, Led)
    assert isinstance(back, Led)
    assert back.dialogue == before.dialogue


def test_another_thing_leaves_a_dialogue_with_a_word(tutor: Tutor) -> None:
    session = Session(tutor)
    other = said(session, "Lead me to regularization with questions", "What is the difference between Glue and EMR?")
    back = said(session, "back to it")

    assert isinstance(other, Compared)
    assert other.word == LEFT
    assert other.suggestions[-1] == suggestions.BACK
    assert isinstance(back, Led)


# Other places, and plain words.


def test_sittings_plan_and_progress_are_handed_over(tutor: Tutor) -> None:
    session = Session(tutor)
    quiz = said(session, "Give me 5 questions on AWS Glue")
    plan = said(session, "My exam is on 14 March, make me a study plan")
    exam, progress = said(session, "Start a mock exam"), said(session, "How am I doing?")

    assert isinstance(quiz, Handover)
    assert (quiz.intent, quiz.cards, quiz.count) == (Intent.QUIZ, ("aws-glue",), 5)
    assert isinstance(plan, Handover)
    assert (plan.intent, plan.day) == (Intent.PLAN, date(2026, 3, 14))  # NOW is in January 2026
    assert isinstance(exam, Handover)
    assert exam.intent is Intent.EXAM
    assert isinstance(progress, Handover)
    assert (progress.intent, progress.cards) == (Intent.PROGRESS, ())


def test_plain_words(tutor: Tutor) -> None:
    session = Session(tutor)
    nothing, hello, weather = said(session, "  "), said(session, "hello"), said(session, "What is the weather today?")

    assert isinstance(nothing, Plain)
    assert nothing.word == EMPTY
    assert isinstance(hello, Plain)
    assert "MLS-C01" in hello.word
    assert isinstance(weather, Plain)
    assert "outside of what MLS-C01 covers" in weather.word


def test_every_suggestion_leads_somewhere(tutor: Tutor) -> None:
    """Whatever a turn suggests is understood: it is never answered with a plain word, but for “Stop”."""
    start = [
        "What is Amazon Athena?",
        "Compare Glue and EMR",
        "Quiz me on recall",
        "hello",
        "Lead me to dropout",
        "no idea",
    ]
    for opening in (start[:1], start[1:2], start[2:3], [*start[2:3], "B"], start[3:4], start[4:5], start[4:]):
        session = Session(tutor)
        turn = said(session, *opening)
        kept = session.to_json()
        for tap in turn.suggestions:
            then = said(Session.from_json(tutor, kept), tap)
            assert not isinstance(then, Plain) or tap == suggestions.STOP, (opening, tap)
            assert not (isinstance(then, Answered) and then.answer.abstained), (opening, tap)


def test_long_messages_are_answered_too(tea: Session) -> None:
    """20,000 characters of pronouns, of letters, and of marks: each is read once, and not once for each of them."""
    said(tea, "How much does a Royal Gaiwan hold?", "Quiz me", "A")
    for part in ("what is it and how do it ", "a ", "A) ", "and "):
        said(tea, part * (20_000 // len(part)))


# What was kept.


@pytest.mark.parametrize(
    ("data", "said_of_it"),
    [
        ([], "is not valid"),
        ({"topics": ["no-such-card"]}, "'no-such-card'"),
        ({"depth": "abyss"}, "depth is not valid"),
        ({"strange": 1}, "strange is not valid"),
        ({"question": {"id": "x"}}, "is not valid"),
    ],
)
def test_what_was_not_kept_here_is_refused(tea: Session, data: object, said_of_it: str) -> None:
    with pytest.raises(ExamTutorError, match=said_of_it) as refused:
        Session.from_json(tea.tutor, data)
    assert refused.value.hint == "Begin a new conversation."


@given(st.lists(st.text(max_size=80), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_no_message_is_an_error(tea: Session, messages: list[str]) -> None:
    said(Session(tea.tutor), "Quiz me", *messages)
    said(Session(tea.tutor), "Quiz me", "Lead me there", *messages)
