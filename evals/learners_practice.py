"""Does choosing what to practise pay? The same learner goes several ways, and what they know is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from evals.scores import RESAMPLES, Score
from evals.simulated_learners import SITTING, START, SimulatedLearner, World
from tutor.learner.ability import Floats, Ints
from tutor.learner.attempts import Attempt
from tutor.learner.mastery import replay, task_shares
from tutor.learner.practice import next_task

QUESTIONS = 150
DRAWS = 250

Chooser = Callable[[SimulatedLearner, Sequence[Attempt]], list[str]]
"""The tasks of the next sitting."""


def practice(
    world: World, learners: int, rng: np.random.Generator
) -> tuple[dict[str, Score | None], dict[str, Score | None]]:
    """The share of the questions that brings as far as random and blueprint-only practice: ours, and the least one."""
    choosers: dict[str, Chooser] = {
        "random": lambda learner, _: [learner.choose_task(world.bank_shares) for _ in range(SITTING)],
        "blueprint": lambda learner, _: [learner.choose_task(task_shares(world.exam)) for _ in range(SITTING)],
        "adaptive": lambda learner, attempts: _chosen(world, learner, attempts),
        "possible": lambda learner, _: _best(world, learner),
    }
    curves: dict[str, list[list[float]]] = {name: [] for name in choosers}
    for number in range(learners):
        learner = world.learner(f"learner-{number}", START)
        for name, chooser in choosers.items():
            curves[name].append(_abilities(learner.twin(), chooser))
    known = {name: np.array(values) for name, values in curves.items()}
    return (
        {f"questions-of-{plain}": _needed(known["adaptive"], known[plain], rng) for plain in ("random", "blueprint")},
        {f"questions-of-{plain}": _needed(known["possible"], known[plain], rng) for plain in ("random", "blueprint")},
    )


def _abilities(learner: SimulatedLearner, chooser: Chooser) -> list[float]:
    """What the learner knows before the first sitting and at the end of each."""
    attempts: list[Attempt] = []
    abilities = [learner.ability()]
    for _ in range(QUESTIONS // SITTING):
        attempts += [learner.practise(task) for task in chooser(learner, attempts)]
        abilities.append(learner.ability())
        learner.rest(1)
    return abilities


def _chosen(world: World, learner: SimulatedLearner, attempts: Sequence[Attempt]) -> list[str]:
    record = replay(attempts, world.exam, learner.now, draws=DRAWS, trend_points=0)
    asked: Counter[str] = Counter()
    tasks = []
    for _ in range(SITTING):
        tasks.append(next_task(record, world.exam, asked))
        asked[tasks[-1]] += 1
    return tasks


def _best(world: World, learner: SimulatedLearner) -> list[str]:
    """By what is missing, seen before each question: the twin tries out the sitting."""
    shares, ahead = task_shares(world.exam), learner.twin()
    tasks = []
    for _ in range(SITTING):
        tasks.append(world.tasks[int(np.argmax(shares * (1.0 - ahead.knows)))])
        ahead.practise(tasks[-1])
    return tasks


def _needed(ours: Floats, plain: Floats, rng: np.random.Generator) -> Score:
    """After which share of the questions the mean of `ours` (learners × sittings) is where `plain` ends."""

    def share(rows: Ints) -> float:
        curve = np.maximum.accumulate(ours[rows].mean(axis=0))
        return float(np.interp(plain[rows, -1].mean(), curve, np.linspace(0, 1, len(curve))))

    everyone = np.arange(len(ours))
    low, high = np.quantile([share(rng.choice(everyone, len(everyone))) for _ in range(RESAMPLES)], [0.025, 0.975])
    return Score(share(everyone), float(low), float(high), len(ours))
