"""The plan to an exam date, and its calendar file."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ExamTutorError
from corpus.exam_pack import load_pack
from tests.conftest import NOW
from tutor.draw import blueprint_weights
from tutor.learner.calendar_file import calendar_file
from tutor.learner.plan import Kind, Plan, make_plan

EXAM = load_pack("mls_c01").exam
TODAY = NOW.date()  # 2 January 2026
NEEDS = blueprint_weights(EXAM)


def plan(days: int, hours: float, needs: dict[str, float] = NEEDS) -> Plan:
    return make_plan(EXAM, needs, exam_day=TODAY + timedelta(days=days), hours=hours, now=NOW)


def test_eight_weeks_at_six_hours() -> None:
    """A week has 360 minutes. A mock exam takes 180 × 1.25 = 225; it stands in weeks 7, 5, 3 and 1, counted back
    from the last week, which has none. The others have 360 − 72 of review = 288, six blocks of 45 minutes; a week
    with a mock exam has 135 left, 27 of review, two blocks.
    """
    made = plan(56, 6)
    assert [week.number for week in made.weeks] == [1, 2, 3, 4, 5, 6, 7, 8]
    mocks = [week.number for week in made.weeks for one in week.activities if one.kind is Kind.MOCK_EXAM]
    assert mocks == [1, 3, 5, 7]
    blocks = [sum(one.kind is Kind.STUDY for one in week.activities) for week in made.weeks]
    assert blocks == [2, 6, 2, 6, 2, 6, 2, 6]
    assert [week.minutes for week in made.weeks] == [342, 342] * 4
    assert made.activities[-1].kind is Kind.EXAM
    assert made.activities[-1].day == date(2026, 2, 27)
    assert made.notes == ("The exam MLS-C01 is reported to be retired since 2026-03-31.",)


def test_what_is_weak_gets_the_time_that_it_is_worth() -> None:
    """Task 3.5 is needed three times as much as each of the 14 others: 3/17 of 100 blocks of 45 minutes are 17.6."""
    needs = dict.fromkeys(NEEDS, 1.0) | {"3.5": 3.0}
    made = plan(35, 21, needs)
    blocks = [activity.task for activity in made.activities if activity.kind is Kind.STUDY]
    assert abs(Counter(blocks)["3.5"] - len(blocks) * 3 / 17) < 1
    first_half = Counter(blocks[: len(blocks) // 2])["3.5"]
    assert abs(first_half - Counter(blocks)["3.5"] / 2) <= 1


def test_more_reviews_than_usual_get_more_time() -> None:
    """A week of 300 minutes has 60 for reviews; 60 that are due take 120; half the week, 150, is the most."""
    due = [NOW + timedelta(days=day % 7) for day in range(60)]
    for reviews, minutes in (([], 60), (due, 120), (due * 3, 150)):
        made = make_plan(EXAM, NEEDS, exam_day=TODAY + timedelta(days=7), hours=5, now=NOW, reviews=reviews)
        assert sum(one.minutes for one in made.activities if one.kind is Kind.REVIEW) == minutes


def test_days_that_cannot_be_and_hours_that_cannot_be() -> None:
    with pytest.raises(ExamTutorError, match="The exam date 01 January 2026 is past"):
        plan(-1, 5)
    with pytest.raises(ExamTutorError, match="a plan covers two years"):
        plan(800, 5)
    for hours in (0, -2, float("nan"), 101):
        with pytest.raises(ExamTutorError, match="hours a week cannot be planned"):
            plan(10, hours)


def test_the_exam_is_today() -> None:
    made = plan(0, 5)
    assert [activity.kind for activity in made.activities] == [Kind.EXAM]
    assert made.notes[0] == "The exam is today: there is no time left to plan."


def test_what_does_not_fit_is_said() -> None:
    """Two weeks of one hour: 12 minutes of review and two blocks of 20 each, four tasks of fifteen."""
    made = plan(14, 1)
    assert "There is no time for the tasks " in made.notes[0]
    assert made.notes[1].startswith("No mock exam fits: one takes 225 minutes")
    assert sum(activity.kind is Kind.STUDY for activity in made.activities) == 4


@given(st.integers(0, 200), st.floats(0.2, 60), st.dictionaries(st.sampled_from(sorted(NEEDS)), st.floats(0, 5)))
def test_no_week_takes_more_than_the_learner_has(days: int, hours: float, needs: dict[str, float]) -> None:
    made = plan(days, hours, needs)
    for week in made.weeks:
        own = [activity for activity in week.activities if activity.kind is not Kind.EXAM]
        assert week.minutes <= hours * 60 + 1
        assert all(TODAY <= activity.day < made.exam_day and activity.minutes > 0 for activity in own)
        assert [activity.day for activity in own] == sorted(activity.day for activity in own)


def uids(content: bytes) -> dict[str, str]:
    calendar = icalendar.Calendar.from_ical(content)
    return {str(event["uid"]): str(event["summary"]) for event in calendar.walk("VEVENT")}


def test_a_calendar_that_is_exported_again_has_the_same_events() -> None:
    made = plan(21, 6)
    first, again = (calendar_file(made, "ada", NOW + timedelta(hours=hour)) for hour in (0, 5))
    assert uids(first) == uids(again)
    assert icalendar.Calendar.from_ical(first)["uid"] == icalendar.Calendar.from_ical(again)["uid"]
    assert len(uids(first)) == len(made.activities)
    assert not set(uids(first)) & set(uids(calendar_file(made, "eve", NOW)))


def test_an_event_is_a_day_with_its_minutes() -> None:
    made = plan(7, 3)
    calendar = icalendar.Calendar.from_ical(calendar_file(made, "ada", NOW))
    event = next(one for one in calendar.walk("VEVENT") if str(one["summary"]).startswith("Study"))
    activity = next(one for one in made.activities if one.kind is Kind.STUDY)
    assert (event.start, event.end) == (activity.day, activity.day + timedelta(days=1))
    assert str(event["summary"]) == activity.title
    assert str(event["description"]) == f"{activity.minutes} minutes"
