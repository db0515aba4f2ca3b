"""A learner's plan as it is now: worked out from the ledger alone."""

from __future__ import annotations

from datetime import datetime

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from tutor.learner.audit import RATING, ratings, study_needs
from tutor.learner.exam_day import ExamDay
from tutor.learner.ledger import Ledger
from tutor.learner.mastery import replay
from tutor.learner.plan import Plan, make_plan
from tutor.learner.schedule import schedule


def current_plan(ledger: Ledger, learner: str, pack: ExamPack, chosen: ExamDay, now: datetime) -> Plan:
    """The plan to the exam day, by what the attempts show, how learners rate themselves, and what falls due.

    Raises:
        ExamTutorError: no day is set, it is past or more than two years ahead, or the hours cannot be.
    """
    if chosen.day is None:
        raise ExamTutorError("The day of the exam is not known.", "Give the day, such as 2027-03-31.")
    exam = pack.exam
    attempts = ledger.attempts(learner, exam.code)
    rated = ratings(ledger.entries(learner, exam.code, kind=RATING))
    needs = study_needs(exam, replay(attempts, exam, now, trend_points=0), rated)
    reviews = [review.due_at for review in schedule(attempts, now)]
    return make_plan(exam, needs, exam_day=chosen.day, hours=chosen.hours, now=now, reviews=reviews)
