"""Two to four things side by side: their traits, each with the fact that supports it, and when to choose which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from corpus.cards import Card, Trait
from corpus.errors import QuestionError
from tutor.answers import Claim
from tutor.card_citations import CardCitations, choose_when, contrast_of
from tutor.evidence import Evidence
from tutor.knowledge import Knowledge

LEAST, MOST = 2, 4


@dataclass(frozen=True, slots=True)
class Row:
    """One trait: a cell for each thing, None where no fact of its card supports a value. `differs`: they disagree."""

    trait: Trait
    cells: tuple[Claim | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """When to choose a card rather than another."""

    card: Card
    other: Card
    claim: Claim


@dataclass(frozen=True, slots=True)
class Comparison:
    """Things side by side; rows in which they differ come first."""

    cards: tuple[Card, ...]
    what: tuple[Claim | None, ...]
    rows: tuple[Row, ...]
    choices: tuple[Choice, ...]
    evidence: Evidence = field(repr=False)


def compare(cards: Sequence[Card], known: Knowledge) -> Comparison:
    """Compare two to four cards.

    Raises:
        QuestionError: there are fewer or more, or one stands twice.
    """
    if not LEAST <= len(cards) <= MOST:
        raise QuestionError(f"{len(cards)} things cannot be compared.", f"Name {LEAST} to {MOST} of them.")
    ids = [card.id for card in cards]
    if doubled := next((card for card in cards if ids.count(card.id) > 1), None):
        raise QuestionError(
            f"Two of the names mean the same: {doubled.name}.", f"It is also called {', '.join(doubled.aliases)}."
        )
    sources = CardCitations(" or ".join(card.name for card in cards), cards, known)
    rows = [row for trait in known.pack.traits.traits if (row := _row(sources, trait, cards)) is not None]
    return Comparison(
        tuple(cards),
        tuple(_what(sources, card) for card in cards),
        tuple(sorted(rows, key=lambda row: not row.differs)),
        tuple(_choices(sources, cards)),
        sources.evidence,
    )


def _row(sources: CardCitations, trait: Trait, cards: Sequence[Card]) -> Row | None:
    cells = tuple(_cell(sources, trait, card) for card in cards)
    if not any(cells):
        return None
    offered = {frozenset(card.traits[trait.id]) for card, cell in zip(cards, cells, strict=True) if cell}
    return Row(trait, cells, len(offered) > 1)


def _cell(sources: CardCitations, trait: Trait, card: Card) -> Claim | None:
    """The values that hold for the card, with every fact that supports them."""
    values = [trait.value(value) for value in card.traits.get(trait.id, ())]
    citations = tuple(citation for _, citation in sources.facts(card, trait.id))
    names = "; ".join(value.name for value in values if value is not None)
    return Claim(names, citations) if names and citations else None


def _what(sources: CardCitations, card: Card) -> Claim | None:
    citation = sources.summary(card)
    return Claim(citation.quote, (citation,)) if citation else None


def _choices(sources: CardCitations, cards: Sequence[Card]) -> Iterator[Choice]:
    for card, other in permutations(cards, 2):
        sentence, found = choose_when(card, other), contrast_of(card, other)
        citation = sources.quote(found[1], sentence) if sentence and found else None
        if citation is not None:
            yield Choice(card, other, Claim(citation.quote, (citation,)))
