"""Evidence made of cards: every passage of some cards, and quotes from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.cards import Card, Contrast, Fact
from corpus.sentences import sentence_spans
from tutor.answers import Citation
from tutor.evidence import Evidence
from tutor.knowledge import Knowledge
from tutor.question import Question
from tutor.ranking import Passage


class CardCitations:
    """The evidence for one text: all passages of the cards given, and others that a search found."""

    def __init__(self, text: str, cards: Iterable[Card], known: Knowledge, found: Iterable[Passage] = ()) -> None:
        sources = dict.fromkeys(known.pack.source_of_card(card.id) for card in cards)
        chunks = {source: known.library.chunks_of(source) for source in sources}
        passages = {p.chunk.id: p for p in found}
        for several in chunks.values():
            passages.update({chunk.id: Passage(chunk, 0.0, 0.0, None) for chunk in several if chunk.id not in passages})
        support = 1.0 if any(chunks.values()) else 0.0
        self.evidence = Evidence(Question(text, (), ()), tuple(passages.values()), support)
        self._pack = known.pack
        self._chunks = chunks

    def quote(self, card: Card, text: str) -> Citation | None:
        """The words as they stand in a passage of the card; None where the library does not have them."""
        for chunk in self._chunks.get(self._pack.source_of_card(card.id), ()):
            if text in chunk.text:
                return Citation(self.evidence, chunk.id, text)
        return None

    def summary(self, card: Card) -> Citation | None:
        """What the card says its subject is: the first sentence of its summary."""
        start, end = sentence_spans(card.summary)[0]
        return self.quote(card, card.summary[start:end])

    def facts(self, card: Card, trait: str | None) -> Iterator[tuple[Fact, Citation]]:
        """The card's facts that support a trait, with their quotes; all facts where there is no trait."""
        for fact in card.facts:
            if trait is None or trait in fact.supports:
                citation = self.quote(card, fact.passage)
                if citation is not None:
                    yield fact, citation


def contrast_of(one: Card, other: Card) -> tuple[Contrast, Card] | None:
    """The contrast between two cards and the card it stands on, or None."""
    for card, against in ((one, other), (other, one)):
        for contrast in card.contrasts:
            if contrast.with_ == against.id:
                return contrast, card
    return None


def choose_when(card: Card, other: Card) -> str | None:
    """The sentence on when to choose the card rather than the other, or None."""
    found = contrast_of(card, other)
    if found is None:
        return None
    contrast, owner = found
    return contrast.choose_this if owner.id == card.id else contrast.choose_other
