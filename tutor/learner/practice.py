"""What to practise next: where an answer is expected to do most for the exam."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.blueprint import Exam
from tutor.learner.mastery import task_shares
from tutor.learner.record import LearnerRecord

FADE = 0.93
"""What another question of the same task is worth beside the one before it, until the record is worked out anew."""


def next_task(record: LearnerRecord, exam: Exam, asked: Mapping[str, int] | None = None) -> str:
    """The task of the next question: the one with the most to gain, its share of the exam times what is not mastered.

    `asked` counts the questions since the record was made, by task: so a sitting spreads over several tasks. Equals
    come in the guide's order.
    """
    before = asked or {}
    gains = {
        task.id: share * (1.0 - record.tasks[task.id].mean) * FADE ** before.get(task.id, 0)
        for task, share in zip(exam.tasks, task_shares(exam), strict=True)
    }
    return max(gains, key=gains.__getitem__)
