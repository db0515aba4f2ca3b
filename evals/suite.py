"""What a suite is: cases go through the tutor, every case leaves a row, and the rows' means are the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from evals.bench import Bench
from evals.scores import Score, difference_score, mean_score, metrics_json, suite_json

Scores = Mapping[str, Score | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One case: what it scored, and all that is needed to judge the score by eye.

    `values` are this case's part of each metric, 0..1 where nothing else is said. The text of a `held_out` case is
    in no report, so that nobody fits anything to it by reading.
    """

    id: str
    values: Mapping[str, float]
    question: str = ""
    evidence: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    held_out: bool = False

    def badness(self, lower: Iterable[str]) -> float:
        """How much of what could be reached was not; `lower` names the metrics of which less is better."""
        better_low = frozenset(lower)
        return sum(value if name in better_low else 1.0 - value for name, value in self.values.items())

    def shown(self) -> Row:
        """The row as it may be written down."""
        if not self.held_out:
            return self
        return Row(self.id, self.values, "(held out: not shown)", verdicts=self.verdicts, held_out=True)


@dataclass(frozen=True, slots=True)
class Result:
    """What a suite found. `skipped` is why it did not run, `problem` what failed on the way; else both are empty.

    `differences` are ours − the baseline's over the same cases; `lower` names the metrics of which less is better.
    `commit` is the one measured, empty for the one that is checked out.
    """

    suite: str
    metrics: Scores = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    baselines: Mapping[str, Scores] = field(default_factory=dict)
    differences: Mapping[str, Scores] = field(default_factory=dict)
    lower: frozenset[str] = frozenset()
    about: str = ""
    skipped: str = ""
    problem: str = ""
    seconds: float = 0.0
    commit: str = ""

    @property
    def has_score(self) -> bool:
        """Whether any case was scored."""
        return any(score is not None for score in self.metrics.values())

    def worst(self) -> list[Row]:
        """The rows that fell short, worst first."""
        short = [row for row in self.rows if row.badness(self.lower) > 0]
        return sorted(short, key=lambda row: (-row.badness(self.lower), row.id))

    def as_json(self, *, rows: bool = True) -> dict[str, Any]:
        """`{"suite", "commit", "metrics", "baselines", "differences", …}`, with a row a case if wanted."""
        return {
            **suite_json(self.suite, dict(self.metrics), {n: metrics_json(s) for n, s in self.baselines.items()}),
            **({"commit": self.commit} if self.commit else {}),
            "differences": {name: metrics_json(scores) for name, scores in self.differences.items()},
            "lower_is_better": sorted(self.lower),
            "about": self.about,
            "skipped": self.skipped,
            "problem": self.problem,
            "seconds": round(self.seconds, 1),
            **({"rows": [asdict(row.shown()) for row in self.rows]} if rows else {}),
        }


@dataclass(frozen=True, slots=True)
class Suite:
    """A named measurement. `run` makes the result; it may raise, which the runner names."""

    name: str
    measures: str
    run: Callable[[Bench], Result]


def means(rows: Sequence[Row], rng: np.random.Generator) -> dict[str, Score | None]:
    """For each name among the rows' values its mean over the rows that have it, in the order they first come."""
    names = dict.fromkeys(name for row in rows for name in row.values)
    return {name: mean_score([row.values[name] for row in rows if name in row.values], rng) for name in names}


def paired(ours: Sequence[Row], theirs: Sequence[Row], rng: np.random.Generator) -> dict[str, Score | None]:
    """Ours − theirs by metric, over the cases that both have."""
    other = {row.id: row.values for row in theirs}
    both = [(row.values, other[row.id]) for row in ours if row.id in other]
    names = dict.fromkeys(name for one, _ in both for name in one)
    found = {}
    for name in names:
        pairs = [(one[name], two[name]) for one, two in both if name in one and name in two]
        found[name] = difference_score([one for one, _ in pairs], [two for _, two in pairs], rng)
    return {name: score for name, score in found.items() if score is not None}


def counted(rows: Sequence[Row]) -> list[Row]:
    """The rows that make the figures: the held-out ones, where there are any; the others are there to be read."""
    return [row for row in rows if row.held_out] or list(rows)
