"""When a learner sits the exam and how many hours a week they have: kept in their ledger, the latest entry counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tutor.learner.attempts import Entry

KIND = "exam-day"
USUAL_HOURS = 6.0


@dataclass(frozen=True, slots=True)
class ExamDay:
    """The day of the exam, None where none is set, and hours of study a week."""

    day: date | None = None
    hours: float = USUAL_HOURS


def exam_day_entry(learner: str, exam: str, chosen: ExamDay, now: datetime) -> Entry:
    """The entry that keeps it."""
    content: dict[str, object] = {"day": chosen.day.isoformat() if chosen.day else None, "hours": chosen.hours}
    return Entry(f"{KIND}-{now.isoformat()}", learner, exam, KIND, exam, content, now)


def exam_day(entries: Iterable[Entry]) -> ExamDay:
    """What was set last; what cannot be read is as if not set."""
    found = ExamDay()
    for entry in entries:
        day, hours = entry.content.get("day"), entry.content.get("hours")
        try:
            found = ExamDay(
                date.fromisoformat(day) if isinstance(day, str) else None,
                float(hours) if isinstance(hours, int | float) and 0 < hours <= 100 else USUAL_HOURS,
            )
        except ValueError:
            continue
    return found
