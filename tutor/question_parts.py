"""A message that asks several things: its parts, each standing alone, and their answers as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.card_names import CardNames
from corpus.sentences import sentence_spans
from tutor.answers import Answer, Citation, Claim, Usage
from tutor.evidence import Evidence
from tutor.followup import Before, made_whole
from tutor.pack_words import word_stems

MOST = 3
"""Parts that are answered one by one; a message with more is taken as one question."""

_ASKS = (
    r"(?:what(?:'s)?|which|why|when|where|who|whose|how|is|are|does|do|did|can|could|should|would|will|must|may|"
    r"(?:in|for|at|by|with|from|to|on|under)\s+(?:which|what|how)|explain|compare|define|describe)\b"
)
_NEXT = re.compile(
    rf"(?:\s*[,;]\s*|\s+)(?:(?:and|plus|but)\s+(?:also\s+|then\s+)?)(?={_ASKS})|\s*;\s*(?={_ASKS})", re.I
)
_BEGINS = re.compile(rf"^\W*(?:(?:and|but|so|also|ok(?:ay)?|then)\W+)*{_ASKS}", re.I)
_EITHER = re.compile(r"\b(?:between|both|whether)\b", re.I)


def parts_of(question: str, names: CardNames) -> tuple[str, ...]:
    """The things that a message asks, each made whole from the one before; the message itself where it asks one."""
    asked = list(_with_lead(piece for sentence in _sentences(question) for piece in _pieces(sentence)))
    if not 1 < len(asked) <= MOST:
        return (question,)
    whole: list[str] = []
    before = Before()
    for part in asked:
        whole.append(made_whole(part, before, names, leans=not names.find(part)))
        cards = {mention.card.id: mention.card for mention in names.find(whole[-1])}
        before = Before(whole[-1], tuple(cards.values()) or before.topics)
    return tuple(whole)


def _sentences(question: str) -> Iterator[str]:
    text = " ".join(question.split())
    return (text[start:end] for start, end in sentence_spans(text))


def _pieces(sentence: str) -> Iterator[str]:
    """The sentence cut where another question begins; a piece without words of its own stays with the one before."""
    start = 0
    for match in _NEXT.finditer(sentence):
        rest, head = sentence[match.end() :], sentence[start : match.start()]
        if _BEGINS.match(head) and not _EITHER.search(head) and word_stems(head) and len(word_stems(rest)) > 1:
            yield head
            start = match.end()
    yield sentence[start:]


def _with_lead(pieces: Iterator[str]) -> Iterator[str]:
    """What is told before a question belongs to it; what is told behind the last one belongs to that."""
    told: list[str] = []
    last = ""
    for piece in pieces:
        if piece.rstrip().endswith("?") or _BEGINS.match(piece):
            if last:
                yield last
            last = " ".join((*told, piece))
            told = []
        elif last:
            last = f"{last} {piece}"
        else:
            told.append(piece)
    yield last or " ".join(told)


def joined(whole: Evidence, answers: Sequence[Answer]) -> Answer:
    """The answers to the parts as one answer to the whole; what none of the passages answers is said in the note.

    Every citation is made anew from the passages of all parts, so that it is found there like any other. The
    confidence is that of the least sure part.
    """
    answered = [answer for answer in answers if not answer.abstained]
    passages = {p.chunk.id: p for answer in answered for p in answer.evidence.passages}
    evidence = Evidence(whole.asked, tuple(passages.values()), min(answer.confidence for answer in answered))
    claims = {claim.text: _moved(claim, evidence) for answer in answered for claim in answer.claims}
    open_parts = [f"Nothing in the library answers “{answer.question}”." for answer in answers if answer.abstained]
    notes = dict.fromkeys(filter(None, (*(answer.note for answer in answers), *open_parts)))
    return Answer(
        evidence,
        answered[0].engine,
        tuple(claims.values()),
        note=" ".join(notes),
        dropped=tuple(reason for answer in answers for reason in answer.dropped),
        usage=_sum([answer.usage for answer in answers if answer.usage is not None]),
    )


def _moved(claim: Claim, evidence: Evidence) -> Claim:
    return replace(
        claim, citations=tuple(Citation(evidence, citation.chunk_id, citation.quote) for citation in claim.citations)
    )


def _sum(usages: Sequence[Usage]) -> Usage | None:
    if not usages:
        return None
    costs = [usage.cost for usage in usages if usage.cost is not None]
    return Usage(
        sum(usage.input_tokens for usage in usages),
        sum(usage.output_tokens for usage in usages),
        sum(costs, Decimal(0)) if len(costs) == len(usages) else None,
    )
