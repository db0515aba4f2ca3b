"""The answers to the parts of a question, joined into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tutor.answers import Answer, Citation, Claim, Usage
from tutor.evidence import Evidence


def joined(whole: Evidence, answers: Sequence[Answer]) -> Answer:
    """One answer with the claims of each part, each once; its note names the parts that nothing supports.

    Its evidence is that of all parts behind that of the whole question, its confidence that of the least supported
    part which is answered.
    """
    answered = [answer for answer in answers if not answer.abstained]
    passages = {passage.chunk.id: passage for answer in answered for passage in answer.evidence.passages}
    passages |= {passage.chunk.id: passage for passage in whole.passages if passage.chunk.id not in passages}
    support = min(answer.confidence for answer in answered)
    evidence = replace(whole, passages=tuple(passages.values()), support=support)
    claims = {claim.text: _over(evidence, claim) for answer in answered for claim in answer.claims}
    open_parts = [f"“{answer.question}”" for answer in answers if answer.abstained]
    notes = [f"Nothing in the sources answers {' or '.join(open_parts)}."] if open_parts else []
    notes += dict.fromkeys(answer.note for answer in answers if answer.note)
    return Answer(
        evidence,
        answered[0].engine if len({answer.engine for answer in answered}) == 1 else answers[-1].engine,
        tuple(claims.values()),
        note=" ".join(notes),
        dropped=tuple(reason for answer in answers for reason in answer.dropped),
        usage=_sum([answer.usage for answer in answers if answer.usage]),
    )


def _over(evidence: Evidence, claim: Claim) -> Claim:
    return Claim(claim.text, tuple(Citation(evidence, cited.chunk_id, cited.quote) for cited in claim.citations))


def _sum(usages: Sequence[Usage]) -> Usage | None:
    if not usages:
        return None
    costs = [usage.cost for usage in usages if usage.cost is not None]
    return Usage(
        sum(usage.input_tokens for usage in usages),
        sum(usage.output_tokens for usage in usages),
        sum(costs, Decimal(0)) if len(costs) == len(usages) else None,
    )
