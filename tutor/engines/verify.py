"""The door for what a model writes: a claim that its quotes do not support goes no further.

A quote is found to the letter and then widened to the whole sentences it is cut from, so that neither "not" nor
half a number can be left out of it; the widened quote is what is judged and what the learner sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from corpus.cards import EXAM_VIEW
from corpus.model_address import addresses_to_a_model
from corpus.sentences import sentence_spans
from tutor.answers import Citation, Claim
from tutor.claim_support import Support, support_of
from tutor.engines.replies import DraftClaim
from tutor.evidence import Evidence

MIN_SCORE = 1.0
"""The least `Support.score` of a claim that goes through: every content word stands in its quotes.

Measured on aws-qa/dev.jsonl, each answer with the two neighbouring sentences of its document that fit it best: 38 of
50 pass all checks at 1.0, 39 at 0.7. Of the 1,556 facts of a pack, with one word of each replaced by that of
another and the fact itself as quote, 16 % pass at 1.0, 81 % at 0.9 and 91 % at 0.7; of 7,456 pairs of facts of one
card, one as the quote of the other, none passes at 0.6 or above.
"""

MAX_CLAIM = 600
MAX_QUOTE = 600
"""Characters; a longer quote holds so many words that it seems to support anything."""


class Refusal(StrEnum):
    """Why a claim is dropped, said of the claim."""

    MALFORMED = "is not in the form asked for"
    UNKNOWN_PASSAGE = "cites a passage that is not in the evidence"
    MISQUOTE = "misquotes a passage"
    LONG = "is too long to be checked, or its quote is"
    TO_A_MODEL = "repeats orders to a model"
    NUMBER = "has a number that its quotes do not have"
    NAME = "has a name that its quotes do not have"
    TURNED = "turns round what its quotes say"
    UNSUPPORTED = "says more than its quotes do"
    REPEATED = "says again what was said"
    TOO_MANY = "comes after the last one that is shown"


def check(draft: DraftClaim, evidence: Evidence, labels: Mapping[str, str]) -> Claim | Refusal:
    """The draft as a claim, or why it is none. `labels` maps the names that passages had in the prompt to chunk ids."""
    citations: list[Citation] = []
    for cited in draft.citations:
        chunk_id = labels.get(cited.passage)
        if chunk_id is None:
            return Refusal.UNKNOWN_PASSAGE
        if not cited.quote.strip() or cited.quote not in evidence.chunks[chunk_id].text:
            return Refusal.MISQUOTE
        citations.append(Citation(evidence, chunk_id, widened(evidence.chunks[chunk_id].text, cited.quote)))
    text = " ".join(draft.text.split())
    quotes = tuple(citation.quote for citation in citations)
    return _refusal(text, quotes, evidence) or Claim(text, tuple(dict.fromkeys(citations)))


def widened(text: str, quote: str) -> str:
    """The whole sentences of a text that a quote from it touches.

    Where the text says what an exam held true beside what holds today, that is the whole text: the one is never
    quoted without the other.
    """
    if EXAM_VIEW in text:
        return text
    start = text.index(quote)
    start, end = start + len(quote) - len(quote.lstrip()), start + len(quote.rstrip())
    touched = [span for span in sentence_spans(text) if span[0] < end and start < span[1]]
    return text[touched[0][0] : touched[-1][1]]


def _refusal(text: str, quotes: tuple[str, ...], evidence: Evidence) -> Refusal | None:
    if not text.isprintable():
        return Refusal.MALFORMED
    if len(text) > MAX_CLAIM or any(len(quote) > MAX_QUOTE for quote in quotes):
        return Refusal.LONG
    if any(next(addresses_to_a_model(part), None) for part in (text, *quotes)):
        return Refusal.TO_A_MODEL
    return _unsupported(support_of(text, quotes, [card.names for card in evidence.subjects]))


def _unsupported(support: Support) -> Refusal | None:
    if support.numbers:
        return Refusal.NUMBER
    if support.names:
        return Refusal.NAME
    if support.turned:
        return Refusal.TURNED
    return Refusal.UNSUPPORTED if support.score < MIN_SCORE else None
