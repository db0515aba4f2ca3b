"""A study plan as a calendar file (RFC 5545), whose events are updated when it is imported again."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime, timedelta

from tutor.learner.plan import Plan


def calendar_file(plan: Plan, learner: str, now: datetime) -> bytes:
    """The plan's activities as events of a whole day.

    An event's UID follows from the learner, the exam, the day and which of the day's activities it is: a plan that
    is exported again changes the events of days that both have. Those of days that the new plan leaves free stay in
    the calendar, since a file cannot take events back.
    """
    import icalendar  # noqa: PLC0415

    calendar = icalendar.Calendar.new(
        prodid="-//Exam Tutor//Study plan//EN", name=f"Study plan {plan.exam}", uid=_uid(learner, plan.exam)
    )
    on_day: Counter[str] = Counter()
    for activity in plan.activities:
        place = f"{activity.day.isoformat()}/{on_day[activity.day.isoformat()]}"
        on_day[activity.day.isoformat()] += 1
        calendar.add_component(
            icalendar.Event.new(
                uid=_uid(learner, plan.exam, place),
                stamp=now,
                last_modified=now,
                start=activity.day,
                end=activity.day + timedelta(days=1),
                summary=activity.title,
                description=f"{activity.minutes} minutes" if activity.minutes else None,
            )
        )
    return bytes(calendar.to_ical())


def _uid(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32] + "@exam-tutor"
