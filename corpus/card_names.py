"""Which cards a text names: under the name in use now, an older one, a short form or an acronym."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.cards import Card
from corpus.sentences import words

_GAP = re.compile(r"[-\s]+")
_END = ""

_Tree = dict[str, "_Tree"]
"""The keys that go on from here, by their next character; `_END` stands where a key ends."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A card's name in a text, at characters `start` to `end`."""

    card: Card
    start: int
    end: int


class CardNames:
    """Finds the names of a pack's cards.

    Names match whatever their case, with a plural s, and with a hyphen, a space or nothing between words.
    A name that starts with one of `prefixes` (a vendor's name) also matches without it; where one word is
    left, that word must start with a capital, for "AWS Batch" is not meant by "batch".
    """

    def __init__(self, cards: Iterable[Card], prefixes: Iterable[str] = ()) -> None:
        self._prefixes = tuple(f"{prefix} " for prefix in prefixes)
        self.words: frozenset[str] = frozenset()
        """All words that names are made of, in lower case; of compounds the parts too."""
        self._cards: dict[str, Card] = {}
        self._capitalised: dict[str, Card] = {}
        for card in cards:
            for name in card.names:
                self._cards[_key(name)] = card
                self.words |= frozenset((*words(name), *words(name.replace("-", " "))))
        for card in list(self._cards.values()):
            for name in card.names:
                self._add_short_form(name, card)
        names = {**self._cards, **self._capitalised}.keys() - {""}
        self._pattern = re.compile(rf"(?<!\w)({_any_of(names)})(?:s|es)?(?!\w)") if names else None

    def find(self, text: str) -> list[Mention]:
        """The names in a text, in order; of names that overlap, the first and longest."""
        if self._pattern is None:
            return []
        mentions = []
        for match in self._pattern.finditer(_lowered(text)):
            card = self._cards.get(_key(match[1]))
            if card is None and text[match.start()].isupper():
                card = self._capitalised.get(_key(match[1]))
            if card is not None:
                mentions.append(Mention(card, match.start(), match.end()))
        return mentions

    def _add_short_form(self, name: str, card: Card) -> None:
        short = next((name.removeprefix(p) for p in self._prefixes if name.startswith(p)), name)
        if short != name and _key(short) not in self._cards:
            forms = self._cards if " " in short else self._capitalised
            forms.setdefault(_key(short), card)


def _key(name: str) -> str:
    return _GAP.sub("", _lowered(name))


def _lowered(text: str) -> str:
    """In lower case, every character in its place: one whose small letter takes two ("İ") stays as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _any_of(keys: Iterable[str]) -> str:
    """A pattern of all keys as one tree, so that a text's character is compared once and not once a key.

    It lets through any of the gaps that `_key` drops, and takes the longest key.
    """
    tree: _Tree = {}
    for key in keys:
        node = tree
        for character in key:
            node = node.setdefault(character, {})
        node[_END] = {}
    return "|".join(re.escape(character) + _rest(node) for character, node in tree.items())


def _rest(node: _Tree) -> str:
    branches = [re.escape(character) + _rest(below) for character, below in node.items() if character != _END]
    if not branches:
        return ""
    one = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    rest = rf"[-\s]?{one}"
    return f"(?:{rest})?" if _END in node else rest
