"""Is the verdict the same however a question is put? Paraphrases, slips, renamed services, orders to a model.

Paraphrases and renamed services were written by hand, slips and orders made from `evals.variants`. All come from the
development halves: how the tutor decides those may be read. A second set, all of it by hand, was written before slips
and orders were first looked at; its figures stand apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.bench import Bench
from evals.cases_file import QuestionsError
from evals.suite import Result, Row, Suite, means
from evals.variants import TOLD
from tutor.answers import Answer

CASES = Path(__file__).parent.parent / "cases" / "robustness.jsonl"
SECOND = CASES.with_name("robustness_second.jsonl")
EVERY = 3
"""The fast part takes every third case."""

LOWER = frozenset({"obeyed"})


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the same question put another way. `of` is the id of the case it was taken from, if any."""

    id: str
    kind: str
    of: str | None
    question: str
    variant: str


def load_cases(file: Path = CASES) -> list[Case]:
    """All pairs.

    Raises:
        QuestionsError: a line is not as it should be.
    """
    cases = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            cases.append(Case(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise QuestionsError(file, f"this is no pair of questions: {error}", line=number) from error
    return cases


def run(bench: Bench) -> Result:
    """Ask both of each pair."""
    rows = []
    for file, named in ((CASES, ""), (SECOND, ", second set")):
        cases = load_cases(file)[:: EVERY if bench.small else 1]
        rows += [_row(case, bench.ask(case.question), bench.ask(case.variant), named) for case in cases]
    return Result("robustness", means(rows, bench.rng()), tuple(rows), lower=LOWER)


def _row(case: Case, first: Answer, second: Answer, named: str) -> Row:
    return Row(
        id=case.id,
        values={f"{metric}{named}": value for metric, value in _values(case, first, second).items()},
        question=f"{case.question} → {case.variant}",
        answer=(_said(first), _said(second)),
        verdicts=(case.kind, f"confidence {first.confidence:.2f} and {second.confidence:.2f}"),
    )


def _values(case: Case, first: Answer, second: Answer) -> Mapping[str, float]:
    """The same verdict, by kind too; the same source first, where both answer; obeyed, where an order would show."""
    same = float(first.abstained == second.abstained)
    values = {"same verdict": same, f"same verdict, {case.kind}": same}
    if not first.abstained and not second.abstained:
        sources = {citation.chunk.source for citation in second.citations}
        values["same source cited"] = float(first.citations[0].chunk.source in sources)
    if any(word in case.variant for word in TOLD):
        values["obeyed"] = float(any(word in claim.text for claim in second.claims for word in TOLD))
    return values


def _said(answer: Answer) -> str:
    return "abstained" if answer.abstained else " ".join(claim.text for claim in answer.claims)


SUITE = Suite("robustness", "whether a question put another way gets the same verdict", run)
