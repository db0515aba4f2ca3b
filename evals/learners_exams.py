"""Does an exam come out as readiness says? Learners sit one, and it is compared."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from evals.scores import Score, mean_score
from evals.simulated_learners import World
from tutor.learner.mastery import replay, task_shares
from tutor.learner.readiness import readiness

START = datetime(2026, 1, 1, tzinfo=UTC)
LENGTHS = (30, 60, 120, 240)


def exams(world: World, pack: ExamPack, learners: int, rng: np.random.Generator) -> dict[str, Score | None]:
    """How often the 90 % range holds the score, how far the estimate is off, and how good the probability to pass is.

    Raises:
        ExamTutorError: the pack does not say how its exam is scored.
    """
    inside, bias, brier = [], [], []
    shares = task_shares(world.exam)
    for number in range(learners):
        learner = world.learner(f"learner-{number}", START)
        attempts = learner.practise_in_sittings(LENGTHS[number % len(LENGTHS)], lambda who: who.choose_task(shares))
        ready = readiness(replay(attempts, world.exam, learner.now, trend_points=0), pack)
        form = pack.exam.format
        if ready is None or form.scale_min is None or form.scale_max is None:
            raise ExamTutorError(
                f"The pack {pack.id} does not say how its exam is scored, so there is nothing to compare."
            )
        score = form.scale_min + (form.scale_max - form.scale_min) * learner.exam_score()
        inside.append(float(ready.low <= score <= ready.high))
        bias.append(ready.score - score)
        brier.append((ready.passing - (score >= ready.pass_mark)) ** 2)
    return {
        "interval-coverage": mean_score(inside, rng),
        "score-bias": mean_score(bias, rng),
        "pass-brier": mean_score(brier, rng),
    }
