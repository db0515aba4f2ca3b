"""A mock exam from the blueprint, and the report that it ends in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.blueprint import ExamFormat
from corpus.embedder import HashEmbedder
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tests.tutor.practising import answer_all, at, right, rng, sittings_of, wrong
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Confidence, Mode
from tutor.mock_exam import begin_exam, draw_exam, questions_by_domain, review_list
from tutor.mock_report import Change, exam_report, explained
from tutor.scaled_score import scaled_score
from tutor.sittings import Sittings

PACK = load_pack("mls_c01")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Sittings]:
    sittings, ledger = sittings_of("ada", PACK, tmp_path)
    yield sittings
    ledger.close()


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(PACK, library, now=NOW)
    yield Knowledge(PACK, library)
    library.close()


def with_format(pack: ExamPack, **figures: object) -> ExamPack:
    """The pack with another exam format."""
    exam = pack.exam.model_copy(update={"format": ExamFormat.model_validate(figures)})
    return replace(pack, exam=exam)


def test_fifty_that_count_and_fifteen_that_do_not_by_weight() -> None:
    """Of 15: 3, 3.6, 5.4 and 3, the one missing goes to .6; with 10, 12, 18 and 10 that is 13, 16, 23 and 13."""
    assert questions_by_domain(PACK.exam) == {"1": (10, 3), "2": (12, 4), "3": (18, 5), "4": (10, 3)}


def test_a_form_is_drawn_as_the_blueprint_says() -> None:
    form = draw_exam(PACK, [], rng())
    domains = Counter(question.task[0] for question in form.questions)
    unscored = Counter(question.task[0] for question in form.questions if question.id in form.unscored)
    assert domains == {"1": 13, "2": 16, "3": 23, "4": 13}
    assert unscored == {"1": 3, "2": 4, "3": 5, "4": 3}
    assert {question.origin for question in form.questions} == {"authored"}
    assert len({question.id for question in form.questions}) == 65
    assert {question.task for question in form.questions} == {task.id for task in PACK.exam.tasks}
    assert form.notes == ()
    assert form == draw_exam(PACK, [], rng())
    assert form != draw_exam(PACK, [], rng(8))


def test_a_second_exam_asks_other_questions(desk: Sittings, tmp_path: Path) -> None:
    first = begin_exam(desk, [], at(0), rng()).sitting
    desk.finish(answer_all(desk, first, 1.0, 0, 60), at(5_000))
    _, ledger = sittings_of("ada", PACK, tmp_path)
    attempts = ledger.attempts("ada", "MLS-C01")
    ledger.close()
    second = draw_exam(PACK, attempts, rng(8))
    assert {attempt.mode for attempt in attempts} == {Mode.EXAM}
    assert not {question.id for question in second.questions} & set(first.by_id)


def test_a_pack_that_has_too_few_questions_says_so(small_pack: ExamPack) -> None:
    form = draw_exam(small_pack, [], rng())
    assert [question.id for question in form.questions] == ["tst-1"]
    assert form.notes == (
        "Domain 1 has 1 of the 6 questions it should have.",
        "Domain 2 has 0 of the 4 questions it should have.",
    )


def test_what_a_blueprint_does_not_say(desk: Sittings, tmp_path: Path) -> None:
    desk.pack = with_format(PACK, minutes=180)
    with pytest.raises(ExamTutorError, match="does not say how many questions"):
        begin_exam(desk, [], at(0), rng())
    desk.pack = with_format(PACK, questions=20)
    with pytest.raises(ExamTutorError, match="does not say how long"):
        begin_exam(desk, [], at(0), rng())
    sitting = begin_exam(desk, [], at(0), rng(), minutes=30).sitting
    assert (len(sitting.questions), sitting.unscored, sitting.left(at(60))) == (20, frozenset(), 29 * 60)
    assert exam_report(desk.finish(sitting, at(90)).sitting, desk.pack).estimate is None


@pytest.mark.parametrize("minutes", [0, -3, float("nan"), 1e9])
def test_a_time_that_is_none(desk: Sittings, minutes: float) -> None:
    with pytest.raises(ExamTutorError, match="An exam cannot take"):
        begin_exam(desk, [], at(0), rng(), minutes)


def test_the_review_list_tells_answers_and_flags_and_nothing_else(desk: Sittings) -> None:
    sitting = begin_exam(desk, [], at(0), rng()).sitting
    first, second = sitting.questions[:2]
    sitting = desk.answer(sitting, first.id, right(first), at(30)).sitting
    sitting = desk.flag(sitting, second.id, True, at(31))
    lines = review_list(sitting)
    assert [(line.number, line.answered, line.flagged) for line in lines[:3]] == [
        (1, True, False),
        (2, False, True),
        (3, False, False),
    ]
    assert len(lines) == 65


def test_an_exam_that_crashes_loses_no_answer_and_no_second(desk: Sittings, tmp_path: Path) -> None:
    """20 questions are answered, one a minute; the program dies and comes back after 40 minutes: 120 are left."""
    sitting = begin_exam(desk, [], at(0), rng()).sitting
    for number, question in enumerate(sitting.questions[:20]):
        sitting = desk.open(sitting, question.id, at(60 * number))
        sitting = desk.answer(sitting, question.id, right(question), at(60 * (number + 1))).sitting

    again, ledger = sittings_of("ada", PACK, tmp_path)
    (identity,) = again.unfinished(Mode.EXAM)
    step = again.resume(identity, at(60 * 60))
    ledger.close()
    assert len(step.sitting.answers) == 20
    assert step.sitting.left(at(60 * 60)) == 120 * 60
    assert step.sitting.opened[-1] == sitting.questions[20].id


def test_the_report(desk: Sittings) -> None:
    """The first 52 of 65 are right (0.8 × 65), one a minute; then three answers are changed."""
    sitting = answer_all(desk, begin_exam(desk, [], at(0), rng()).sitting, 0.8, 0, 60)
    one, two, three = sitting.questions[0], sitting.questions[1], sitting.questions[64]
    for question, chosen, sure in (
        (one, wrong(one), Confidence.SURE),
        (two, wrong(two), None),
        (two, right(two), None),
        (three, (), None),
    ):
        sitting = desk.answer(sitting, question.id, chosen, at(4_000), sure).sitting
    report = exam_report(desk.finish(sitting, at(4_100)).sitting, PACK)

    assert sum(result.correct for result in report.results) == 51
    counted = [result for result in report.results if result.counted]
    assert (report.right, report.scored) == (sum(result.correct for result in counted), 50)
    assert [(changed.question, changed.change) for changed in report.changes] == [
        (one.id, Change.TO_WRONG),
        (two.id, Change.TO_WRONG),
        (two.id, Change.TO_RIGHT),
    ]
    assert (report.errors[0].number, report.errors[0].confidence) == (1, Confidence.SURE)
    assert (report.errors[-1].number, report.errors[-1].blank) == (65, True)
    assert len(report.errors) == 14
    assert report.results[9].seconds == 60
    assert report.seconds == 4_100
    assert [(tally.id, tally.of, tally.weight) for tally in report.domains] == [
        ("1", 13, 0.2),
        ("2", 16, 0.24),
        ("3", 23, 0.36),
        ("4", 13, 0.2),
    ]
    assert sum(tally.of for tally in report.tasks) == 65
    costs = [study.task.weight * (1 - study.task.right / study.task.of) for study in report.study]
    assert costs == sorted(costs, reverse=True)
    assert all(card in PACK.cards_by_id for study in report.study for card in study.cards)
    assert report.notes == ()


def test_every_wrong_answer_has_reasons_with_citations_under_the_letters_on_the_screen(
    desk: Sittings, known: Knowledge
) -> None:
    sitting = answer_all(desk, begin_exam(desk, [], at(0), rng()).sitting, 0.5, 0, 60)
    report = exam_report(desk.finish(sitting, at(4_000)).sitting, PACK)
    assert len(report.errors) == 32
    for error in report.errors:
        review = explained(error, known)
        assert review is not None
        assert review.right == error.answer
        assert [option.text for option in review.options] == [option.text for option in error.shown.options]
        assert all(option.why and option.why[0].citations for option in review.options)


def test_a_question_that_has_left_the_pack_is_counted_from_the_record(desk: Sittings, known: Knowledge) -> None:
    sitting = answer_all(desk, begin_exam(desk, [], at(0), rng()).sitting, 0.9, 0, 60)
    sitting = desk.finish(sitting, at(4_000)).sitting
    full = exam_report(sitting, PACK)
    gone = full.errors[0].shown
    cards_gone = {option.card for option in gone.options}
    smaller = replace(
        PACK,
        questions=tuple(question for question in PACK.questions if question.id != gone.id),
        cards=tuple(card for card in PACK.cards if card.id not in cards_gone),
    )
    report = exam_report(sitting, smaller)
    assert (report.right, report.errors) == (full.right, full.errors)
    assert report.notes == (f"No longer in the pack, counted as they were recorded: {gone.id}.",)
    assert explained(full.errors[0], Knowledge(smaller, known.library)) is None


def test_the_scale_is_taken_as_a_straight_line() -> None:
    """36 of 50 are 0.72: 100 + 0.72 × 900 = 748. Wilson's 90 % interval of 0.72 at n = 50:
    z²/n = 0.05411, middle (0.72 + 0.02706) / 1.05411 = 0.70871,
    half 1.6449 × √(0.72 × 0.28 / 50 + 0.05411 / 200) / 1.05411 = 0.10233: 0.6064 to 0.8110, as scores 646 to 830.
    """
    estimate = scaled_score(36, 50, PACK.exam.format)
    assert estimate is not None
    assert (estimate.score, estimate.low, estimate.high, estimate.pass_mark) == (748, 646, 830, 750)
    assert (estimate.passed, estimate.clear) == (False, False)
    top = scaled_score(50, 50, PACK.exam.format)
    assert top is not None
    assert (top.score, top.high, top.passed, top.clear) == (1000, 1000, True, True)
    assert scaled_score(0, 0, PACK.exam.format) is None
