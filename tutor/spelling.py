"""Slips of the keyboard in everyday words and in the names of cards, where the library does not know the word.

A slip is what fingers do: two neighbouring letters exchanged, one left out, one doubled. One letter put for another
is none, for that is how words differ from each other ("cake", "came"). The first letter is taken to be right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

LEAST = 4
"""A shorter word has too many neighbours to guess which was meant; so it goes for those with capitals inside."""

_WORD = re.compile(rf"(?<!\w)[A-Za-z][a-z]{{{LEAST - 1},}}(?!\w)")


def words_to_check(text: str) -> list[str]:
    """The words, in lower case, that may have been mistyped."""
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(text)))


def slips(typed: Iterable[str], meant: Collection[str]) -> dict[str, str]:
    """For each typed word the one of `meant` that it is one slip away from; nothing where there are several or none."""
    found = {}
    for word in typed:
        near = [other for other in meant if is_slip(word, other)]
        if len(near) == 1:
            found[word] = near[0]
    return found


def is_slip(typed: str, meant: str) -> bool:
    """Whether one slip of the keyboard makes the one word of the other."""
    if typed[:1] != meant[:1] or typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    at = next((n for n, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if at is None:
        at = min(len(typed), len(meant))
    if len(typed) == len(meant):
        return typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :]
    if len(typed) < len(meant):
        return typed[at:] == meant[at + 1 :]
    return typed[at + 1 :] == meant[at:] and typed[at] == typed[at - 1]


def respelled(text: str, meant: Mapping[str, str]) -> str:
    """The text with words exchanged; a capital stays one."""

    def exchanged(match: re.Match[str]) -> str:
        other = meant.get(match[0].lower(), match[0])
        return other[0].upper() + other[1:] if match[0][0].isupper() else other

    return _WORD.sub(exchanged, text) if meant else text
