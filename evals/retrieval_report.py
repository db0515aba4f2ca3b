"""What the retrieval suite leaves behind: figures as JSON and as lines, a row a question, a page to look at.

The page is one file without scripts or links to fetch.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.charts import charts
from evals.page import render
from evals.ranking_metrics import METRICS
from evals.retrieval_suite import Found, Results, Row
from evals.scores import Score, metrics_json, suite_json

SUITE = "retrieval"
COMMAND = "exam-tutor evals retrieval --corpus FOLDER --questions FILE"
OURS = "exam-tutor"
CHARTED = (*METRICS, "answer in quote", "answer token recall")
WORST = 25
EXCERPT = 300
"""Characters of a passage on the page."""


def save(results: Results, folder: Path, about: Mapping[str, Any]) -> list[Path]:
    """Write `retrieval.json`, `retrieval-rows.jsonl` and `retrieval.html`; returns where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "retrieval.json": json.dumps(results_json(results, about), indent=2, ensure_ascii=False) + "\n",
        "retrieval-rows.jsonl": "".join(json.dumps(_row(r), ensure_ascii=False) + "\n" for r in results.rows),
        "retrieval.html": html(results, about),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def results_json(results: Results, about: Mapping[str, Any]) -> dict[str, Any]:
    """`{"suite", "commit", "metrics", "baselines", "command", "cores", "differences", "about"}`.

    Differences are ours − the baseline's.
    """
    baselines = {name: metrics_json(scores) for name, scores in results.baselines.items()}
    return {
        **suite_json(SUITE, results.metrics, baselines),
        "command": COMMAND,
        "cores": os.cpu_count(),
        "differences": {name: metrics_json(scores) for name, scores in results.differences.items()},
        "about": dict(about),
    }


def lines(results: Results) -> Iterator[str]:
    """The figures for a terminal: each metric, ours above the baselines', then the differences."""
    for metric, score in results.metrics.items():
        yield f"{metric:28} {OURS:12} {_said(score)}"
        for name, scores in results.baselines.items():
            if metric in scores:
                yield f"{'':28} {name:12} {_said(scores[metric])}"
    for name, scores in results.differences.items():
        for metric, score in scores.items():
            yield f"{metric:28} {OURS} − {name}: {_said(score)}"


def html(results: Results, about: Mapping[str, Any]) -> str:
    """The page: charts, all figures, the worst misses with what was found instead, and what was answered wrongly."""
    setups = {OURS: results.metrics, **results.baselines}
    return render(
        "retrieval_report.html.j2",
        about=about,
        ours=OURS,
        setups=setups,
        charts=charts(CHARTED, setups),
        differences=results.differences,
        misses=worst_misses(results)[:WORST],
        undue=undue_answers(results)[:WORST],
        rank=gold_rank,
        excerpt=lambda text: text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…",
        said=_said,
    )


def worst_misses(results: Results) -> list[Row]:
    """Answerable questions whose gold document is not first, worst rank first; then by how sure the tutor was."""
    missed = [row for row in results.rows if row.case.is_answerable and gold_rank(row, row.ours) != 1]
    return sorted(missed, key=lambda row: (-(gold_rank(row, row.ours) or 1_000), -row.asked.confidence, row.case.id))


def undue_answers(results: Results) -> list[Row]:
    """Questions answered though nothing in the corpus answers them, surest first."""
    answered = [row for row in results.rows if not row.case.is_answerable and not row.asked.abstained]
    return sorted(answered, key=lambda row: (-row.asked.confidence, row.case.id))


def gold_rank(row: Row, found: Found) -> int | None:
    """The rank of the first gold document, from 1; None where none was found."""
    ranks = [rank for rank, passage in enumerate(found.ranking, start=1) if passage.source in row.case.gold]
    return ranks[0] if ranks else None


def _said(score: Score | None) -> str:
    return "no score" if score is None else str(score)


def _row(row: Row) -> dict[str, Any]:
    case, asked = row.case, row.asked
    return {
        "id": case.id,
        "question": case.question,
        "kind": case.kind,
        "split": case.split,
        "answerable": case.is_answerable,
        "gold_sources": sorted(case.gold),
        "answer": case.answer,
        "yes_no": case.yes_no,
        "abstained": asked.abstained,
        "confidence": asked.confidence,
        "quotes_from": "nearest" if asked.abstained else "answer",
        **_found(row, row.ours),
        "embedding_seconds": asked.embedding_seconds,
        "answer_seconds": asked.answer_seconds,
        "baselines": {name: _found(row, found) for name, found in row.baselines.items()},
    }


def _found(row: Row, found: Found) -> dict[str, Any]:
    return {
        "gold_rank": gold_rank(row, found),
        "ranking": [passage.source for passage in found.ranking],
        "quotes": list(found.shown),
        "metrics": dict(found.metrics),
        "search_seconds": found.seconds,
    }
