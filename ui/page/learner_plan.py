"""The learner's record and their plan to the exam day, worked out anew whenever they are looked at."""

from __future__ import annotations

from tutor.learner.current_plan import current_plan
from tutor.learner.exam_day import KIND, exam_day
from tutor.learner.mastery import replay
from tutor.learner.plan import Plan
from tutor.learner.record import LearnerRecord
from ui.page.study import Study


def record_of(study: Study, learner: str) -> LearnerRecord:
    """What the learner masters now."""
    return replay(study.attempts(learner), study.pack.exam, study.now())


def plan_of(study: Study, learner: str) -> Plan:
    """The plan to the day and at the hours that the learner set last.

    Raises:
        ExamTutorError: why there is none: no day is set, or it is past or too far ahead.
    """
    pack = study.pack
    chosen = exam_day(study.ledger.entries(learner, pack.exam.code, kind=KIND))
    return current_plan(study.ledger, learner, pack, chosen, study.now())
