"""A concept at three depths: in a sentence, for the exam, in depth; every sentence with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from corpus.cards import Card
from corpus.chunks import Chunk
from corpus.errors import QuestionError
from corpus.sentences import sentence_spans, stems
from tutor.answers import Citation, Claim
from tutor.card_citations import CardCitations, choose_when, contrast_of
from tutor.evidence import Evidence, find_evidence
from tutor.knowledge import Knowledge

Depth = Literal["sentence", "exam", "deep"]
DEPTHS: tuple[Depth, ...] = get_args(Depth)

FURTHER = 4
"""How many passages of notes and documents a deep explanation quotes."""

SHORT, LONG = 40, 400
"""Characters of a sentence that is quoted on its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is said under one heading."""

    heading: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A concept explained."""

    card: Card
    depth: Depth
    parts: tuple[Part, ...]
    evidence: Evidence = field(repr=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Everything that is said, in its order."""
        return tuple(claim for part in self.parts for claim in part.claims)


def explain(card: Card, known: Knowledge, depth: Depth = "exam") -> Explanation:
    """Explain a card's subject.

    - sentence: the first sentence of its summary
    - exam: the summary, the facts that support its traits, and when to choose it rather than what it competes with
    - deep: all facts too, and what notes and documents in the library say of it
    """
    found = find_evidence(card.name, known.library, known.pack, known.names).passages if depth == "deep" else ()
    contrasted = [other for other in known.pack.cards if other.id != card.id and contrast_of(card, other)]
    sources = CardCitations(card.name, (card, *contrasted), known, found)
    summary = [card.summary[start:end] for start, end in sentence_spans(card.summary)]
    if depth == "sentence":
        parts = [Part("In a sentence", _said(sources, card, summary[:1]))]
    else:
        deciding = [fact.passage for fact in card.facts if fact.supports]
        others = [fact.passage for fact in card.facts if not fact.supports]
        parts = [
            Part("What it is", _said(sources, card, summary)),
            Part("What decides on the exam", _said(sources, card, deciding or others)),
            Part("Choose it when", tuple(_choices(sources, card, contrasted))),
        ]
        if depth == "deep":
            own = {known.pack.source_of_card(one.id) for one in (card, *contrasted)}
            chunks = [passage.chunk for passage in found if passage.chunk.source not in own]
            parts.append(Part("More facts", _said(sources, card, others if deciding else ())))
            parts.append(Part("From notes and documents", tuple(_further(sources.evidence, card, chunks))))
    return Explanation(card, depth, tuple(part for part in parts if part.claims), sources.evidence)


def card_called(name: str, known: Knowledge) -> Card:
    """The card that a name names, whichever of its names it is.

    Raises:
        QuestionError: no card has the name; it says which names are near.
    """
    if name in known.pack.cards_by_id:
        return known.pack.cards_by_id[name]
    if cards := known.cards_named(name):
        return cards[0]
    said = set(stems(name))
    near = sorted(
        (card for card in known.pack.cards if any(said & set(stems(other)) for other in card.names)),
        key=lambda card: (-max(len(said & set(stems(other))) for other in card.names), card.name),
    )[:5]
    raise QuestionError(
        f"The pack has no card called '{name}'.",
        f"Near: {', '.join(card.name for card in near)}." if near else "Ask about it instead: exam-tutor ask '…'.",
    )


def _said(sources: CardCitations, card: Card, texts: Iterable[str]) -> tuple[Claim, ...]:
    citations = (sources.quote(card, text) for text in texts)
    return tuple(Claim(citation.quote, (citation,)) for citation in citations if citation is not None)


def _choices(sources: CardCitations, card: Card, contrasted: Iterable[Card]) -> Iterator[Claim]:
    """When to choose it and when the other, for each card that is contrasted with it on either side."""
    for other in contrasted:
        found = contrast_of(card, other)
        for sentence in (choose_when(card, other), choose_when(other, card)):
            if found is not None and sentence is not None:
                yield from _said(sources, found[1], (sentence,))


def _further(evidence: Evidence, card: Card, chunks: Iterable[Chunk]) -> Iterator[Claim]:
    """From each passage the first sentence that names the card's subject."""
    names = [name.casefold() for name in card.names]
    said = 0
    for chunk in chunks:
        for start, end in sentence_spans(chunk.text):
            sentence = chunk.text[start:end]
            if SHORT <= len(sentence) <= LONG and any(name in sentence.casefold() for name in names):
                if said < FURTHER:
                    yield Claim(sentence, (Citation(evidence, chunk.id, sentence),))
                said += 1
                break
