"""A plan, week by week, from today to the exam: study by what is worth most, reviews, mock exams.

It is worked out anew from the record whenever it is looked at, and kept nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from corpus.blueprint import Exam
from corpus.errors import ExamTutorError
from tutor.draw import largest_remainder

BLOCK = 45
"""Minutes of study at one task in a piece."""
REVIEW_SHARE = 0.2
"""The part of a week's time that goes to spaced reviews, where no more are due."""
REVIEW_MINUTES = 2.0
"""Minutes that one review takes."""
REVIEW_DAYS = 3
"""On how many days of a week reviews are placed."""
EXAM_EVERY = 2
"""A mock exam every so many weeks, counted back from the exam."""
AFTER_EXAM = 1.25
"""A mock exam takes its minutes and a quarter more, to go through what was wrong."""
LONGEST_WEEKS = 104


class Kind(StrEnum):
    """What an activity is."""

    STUDY = "study"
    REVIEW = "review"
    MOCK_EXAM = "mock exam"
    EXAM = "exam"


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing to do on a day; `task` is None but for study."""

    kind: Kind
    day: date
    minutes: int
    title: str
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the plan, from its first day on; `number` counts from 1."""

    number: int
    start: date
    activities: tuple[Activity, ...]

    @property
    def minutes(self) -> int:
        """The time that it takes."""
        return sum(activity.minutes for activity in self.activities if activity.kind is not Kind.EXAM)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do until the exam; `notes` say what does not fit."""

    exam: str
    exam_day: date
    hours: float
    weeks: tuple[Week, ...]
    notes: tuple[str, ...]

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Everything to do, by day."""
        return tuple(activity for week in self.weeks for activity in week.activities)


def make_plan(  # noqa: PLR0913  all but the first two are named where it is called
    exam: Exam,
    needs: Mapping[str, float],
    *,
    exam_day: date,
    hours: float,
    now: datetime,
    reviews: Iterable[datetime] = (),
) -> Plan:
    """The plan for an exam on a day at so many hours a week.

    `needs` say for each task how much of the study time is to go to it (only their proportions count): its share of
    the exam times how weak it is. `reviews` are the moments at which reviews fall due.

    Raises:
        ExamTutorError: the day is past or more than two years ahead, or the hours cannot be.
    """
    today = now.date()
    days = (exam_day - today).days
    if days < 0:
        raise ExamTutorError(f"The exam date {exam_day:%d %B %Y} is past.", "Give a day from today on.")
    if days > LONGEST_WEEKS * 7:
        raise ExamTutorError(
            f"{exam_day:%d %B %Y} is {days:,} days ahead; a plan covers two years.", "Give an earlier day."
        )
    if not 0 < hours <= 100:
        raise ExamTutorError(f"{hours:g} hours a week cannot be planned.", "Give a number of hours from 1 to 100.")
    due_on = [max(moment.date(), today) for moment in reviews]
    frames = [_frame(number, today, exam_day, hours, exam, due_on) for number in range(math.ceil(days / 7))]
    blocks = list(_study_blocks(exam, needs, sum(frame.blocks for frame in frames)))
    weeks = []
    for frame in frames:
        mine, blocks = blocks[: frame.blocks], blocks[frame.blocks :]
        weeks.append(_week(frame, mine, exam))
    closing = Activity(Kind.EXAM, exam_day, 0, f"Exam {exam.code}")
    if weeks:
        last = weeks[-1]
        weeks[-1] = Week(last.number, last.start, (*last.activities, closing))
    else:
        weeks = [Week(1, exam_day, (closing,))]
    return Plan(exam.code, exam_day, hours, tuple(weeks), tuple(_notes(exam, needs, frames, days)))


@dataclass(frozen=True, slots=True)
class _Frame:
    """A week before study is put in: its days, minutes of review, whether there is a mock exam, blocks of study."""

    number: int
    days: tuple[date, ...]
    review: int
    mock: int
    blocks: int
    block: int


