"""What answers say about ability: a three-parameter item response model, pooled over tasks, domains and the learner.

A question's answer is known with probability k = 1 / (1 + e^(b − θ)), θ the learner's ability in its task and b the
question's difficulty, both in logits. Who knows it slips at times, who does not may guess: P(right) = k·(1 − s) +
(1 − k)·g (Birnbaum 1968, in Lord & Novick, Statistical Theories of Mental Test Scores). How sure the learner felt is a
second sign of knowing, as reliable as their own record shows it to be.

A few answers say little about one task alone. So abilities are pooled: a task's is drawn around its domain's, a
domain's around the learner's (partial pooling: Gelman & Hill 2007, Data Analysis Using Regression and
Multilevel/Hierarchical Models, ch. 12). How far apart a learner's tasks lie is itself weighed. All sums run
over a grid, so that nothing is approximated but the grid.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

GRID: Floats = np.linspace(-5.0, 5.0, 41)
"""The abilities that are weighed, in logits."""

SPREADS = (0.5, 1.0, 1.75)
"""How far a task may lie from its domain (standard deviation in logits); each as likely beforehand."""

DOMAIN_SPREAD = 0.6
LEARNER_SPREAD = 1.25


def posterior(likelihoods: Floats, domains: Ints, draws: int, rng: np.random.Generator) -> Floats:
    """Abilities drawn from what the answers leave possible, in logits: `draws` × tasks.

    `likelihoods` is tasks × grid: the logarithm of how likely a task's answers are at each ability. `domains` is the
    number of each task's domain.
    """
    seen = np.exp(likelihoods - likelihoods.max(axis=1, keepdims=True))
    levels = [_Level(seen, domains, spread) for spread in SPREADS]
    evidence = np.array([level.evidence for level in levels])
    share = np.exp(evidence - evidence.max())
    counts = rng.multinomial(draws, share / share.sum())
    return np.vstack([level.draw(count, rng) for level, count in zip(levels, counts, strict=True)])


class _Level:
    """The three levels with one spread of tasks: messages go up to the learner, draws come down (Pearl 1988)."""

    def __init__(self, seen: Floats, domains: Ints, spread: float) -> None:
        self._domains = domains
        tasks = _around(spread)
        self._task = tasks[None] * seen[:, None, :]  # task × domain's ability × task's ability
        of_task = np.log(self._task.sum(axis=2))
        of_domain = np.zeros((domains.max() + 1, len(GRID)))
        np.add.at(of_domain, domains, of_task)
        highest = of_domain.max(axis=1, keepdims=True)
        self._domain = _BETWEEN[None] * np.exp(of_domain - highest)[:, None, :]  # domain × learner's × domain's
        joint = _PRIOR + np.log(self._domain.sum(axis=2)).sum(axis=0)
        self._learner = np.exp(joint - joint.max())
        self.evidence = float(np.log(self._learner.sum()) + joint.max() + highest.sum())

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        learner = rng.choice(len(GRID), size=count, p=self._learner / self._learner.sum())
        domain = _choose(self._domain, learner[:, None].repeat(len(self._domain), axis=1), rng)
        place: Floats = GRID[_choose(self._task, domain[:, self._domains], rng)]
        place += rng.uniform(-0.5, 0.5, place.shape) * (GRID[1] - GRID[0])
        return place


def _around(spread: float) -> Floats:
    """Row: where the level above is. Column: how likely this level is there."""
    density = np.exp(-0.5 * ((GRID[None, :] - GRID[:, None]) / spread) ** 2)
    normed: Floats = density / density.sum(axis=1, keepdims=True)
    return normed


def _choose(tables: Floats, above: Ints, rng: np.random.Generator) -> Ints:
    """For each draw and each table a place on the grid, by the row that `above` (draws × tables) names."""
    sums = tables.cumsum(axis=2)
    rows = sums[np.arange(len(tables)), above]  # draws × tables × grid
    wanted = rng.random(above.shape) * rows[..., -1]
    chosen: Ints = (rows <= wanted[..., None]).sum(axis=2)
    return chosen


_BETWEEN = _around(DOMAIN_SPREAD)
_PRIOR: Floats = -0.5 * (GRID / LEARNER_SPREAD) ** 2
