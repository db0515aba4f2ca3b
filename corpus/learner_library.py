"""The library as one learner reads it: what is shared, and what they brought in themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.chunks import Chunk
from corpus.library import Library, LibraryState
from corpus.manifest import SourceRecord

NOTES = "learners"
"""The folder below `sources/` that holds a folder of notes for each learner."""

JOURNAL = "journal"
"""The folder below `sources/` that holds what each learner wrote on questions, one file a learner."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose a source is, by where its file lies below the home folder's `sources/`."""

    sources: Path

    def folder(self, learner: str) -> Path:
        """Where a learner's notes lie."""
        return self.sources / NOTES / learner

    def owner(self, source: str) -> str | None:
        """The learner whose own source it is, or None for a shared one."""
        try:
            place = Path(source).relative_to(self.sources).parts
        except ValueError:
            return None
        if len(place) > 2 and place[0] == NOTES:
            return place[1]
        return Path(place[1]).stem if len(place) == 2 and place[0] == JOURNAL else None


class LearnerLibrary(Library):
    """One learner's view of a library; what it is given is open already, and is closed by who opened it.

    Other learners' passages are left out of what a search finds, so a search looks further than a shared one does.
    """

    candidates = 200

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
