"""How ready a learner is: the exam's score to expect, its range, and the probability of passing.

How an exam turns right answers into its scale is not published. The estimate assumes the plainest way: a straight line
from none right at the scale's lowest to all right at its highest. It also assumes that the exam's questions
are as hard as the pack's, and that the tasks of a domain come as often as in the pack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb

import numpy as np

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.draw import largest_remainder
from tutor.learner.ability import Floats
from tutor.learner.answer_model import GUESS_MULTIPLE, GUESS_SINGLE, right
from tutor.learner.attempts import Attempt, Confidence
from tutor.learner.record import LearnerRecord

ASSUMES = (
    "An estimate: how the exam scales its scores is not published. It is taken that the score rises evenly with the"
    " questions answered right, and that the exam is as hard as the questions of this pack."
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What to expect of an exam sat at the record's time.

    `score` is the mean on the exam's scale; 9 exams of 10 are to fall from `low` to `high`. `passing` is the
    probability to reach `pass_mark`; from what is known of the learner it lies from `passing_low` to `passing_high`
    with 90 % probability.
    """

    score: float
    low: float
    high: float
    passing: float
    passing_low: float
    passing_high: float
    pass_mark: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often the learner was right when they said so: `right` of `answers`."""

    answers: int
    right: int

    @property
    def share(self) -> float:
        """The share that was right, 0 to 1."""
        return self.right / self.answers


def readiness(record: LearnerRecord, pack: ExamPack) -> Readiness | None:
    """The exam as this learner would sit it; None where the pack does not say how it is scored.

    Every question counts as one, a multiple response only when it is right as a whole.
    """
    form = pack.exam.format
    if form.scored is None or form.scale_min is None or form.scale_max is None or form.pass_mark is None:
        return None
    chances = _exam_chances(record, pack, form.scored)
    scores = np.linspace(form.scale_min, form.scale_max, form.scored + 1)
    passing = chances[:, scores >= form.pass_mark].sum(axis=1)
    expected = chances.mean(axis=0)
    low, high = _range(expected, scores)
    passing_low, passing_high = np.quantile(passing, (0.05, 0.95))
    return Readiness(
        score=float(expected @ scores),
        low=low,
        high=high,
        passing=float(passing.mean()),
        passing_low=float(passing_low),
        passing_high=float(passing_high),
        pass_mark=form.pass_mark,
    )


def calibration(attempts: Iterable[Attempt]) -> Mapping[Confidence, Calibration]:
    """How often the learner was right under each word they said; a word never said is left out."""
    said = Counter((attempt.confidence, attempt.correct) for attempt in attempts if attempt.confidence)
    counted = {word: Calibration(said[word, True] + said[word, False], said[word, True]) for word in Confidence}
    return {word: found for word, found in counted.items() if found.answers}


def _exam_chances(record: LearnerRecord, pack: ExamPack, scored: int) -> Floats:
    """For each draw of abilities (row), the probability of 0, 1, … `scored` right answers (column)."""
    chances = np.ones((len(record.abilities), 1))
    weights = {domain.id: domain.weight for domain in pack.exam.domains}
    for domain, count in largest_remainder(weights, scored).items():
        chances = _added(chances, _binomial(count, _right_in_domain(record, pack, domain)))
    return chances


def _right_in_domain(record: LearnerRecord, pack: ExamPack, domain: str) -> Floats:
    """For each draw, how probably a question of the domain is answered right."""
    column = {task: number for number, task in enumerate(record.tasks)}
    inside = {task.id for each in pack.exam.domains if each.id == domain for task in each.tasks}
    kinds = Counter(_kind(question) for question in pack.questions if question.task in inside)
    # A domain without questions is as its tasks are, at middle difficulty.
    kinds = kinds or Counter((task, 2, False) for task in sorted(inside))
    tasks, grades, multiple = (np.array(values) for values in zip(*kinds, strict=True))
    abilities = record.abilities[:, [column[task] for task in tasks]]
    chances = right(abilities, grades, np.where(multiple, GUESS_MULTIPLE, GUESS_SINGLE))
    found: Floats = np.average(chances, axis=1, weights=np.array(list(kinds.values())))
    return found


def _kind(question: Question) -> tuple[str, int, bool]:
    return question.task, question.difficulty, question.response == "multiple"


def _binomial(count: int, chance: Floats) -> Floats:
    ways = np.array([comb(count, hits) for hits in range(count + 1)], dtype=float)
    hits = np.arange(count + 1)
    found: Floats = ways * chance[:, None] ** hits * (1.0 - chance[:, None]) ** (count - hits)
    return found


def _added(one: Floats, other: Floats) -> Floats:
    """The distribution of the sum of two independent counts, row by row."""
    total = np.zeros((len(one), one.shape[1] + other.shape[1] - 1))
    for hits in range(other.shape[1]):
        total[:, hits : hits + one.shape[1]] += one * other[:, hits : hits + 1]
    return total


def _range(chances: Floats, scores: Floats) -> tuple[float, float]:
    """Where the middle 90 % lie. A score's probability is spread about it, lest the steps widen the range."""
    middle = chances.cumsum() - chances / 2
    low, high = np.interp((0.05, 0.95), middle, scores)
    return float(low), float(high)
