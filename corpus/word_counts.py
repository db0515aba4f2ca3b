"""How common words are in a library, remembered until somebody writes to it.

Counting a word that tens of thousands of passages hold takes a millisecond or two, and a question's words are asked
for several times over.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import lexical_index
from corpus.manifest import Manifest

MOST_STEMS = 100_000
"""Stems remembered before they are all forgotten: some 10 MB."""


@dataclass(slots=True)
class _Known:
    """What was found out of one state of the library."""

    passages: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    vocabulary: dict[str, list[str]] = field(default_factory=dict)


class WordCounts:
    """Counts over all passages of a manifest; any thread may ask, and sees what any process has written."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._lock = threading.Lock()
        self._version: int | None = None
        self._known = _Known()

    def passages(self) -> int:
        """How many passages there are."""
        known = self._current()
        if known.passages is None:
            known.passages = self._manifest.state().chunks
        return known.passages

    def passages_with(self, stems: Sequence[str]) -> dict[str, int]:
        """For each stem (Porter 1980) how many passages hold it; 0 for one that none does."""
        counts = self._current().counts
        found = {stem: count for stem in stems if (count := counts.get(stem)) is not None}
        if missing := [stem for stem in stems if stem not in found]:
            with self._manifest.errors():
                new = lexical_index.passages_with(self._manifest.connection, missing)
            if len(counts) >= MOST_STEMS:  # whatever is typed is asked for, and a page may stay open for weeks
                counts.clear()
            counts.update(new)
            found |= new
        return found

    def similar_stems(self, unknown: Sequence[str]) -> dict[str, str]:
        """For a stem that no passage holds, the one it is most likely a misspelling of, where there is one.

        Of several that are like enough (`lexical_index.similar`), the one that most passages hold.
        """
        found = {}
        for key in unknown:
            if near := lexical_index.similar(key, self._stems_from):
                counts = self.passages_with(near)
                found[key] = max(near, key=lambda stem: counts[stem])
        return found

    def _stems_from(self, letter: str) -> list[str]:
        known = self._current()
        if letter not in known.vocabulary:
            with self._manifest.errors():
                known.vocabulary[letter] = lexical_index.stems_from(self._manifest.connection, letter)
        return known.vocabulary[letter]

    def _current(self) -> _Known:
        version = self._manifest.version()
        with self._lock:
            if version != self._version:  # what others still find out of the state before goes into what it was
                self._version, self._known = version, _Known()
            return self._known
