"""What right answers may come to on the exam's scale: an estimate, since exams do not publish how they scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpus.blueprint import ExamFormat

Z_90 = 1.6449
"""The standard normal deviate that leaves 5 % above it: a 90 % interval, both sides together."""


@dataclass(frozen=True, slots=True)
class ScaledScore:
    """An estimate on the exam's scale with its 90 % interval, and the mark that passes, where the blueprint says it."""

    score: int
    low: int
    high: int
    pass_mark: int | None

    @property
    def passed(self) -> bool | None:
        """Whether the estimate reaches the pass mark; None where that is not known."""
        return None if self.pass_mark is None else self.score >= self.pass_mark

    @property
    def certain(self) -> bool:
        """Whether the whole interval lies on one side of the pass mark."""
        return self.pass_mark is not None and not self.low < self.pass_mark <= self.high


def scaled_score(right: int, of: int, exam: ExamFormat) -> ScaledScore | None:
    """The estimate for `right` of `of` questions that count; None where there are none or the scale is not known.

    Exams equate their forms and do not publish how; a straight line from no answer right at the scale's lower end
    to all right at its upper end is assumed. The interval is Wilson's (1927) for the share of right answers: it says
    how far the same knowledge could come on other questions.
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
