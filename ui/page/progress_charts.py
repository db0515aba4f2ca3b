"""The learner's progress as charts: inline SVG that takes its colours from the page, each with its words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.learner.readiness import Readiness
from tutor.learner.record import Mastery, TrendPoint
from tutor.scaled_score import ScaledScore
from ui.page.citations import escaped

TREND_WIDTH, TREND_HEIGHT = 600, 120


def mastery_bar(mastery: Mastery) -> str:
    """A bar from 0 to 100 % with the interval as a lighter band and the mean as a line; its words are in the table."""
    low, mean, high = (100 * value for value in (mastery.low, mastery.mean, mastery.high))
    return (
        '<svg class="mastery" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" x="0" y="3" width="100" height="6" rx="3"/>'
        f'<rect class="band" x="{low:.1f}" y="3" width="{max(high - low, 1):.1f}" height="6"/>'
        f'<rect class="mean" x="{max(mean - 0.6, 0):.1f}" y="0" width="1.2" height="12"/></svg>'
    )


def score_scale(low: int, high: int, expected: Readiness | ScaledScore) -> str:
    """The exam's scale with the interval, the estimate and the pass mark on it, where there is one."""

    def at(score: float) -> float:
        return 10 + (score - low) / (high - low) * 580

    words = f"Estimated score {expected.score:.0f}, 90 percent interval {expected.low:.0f} to {expected.high:.0f}"
    passing = ""
    if expected.pass_mark is not None:
        words += f", pass mark {expected.pass_mark}"
        place = f"{at(expected.pass_mark):.0f}"
        label = f'<text x="{place}" y="60" text-anchor="middle">pass {expected.pass_mark}</text>'
        passing = f'<path class="pass" d="M{place} 8v36"/>{label}'
    return (
        f'<svg class="scale" viewBox="0 0 600 66" role="img" aria-label="{words}"><path class="track" d="M10 26h580"/>'
        f'<path class="interval" d="M{at(expected.low):.0f} 26H{at(expected.high):.0f}"/>'
        f'<circle cx="{at(expected.score):.0f}" cy="26" r="7"/>{passing}</svg>'
    )


def trend_line(points: Sequence[TrendPoint]) -> str:
    """Mastery over time as a line; nothing where there are less than two points."""
    if len(points) < 2:
        return ""
    first, last = points[0], points[-1]
    span = max((last.at - first.at).total_seconds(), 1.0)
    places = [
        (
            12 + (point.at - first.at).total_seconds() / span * (TREND_WIDTH - 24),
            TREND_HEIGHT - 22 - point.mean * (TREND_HEIGHT - 40),
        )
        for point in points
    ]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    words = f"Mastery went from {first.mean:.0%} on {first.at:%d %B} to {last.mean:.0%} on {last.at:%d %B}"
    ends = (
        f'<text x="12" y="{TREND_HEIGHT - 4}">{first.at:%d %b}</text>'
        f'<text x="{TREND_WIDTH - 12}" y="{TREND_HEIGHT - 4}" text-anchor="end">{last.at:%d %b}</text>'
        f'<text x="{places[-1][0]:.1f}" y="{places[-1][1] - 10:.1f}" text-anchor="end">{last.mean:.0%}</text>'
    )
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places)
    return (
        f'<svg class="trend" viewBox="0 0 {TREND_WIDTH} {TREND_HEIGHT}" role="img" aria-label="{escaped(words)}">'
        f'<path class="ground" d="M12 {TREND_HEIGHT - 22}h{TREND_WIDTH - 24}"/><path class="line" d="{path}"/>'
        f"{dots}{ends}</svg>"
    )
