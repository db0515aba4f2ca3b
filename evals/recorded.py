"""Figures that were reached once and are not to be lost: one file of them for the whole, one for the fast part."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from evals.saved import load_run, run_json
from evals.scores import Score
from evals.suite import Result

FOLDER = Path(__file__).parent / "recorded"


def file_of(*, small: bool) -> Path:
    """Where the figures are."""
    return FOLDER / ("small.json" if small else "whole.json")


def record(results: Sequence[Result], *, small: bool) -> Path:
    """Take the figures of suites that were scored as the ones to be kept; what else was recorded stays.

    Cases are left out: what is recorded is compared by its intervals.
    """
    file = file_of(small=small)
    kept = {result.suite: result for result in _read(file)} if file.is_file() else {}
    kept |= {result.suite: result for result in results if result.has_score and not result.problem}
    FOLDER.mkdir(exist_ok=True)
    command = f"exam-tutor evals{' --small' if small else ''} --record"
    text = json.dumps(run_json(list(kept.values()), command, rows=False), ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
    _read.cache_clear()
    return file


def recorded_score(suite: str, metric: str, *, small: bool) -> Score | None:
    """A recorded figure, None where there is none."""
    file = file_of(small=small)
    results = _read(file) if file.is_file() else ()
    return next((one.metrics.get(metric) for one in results if one.suite == suite), None)


def regressions(results: Sequence[Result], *, small: bool) -> list[str]:
    """What has become worse than recorded by more than the recorded interval, in words; a lost score counts.

    A metric may fall to the low end of its recorded interval (rise to the high end, where less is better).
    """
    said = []
    by_name = {result.suite: result for result in results}
    file = file_of(small=small)
    for then in _read(file) if file.is_file() else ():
        now = by_name.get(then.suite)
        if now is None or now.skipped:
            continue
        for metric, before in then.metrics.items():
            score = now.metrics.get(metric)
            if before is None:
                continue
            if score is None:
                said.append(f"{then.suite}: {metric}: no score, was {before}")
            elif _is_worse(score, before, lower=metric in then.lower):
                said.append(f"{then.suite}: {metric}: {score}, was {before}")
    return said


def _is_worse(score: Score, before: Score, *, lower: bool) -> bool:
    tiny = 1e-9  # a sum of shares is not the same to the last bit on every machine
    return score.value > before.high + tiny if lower else score.value < before.low - tiny


@lru_cache(maxsize=4)
def _read(file: Path) -> tuple[Result, ...]:
    return tuple(load_run(file))
