"""The posterior over abilities: beside one worked out another way, and what pooling does."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.learner.ability import GRID, SPREADS, posterior

DRAWS = 20_000


def test_without_answers_abilities_are_spread_about_nought_as_the_levels_add_up() -> None:
    """Variances add: 1.25² of learners, 0.6² of domains, (0.5² + 1² + 1.75²) / 3 = 1.4375 of tasks: 1.83² in all."""
    drawn = posterior(np.zeros((4, len(GRID))), np.array([0, 0, 1, 1]), DRAWS, np.random.default_rng(0))
    assert drawn.shape == (DRAWS, 4)
    assert drawn.mean(axis=0) == pytest.approx([0] * 4, abs=0.05)
    assert drawn.std(axis=0) == pytest.approx([1.83] * 4, abs=0.08)
    same_domain, another = np.corrcoef(drawn.T)[0, 1], np.corrcoef(drawn.T)[0, 2]
    # Shared of the variance 3.36: learner and domain 1.9225, or the learner's 1.5625 alone.
    assert same_domain == pytest.approx(0.57, abs=0.04)
    assert another == pytest.approx(0.465, abs=0.04)


def test_it_is_what_weighing_prior_draws_gives() -> None:
    """The same by importance weights: abilities from the prior, each weighed by how likely its answers are."""
    rng = np.random.default_rng(1)
    seen = np.array([-0.5 * (GRID - 2) ** 2, -0.5 * (GRID + 1) ** 2 / 0.49, np.zeros(len(GRID))])
    count = 400_000
    learner = rng.normal(0, 1.25, count)
    domains = learner[:, None] + rng.normal(0, 0.6, (count, 2))
    spread = rng.choice(SPREADS, count)[:, None]
    tasks = domains[:, [0, 0, 1]] + rng.normal(0, 1, (count, 3)) * spread
    weights = np.exp(-0.5 * (tasks[:, 0] - 2) ** 2 - 0.5 * (tasks[:, 1] + 1) ** 2 / 0.49)
    means = (weights @ tasks) / weights.sum()
    spreads = np.sqrt(weights @ (tasks - means) ** 2 / weights.sum())

    drawn = posterior(seen, np.array([0, 0, 1]), DRAWS, np.random.default_rng(0))
    assert drawn.mean(axis=0) == pytest.approx(means, abs=0.06)
    assert drawn.std(axis=0) == pytest.approx(spreads, abs=0.06)


def test_a_task_without_answers_leans_towards_its_domain() -> None:
    good = -0.5 * (GRID - 2.5) ** 2 / 0.04
    seen = np.array([good, good, np.zeros(len(GRID)), np.zeros(len(GRID))])
    drawn = posterior(seen, np.array([0, 0, 0, 1]), DRAWS, np.random.default_rng(0)).mean(axis=0)
    assert 2.5 > drawn[2] > drawn[3] > 0.5
