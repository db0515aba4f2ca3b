"""How a run ends: the report is written, figures are printed, what failed is named and the exit status says so."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import ExamTutorError
from evals.report import save
from evals.running import lines
from evals.saved import run_json
from evals.suite import Result


def finish(  # noqa: PLR0913  what is written, where and how
    results: Sequence[Result], out: Path, command: str, *, as_json: bool, small: bool = False, name: str = ""
) -> None:
    """Write and print.

    Raises:
        ExamTutorError: a suite failed; all that did are named.
    """
    for file in save(results, out, command, name=name or results[0].suite, small=small):
        sys.stderr.write(f"wrote {file}\n")
    if as_json:
        one = len(results) == 1
        print_json(results[0].as_json(rows=False) if one else run_json(results, command, rows=False))
    else:
        sys.stdout.write("\n".join(lines(results)) + "\n")
    if failed := [f"{result.suite} ({result.problem})" for result in results if result.problem]:
        raise ExamTutorError(f"{len(failed)} of {len(results)} suites failed: {'; '.join(failed)}.")


def print_json(shape: dict[str, Any]) -> None:
    """One object, as one line."""
    sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")
