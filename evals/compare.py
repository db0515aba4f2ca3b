"""Two runs side by side: what changed, and whether the change is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evals.scores import Score
from evals.suite import Result, counted, paired


@dataclass(frozen=True, slots=True)
class Change:
    """A metric in two runs.

    `difference` is second − first with its interval, by a paired bootstrap over the cases that both runs have; None
    where the metric is no mean over cases, or they have no case in common.
    """

    suite: str
    metric: str
    first: Score | None
    second: Score | None
    difference: Score | None
    lower: bool

    @property
    def verdict(self) -> str:
        """Better or worse, where the interval of the difference leaves out zero; else no difference shown."""
        if self.difference is None:
            return "not paired"
        if self.difference.low <= 0 <= self.difference.high:
            return "no difference shown"
        return "worse" if (self.difference.value > 0) == self.lower else "better"


def compare(first: Sequence[Result], second: Sequence[Result], rng: np.random.Generator) -> Iterator[Change]:
    """Every metric of every suite that either run has."""
    before = {result.suite: result for result in first}
    after = {result.suite: result for result in second}
    for suite in dict.fromkeys([*before, *after]):
        one, two = before.get(suite, Result(suite)), after.get(suite, Result(suite))
        differences = paired(counted(two.rows), counted(one.rows), rng)
        for metric in dict.fromkeys([*one.metrics, *two.metrics]):
            yield Change(
                suite,
                metric,
                one.metrics.get(metric),
                two.metrics.get(metric),
                differences.get(metric),
                metric in one.lower | two.lower,
            )


def lines(changes: Sequence[Change]) -> list[str]:
    """A line a metric, those that became worse first."""
    order = {"worse": 0, "better": 1, "not paired": 2, "no difference shown": 3}
    return [
        f"{change.verdict:20} {change.suite}: {change.metric}: "
        f"{change.first or 'no score'} → {change.second or 'no score'}"
        + (f", difference {change.difference}" if change.difference else "")
        for change in sorted(changes, key=lambda change: order[change.verdict])
    ]
