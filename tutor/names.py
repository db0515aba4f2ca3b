"""Which cards a text names: under the name in use now, an older one, a short form or an acronym."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.cards import Card

_GAP = re.compile(r"[-\s]+")


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
        self._cards: dict[str, Card] = {}
        self._capitalised: dict[str, Card] = {}
        for card in cards:
            for name in card.names:
                self._cards[_key(name)] = card
        for card in list(self._cards.values()):
            for name in card.names:
                self._add_short_form(name, card)
        names = sorted({**self._cards, **self._capitalised}, key=len, reverse=True)
        alternatives = "|".join(_pattern(name) for name in names)
        self._pattern = re.compile(rf"(?<!\w)({alternatives})(?:s|es)?(?!\w)", re.I) if names else None

    def find(self, text: str) -> list[Mention]:
        """The names in a text, in order; of names that overlap, the first and longest."""
        if self._pattern is None:
            return []
        mentions = []
        for match in self._pattern.finditer(text):
            card = self._cards.get(_key(match[1]))
            if card is None and match[1][0].isupper():
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
    return _GAP.sub("", name).casefold()


def _pattern(key: str) -> str:
    """Any of the gaps that `_key` drops, between any two characters: names are short, this stays quick."""
    return r"[-\s]?".join(re.escape(character) for character in key)
