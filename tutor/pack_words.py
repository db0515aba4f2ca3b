"""A pack's names and topics, prepared once for all that learners write about it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property, lru_cache

from corpus.card_names import CardNames, Mention
from corpus.exam_pack import ExamPack
from corpus.sentences import stem

COMMON = 0.2
"""Share of the stems from which on a word is common."""

SHORT_FORM = 4
"""Characters, with a gap, of a short form."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")

_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those it its they them their we our you your he she his her i my me
    and or but nor so than then as if when while where which who whom whose what how why whether because though
    of in on at by for from to into onto with without within over under between among through during before after
    above below up down out off about against across per via
    is are was were be been being am has have had do does did can could may might must shall should will would
    not no only also very more most less least too each every any some all both either neither such same other others
    another there here now just still already yet ever never again once s t re ll ve d m don
    """.split()
)


@lru_cache(maxsize=4096)
def word_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning, and the numbers as they stand."""
    return frozenset(stem(token) for token in _TOKEN.findall(text.lower()) if token not in _FUNCTION_WORDS)


class PackWords:
    """A pack with its names, found and counted."""

    def __init__(self, pack: ExamPack) -> None:
        self.pack = pack

    @cached_property
    def names(self) -> CardNames:
        """Finds the cards that a text names."""
        return CardNames(self.pack.cards, self.pack.exam.name_prefixes)

    def mentions(self, message: str) -> list[Mention]:
        """The cards that a message names; a short form of a few letters is not one written apart ("how am I", AMI)."""
        found = self.names.find(message)
        return [m for m in found if " " not in message[m.start : m.end] or m.end - m.start > SHORT_FORM]

    @cached_property
    def vendor(self) -> frozenset[str]:
        """The words of a vendor's name, which tell nothing apart."""
        return word_stems(" ".join(self.pack.exam.name_prefixes))

    def words_of_names(self, card_id: str) -> frozenset[str]:
        """The words in a card's names that stand in no other card's."""
        words = word_stems(" ".join(self.pack.cards_by_id[card_id].names))
        return frozenset(word for word in words if self._cards_of_word[word] == {card_id})

    def meaning(self, trait_id: str | None, value_id: str | None) -> frozenset[str]:
        """The words by which one value of a trait is asked for and no other value of it is."""
        trait = self.pack.traits.trait(trait_id) if trait_id else None
        if trait is None:
            return frozenset()
        words = {value.id: word_stems(" ".join((value.name, *value.phrases))) for value in trait.values}
        others = [several for value, several in words.items() if value != value_id]
        return words.get(value_id or "", frozenset()) - frozenset[str]().union(*others)

    @cached_property
    def topics(self) -> frozenset[str]:
        """The words of names, traits, domains and tasks: what the exam is about."""
        pack = self.pack
        texts = [name for card in pack.cards for name in card.names]
        texts += [
            text for trait in pack.traits.traits for text in (trait.name, *(value.name for value in trait.values))
        ]
        texts += [
            text for domain in pack.exam.domains for text in (domain.title, *(task.title for task in domain.tasks))
        ]
        return word_stems(" ".join(texts))

    @cached_property
    def of_every_stem(self) -> frozenset[str]:
        """The words of so many stems ("team", "data") that they say nothing about one of them."""
        counts = Counter(word for question in self.pack.questions for word in word_stems(question.stem))
        return frozenset(word for word, count in counts.items() if count > COMMON * len(self.pack.questions))

    @cached_property
    def _cards_of_word(self) -> dict[str, set[str]]:
        cards: dict[str, set[str]] = defaultdict(set)
        for card in self.pack.cards:
            for word in word_stems(" ".join(card.names)):
                cards[word].add(card.id)
        return cards
