"""Are passages placed in the exam's domains and tasks? Needs the developer guides that the cases were drawn from."""

from __future__ import annotations

import numpy as np

from evals.bench import Bench
from evals.suite import Result, Row, Scores, Suite
from evals.tagging import Outcome, baselines, commonest_task, counts, domain_of, metrics, read_passages
from evals.tagging import run as tag
from evals.tagging_cases import CASES, load_cases
from ingest.tag import Tagger


def run(bench: Bench) -> Result:
    """Tag the held-out passages."""
    if bench.documents is None or not bench.documents.is_dir():
        return Result("tagging", skipped="it needs the developer guides: name their folder with --documents")
    passages = read_passages("held-out", bench.documents)
    outcomes = tag(passages, Tagger(bench.pack))
    commonest = commonest_task(load_cases(CASES, "development"))
    plain = baselines(passages, bench.pack, commonest)
    return Result(
        "tagging",
        metrics(outcomes, bench.rng()),
        tuple(_row(number, outcome) for number, outcome in enumerate(outcomes)),
        {name: _micro(theirs, bench.rng()) for name, theirs in plain.items()},
    )


def _micro(outcomes: list[Outcome], rng: np.random.Generator) -> Scores:
    return {name: score for name, score in metrics(outcomes, rng).items() if "micro" in name}


def _row(number: int, outcome: Outcome) -> Row:
    case = outcome.case
    wrong = any(counts(outcome, domain_of)[1:])
    return Row(
        id=f"tag-{number + 1:03}",
        values={"domain right": float(not wrong), "task right": float(not any(counts(outcome, str)[1:]))},
        question=f"{case.file} › {' › '.join(case.heading)}",
        answer=(str(outcome.task),),
        verdicts=(f"wanted: {case.task}",),
        held_out=True,
    )


SUITE = Suite("tagging", "whether passages are placed in the exam's domains and tasks", run)
