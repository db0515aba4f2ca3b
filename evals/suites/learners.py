"""Is what the tutor believes of a learner true? Simulated learners answer, and what they know is known.

Their world is not the model's (`evals.simulated_learners`). The baseline is the share answered right.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from evals.bench import Bench
from evals.simulated_learners import World
from evals.suite import Result, Row, Suite, means, paired
from tutor.learner.mastery import replay
from tutor.learner.readiness import readiness

LEARNERS, LEARNERS_SMALL = 150, 30
ANSWERS = 65
"""Questions that each answers before being judged: as many as an exam has."""

START = datetime(2026, 1, 1, tzinfo=UTC)
EXAMS = 20
"""Exams that each then sits."""

LOWER = frozenset({"error of the share expected", "error of passing (Brier)"})


def run(bench: Bench) -> Result:
    """Let each answer questions, judge them, and let them sit exams."""
    world = World(bench.pack, np.random.default_rng(bench.rng().integers(1 << 32)))
    rows, plain = [], []
    for number in range(LEARNERS_SMALL if bench.small else LEARNERS):
        ours, theirs = _learner(bench, world, number)
        rows.append(ours)
        plain.append(theirs)
    return Result(
        "learners",
        means(rows, bench.rng()),
        tuple(rows),
        {"share answered right": means(plain, bench.rng())},
        {"share answered right": paired(rows, plain, bench.rng())},
        lower=LOWER,
    )


def _learner(bench: Bench, world: World, number: int) -> tuple[Row, Row]:
    name = f"learner-{number + 1:03}"
    learner = world.learner(name, START)
    asked = [world.tasks[int(place)] for place in world.rng.choice(len(world.tasks), ANSWERS, p=world.bank_shares)]
    attempts = [learner.answer(world.question(task)) for task in asked]
    right = sum(attempt.correct for attempt in attempts) / len(attempts)
    ready = readiness(replay(attempts, bench.pack.exam, START, trend_points=0), bench.pack)
    scale = bench.pack.exam.format
    if ready is None or scale.scale_min is None or scale.scale_max is None:
        return Row(name, {}), Row(name, {})  # the pack does not say how its exam is scored
    width = scale.scale_max - scale.scale_min
    shares = [learner.exam_score() for _ in range(EXAMS)]
    scores = [scale.scale_min + width * share for share in shares]
    passed = sum(score >= ready.pass_mark for score in scores) / EXAMS
    expected = (ready.score - scale.scale_min) / width
    guess = float(scale.scale_min + width * right >= ready.pass_mark)
    truth = sum(shares) / EXAMS
    ours = {
        "error of the share expected": abs(expected - truth),
        "error of passing (Brier)": _brier(ready.passing, passed),
        "exams within the 90 % range": sum(ready.low <= score <= ready.high for score in scores) / EXAMS,
    }
    theirs = {"error of the share expected": abs(right - truth), "error of passing (Brier)": _brier(guess, passed)}
    said = f"right in exams {truth:.2f}, expected {expected:.2f}, right before {right:.2f}; passed {passed:.2f}"
    return Row(name, ours, question=f"{ANSWERS} answers", verdicts=(said,)), Row(name, theirs)


def _brier(believed: float, happened: float) -> float:
    """The mean squared error of a probability over trials of which a share happened (Brier 1950)."""
    return happened * (1 - believed) ** 2 + (1 - happened) * believed**2


SUITE = Suite("learners", "whether what the tutor believes of a learner is true", run)
