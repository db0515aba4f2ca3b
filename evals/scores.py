"""Figures with their intervals, as every suite reports them."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Score:
    """A mean over `n` cases with its 95 % bootstrap interval (Efron 1979, percentile method)."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        """`0.93 [0.88, 0.97] of 80`."""
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}] of {self.n}"


def mean_score(values: Sequence[float], rng: np.random.Generator) -> Score | None:
    """The mean of one value a case; None, "no score", where there is no case."""
    if not values:
        return None
    array = np.asarray(values, dtype=float)
    means = rng.choice(array, size=(RESAMPLES, len(array))).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Score(float(array.mean()), float(low), float(high), len(array))


def difference_score(ours: Sequence[float], theirs: Sequence[float], rng: np.random.Generator) -> Score | None:
    """The mean of ours − theirs over the same cases in the same order, its interval by a paired bootstrap.

    Cases are drawn, not values: what makes a case hard for both cancels out (Efron & Tibshirani 1993).
    """
    return mean_score([our - their for our, their in zip(ours, theirs, strict=True)], rng)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Two readers' agreement beyond chance, −1..1, from a pair of labels a case (Cohen 1960)."""
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(count * others[label] for label, count in ones.items()) / len(pairs) ** 2
    return 1.0 if chance == 1.0 else (agreed - chance) / (1 - chance)


def suite_json(suite: str, metrics: dict[str, Score | None], baselines: dict[str, Any]) -> dict[str, Any]:
    """`{"suite", "commit", "metrics": {name: {"value", "low", "high", "n"}}, "baselines"}`; null is "no score"."""
    return {
        "suite": suite,
        "commit": commit(),
        "metrics": metrics_json(metrics),
        "baselines": baselines,
    }


def metrics_json(metrics: Mapping[str, Score | None]) -> dict[str, Any]:
    """`{name: {"value", "low", "high", "n"}}`; null is "no score"."""
    return {name: None if score is None else asdict(score) for name, score in metrics.items()}


def commit() -> str:
    """The commit measured, "unknown" outside a checkout."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607  git is wherever the user has it
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()
