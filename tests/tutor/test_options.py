"""Why each option is right or wrong: authored, generated, and pasted without a key."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus.embedder import HashEmbedder
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.vector_index import InMemoryVectorIndex
from evals.mcq import read_cases
from ingest.pipeline import ingest_pack
from tests.conftest import NOW, SHARED_DATA
from tutor.answers import Claim
from tutor.knowledge import Knowledge
from tutor.option_questions import OptionQuestion, read_option_question
from tutor.option_ranking import Candidate, asks_for_exception, is_open_to_ranking, probabilities
from tutor.option_reviews import QuestionReview
from tutor.options import review_question
from tutor.pasted_options import HIGH, _verdicts, judge, review_pasted
from tutor.pasted_question import parse_question
from tutor.scenarios.generator import generate


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    pack = load_pack("mls_c01")
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(pack, library, now=NOW)
    yield Knowledge(pack, library)
    library.close()


@pytest.fixture
def tea(small_pack: ExamPack, library: Library) -> Knowledge:
    ingest_pack(small_pack, library, now=NOW)
    return Knowledge(small_pack, library)


def assert_cited(review: QuestionReview, library: Library) -> None:
    """Every option has a reason, and every citation of it is a passage of the library that holds the quote."""
    for option in review.options:
        assert option.reason, (review.question_id, option.label)
        assert option.why, (review.question_id, option.label)
        for claim in option.claims:
            for citation in claim.citations:
                chunk = library.chunk(citation.chunk_id)
                assert chunk is not None
                assert citation.quote in chunk.text


def test_a_bank_question_is_explained_option_by_option(tea: Knowledge) -> None:
    review = review_question(tea.pack.questions[0], tea, chosen="B")

    assert [(need.text, need.trait, need.value) for need in review.requirements] == [
        ("ready within seconds", "speed", "seconds")
    ]
    assert [(option.label, option.verdict) for option in review.options] == [
        ("A", "right"),
        ("B", "wrong"),
        ("C", "wrong"),
        ("D", "wrong"),
    ]
    pot = review.options[1]
    assert pot.what is not None
    assert pot.what.text == "The Imperial Teapot is a large vessel that steeps one infusion for several guests."
    assert [(check.met, check.claim.text) for check in pot.checks] == [
        (False, "Breaks “ready within seconds”: Imperial Teapot – Speed of brewing: ready within minutes.")
    ]
    assert pot.checks[0].claim.citations[0].quote == "An Imperial Teapot steeps for 3 to 5 minutes."
    assert [claim.text for claim in pot.why] == ["It steeps for minutes."]
    assert pot.right_if == "One long infusion for several guests is wanted."
    assert review.contrast is not None
    assert review.contrast.text == (
        "Choose the Royal Gaiwan when many short infusions of one leaf are to be compared. "
        "Choose the Imperial Teapot when one long infusion serves several guests."
    )
    assert [remark.text for remark in review.remarks if isinstance(remark, Claim)] == [
        "You chose B, which is wrong here."
    ]


def test_every_option_of_the_bank_has_a_reason_with_a_citation_that_resolves(known: Knowledge) -> None:
    for question in known.pack.questions:
        review = review_question(question, known)
        assert_cited(review, known.library)
        assert review.right == question.answer
        assert review.stem[review.requirements[0].start :].startswith(question.requirement)


def test_generated_questions_are_explained_too(known: Knowledge) -> None:
    for question in generate(known.pack, random.Random(3), count=20):  # noqa: S311
        review = review_question(question, known)
        assert_cited(review, known.library)
        assert review.right == question.answer


TEA = "A host wants tea. It must be ready within seconds. Which vessel?\nA. An Imperial Teapot\nB. A Royal Gaiwan"


def test_a_pasted_question_is_judged_by_what_its_options_offer(tea: Knowledge) -> None:
    """The gaiwan meets the one requirement (1 × 0.95), the pot breaks it (1 × −1.83)."""
    review = judge(parse_question(TEA), tea)
    assert review.right == ("B",)
    assert HIGH < review.confidence < 1
    pot, bowl = review.options
    assert (pot.verdict, bowl.verdict) == ("wrong", "right")
    assert bowl.checks[0].met
    assert not pot.checks[0].met
    assert pot.right_if == "Right if one long infusion serves several guests."


def test_two_options_that_name_the_same_thing_are_not_told_apart(tea: Knowledge) -> None:
    assert judge(parse_question(f"{TEA}\nC. The lidded bowl with saucer"), tea).right == ()


def test_an_option_is_ruled_out_only_where_it_breaks_a_requirement() -> None:
    """Neither of the last two reaches 0.8; the first two are below 0.05, and of them one breaks a requirement."""
    breaks, silent = (Candidate((), {"broken": broken}, ()) for broken in (1.0, 0.0))
    verdicts = _verdicts([0.03, 0.03, 0.5, 0.44], [breaks, silent, breaks, silent], 1)
    assert verdicts == ["wrong", "undecided", "undecided", "undecided"]


def test_a_key_that_the_evidence_contradicts_is_told_with_its_citation(tea: Knowledge) -> None:
    review = review_pasted(parse_question(f"{TEA}\nAnswer: A"), tea)
    (remark,) = review.remarks
    assert isinstance(remark, Claim)
    assert remark.text == "The pasted key says A; by the evidence B is right."
    assert "10 to 30 seconds" in remark.citations[-1].quote


def test_a_choice_that_is_right_and_a_key_that_agrees(tea: Knowledge) -> None:
    review = review_pasted(parse_question(f"{TEA}\nI chose B\nAnswer: B"), tea)
    said = [remark if isinstance(remark, str) else remark.text for remark in review.remarks]
    assert said == ["You chose B, which is right.", "The pasted key says B, and the evidence agrees."]


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        (TEA.replace("Which vessel?", "Which vessel does NOT fit?"), "The question asks for what does not hold"),
        (TEA + "\nC. Both of the above", "Options that are figures, or that stand for others"),
        ("Which is best?\nA. green cups\nB. blue cups\nC. red cups", "Not every option names something"),
    ],
)
def test_where_the_evidence_does_not_decide_all_options_remain(tea: Knowledge, pasted: str, reason: str) -> None:
    review = judge(parse_question(pasted), tea)
    assert review.right == ()
    assert review.remaining == tuple(option.label for option in review.options)
    assert reason in str(review.remarks[0])
    assert str(review.remarks[0]).startswith("The evidence does not decide. A, B")


def test_a_pasted_bank_question_gets_the_banks_verdicts_under_its_own_labels(tea: Knowledge) -> None:
    question = tea.pack.questions[0]
    turned = [option.text for option in reversed(question.options)]
    pasted = "\n".join([question.stem, *(f"{n}) {text}" for n, text in enumerate(turned, 1))])
    review = review_pasted(parse_question(pasted + "\nI chose 3\nAnswer: 2"), tea)
    assert review.question_id == "tst-1"
    assert [(option.label, option.text, option.verdict) for option in review.options] == [
        ("1", "A cold brew jar", "wrong"),
        ("2", "A samovar", "wrong"),
        ("3", "An Imperial Teapot", "wrong"),
        ("4", "A Royal Gaiwan", "right"),
    ]
    said = [remark if isinstance(remark, str) else remark.text for remark in review.remarks]
    assert said == ["You chose 3, which is wrong here.", "The pasted key says 2; by the evidence 4 is right."]


def test_probabilities_of_two_right_options_add_up_to_two() -> None:
    """Scores 2.95, 0, 0: odds e^2.95 = 19.1, 1, 1; pairs 19.1, 19.1, 1; the first is in 38.2 of 39.2."""
    cards = load_pack("mls_c01").cards
    plain = dict.fromkeys(("met", "broken", "coverage", "contrast", "found"), 0.0)
    options = [Candidate((cards[n],), {**plain, "found": float(n == 0)}, ()) for n in range(3)]
    likely = probabilities(options, 2)
    assert sum(likely) == pytest.approx(2)
    assert likely[0] == pytest.approx(38.2 / 39.2, abs=0.001)
    assert probabilities([replace(one, cards=()) for one in options], 1)[0] < probabilities(options, 1)[0]


def test_what_cannot_be_ranked() -> None:
    assert asks_for_exception("A firm has data. Which of these is NOT a benefit?")
    assert asks_for_exception("All of the following hold EXCEPT which?")
    assert not asks_for_exception("The team must not run servers. Which service fits?")
    assert not is_open_to_ranking(["0.5", "12"])
    assert not is_open_to_ranking(["Amazon EMR", "None of the above"])
    assert is_open_to_ranking(["Amazon EMR", "AWS Glue"])


@pytest.mark.skipif(not (SHARED_DATA / "mcq").is_dir(), reason="needs the shared data")
def test_outside_questions_are_hardly_ever_judged_wrong_with_confidence(known: Knowledge) -> None:
    cases = read_cases(SHARED_DATA / "mcq" / "dev.jsonl")
    sure = [set(judge(case.question, known).right) - set(case.answer) for case in cases]
    assert len(cases) == 44
    assert sum(map(bool, sure)) <= 0.05 * len(cases)


OPTIONS = (("A", "Amazon Data Firehose"), ("B", "Amazon EMR"), ("C", "AWS Glue jobs"), ("D", "Amazon Athena"))


@pytest.mark.parametrize(
    ("message", "asked", "labels"),
    [
        ("Why is B wrong?", "why wrong", "B"),
        ("why is b wrong", "why wrong", "B"),
        ("why not the second one", "why wrong", "B"),
        ("Why not (c)?", "why wrong", "C"),
        ("what about the last option?", "why wrong", "D"),
        ("Why aren't B and D right?", "why wrong", "BD"),
        ("what's wrong with the others?", "why wrong", "BCD"),
        ("I chose C", "chosen", "C"),
        ("i picked c.", "chosen", "C"),
        ("my answer was option a", "chosen", "A"),
        ("C", "chosen", "C"),
        ("is D ever right?", "ever right", "D"),
        ("When would I use A?", "ever right", "A"),
        ("what would have to change for Athena to be right?", "ever right", "D"),
        ("why is A right?", "why right", "A"),
        ("Why A?", "why right", "A"),
        ("I think it is B", "chosen", "B"),
        ("isn't Glue correct", "verdict", "C"),
        ("explain all of them", "verdict", "ABCD"),
    ],
)
def test_follow_ups_over_the_last_question(message: str, asked: str, labels: str) -> None:
    assert read_option_question(message, OPTIONS, right=("A",)) == OptionQuestion(asked, tuple(labels))


@pytest.mark.parametrize("message", ["", "What is a confusion matrix?", "I like tea", "why is the sky blue?", "thanks"])
def test_what_is_no_follow_up(message: str) -> None:
    assert read_option_question(message, OPTIONS) is None
