"""Does the offline judge of claims agree with a reader? Pairs of a claim and a quote, labelled by hand.

Two judges are held against the labels: the four-way verdict (`evals.support_verdict`), and the door that a model's
claims go through (`tutor.engines.verify`), which only says whether a claim is supported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.embedder import Embedder
from corpus.exam_pack import ExamPack
from evals.bench import Bench
from evals.cases_file import QuestionsError
from evals.intents import Pairs, f1, with_interval
from evals.scores import Score, kappa
from evals.suite import Result, Row, Suite, counted, means
from evals.support_verdict import LABELS, verdict
from tutor.claim_support import support_of
from tutor.engines.verify import MIN_SCORE

CASES = Path(__file__).parent.parent / "cases" / "support_pairs.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, the quote it is held against, and what a reader says of it. `fact` is where the quote stands."""

    id: str
    fact: str
    quote: str
    claim: str
    label: str
    split: str

    def names(self, pack: ExamPack) -> list[tuple[str, ...]]:
        """The names of the card that the quote is of."""
        card = pack.cards_by_id.get(self.fact.partition("#")[0])
        return [card.names] if card else []


def load_cases(file: Path = CASES) -> list[Case]:
    """All pairs.

    Raises:
        QuestionsError: a line is not as it should be.
    """
    cases = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            case = Case(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise QuestionsError(file, f"this is no labelled pair: {error}", line=number) from error
        if case.label not in LABELS:
            raise QuestionsError(file, f"'{case.label}' is none of {', '.join(LABELS)}", line=number, field="label")
        cases.append(case)
    return cases


def cosines(cases: Sequence[Case], embedder: Embedder) -> list[float | None]:
    """How near each claim and its quote lie."""
    claims, quotes = (embedder.embed([getattr(case, name) for case in cases]) for name in ("claim", "quote"))
    return [float(value) for value in (claims * quotes).sum(axis=1)]


def run(bench: Bench) -> Result:
    """Judge every pair."""
    cases = load_cases()
    library = bench.tutor.library
    near = cosines(cases, library.embedder) if library.state().embedded else [None] * len(cases)
    rows = [_row(bench.pack, case, cosine) for case, cosine in zip(cases, near, strict=True)]
    pairs = [(case.label, row.answer[0]) for case, row in zip(cases, rows, strict=True) if row.held_out]
    return Result(
        "support",
        {**means(counted(rows), bench.rng()), **_agreement(pairs, bench.rng)},
        tuple(rows),
        about="labelled by the one writer of the pairs",
    )


def _agreement(pairs: Pairs, rng: Callable[[], np.random.Generator]) -> dict[str, Score | None]:
    found: dict[str, Score | None] = {"kappa": with_interval(pairs, kappa, rng())}
    for label in LABELS:
        found[f"F1 {label}"] = with_interval(pairs, lambda some, label=label: f1(some, label), rng())  # type: ignore[misc]
    return found


def _row(pack: ExamPack, case: Case, cosine: float | None) -> Row:
    judged = verdict(case.claim, [case.quote], case.names(pack), cosine)
    found = support_of(case.claim, [case.quote], case.names(pack))
    passes = not (found.numbers or found.names or found.turned) and found.score >= MIN_SCORE
    values = {"agrees": float(judged == case.label)}
    if passes:
        values["what the door lets through is supported"] = float(case.label == "supported")
    if case.label == "supported":
        values["the door lets it through"] = float(passes)
    return Row(
        id=case.id,
        values=values,
        question=case.claim,
        evidence=(case.quote,),
        answer=(judged,),
        verdicts=(f"label: {case.label}", f"score {found.score:.2f}, turned: {found.turned}"),
        held_out=case.split == "held-out",
    )


SUITE = Suite("support", "whether the offline judge of claims agrees with a reader", run)
