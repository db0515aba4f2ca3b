"""Does the tutor answer what its pack can answer, and only that? The figures are the held-out halves'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evals.abstention import auroc
from evals.asking import FILES, Case, load_cases
from evals.bench import Bench
from evals.scores import Score, mean_score
from evals.suite import Result, Row, Suite, counted, means

HALVES = ("held-out", "development")


def asked_cases(bench: Bench) -> Iterator[Case]:
    """The questions over the pack; the fast part is the harder file's held-out half."""
    files, halves = (FILES[1:], HALVES[:1]) if bench.small else (FILES, HALVES)
    for half in halves:
        for file in files:
            yield from load_cases(file, half)


def run(bench: Bench) -> Result:
    """Ask every question once."""
    rows, confidence = [], {}
    for case in asked_cases(bench):
        answer = bench.ask(case.question)
        confidence[case.id] = (case.answerable, answer.confidence)
        rows.append(
            Row(
                id=case.id,
                values=_values(case, abstained=answer.abstained),
                question=case.question,
                evidence=tuple(passage.chunk.text for passage in answer.evidence.passages[:3]),
                answer=tuple(claim.text for claim in answer.claims),
                verdicts=(
                    f"{case.kind}; {'answerable' if case.answerable else 'not answerable'}",
                    f"{'abstained' if answer.abstained else 'answered'}, confidence {answer.confidence:.2f}",
                ),
                held_out=case.split == "held-out",
            )
        )
    main = counted(rows)
    sure = [confidence[row.id] for row in main]
    area = auroc([c for good, c in sure if good], [c for good, c in sure if not good], bench.rng())
    share = mean_score([float(good) for good, _ in sure], bench.rng())
    return Result(
        "abstention",
        {**means(main, bench.rng()), "auroc": area},
        tuple(rows),
        {"always answer": {"decides right": share}, "never answer": {"decides right": _other(share)}},
    )


def _values(case: Case, *, abstained: bool) -> Mapping[str, float]:
    """Precision counts the cases that it abstained from, recall those that nothing answers."""
    values = {"decides right": float(abstained != case.answerable)}
    if abstained:
        values["precision of abstaining"] = float(not case.answerable)
    if not case.answerable:
        values["recall of abstaining"] = float(abstained)
    return values


def _other(share: Score | None) -> Score | None:
    return share and Score(1 - share.value, 1 - share.high, 1 - share.low, share.n)


SUITE = Suite("abstention", "whether it answers what the pack can answer, and only that", run)
