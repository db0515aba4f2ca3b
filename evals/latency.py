"""Times, as quantiles with intervals, and as a ratio that means something on any machine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evals.scores import RESAMPLES, Score


def quantile_score(seconds: Sequence[float], share: float, rng: np.random.Generator) -> Score | None:
    """A quantile in milliseconds with its 95 % bootstrap interval; None where nothing was timed."""
    if not seconds:
        return None
    array = 1000.0 * np.asarray(seconds, dtype=float)
    drawn = np.quantile(rng.choice(array, size=(RESAMPLES, len(array))), share, axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Score(float(np.quantile(array, share)), float(low), float(high), len(array))


def median_ratio(seconds: Sequence[float], unit: Sequence[float], rng: np.random.Generator) -> Score | None:
    """The median of one time over the median of another, of the same questions; the bootstrap draws questions."""
    if not seconds:
        return None
    above, below = np.asarray(seconds, dtype=float), np.asarray(unit, dtype=float)
    rows = rng.integers(len(above), size=(RESAMPLES, len(above)))
    drawn = np.median(above[rows], axis=1) / np.median(below[rows], axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Score(float(np.median(above) / np.median(below)), float(low), float(high), len(above))