def _frame(  # noqa: PLR0913, PLR0917
    number: int, today: date, exam_day: date, hours: float, exam: Exam, due_on: Sequence[date]
) -> _Frame:
    start = today + timedelta(days=7 * number)
    days = tuple(start + timedelta(days=day) for day in range(min(7, (exam_day - start).days)))
    budget = hours * 60 * len(days) / 7
    mock = _mock_minutes(exam) if _has_mock(days[-1], exam_day) else 0
    mock = mock if mock <= budget else 0
    due = sum(day in days for day in due_on) * REVIEW_MINUTES
    review = min(max((budget - mock) * REVIEW_SHARE, due), (budget - mock) / 2)
    block = min(BLOCK, max(15, int(budget / 3)))
    return _Frame(number, days, round(review), mock, int((budget - mock - review) // block), block)


def _has_mock(last_day: date, exam_day: date) -> bool:
    """Whether the week that ends on that day is one of those with a mock exam: the last but one and back from there.

    The days right before the exam are kept free of one: a result then comes too late to act on.
    """
    weeks_left = (exam_day - last_day).days // 7
    return weeks_left >= 1 and weeks_left % EXAM_EVERY == 1


def _mock_minutes(exam: Exam) -> int:
    return round((exam.format.minutes or 0) * AFTER_EXAM)


def _study_blocks(exam: Exam, needs: Mapping[str, float], count: int) -> Iterator[str]:
    """The tasks of the blocks in order: each as often as its need says, its blocks spread over the whole time.

    Study that is spread is kept longer than as much of it at once (Cepeda et al., Psychological Bulletin 132, 2006).
    """
    known = {task.id: max(needs.get(task.id, 0.0), 0.0) for task in exam.tasks}
    if count == 0 or sum(known.values()) == 0:
        return
    shares = largest_remainder(known, count)
    places = sorted(
        ((turn + 0.5) / share, -known[task], task) for task, share in shares.items() for turn in range(share)
    )
    yield from (task for _, _, task in places)


def _week(frame: _Frame, tasks: Sequence[str], exam: Exam) -> Week:
    """The week's activities on its days: a mock exam on the last, the rest so that no day has much more than others."""
    titles = {task.id: task.title for task in exam.tasks}
    load = dict.fromkeys(frame.days, 0)
    activities = []
    if frame.mock:
        activities.append(
            Activity(Kind.MOCK_EXAM, frame.days[-1], frame.mock, "Mock exam, then a look at every wrong answer")
        )
        load[frame.days[-1]] += frame.mock
    every = max(1, len(frame.days) // REVIEW_DAYS)
    review_days = [day for day in frame.days[::every] if day in load][:REVIEW_DAYS]
    for day in review_days if frame.review >= len(review_days) else ():
        minutes = frame.review // len(review_days)
        activities.append(Activity(Kind.REVIEW, day, minutes, "Review what is due"))
        load[day] += minutes
    for task in tasks:
        day = min(load, key=lambda one: (load[one], one))
        activities.append(Activity(Kind.STUDY, day, frame.block, f"Study {task} {titles[task]}", task))
        load[day] += frame.block
    activities.sort(key=lambda activity: (activity.day, activity.kind is not Kind.REVIEW))
    return Week(frame.number + 1, frame.days[0], tuple(activities))


def _notes(exam: Exam, needs: Mapping[str, float], frames: Sequence[_Frame], days: int) -> Iterator[str]:
    if days == 0:
        yield "The exam is today: there is no time left to plan."
    blocks = sum(frame.blocks for frame in frames)
    wanted = [task.id for task in exam.tasks if needs.get(task.id, 0.0) > 0]
    planned = set(_study_blocks(exam, needs, blocks))
    if days and (left_out := [task for task in wanted if task not in planned]):
        yield f"There is no time for the tasks {', '.join(left_out)}; more hours a week would make some."
    mock = _mock_minutes(exam)
    if mock and len(frames) > 1 and not any(frame.mock for frame in frames):
        yield f"No mock exam fits: one takes {mock} minutes with looking at what was wrong, more than a week has."
    if exam.status.state == "retired":
        when = f" since {exam.status.date}" if exam.status.date else ""
        said = "is" if exam.status.certainty == "official" else "is reported to be"
        yield f"The exam {exam.code} {said} retired{when}."
