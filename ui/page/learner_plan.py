"""The learner's plan to their exam day, worked out anew whenever it is looked at."""

from __future__ import annotations

from corpus.errors import ExamTutorError
from tutor.draw import blueprint_weights
from tutor.learner.exam_day import KIND, exam_day
from tutor.learner.mastery import replay
from tutor.learner.plan import Plan, make_plan
from tutor.learner.record import LearnerRecord
from tutor.learner.schedule import schedule
from ui.page.study import Study


def record_of(study: Study, learner: str) -> LearnerRecord:
    """What the learner masters now."""
    return replay(study.attempts(learner), study.pack.exam, study.now())


def plan_of(study: Study, learner: str) -> Plan | None:
    """The plan; None where no exam day is set, or it is past."""
    exam = study.pack.exam
    chosen = exam_day(study.ledger.entries(learner, exam.code, kind=KIND))
    if chosen.day is None:
        return None
    record = record_of(study, learner)
    weights = blueprint_weights(exam)
    needs = {task: weight * (1.0 - record.tasks[task].mean) for task, weight in weights.items()}
    reviews = [review.due_at for review in schedule(study.attempts(learner), study.now())]
    try:
        return make_plan(exam, needs, exam_day=chosen.day, hours=chosen.hours, now=study.now(), reviews=reviews)
    except ExamTutorError:
        return None
