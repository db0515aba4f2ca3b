"""The JSON of progress, plans, audits and journals. Keys may be added, none renamed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.exam_pack import ExamPack
from tutor.learner.attempts import Confidence
from tutor.learner.audit import AuditLine
from tutor.learner.journal import Remark
from tutor.learner.plan import Plan
from tutor.learner.readiness import ASSUMES, Calibration, Readiness
from tutor.learner.record import LearnerRecord, Mastery
from ui.shapes import Json


def progress_json(  # noqa: PLR0913, PLR0917  each is a part of the object
    record: LearnerRecord,
    pack: ExamPack,
    calibration: Mapping[Confidence, Calibration],
    ready: Readiness | None,
    due: int,
    next_task: str,
    answers: int,
) -> Json:
    """`{"exam", "answers", "overall", "domains", "tasks", "cards", "trend", "calibration", "readiness", …}`."""
    titles = {task.id: task.title for task in pack.exam.tasks} | {one.id: one.title for one in pack.exam.domains}
    return {
        "exam": record.exam,
        "answers": answers,
        "overall": _mastery_json(record.overall),
        "domains": [_named_json(one, titles, found) for one, found in record.domains.items()],
        "tasks": [_named_json(one, titles, found) for one, found in record.tasks.items()],
        "cards": [{"id": card, **_mastery_json(found)} for card, found in record.cards.items()],
        "trend": [{"at": point.at.isoformat(), "mean": round(point.mean, 4)} for point in record.trend],
        "calibration": {
            str(word): {"answers": one.answers, "right": one.right, "share": round(one.share, 4)}
            for word, one in calibration.items()
        },
        "readiness": _readiness_json(ready),
        "due": due,
        "next": next_task,
        "elsewhere": record.elsewhere,
    }


def _named_json(identity: str, titles: Mapping[str, str], found: Mastery) -> Json:
    return {"id": identity, "title": titles.get(identity, ""), **_mastery_json(found)}


def _mastery_json(found: Mastery) -> Json:
    return {
        "mean": round(found.mean, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "answers": found.answers,
    }


def _readiness_json(ready: Readiness | None) -> Json | None:
    if ready is None:
        return None
    return {
        "passing": {
            "value": round(ready.passing, 4),
            "low": round(ready.passing_low, 4),
            "high": round(ready.passing_high, 4),
        },
        "score": {"value": round(ready.score), "low": round(ready.low), "high": round(ready.high)},
        "pass_mark": ready.pass_mark,
        "assumes": ASSUMES,
    }


def plan_json(plan: Plan) -> Json:
    """`{"exam", "exam_date", "hours", "weeks": [{"number", "start", "minutes", "activities"}], "notes"}`."""
    return {
        "exam": plan.exam,
        "exam_date": plan.exam_day.isoformat(),
        "hours": plan.hours,
        "weeks": [
            {
                "number": week.number,
                "start": week.start.isoformat(),
                "minutes": week.minutes,
                "activities": [
                    {
                        "kind": str(one.kind),
                        "day": one.day.isoformat(),
                        "minutes": one.minutes,
                        "title": one.title,
                        "task": one.task,
                    }
                    for one in week.activities
                ],
            }
            for week in plan.weeks
        ],
        "notes": list(plan.notes),
    }


def audit_json(lines: Iterable[AuditLine]) -> Json:
    """`{"tasks": [{"id", "title", "rating", "right", "of", "mastery"}]}`: right of the probe's questions."""
    return {
        "tasks": [
            {
                "id": line.task.id,
                "title": line.task.title,
                "rating": line.rating,
                "right": line.right,
                "of": line.of,
                "mastery": _mastery_json(line.mastery),
            }
            for line in lines
        ]
    }


def remarks_json(written: Iterable[Remark]) -> Json:
    """`{"remarks": [{"question", "text", "at"}]}`."""
    return {"remarks": [{"question": one.question, "text": one.text, "at": one.at.isoformat()} for one in written]}
