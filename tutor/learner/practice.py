"""What to practise next: where an answer is expected to do most for the exam."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from corpus.blueprint import Exam
from tutor.learner.answer_model import known
from tutor.learner.mastery import task_shares
from tutor.learner.record import LearnerRecord

FADE = 0.8
"""What another question of the same task is worth beside the one before it, until the record is worked out anew."""


def next_task(record: LearnerRecord, exam: Exam, asked: Mapping[str, int] | None = None) -> str:
    """The task of the next question: the one where the exam has most to gain from it.

    That is the task's share of the exam, times what is missing, times the probability that the question hits upon it:
    little is learned from what is answered out of knowledge. `asked` counts the questions since the record was
    made, by task: so a sitting spreads over several tasks. Equals come in the guide's order.
    """
    missing = 1.0 - known(record.abilities)
    gains = task_shares(exam) * (missing**2).mean(axis=0)
    fading = [FADE ** (asked or {}).get(task, 0) for task in record.tasks]
    return list(record.tasks)[int(np.argmax(gains * fading))]
