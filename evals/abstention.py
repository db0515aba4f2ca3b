"""Does the tutor know what its library cannot answer?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evals.scores import RESAMPLES, Score


def auroc(answerable: Sequence[float], unanswerable: Sequence[float], rng: np.random.Generator) -> Score | None:
    """How often an answerable question gets the higher confidence, a tie counting half; None without both kinds.

    The area under the ROC curve as Mann and Whitney's statistic (Hanley & McNeil 1982), with the interval of a
    bootstrap that draws from each kind for itself.
    """
    if not answerable or not unanswerable:
        return None
    high, low = np.asarray(answerable, dtype=float), np.asarray(unanswerable, dtype=float)
    wins = (high[:, None] > low[None, :]) + 0.5 * (high[:, None] == low[None, :])
    areas = [
        wins[np.ix_(rng.integers(len(high), size=len(high)), rng.integers(len(low), size=len(low)))].mean()
        for _ in range(RESAMPLES)
    ]
    bottom, top = np.quantile(areas, [0.025, 0.975])
    return Score(float(wins.mean()), float(bottom), float(top), len(high) + len(low))
