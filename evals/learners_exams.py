"""Does an exam come out as readiness says? Learners sit one, and it is compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from evals.simulated_learners import START, World
from evals.suite import Row
from tutor.learner.mastery import replay, task_shares
from tutor.learner.readiness import Readiness, readiness

LENGTHS = (30, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Sat:
    """One learner's exam: what readiness said before it, its score, and what the share answered right came to.

    All three are points on the exam's scale.
    """

    name: str
    answers: int
    ready: Readiness
    plain: float
    score: float

    @property
    def bias(self) -> float:
        """Estimate minus score, in points."""
        return self.ready.score - self.score

    def row(self) -> Row:
        """How true readiness was; `score-error` in points."""
        ready, passed = self.ready, self.score >= self.ready.pass_mark
        values = {
            "interval-coverage": float(ready.low <= self.score <= ready.high),
            "score-error": abs(self.bias),
            "pass-brier": (ready.passing - passed) ** 2,
        }
        said = f"{self.score:.0f} points, expected {ready.score:.0f} ({ready.low:.0f} to {ready.high:.0f})"
        return Row(self.name, values, question=f"{self.answers} answers, then an exam", verdicts=(said,))

    def plain_row(self) -> Row:
        """How true it would have been to expect the share answered right so far, and to be certain of it."""
        passed, expected = (points >= self.ready.pass_mark for points in (self.score, self.plain))
        values = {
            "score-error": abs(self.plain - self.score),
            "pass-brier": float(passed != expected),
        }
        return Row(self.name, values)


def exams(world: World, pack: ExamPack, learners: int) -> list[Sat]:
    """The exams of as many learners, each after 30, 60, 120 or 240 answers spread by blueprint.

    Raises:
        ExamTutorError: the pack does not say how its exam is scored.
    """
    sat = []
    shares = task_shares(world.exam)
    form = pack.exam.format
    for number in range(learners):
        learner = world.learner(f"exam-{number + 1:04}", START)
        attempts = learner.practise_in_sittings(LENGTHS[number % len(LENGTHS)], lambda who: who.choose_task(shares))
        ready = readiness(replay(attempts, world.exam, learner.now, trend_points=0), pack)
        if ready is None or form.scale_min is None or form.scale_max is None:
            raise ExamTutorError(
                f"The pack {pack.id} does not say how its exam is scored, so there is nothing to compare."
            )
        width = form.scale_max - form.scale_min
        plain = form.scale_min + width * float(np.mean([attempt.correct for attempt in attempts]))
        score = form.scale_min + width * learner.exam_score()
        sat.append(Sat(learner.name, len(attempts), ready, plain, score))
    return sat
