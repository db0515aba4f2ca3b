"""What is known about a learner: worked out from the ledger, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Mastery:
    """The probability, 0 to 1, to answer a question of middle difficulty right; `low` to `high` holds it 9 times in 10.

    `answers` is how many attempts were at it. Without any, the rest of the record says what to expect.
    """

    mean: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What `overall` was expected to be at a time, from the attempts until then."""

    at: datetime
    mean: float


@dataclass(frozen=True, slots=True)
class LearnerRecord:
    """Mastery by id of task, domain and card, as of `now`; `overall` weighs the domains as the exam does.

    Every task and domain of the exam is there, of cards only those that were met. `trend` goes from the first attempts
    to the last. `elsewhere` counts attempts at tasks that the exam no longer has: they are kept, and say nothing here.
    `abilities` are equally likely states of the learner, in logits: a row each, a column for each of `tasks`.
    """

    exam: str
    now: datetime
    tasks: Mapping[str, Mastery]
    domains: Mapping[str, Mastery]
    cards: Mapping[str, Mastery]
    overall: Mastery
    trend: tuple[TrendPoint, ...]
    elsewhere: int
    abilities: NDArray[np.float64] = field(repr=False, compare=False)
