"""What right answers may come to on the exam's scale: an estimate, since exams do not publish how they scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpus.blueprint import ExamFormat

Z_90 = 1.6449
"""The standard normal deviate that leaves 5 % above it: a 90 % interval, both sides together."""

INTERVAL_SAYS = (
    "The 90 % interval is from this exam alone, and is for what you would score on all questions of its kind. Another"
    " exam has questions of its own, so its score falls outside more often than one time in ten; Progress has the range"
    " for that."
)
"""What the interval is, and what it is not, for who reads a report."""


@dataclass(frozen=True, slots=True)
class ScaledScore:
    """An estimate on the exam's scale from one exam, and the mark that passes, where the blueprint says it.

    `low` to `high` is a 90 % confidence interval for the score on all questions of the kind, not a range in which the
    next exam's score will fall: that is `Readiness`.
    """

    score: int
    low: int
    high: int
    pass_mark: int | None

    @property
    def passed(self) -> bool | None:
        """Whether the estimate reaches the pass mark; None where that is not known."""
        return None if self.pass_mark is None else self.score >= self.pass_mark

    @property
    def clear(self) -> bool:
        """Whether the whole interval lies on one side of the pass mark; another exam may still end on the other."""
        return self.pass_mark is not None and not self.low < self.pass_mark <= self.high


def scaled_score(right: int, of: int, exam: ExamFormat) -> ScaledScore | None:
    """The estimate for `right` of `of` questions that count; None where there are none or the scale is not known.

    Exams equate their forms and do not publish how; a straight line from no answer right at the scale's lower end
    to all right at its upper end is assumed. The interval is Wilson's (1927) for the share of all such questions that
    would be answered right, the `of` taken as drawn by chance and independently. It knows nothing of other answers,
    and leaves out that another exam's own questions vary as well: for the next score it is too narrow by about √2.
    """
    if exam.scale_min is None or exam.scale_max is None or of < 1:
        return None
    share = right / of
    spread = Z_90**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z_90 * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    score, low_score, high_score = (
        round(exam.scale_min + one * (exam.scale_max - exam.scale_min)) for one in (share, low, high)
    )
    return ScaledScore(score, low_score, high_score, exam.pass_mark)
