"""A pack with the library it was read into, and what is worked out from it once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from corpus.card_names import CardNames
from corpus.cards import Card
from corpus.exam_pack import ExamPack
from corpus.library import Library
from tutor.requirements import RequirementFinder


@dataclass(frozen=True)
class Knowledge:
    """What reviews, explanations and comparisons are made from."""

    pack: ExamPack
    library: Library

    @cached_property
    def names(self) -> CardNames:
        """Finds the pack's cards in a text."""
        return CardNames(self.pack.cards, self.pack.exam.name_prefixes)

    @cached_property
    def finder(self) -> RequirementFinder:
        """Finds requirements in a stem."""
        return RequirementFinder(self.pack.traits, self.pack.cards)

    def cards_named(self, text: str) -> tuple[Card, ...]:
        """The cards that a text names, each once, in its order."""
        return tuple({mention.card.id: mention.card for mention in self.names.find(text)}.values())
