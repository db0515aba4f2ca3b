"""Are a learner's weak tasks found? The tutor's ranking, and that by the plain share answered right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from evals.scores import Score, mean_score
from evals.simulated_learners import Truth, World
from tutor.learner.ability import Floats
from tutor.learner.attempts import Attempt
from tutor.learner.mastery import replay, task_shares

START = datetime(2026, 1, 1, tzinfo=UTC)
ANSWERS = 60


def ranking(
    world: World, learners: int, rng: np.random.Generator
) -> tuple[dict[str, Score | None], dict[str, Score | None]]:
    """The areas under the curve of as many learners: ours, and those of the share answered right."""
    found: tuple[dict[str, list[float]], ...] = ({}, {})
    shares = task_shares(world.exam)
    for number in range(learners):
        learner = world.learner(f"learner-{number}", START)
        attempts = learner.practise_in_sittings(ANSWERS, lambda who: who.choose_task(shares))
        record = replay(attempts, world.exam, learner.now, trend_points=0)
        ours = np.array([mastery.mean for mastery in record.tasks.values()])
        for areas, scores in zip(found, (ours, share_right(attempts, world.tasks)), strict=True):
            for name, weak in weak_ones(learner.knows).items():
                if weak.any() and not weak.all():
                    areas.setdefault(name, []).append(area_under_curve(scores, weak))
    ours_found, plain_found = ({name: mean_score(areas, rng) for name, areas in each.items()} for each in found)
    return ours_found, plain_found


def weak_ones(knows: Floats) -> dict[str, Truth]:
    """Which tasks are weak, by the name of the figure that asks for them."""
    third = np.zeros(len(knows), dtype=bool)
    third[np.argsort(knows)[: round(len(knows) / 3)]] = True
    return {"weak-tasks-auc": knows < 0.5, "weakest-third-auc": third}


def share_right(attempts: Sequence[Attempt], tasks: Sequence[str]) -> Floats:
    """The share answered right of each task, of all where a task was not met."""
    overall = float(np.mean([attempt.correct for attempt in attempts]))
    answers = {task: [attempt.correct for attempt in attempts if attempt.task == task] for task in tasks}
    return np.array([float(np.mean(answers[task])) if answers[task] else overall for task in tasks])


def area_under_curve(scores: Floats, weak: Truth) -> float:
    """The share of pairs of a weak task and another in which the weak one scores lower; a tie is half a pair."""
    lower = scores[weak][:, None] < scores[~weak][None, :]
    equal = scores[weak][:, None] == scores[~weak][None, :]
    return float((lower + equal / 2).mean())
