"""What a run of suites leaves behind: a page on which every case can be opened, and a JSON file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from markupsafe import Markup

from evals.charts import charts
from evals.page import render
from evals.recorded import recorded_score
from evals.saved import run_json
from evals.scores import Score, commit
from evals.suite import Result, Row
from evals.suites import SUITES

EXCERPT = 700
"""Characters of a passage on the page."""

GOOD = 50
"""Cases of a suite without fault that are on the page as well."""


def save(results: Sequence[Result], folder: Path, command: str, *, name: str, small: bool) -> list[Path]:
    """Write `NAME.json` and `NAME.html`; returns where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        f"{name}.json": json.dumps(run_json(results, command), ensure_ascii=False, indent=1) + "\n",
        f"{name}.html": html(results, command, small=small),
    }
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return [folder / file for file in texts]


def html(results: Sequence[Result], command: str, *, small: bool = False) -> str:
    """The page."""
    return render(
        "report.html.j2",
        about={"commit": commit(), "command": command, "cores": os.cpu_count()},
        results=results,
        measures={suite.name: suite.measures for suite in SUITES},
        charts=_charts,
        ordered=_ordered,
        recorded=_recorded(small=small),
        excerpt=lambda text: text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…",
        said=_said,
    )


def _charts(result: Result) -> list[Markup]:
    """Only what lies in 0..1 can be a bar."""
    shown = [name for name, score in result.metrics.items() if score is not None and 0 <= score.value <= 1]
    return charts(shown, {"ours": result.metrics, **result.baselines})


def _ordered(result: Result) -> list[Row]:
    """Those that fell short and may be read, worst first; some of the others; those held out, by their figures."""
    worst = result.worst()
    bad = {row.id for row in worst}
    good = [row for row in result.rows if row.id not in bad and not row.held_out][:GOOD]
    return [*[row for row in worst if not row.held_out], *good, *[row.shown() for row in worst if row.held_out]]


def _recorded(*, small: bool) -> Callable[[str, str], str]:
    def found(suite: str, metric: str) -> str:
        score = recorded_score(suite, metric, small=small)
        return "" if score is None else str(score)

    return found


def _said(score: Score | None) -> str:
    return "no score" if score is None else str(score)
