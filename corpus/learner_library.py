"""The library as one learner reads it: what is shared, and what they brought in themselves."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.chunks import Chunk
from corpus.hits import Ranked
from corpus.library import CANDIDATES, Library, LibraryState
from corpus.manifest import SourceRecord
from corpus.settings import Settings

NOTES = "learners"
"""The folder below `sources/` that holds a folder of notes for each learner."""

JOURNAL = "journal"
"""The folder below `sources/` that holds a folder for each learner, with what they wrote on questions."""

_LOOK_FURTHER = 4
"""How many times as many passages are looked at, where others' left too few."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose a source is, by where its file lies below the home folder's `sources/`."""

    sources: Path

    @classmethod
    def of(cls, settings: Settings) -> Owners:
        """Those of the home folder that the settings name."""
        return cls((settings.home / "sources").resolve())

    def folder(self, learner: str) -> Path:
        """Where a learner's notes lie."""
        return self.sources / NOTES / _place(learner)

    def journal(self, learner: str) -> Path:
        """Where a learner's journals are kept."""
        return self.sources / JOURNAL / _place(learner)

    def is_shared(self, source: str) -> bool:
        """Whether the source is nobody's own."""
        return self._owner(source) is None

    def owns(self, learner: str, source: str) -> bool:
        """Whether it is this learner's own source."""
        return self._owner(source) == _place(learner)

    def view(self, library: Library, learner: str) -> LearnerLibrary:
        """The library as the learner reads it."""
        return LearnerLibrary(library, lambda source: not (self.is_shared(source) or self.owns(learner, source)))

    def forget(self, library: Library, learner: str) -> int:
        """Take all that is the learner's own out of the library and off the disk; how many sources there were."""
        own = [record.id for record in library.sources() if self.owns(learner, record.id)]
        for source in own:
            library.remove(source)
        for folder in (self.folder(learner), self.journal(learner)):
            shutil.rmtree(folder, ignore_errors=True)
        return len(own)

    def _owner(self, source: str) -> str | None:
        """The name that the owner's files have, None for a shared source."""
        # Asked of every candidate of every search: almost all are shared, and comparing texts tells that at once.
        if not source.startswith(f"{self.sources}{os.sep}"):
            return None
        place = Path(source).relative_to(self.sources).parts
        if len(place) == 2 and place[0] == JOURNAL:
            return place[1].removesuffix(".md")  # of before there was a journal for each exam
        return place[1] if len(place) > 2 and place[0] in {NOTES, JOURNAL} else None


class LearnerLibrary(Library):
    """One learner's view of a library; what it is given is open already, and is closed by who opened it.

    A search finds what it would find if nobody else's passages were there: others' take no place among the candidates.
    How many passages hold a word is still counted over all, and a word's spelling may be somebody else's.
    """

    def __init__(self, shared: Library, is_hidden: Callable[[str], bool]) -> None:  # no own files, so no super()
        self.__dict__.update(shared.__dict__)
        self._shared = shared
        self._is_hidden = is_hidden

    def sources(self) -> list[SourceRecord]:
        """All sources that the learner may read, by name."""
        return [record for record in self._shared.sources() if not self._is_hidden(record.id)]

    def source(self, source: str) -> SourceRecord | None:
        """The source of that name, or None where there is none or it is somebody else's."""
        return None if self._is_hidden(source) else self._shared.source(source)

    def chunks_of(self, source: str) -> list[Chunk]:
        """A source's passages in reading order; none of somebody else's."""
        return [] if self._is_hidden(source) else self._shared.chunks_of(source)

    def tagged(self) -> list[tuple[str, str, str | None, int]]:
        """How many passages each source has on each part of the exam, somebody else's left out."""
        return [row for row in self._shared.tagged() if not self._is_hidden(row[0])]

    def state(self) -> LibraryState:
        """How far the whole library is: only counts."""
        return self._shared.state()

    def close(self) -> None:
        """Nothing to close: the files are those of the library it was made from."""

    def _chunks(self, ids: Iterable[str]) -> Mapping[str, Chunk]:
        chunks = super()._chunks(ids)
        return {key: chunk for key, chunk in chunks.items() if not self._is_hidden(chunk.source)}

    def _put_up(self, best: Callable[[int], Ranked]) -> Ranked:
        wanted = CANDIDATES
        while True:
            found = best(wanted)
            sources = self.manifest.sources_of([key for key, _ in found])
            shown = [(key, score) for key, score in found if not self._is_hidden(sources.get(key, ""))]
            if len(shown) >= CANDIDATES or len(found) < wanted:
                return shown[:CANDIDATES]
            wanted *= _LOOK_FURTHER


def _place(learner: str) -> str:
    """The name of a learner's files; no two learners share one, whatever their names."""
    plain = re.sub(r"[^a-z0-9]+", "-", learner.lower()).strip("-")[:40]
    mark = "" if plain == learner else "-" + hashlib.sha256(learner.encode()).hexdigest()[:8]
    return f"{plain or 'learner'}{mark}"
