"""A run of suites as one JSON object: what programs read, and what two runs are compared by."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import ExamTutorError
from evals.scores import Score, commit, metrics_json
from evals.suite import Result, Row


def run_json(results: Sequence[Result], command: str, *, rows: bool = True) -> dict[str, Any]:
    """`{"suite": "all", "commit", "command", "cores", "metrics", "baselines", "suites"}`; `suite: metric` names one."""
    named = {f"{r.suite}: {name}": score for r in results for name, score in r.metrics.items()}
    baselines = {f"{r.suite}: {name}": metrics_json(scores) for r in results for name, scores in r.baselines.items()}
    return {
        "suite": "all",
        "commit": commit(),
        "command": command,
        "cores": os.cpu_count(),
        "metrics": metrics_json(named),
        "baselines": baselines,
        "suites": [result.as_json(rows=rows) for result in results],
    }


@dataclass(frozen=True, slots=True)
class Run:
    """A saved run: its results, and what they were made by. `cores` is 0 where the file does not say."""

    results: tuple[Result, ...]
    commit: str
    command: str
    cores: int


def load_run(file: Path) -> list[Result]:
    """The results in a file that `run_json` or a suite's `as_json` made.

    Raises:
        ExamTutorError: the file cannot be read, or is not such a file.
    """
    return list(load_whole(file).results)


def load_whole(file: Path) -> Run:
    """The same with commit, command and cores.

    Raises:
        ExamTutorError: as `load_run`.
    """
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        results = tuple(result_of(one) for one in read.get("suites", [read]))
        command = read.get("command", f"exam-tutor evals {read['suite']}")
        return Run(results, read["commit"], command, read.get("cores", 0))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExamTutorError(
            f"{file} is not a file of figures: {type(error).__name__}: {error}.",
            "Name one that 'exam-tutor evals … --out FOLDER' wrote.",
        ) from error


def result_of(read: dict[str, Any]) -> Result:
    """A result as `Result.as_json` wrote it; the text of cases is left out."""
    return Result(
        suite=read["suite"],
        metrics=_scores(read["metrics"]),
        rows=tuple(
            Row(id=row["id"], values=row["values"], held_out=row.get("held_out", False)) for row in read.get("rows", ())
        ),
        baselines={name: _scores(scores) for name, scores in read["baselines"].items()},
        differences={name: _scores(scores) for name, scores in read.get("differences", {}).items()},
        lower=frozenset(read.get("lower_is_better", ())),
        about=_about(read.get("about", "")),
        skipped=read.get("skipped", ""),
        problem=read.get("problem", ""),
        seconds=read.get("seconds", 0.0),
        commit=read.get("commit", ""),
    )


def _scores(read: dict[str, Any]) -> dict[str, Score | None]:
    return {name: None if score is None else Score(**score) for name, score in read.items()}


def _about(read: str | dict[str, Any]) -> str:
    """In a line; of a path only its end, for where a folder lies says nothing."""
    if isinstance(read, str):
        return read
    return ", ".join(f"{name} {'/'.join(Path(str(value)).parts[-2:])}" for name, value in read.items())
