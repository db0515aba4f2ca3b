"""A sitting in a ledger: answers, flags, the clock, crashes, two windows, and what becomes of it at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ExamTutorError, QuestionError
from corpus.exam_pack import ExamPack, load_pack
from corpus.questions import Question
from tests.tutor.practising import at, right, rng, sittings_of, wrong
from tutor.learner.attempts import Confidence, Entry, Mode
from tutor.learner.ledger import Ledger
from tutor.scenarios.generator import generate
from tutor.sitting import Sitting
from tutor.sitting_events import SITTING, Feedback
from tutor.sittings import Sittings

PACK = load_pack("mls_c01")
AUTHORED = [next(question for question in PACK.questions if question.task == task) for task in ("1.1", "2.2", "3.5")]
GENERATED = next(generate(PACK, rng(), count=1))
QUESTIONS = [*AUTHORED, GENERATED]
FIRST, SECOND = QUESTIONS[:2]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Sittings]:
    sittings, ledger = sittings_of("ada", PACK, tmp_path)
    yield sittings
    ledger.close()


def begun(desk: Sittings, feedback: Feedback = Feedback.FINAL, minutes: float | None = None) -> Sitting:
    sitting = desk.begin(
        QUESTIONS, mode=Mode.EXAM if minutes else Mode.QUIZ, feedback=feedback, minutes=minutes, now=at(0), rng=rng()
    )
    return desk.open(sitting, FIRST.id, at(0))


def test_the_last_answer_counts_and_all_are_kept(desk: Sittings) -> None:
    sitting = begun(desk)
    for second, chosen in ((10, wrong(FIRST)), (20, right(FIRST)), (25, ())):
        sitting = desk.answer(sitting, FIRST.id, chosen, at(second), Confidence.SURE).sitting

    assert [(given.chosen, given.clock) for given in sitting.answers[FIRST.id]] == [
        (wrong(FIRST), 10.0),
        (right(FIRST), 20.0),
        ((), 25.0),
    ]
    assert FIRST.id in sitting.unanswered
    sitting = desk.answer(sitting, FIRST.id, right(FIRST), at(30)).sitting
    assert sitting.marked(FIRST.id).correct
    assert sitting.unanswered == tuple(question.id for question in QUESTIONS[1:])


def test_a_sitting_goes_on_the_same_in_another_process(desk: Sittings, tmp_path: Path) -> None:
    """The generated question too, word for word, and the options in the same order."""
    sitting = begun(desk)
    desk.answer(sitting, FIRST.id, right(FIRST), at(10), Confidence.UNSURE)
    sitting = desk.flag(sitting, SECOND.id, True, at(11))

    other, ledger = sittings_of("ada", PACK, tmp_path)
    assert other.unfinished() == other.unfinished(Mode.QUIZ) == [sitting.id]
    assert other.unfinished(Mode.EXAM) == []
    again = other.load(sitting.id)
    ledger.close()

    assert again == sitting
    assert again.questions == tuple(QUESTIONS)
    assert again.flags == {SECOND.id}
    assert again.shown(GENERATED.id) == sitting.shown(GENERATED.id)
    assert again.current == SECOND.id


def test_a_choice_on_the_screen_is_recorded_as_the_packs_position(desk: Sittings) -> None:
    sitting = begun(desk)
    shown = sitting.shown(FIRST.id)
    key = next(place for place, option in enumerate(shown.options) if option.correct)
    places = sitting.places(FIRST.id, [key])
    assert places == right(FIRST)
    assert sitting.labels(FIRST.id, places) == shown.answer


def test_with_feedback_at_once_the_first_answer_is_the_attempt(desk: Sittings, tmp_path: Path) -> None:
    """Opened at 0, answered at 12.5 s; the second answer changes nothing."""
    sitting = begun(desk, Feedback.IMMEDIATE)
    step = desk.answer(sitting, FIRST.id, wrong(FIRST), at(12.5), Confidence.SURE)
    assert step.note == ""
    late = desk.answer(step.sitting, FIRST.id, right(FIRST), at(20))
    assert late.note.startswith("This question is answered already, with ")
    desk.finish(late.sitting, at(30))

    ledger = Ledger(tmp_path / "learner.db")
    (attempt,) = ledger.attempts("ada", "MLS-C01")
    ledger.close()
    assert (attempt.question, attempt.task, attempt.chosen, attempt.correct) == (FIRST.id, "1.1", wrong(FIRST), False)
    assert (attempt.confidence, attempt.seconds, attempt.mode, attempt.at) == (
        Confidence.SURE,
        12.5,
        Mode.QUIZ,
        at(12.5),
    )
    assert attempt.cards == ("amazon-dynamodb",)
    assert attempt.pack_version == PACK.fingerprint


def test_handed_in_twice_it_counts_once(desk: Sittings, tmp_path: Path) -> None:
    """Two questions were looked at, one of them answered: two attempts, one of them a blank."""
    sitting = begun(desk)
    sitting = desk.answer(sitting, FIRST.id, right(FIRST), at(5)).sitting
    sitting = desk.open(sitting, SECOND.id, at(6))
    first = desk.finish(sitting, at(10))
    again = desk.finish(sitting, at(99))
    assert (first.note, again.note) == ("", "This sitting is handed in already.")
    assert again.sitting.finished_at == at(10)
    assert desk.unfinished() == []

    ledger = Ledger(tmp_path / "learner.db")
    attempts = ledger.attempts("ada", "MLS-C01")
    ledger.close()
    assert [(attempt.question, attempt.chosen, attempt.correct) for attempt in attempts] == [
        (FIRST.id, right(FIRST), True),
        (SECOND.id, (), False),
    ]
    late = desk.answer(first.sitting, SECOND.id, right(SECOND), at(100))
    assert late.note.startswith("This answer came after the sitting was handed in")
    assert late.sitting.chosen(SECOND.id) == ()
    assert len(late.sitting.late[SECOND.id]) == 1


def test_the_time_of_a_question_is_the_time_it_was_open(desk: Sittings) -> None:
    """First: 0–40 and 70–75 are 45 s; second: 40–70. From 75 the page is closed; who comes back at 300 starts anew."""
    sitting = begun(desk, minutes=60)
    sitting = desk.open(sitting, SECOND.id, at(40))
    sitting = desk.open(sitting, FIRST.id, at(70))
    sitting = desk.answer(sitting, FIRST.id, right(FIRST), at(75)).sitting
    step = desk.resume(sitting.id, at(300))
    assert step.sitting.opened[-1] == SECOND.id
    sitting = desk.open(step.sitting, GENERATED.id, at(310))
    assert sitting.seconds == {FIRST.id: 45.0, SECOND.id: 40.0}
    assert sitting.left(at(310)) == 60 * 60 - 310


def test_the_clock_runs_while_the_page_is_closed_and_a_late_answer_is_refused(desk: Sittings) -> None:
    sitting = begun(desk, minutes=1)
    assert desk.answer(sitting, FIRST.id, right(FIRST), at(59.9)).note == ""
    step = desk.answer(sitting, SECOND.id, right(SECOND), at(60))
    assert step.note == "The time was up before this answer came; it is kept in your record and does not count."
    assert step.sitting.chosen(SECOND.id) == ()
    assert step.sitting.over(at(60))

    back = desk.resume(sitting.id, at(7_200))
    assert back.note == "Its time ran out while it was closed; it is handed in."
    assert back.sitting.finished_at == at(7_200)
    assert back.sitting.ended_at == at(60)
    assert desk.resume(sitting.id, at(7_300)).note == "This sitting is handed in already."


def test_two_windows_that_answer_the_same_question(desk: Sittings, tmp_path: Path) -> None:
    """Both look, then both answer: the later answer counts, both are recorded, and the later one is told."""
    one = begun(desk, minutes=60)
    two, ledger = sittings_of("ada", PACK, tmp_path)
    seen_by_two = two.load(one.id)
    one = desk.answer(one, FIRST.id, right(FIRST), at(10)).sitting
    step = two.answer(seen_by_two, FIRST.id, wrong(FIRST), at(11))
    ledger.close()

    there = one.labels(FIRST.id, right(FIRST))[0]
    here = one.labels(FIRST.id, wrong(FIRST))[0]
    assert step.note == (
        f"Another window gave {there} here meanwhile; both are recorded, and the later one, {here}, counts."
    )
    assert [given.chosen for given in step.sitting.answers[FIRST.id]] == [right(FIRST), wrong(FIRST)]
    assert not desk.load(one.id).marked(FIRST.id).correct


def test_a_clock_that_goes_back_takes_no_time_and_gives_none(desk: Sittings) -> None:
    """10 minutes pass, the clock is set back an hour, 5 minutes more pass: 15 of 60 minutes are used."""
    sitting = begun(desk, minutes=60)
    sitting = desk.answer(sitting, FIRST.id, right(FIRST), at(600)).sitting
    assert sitting.left(at(-3_000)) == 3_000
    step = desk.resume(sitting.id, at(-3_000))
    assert step.note.startswith("This machine's clock went back by 3,600 seconds")
    sitting = desk.answer(step.sitting, SECOND.id, right(SECOND), at(-2_700)).sitting
    assert (sitting.clock(at(-2_700)), sitting.left(at(-2_700))) == (900, 2_700)
    assert sitting.set_back == 3_600
    assert sitting.marked(FIRST.id).correct
    assert sitting.marked(SECOND.id).correct


def test_each_learner_has_their_own(desk: Sittings, tmp_path: Path) -> None:
    sitting = begun(desk)
    eve, ledger = sittings_of("eve", PACK, tmp_path)
    assert eve.unfinished() == []
    with pytest.raises(ExamTutorError, match="There is no sitting"):
        eve.load(sitting.id)
    same_moment = eve.begin(QUESTIONS, mode=Mode.QUIZ, now=at(0), rng=rng())
    ledger.close()
    assert same_moment.id != sitting.id


def test_a_question_that_has_left_the_pack_can_still_be_answered(desk: Sittings, tmp_path: Path) -> None:
    sitting = begun(desk)
    smaller = replace(PACK, questions=tuple(question for question in PACK.questions if question.id != FIRST.id))
    later, ledger = sittings_of("ada", smaller, tmp_path)
    step = later.answer(later.load(sitting.id), FIRST.id, right(FIRST), at(5))
    ledger.close()
    assert step.sitting.marked(FIRST.id).correct


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"event": "answered"},
        {"event": "cheered", "question": FIRST.id},
        {"event": "answered", "question": FIRST.id, "chosen": [9]},
        {"event": "answered", "question": FIRST.id, "chosen": ["A"]},
        {"event": "answered", "question": "elsewhere", "chosen": [0]},
        {"event": "flagged", "question": FIRST.id, "flag": None},
    ],
)
def test_what_an_import_brought_that_is_no_event_changes_nothing(
    desk: Sittings, tmp_path: Path, content: dict[str, object]
) -> None:
    sitting = begun(desk)
    ledger = Ledger(tmp_path / "learner.db")
    ledger.write(Entry("strange", "ada", "MLS-C01", SITTING, sitting.id, content, at(1)))
    ledger.close()
    after = desk.load(sitting.id)
    assert replace(after, events=sitting.events) in (
        sitting,
        replace(sitting, last_at=at(1), elapsed=1.0, seconds={FIRST.id: 1.0}),
    )
    assert desk.answer(after, FIRST.id, right(FIRST), at(5)).sitting.marked(FIRST.id).correct


def test_what_cannot_be_is_refused(desk: Sittings) -> None:
    sitting = begun(desk)
    with pytest.raises(QuestionError, match="there is no number"):
        desk.answer(sitting, FIRST.id, [11], at(1))
    with pytest.raises(ExamTutorError, match="has no question 'zebra'"):
        desk.answer(sitting, "zebra", [0], at(1))
    with pytest.raises(ExamTutorError, match="no question to begin with"):
        desk.begin([], mode=Mode.QUIZ, now=at(0), rng=rng())
    assert desk.load(sitting.id) == sitting


def test_the_small_pack_has_sittings_too(small_pack: ExamPack, tmp_path: Path) -> None:
    desk, ledger = sittings_of("ada", small_pack, tmp_path)
    question: Question = small_pack.questions[0]
    sitting = desk.begin([question], mode=Mode.PROBE, now=at(0), rng=rng())
    desk.answer(sitting, question.id, (0,), at(1))
    done = desk.finish(sitting, at(2)).sitting
    (attempt,) = ledger.attempts("ada", "TST-C01")
    ledger.close()
    assert (attempt.mode, attempt.correct, attempt.cards) == (Mode.PROBE, True, ("gaiwan",))
    assert done.current is None
