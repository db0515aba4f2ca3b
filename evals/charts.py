"""Bars with intervals as one inline SVG: no library, no script, readable without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from evals.scores import Score

BAR, GAP, GROUP_GAP = 18, 4, 22
"""Pixels."""

LEFT, WIDTH, RIGHT = 190, 460, 170
FILLS = ("#1f4e79", "#7a9cc0", "#b58a3c", "#8a8a8a")

_ROW = Markup(
    '<text x="{left}" y="{text_y}" text-anchor="end">{name}</text>'
    '<rect x="{x}" y="{y}" width="{width:.1f}" height="{height}" fill="{fill}"/>'
    '<path d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {top}V{bottom}M{high:.1f} {top}V{bottom}" stroke="#000"/>'
    '<text x="{label_x}" y="{text_y}">{label}</text>'
)


def bar_chart(metric: str, scores: Mapping[str, Score | None]) -> Markup:
    """One metric, 0..1: a bar a set-up with its value, and its interval as a line over the bar's end."""
    rows = [(name, score) for name, score in scores.items() if score is not None]
    height = len(rows) * (BAR + GAP) + GROUP_GAP
    body = Markup("").join(_row(n, name, score) for n, (name, score) in enumerate(rows))
    return Markup(
        '<svg role="img" aria-label="{metric}" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        '<text x="0" y="14" font-weight="bold">{metric}</text>{body}</svg>'
    ).format(metric=metric, width=LEFT + WIDTH + RIGHT, height=height, body=body)


def charts(metrics: Sequence[str], by_setup: Mapping[str, Mapping[str, Score | None]]) -> list[Markup]:
    """A chart a metric; a metric that no set-up has a score for is left out."""
    columns = [(metric, {name: scores.get(metric) for name, scores in by_setup.items()}) for metric in metrics]
    return [bar_chart(metric, scores) for metric, scores in columns if any(scores.values())]


def _row(number: int, name: str, score: Score) -> Markup:
    y = GROUP_GAP + number * (BAR + GAP)
    return _ROW.format(
        left=LEFT - 8,
        text_y=y + BAR - 5,
        name=name,
        x=LEFT,
        y=y,
        width=WIDTH * score.value,
        height=BAR,
        fill=FILLS[number % len(FILLS)],
        low=LEFT + WIDTH * score.low,
        high=LEFT + WIDTH * score.high,
        middle=y + BAR // 2,
        top=y + 4,
        bottom=y + BAR - 4,
        label_x=LEFT + WIDTH + 10,
        label=f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]",
    )
