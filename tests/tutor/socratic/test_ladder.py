"""How a dialogue goes: what a reply is taken for, and what the tutor says to it."""

from __future__ import annotations

import random

import pytest

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from tutor.pack_words import PackWords
from tutor.socratic.dialogue import Dialogue, Reply, Step
from tutor.socratic.ladder import SocraticTutor
from tutor.socratic.reading import read_reply
from tutor.socratic.topics import another, question_on

PACK = load_pack("mls_c01")
KNOWN = PackWords(PACK)
TUTOR = SocraticTutor(PACK)


@pytest.fixture
def lookup() -> Dialogue:
    """A key-value question: A DynamoDB is right; B Athena, C Redshift, D OpenSearch. It turns on the identifier."""
    return TUTOR.begin(PACK.questions_by_id["t11-001"])


def after(dialogue: Dialogue, *messages: str) -> Dialogue:
    for message in messages:
        dialogue = TUTOR.reply(dialogue, message)
    return dialogue


@pytest.mark.parametrize(
    ("message", "picked", "crossed"),
    [
        ("B", "B", ""),
        ("b and d", "BD", ""),
        ("I think it's (c)", "C", ""),
        ("the second one", "B", ""),
        ("option 3", "C", ""),
        ("the last one I guess", "D", ""),
        ("Redshift", "C", ""),
        ("a document per driver", "D", ""),
        ("not B", "", "B"),
        ("B is a batch service so it is out", "", "B"),
        ("not the first, so the third", "C", "A"),
        ("rule out C and D", "", "CD"),
        ("a table would be nice", "", ""),
        ("my uncle sleeps", "", ""),
    ],
)
def test_options_are_named_by_letter_position_card_or_words(message: str, picked: str, crossed: str) -> None:
    reading = read_reply(KNOWN, PACK.questions_by_id["t11-001"], message)

    assert (reading.picked, reading.crossed) == (frozenset(picked), frozenset(crossed))


@pytest.mark.parametrize(
    ("message", "wants_to_be_told", "stuck"),
    [
        ("just tell me", True, False),
        ("I give up", True, False),
        ("what's the answer?", True, False),
        ("don't tell me the answer", False, False),
        ("idk", False, True),
        ("another hint please", False, True),
        ("", False, True),
        ("not sure, perhaps always by the identifier", False, False),
    ],
)
def test_asking_for_the_answer_and_not_knowing(message: str, wants_to_be_told: bool, stuck: bool) -> None:
    reading = read_reply(KNOWN, PACK.questions_by_id["t11-001"], message)

    assert (reading.tells_to_tell, reading.stuck) == (wants_to_be_told, stuck)


def test_the_deciding_words_lead_to_the_options_and_are_praised_by_name(lookup: Dialogue) -> None:
    found = after(lookup, "they always look up by the driver's identifier")

    assert (found.step, found.turn.reply, found.named_test) == (Step.CANDIDATES, Reply.RIGHT, True)
    assert "“always by the driver's identifier”" in found.turn.text


def test_another_condition_is_acknowledged_and_the_deciding_one_asked_for(lookup: Dialogue) -> None:
    partly = after(lookup, "the mobile team writes Kotlin")

    assert (partly.step, partly.turn.reply) == (Step.CONSTRAINT, Reply.PARTLY)
    assert "“the mobile team writes Kotlin”" in partly.turn.text


def test_hints_get_stronger_by_steps(lookup: Dialogue) -> None:
    """The trait's question, the sentence that decides, the deciding words, then one wrong option after another."""
    first, second, third = (after(lookup, *["idk"] * times).turn.text for times in (1, 2, 3))
    options = after(lookup, *["idk"] * 4)

    assert "How will people ask questions of the data?" in first
    assert "“At request time the service fetches one profile" in second
    assert "“always by the driver's identifier”" in third
    assert options.offered in {"B", "C", "D"}
    assert options.turn.citations


def test_a_wrong_option_gets_its_own_reason_with_a_citation(lookup: Dialogue) -> None:
    wrong = after(lookup, "C")

    assert wrong.out == {"C"}
    assert "Redshift is built for analytics over columns" in wrong.turn.text
    assert "amazon-redshift#architecture" in {cited.reference for cited in wrong.turn.citations}


def test_a_distractor_with_a_contrast_is_met_as_a_misconception() -> None:
    dialogue = after(TUTOR.begin(PACK.questions_by_id["t44-002"]), "batch transform")

    assert dialogue.turn.reply is Reply.MISCONCEPTION
    assert "Choose SageMaker batch transform when the whole dataset already lies in Amazon S3" in dialogue.turn.text


def test_an_option_that_holds_is_handed_back_when_it_is_crossed_out(lookup: Dialogue) -> None:
    dialogue = after(lookup, "not A")

    assert (dialogue.turn.reply, dialogue.out, dialogue.revealed) == (Reply.WRONG, frozenset(), False)


def test_praise_says_what_was_right_about_the_way_there(lookup: Dialogue) -> None:
    assert "at once" in after(lookup, "A").turn.text
    assert "You named the test" in after(lookup, "always by identifier", "A").turn.text
    assert "You crossed out B" in after(lookup, "B is out", "A").turn.text


def test_two_of_two_are_found_one_by_one() -> None:
    start = TUTOR.begin(PACK.questions_by_id["t11-011"])  # B and C
    one = after(start, "B")
    both = after(one, "C")

    assert (one.found, one.turn.reply, one.revealed) == ({"B"}, Reply.PARTLY, False)
    assert both.revealed
    assert "You named three, and two can stand." in after(start, "A, B and C").turn.text


def test_the_answer_comes_with_reasons_and_then_the_scenario_is_changed(lookup: Dialogue) -> None:
    told = after(lookup, "tell me")

    assert (told.revealed, told.step, told.changed) == (True, Step.TRANSFER, "D")
    assert "A: An on-demand Amazon DynamoDB table" in told.turn.text
    assert "Suppose dispatchers searched driver comments by words and phrases." in told.turn.text
    assert after(told, "A").step is Step.TRANSFER
    solved = after(told, "the search service, D")
    assert (solved.done, solved.turn.reply) == (True, Reply.RIGHT)
    assert after(solved, "and now?").done


def test_a_topic_takes_a_bank_question_and_else_a_generated_one() -> None:
    rng = random.Random(5)  # noqa: S311

    assert question_on(PACK, "t11-001", rng).id == "t11-001"
    assert question_on(PACK, "3.2", rng).task == "3.2"
    about = question_on(PACK, "firehose", rng)
    assert "amazon-data-firehose" in {option.card for option in about.options}
    fresh = another(PACK, about, rng)
    assert fresh is None or fresh.origin == "generated"
    with pytest.raises(ExamTutorError, match="no topic 'zebra'"):
        question_on(PACK, "zebra", rng)


def test_a_generated_question_is_led_through_in_the_same_way() -> None:
    question = another(PACK, PACK.questions_by_id["t44-002"], random.Random(2))  # noqa: S311
    assert question is not None

    dialogue = after(TUTOR.begin(question), question.requirement, " and ".join(question.answer))

    assert dialogue.revealed


def test_a_small_pack_without_traits_on_a_question_still_leads(small_pack: ExamPack) -> None:
    tutor = SocraticTutor(small_pack)
    dialogue = tutor.begin(small_pack.questions[0])
    for _ in range(8):
        dialogue = tutor.reply(dialogue, "idk")
        assert dialogue.turn.text
    assert not dialogue.revealed
