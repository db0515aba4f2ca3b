"""Suites run one after the other: one that fails is named, and the others go on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import ExamTutorError
from evals.bench import Bench
from evals.suite import Result, Suite


def run_suites(suites: Sequence[Suite], bench: Bench) -> list[Result]:
    """The results in the suites' order; progress goes to `bench.say`."""
    results = []
    for suite in suites:
        bench.say(f"{suite.name}: {suite.measures}")
        results.append(run_suite(suite, bench))
        said = results[-1].problem or results[-1].skipped or f"{len(results[-1].rows):,} cases"
        bench.say(f"{suite.name}: {said}, {results[-1].seconds:.1f} s")
    return results


def run_suite(suite: Suite, bench: Bench) -> Result:
    """A suite's result; where it fails, what went wrong and for which file or question."""
    begin = time.perf_counter()
    before = len(bench.failures)
    try:
        result = suite.run(bench)
    except (ExamTutorError, ValueError, KeyError, OSError, ImportError) as error:
        said = str(error) if isinstance(error, ExamTutorError) else f"{type(error).__name__}: {error}"
        result = Result(suite.name, problem=said)
    else:
        failed = bench.failures[before:]
        if failed and not result.problem:
            result = replace(result, problem=f"the model failed {len(failed)} times; the first: {failed[0]}")
        elif not (result.has_score or result.skipped or result.problem):
            result = replace(result, problem="no score: no case was scored")
    return replace(result, seconds=time.perf_counter() - begin)


def lines(results: Sequence[Result]) -> list[str]:
    """The figures for a terminal: a suite's name, then a line a metric, the baselines' behind ours."""
    said = []
    for result in results:
        said.append(f"{result.suite}  ({result.seconds:.1f} s){f'  {result.about}' if result.about else ''}")
        if result.skipped:
            said.append(f"  skipped: {result.skipped}")
        if result.problem:
            said.append(f"  FAILED: {result.problem}")
        for name, score in result.metrics.items():
            said.append(f"  {name:40} {'no score' if score is None else score}")
            for baseline, scores in result.baselines.items():
                if name in scores:
                    said.append(f"    {baseline:38} {scores[name] or 'no score'}")
    return said
