"""Do citations hold what is said? Every claim of every answer to the project's own questions.

A claim is supported when its quotes hold all its figures, names and content words and do not turn it round
(`tutor.claim_support`, whose agreement with labels by hand is the suite "support"). Quotes are looked up in the library
again, by another way than the one they came by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evals.asking import Case
from evals.bench import Bench
from evals.suite import Result, Row, Suite, means
from evals.suites.abstention import asked_cases
from tutor.answers import Answer, Citation, Claim
from tutor.claim_support import support_of
from tutor.engines.verify import MIN_SCORE
from tutor.explain import explain

EVERY = 8
"""The fast part explains every eighth card."""


def run(bench: Bench) -> Result:
    """Look at the claims of all answers, and of the explanations of all cards."""
    rows = []
    for case in asked_cases(bench):
        answer = bench.ask(case.question)
        if not answer.abstained:
            rows.append(_row(bench, case, answer))
    for card in bench.pack.cards[:: EVERY if bench.small else 1]:
        explained = explain(card, bench.known)
        names = [other.names for other in bench.pack.cards if other.id == card.id]
        rows.append(_scored(bench, f"card {card.id}", card.name, explained.claims, names, held_out=False))
    return Result("citations", means(rows, bench.rng()), tuple(rows))


def _row(bench: Bench, case: Case, answer: Answer) -> Row:
    names = [card.names for card in answer.evidence.subjects]
    held_out = case.split == "held-out"
    row = _scored(bench, case.id, answer.question, answer.claims, names, held_out=held_out)
    if not case.answerable:
        return row
    cited = {card for citation in answer.citations for card in citation.chunk.tags.cards}
    return replace(row, values={**row.values, "cites a card that answers": float(bool(cited & set(case.gold)))})


def _scored(  # noqa: PLR0913, PLR0917  what a row is made from
    bench: Bench, case: str, question: str, claims: Sequence[Claim], names: Sequence[Sequence[str]], held_out: bool
) -> Row:
    holds = [_supported(claim, names) for claim in claims]
    citations = [citation for claim in claims for citation in claim.citations]
    return Row(
        id=case,
        values={
            "precision": sum(not problem for problem in holds) / len(holds),
            "recall": sum(bool(claim.citations) for claim in claims) / len(claims),
            "verbatim": sum(_verbatim(bench, citation) for citation in citations) / len(citations),
        },
        question=question,
        evidence=tuple(f"{citation.chunk.source}: {citation.quote}" for citation in citations),
        answer=tuple(claim.text for claim in claims),
        verdicts=tuple(problem for problem in holds if problem),
        held_out=held_out,
    )


def _supported(claim: Claim, names: Sequence[Sequence[str]]) -> str:
    """What the quotes do not hold of a claim, or ""."""
    found = support_of(claim.text, [citation.quote for citation in claim.citations], names)
    if found.numbers or found.names:
        return f"not in the quotes: {', '.join((*found.numbers, *found.names))}, of: {claim.text}"
    if found.turned:
        return f"turned round: {claim.text}"
    return f"support {found.score:.2f}: {claim.text}" if found.score < MIN_SCORE else ""


def _verbatim(bench: Bench, citation: Citation) -> bool:
    chunk = bench.tutor.library.chunk(citation.chunk_id)
    return chunk is not None and chunk.source == citation.chunk.source and citation.quote in chunk.text


SUITE = Suite("citations", "whether what is said stands in what is cited", run)
