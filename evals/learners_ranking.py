"""Are a learner's weak tasks found? The tutor's ranking, and that by the plain share answered right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evals.simulated_learners import START, Truth, World
from evals.suite import Row
from tutor.learner.ability import Floats
from tutor.learner.attempts import Attempt
from tutor.learner.mastery import replay, task_shares

ANSWERS = 60


def ranking(world: World, learners: int) -> tuple[list[Row], list[Row]]:
    """The areas under the curve of as many learners: ours, and those of the share answered right."""
    ours: list[Row] = []
    plain: list[Row] = []
    shares = task_shares(world.exam)
    for number in range(learners):
        name = f"ranking-{number + 1:03}"
        learner = world.learner(name, START)
        attempts = learner.practise_in_sittings(ANSWERS, lambda who: who.choose_task(shares))
        record = replay(attempts, world.exam, learner.now, trend_points=0)
        mastered = np.array([mastery.mean for mastery in record.tasks.values()])
        weak = {name: of for name, of in weak_ones(learner.knows).items() if of.any() and not of.all()}
        for rows, scores in ((ours, mastered), (plain, share_right(attempts, world.tasks))):
            values = {name: area_under_curve(scores, of) for name, of in weak.items()}
            rows.append(Row(name, values, question=f"{ANSWERS} answers"))
    return ours, plain


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
