"""A knowledge audit to start from: how learners rate themselves, a short probe, and what both say to study."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.blueprint import Exam, Task
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from tutor.draw import Draw, Drawer, blueprint_weights, largest_remainder
from tutor.learner.attempts import Attempt, Entry, Mode
from tutor.learner.record import LearnerRecord, Mastery
from tutor.topics import Topic

RATING = "self-rating"
"""The kind of a self-rating's entry, which is about a task."""
RATINGS = {1: "never heard of it", 2: "have read about it", 3: "could explain it", 4: "have done it", 5: "do it often"}
PROBE_QUESTIONS = 20
RATED_AS = 2.0
"""A self-rating weighs as much as so many answers: it says something where there are none, and little elsewhere."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One task in the audit: the learner's own rating, what the probe found, what the whole record says."""

    task: Task
    rating: int | None
    right: int
    of: int
    mastery: Mastery


def rating_entry(learner: str, exam: Exam, task: str, rating: int, now: datetime) -> Entry:
    """The entry that keeps a self-rating.

    Raises:
        ExamTutorError: the exam has no such task, or the rating is none of 1 to 5.
    """
    if exam.task(task) is None:
        raise ExamTutorError(
            f"The exam {exam.code} has no task '{task}'.", f"Rate {', '.join(t.id for t in exam.tasks)}."
        )
    if rating not in RATINGS:
        meant = "; ".join(f"{number} {words}" for number, words in RATINGS.items())
        raise ExamTutorError(f"{rating} is no rating.", f"Give {meant}.")
    said = "\n".join((exam.code, task, str(rating), now.isoformat()))
    identity = f"rating-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    return Entry(identity, learner, exam.code, RATING, task, {"rating": rating}, now)


def ratings(entries: Iterable[Entry]) -> dict[str, int]:
    """The last self-rating of each task among entries."""
    return {
        entry.about: rating
        for entry in entries
        if entry.kind == RATING and isinstance(rating := entry.content.get("rating"), int) and rating in RATINGS
    }


def draw_probe(pack: ExamPack, attempts: Sequence[Attempt], rng: random.Random, count: int = PROBE_QUESTIONS) -> Draw:
    """The questions of a probe: one of every task, the rest by the exam's weights."""
    tasks = [task.id for task in pack.exam.tasks]
    further = largest_remainder(blueprint_weights(pack.exam), max(0, count - len(tasks)))
    drawer = Drawer(pack, rng, [attempt.question for attempt in attempts])
    wanted = [task for task in tasks for _ in range(1 + further[task])]
    drawn = [drawer.draw(Topic(task, tasks=frozenset([task])), task) for task in wanted]
    questions = [question for question in drawn if question is not None]
    rng.shuffle(questions)
    missing = sorted({task for task, question in zip(wanted, drawn, strict=True) if question is None})
    notes = (f"There is no question for the tasks {', '.join(missing)}.",) if missing else ()
    return Draw(tuple(questions), notes)


def audit(
    exam: Exam, rated: Mapping[str, int], attempts: Iterable[Attempt], record: LearnerRecord
) -> tuple[AuditLine, ...]:
    """The audit, a line a task, in the guide's order."""
    probed = [attempt for attempt in attempts if attempt.mode is Mode.PROBE]
    return tuple(
        AuditLine(
            task,
            rated.get(task.id),
            sum(attempt.correct for attempt in probed if attempt.task == task.id),
            sum(attempt.task == task.id for attempt in probed),
            record.tasks[task.id],
        )
        for task in exam.tasks
    )


def study_needs(exam: Exam, record: LearnerRecord, rated: Mapping[str, int]) -> dict[str, float]:
    """How much each task needs studying: its share of the exam times what is not mastered, 0 to 1.

    What is mastered is what the record expects and the self-rating (1 to 5 as 0.2 to 1), weighed by answers.
    """
    needs = {}
    for task, share in blueprint_weights(exam).items():
        known = record.tasks[task]
        weight = RATED_AS if task in rated else 0.0
        mastered = (known.mean * (known.answers + 1) + weight * rated.get(task, 0) / 5) / (known.answers + 1 + weight)
        needs[task] = share * (1 - mastered)
    return needs
