"""When a question is to be seen again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tutor.learner.made import START, attempt
from tutor.learner.attempts import Attempt, Confidence
from tutor.learner.schedule import due, schedule

DAY = timedelta(days=1)
SURE, UNSURE, GUESS = Confidence.SURE, Confidence.UNSURE, Confidence.GUESS


def seen(day: float, correct: bool = True, confidence: Confidence | None = SURE, **changes: object) -> Attempt:
    made = {"question": "tea-1", "at": START + day * DAY, **changes}
    return attempt(int(day * 100), correct=correct, confidence=confidence, **made)


@pytest.mark.parametrize(
    ("correct", "confidence", "makes_a_card"),
    [
        (True, SURE, False),
        (True, None, False),
        (True, UNSURE, True),
        (True, GUESS, True),
        (False, SURE, True),
        (False, None, True),
    ],
)
def test_what_is_wrong_or_not_sure_becomes_a_review_card(
    correct: bool, confidence: Confidence | None, makes_a_card: bool
) -> None:
    assert bool(schedule([seen(0, correct, confidence)], START)) is makes_a_card


def test_first_intervals_are_those_of_the_published_weights() -> None:
    """FSRS-6's first stabilities are 0.212 days after Again and 1.2931 after Hard; at 90 % the interval is the
    stability, rounded, and at least a day.
    """
    wrong, unsure, guessed = ([seen(0, *answer)] for answer in ((False, SURE), (True, UNSURE), (True, GUESS)))
    assert [schedule(history, START)[0].due_at - START for history in (wrong, unsure, guessed)] == [DAY, DAY, DAY]


def test_recalled_reviews_stretch_and_a_lapse_shortens() -> None:
    history = [seen(0, correct=False)]
    intervals = []
    for _ in range(4):
        review = schedule(history, START + 1000 * DAY)[0]
        intervals.append(review.due_at - review.last_seen)
        history.append(seen((review.due_at - START) / DAY))
    assert intervals == sorted(intervals)
    assert intervals[-1] > 3 * intervals[0]
    lapsed = schedule([*history, seen(200, correct=False)], START + 1000 * DAY)[0]
    assert lapsed.due_at - lapsed.last_seen < intervals[-1]
    assert (lapsed.reviews, lapsed.lapses, lapsed.sure_and_wrong) == (5, 2, True)


def test_answers_before_the_first_miss_are_no_reviews() -> None:
    review = schedule([seen(0), seen(1, correct=False)], START + DAY)[0]
    assert (review.reviews, review.last_seen) == (0, START + DAY)


def test_what_is_due_comes_first_when_it_is_most_overdue() -> None:
    attempts = [seen(1, False, question="tea-2"), seen(0, False), seen(3, False, question="tea-3")]
    assert [each.question for each in due(attempts, START + 2 * DAY)] == ["tea-1", "tea-2"]
    assert [each.question for each in due(attempts, START + 9 * DAY)] == ["tea-1", "tea-2", "tea-3"]
    assert due(attempts, START + 0.5 * DAY) == []


def test_a_card_carries_the_question_s_task_and_concepts() -> None:
    (review,) = schedule([seen(0, False, task="2.1", cards=("cup",))], START)
    assert (review.question, review.task, review.cards) == ("tea-1", "2.1", ("cup",))


@given(st.lists(st.tuples(st.floats(-400, 400), st.booleans(), st.sampled_from([*Confidence, None])), max_size=12))
def test_any_clock_gives_a_date_after_the_last_answer(answers: list[tuple[float, bool, Confidence | None]]) -> None:
    attempts = [seen(day, correct, said) for day, correct, said in answers]
    for review in schedule(attempts, START):
        assert review.last_seen <= START
        assert review.due_at >= review.last_seen + DAY
    assert schedule(attempts, START) == schedule(attempts, START)
