"""Where a claim and its quotes say "not", and what they put first: looked at clause by clause.

A quote of several clauses often has a "not" in one that the claim does not speak of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.lexical_index import STOP_WORDS
from corpus.sentences import stems
from tutor.claim_support import turns

_CLAUSE = re.compile(r"[,;:.]\s+|\s+(?=(?:and|but|because|so that|whereas)\s)")
_ORDER = re.compile(r"\b(before|after)\b", re.I)

_STOPPED = frozenset(stem for word in STOP_WORDS for stem in stems(word))

SHARED = 2
"""Words that two clauses must share to speak of the same."""

Events = tuple[frozenset[str], frozenset[str]]


def negation_differs(claim: str, quotes: Sequence[str]) -> bool:
    """Whether of a clause of the claim and the clause of the quotes that is nearest to it just one says "not"."""
    quoted = [(_words(clause), "NOT" in turns(clause)) for quote in quotes for clause in _CLAUSE.split(quote)]
    for clause in _CLAUSE.split(claim):
        said = _words(clause)
        near = max(quoted, key=lambda one: len(said & one[0]) / (1 + len(one[0] - said) / 4), default=None)
        if near and len(said & near[0]) >= SHARED and ("NOT" in turns(clause)) != near[1]:
            return True
    return False


def order_differs(claim: str, quotes: Sequence[str]) -> bool:
    """Whether both say what comes before what, and not the same."""
    said = _events(claim)
    for quote in quotes:
        held = _events(quote)
        if said and held:
            same = len(said[0] & held[0]) + len(said[1] & held[1])
            crossed = len(said[0] & held[1]) + len(said[1] & held[0])
            return crossed > same
    return False


def _events(text: str) -> Events | None:
    """The words of what comes first and of what comes second; None where nothing is put in order."""
    found = _ORDER.search(text)
    if found is None:
        return None
    if found.start() == 0:
        inner, _, outer = text[found.end() :].partition(",")
    else:
        outer, inner = text[: found.start()], text[found.end() :]
    first, second = (outer, inner) if found[0].lower() == "before" else (inner, outer)
    return _words(first), _words(second)


def _words(text: str) -> frozenset[str]:
    return frozenset(stems(text)) - _STOPPED
