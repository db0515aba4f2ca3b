"""The library: everything that is known, findable by words at once and by meaning as vectors arrive.

The one door to the manifest, both indexes and the vector cache.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from corpus import lexical_index
from corpus.chunks import Chunk
from corpus.documents import Document
from corpus.embedder import Embedder
from corpus.errors import LibraryBusyError, LibraryError, ModelMismatchError
from corpus.hits import Hit, Ranked, fuse
from corpus.library_vectors import LibraryVectors, Progress, VectorIndexFactory
from corpus.manifest import LibraryState, Manifest, SourceRecord
from corpus.process_lock import Holder, ProcessLock
from corpus.reranker import Reranker
from corpus.word_counts import WordCounts

__all__ = ["Hit", "Library", "LibraryState", "Removed"]

CANDIDATES = 50
"""How many passages each index puts up for fusion."""

SEARCHERS = 4
LOCK_SECONDS = 30.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Removed:
    """What went with a source: passages, how many of them had a vector, and entries of the vector cache."""

    source: str
    passages: int
    vectors: int
    cached: int


class Library:
    """A library in a folder, which is made when it is not there.

    `vector_index` opens the vector index in the folder it is given; it is called when vectors are first written.
    `reranker` is what those who rank what a search finds may ask too, None for none. Reading is free to any thread
    and process; writing waits its turn; the vector index is one process's.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, vector_index: VectorIndexFactory, reranker: Reranker | None = None
    ) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library's folder {folder} cannot be made: {error}",
                "Set EXAM_TUTOR_HOME to a folder that you can write to.",
            ) from error
        self.folder = folder
        self.embedder = embedder
        self.reranker = reranker
        self.manifest = Manifest(folder / "library.db")
        self.vectors = LibraryVectors(folder, self.manifest, embedder, vector_index, self.writing)
        self._word_counts = WordCounts(self.manifest)
        self._file_lock = ProcessLock(folder / "library.lock")
        self._write_lock = threading.RLock()
        self._searchers = ThreadPoolExecutor(SEARCHERS, thread_name_prefix="lexical")

    def announce(self, name: str, *, keeps_up: bool = False) -> None:
        """Say as what other processes know this one, where they wait for it; `keeps_up` as in `Holder`."""
        self.vectors.process = Holder(name, os.getpid(), keeps_up)

    # Sources ------------------------------------------------------------------------------------------

    def sources(self) -> list[SourceRecord]:
        """All sources, by name."""
        return self.manifest.sources()

    def source(self, source: str) -> SourceRecord | None:
        """The source of that name, or None."""
        return self.manifest.source(source)

    def replace(self, document: Document, chunks: Sequence[Chunk], *, recipe: str, now: datetime) -> None:
        """Put a document in, or in the place of its older form: all at once, or not at all."""
        record = SourceRecord(
            id=document.source,
            title=document.title,
            kind=document.kind,
            url=document.url,
            sha256=document.sha256,
            recipe=recipe,
            added_at=now,
            chunks=len(chunks),
        )
        with self.writing():
            self.manifest.replace(record, chunks)

    def remove(self, source: str, *, keep_vectors: bool = False) -> Removed | None:
        """Take a source out with its passages and vectors; None where there is none of that name.

        What the vector cache has of it goes too, unless `keep_vectors` says that its texts live on elsewhere. Where
        another process has the vector index, that takes the vectors out of it.
        """
        with self.writing():
            texts = [] if keep_vectors else self.manifest.own_texts_of(source)
            counts = self.manifest.remove(source)
            if counts is None:
                return None
            removed = Removed(source, *counts, cached=self.vectors.forget_texts(texts))
            try:
                self.vectors.forget_stale()
            except LibraryBusyError:
                _log.info("the vectors of %s are left to the process that has the vector index", source)
            except LibraryError as error:
                _log.warning("the vectors of %s are still in the vector index: %s", source, error)
            return removed

    def chunk(self, chunk_id: str) -> Chunk | None:
        """The passage with this id, or None when it is not, or no longer, in the library."""
        return self._chunks([chunk_id]).get(chunk_id)

    def chunks_of(self, source: str) -> list[Chunk]:
        """A source's passages in reading order."""
        return self.manifest.chunks_of(source)

    def tagged(self) -> list[tuple[str, str, str | None, int]]:
        """How many passages each source has on each part of the exam: (source, domain, task or None, passages)."""
        return self.manifest.tagged()

    def state(self) -> LibraryState:
        """How far the library is."""
        return self.manifest.state()

    # Search -------------------------------------------------------------------------------------------

    def search(self, question: str, k: int = 10, *, variants: Sequence[str] = ()) -> list[Hit]:
        """The k passages nearest to a question, by words and, once the model is loaded, by meaning.

        `variants` are the same question in other names or spellings; what they find by words is added.

        Raises:
            ModelMismatchError: the vectors in the library are another model's.
        """
        # SQLite and the model both let go of the interpreter while they work, so they work side by side.
        by_words = self._searchers.submit(self._by_words, question)
        by_other_words = self._searchers.submit(self._by_words, " ".join([question, *variants])) if variants else None
        near = self._near_or_nothing(question) if self.embedder.is_loaded else []
        lexical = by_words.result()
        other_names = by_other_words.result() if by_other_words else []
        found = fuse(lexical, near, other_names)
        hits: list[Hit] = []
        while found and len(hits) < k:  # what a vector index has may be no longer current
            chunks = self._chunks([key for key, _ in found[:k]])
            hits += [make(chunks[key]) for key, make in found[:k] if key in chunks]
            found = found[k:]
        return hits[:k]

    def passages(self) -> int:
        """How many passages there are."""
        return self._word_counts.passages()

    def passages_with(self, stems: Sequence[str]) -> dict[str, int]:
        """For each stem (Porter 1980) how many passages hold it."""
        return self._word_counts.passages_with(stems)

    def similar_stems(self, unknown: Sequence[str]) -> dict[str, str]:
        """For each stem that no passage holds, the one it is most likely a misspelling of, where there is one."""
        return self._word_counts.similar_stems(unknown)

    def warm(self) -> None:
        """Load the models and, where no other process has it, own and open the vector index.

        Searches from here on use both indexes, and what they find is ranked with the reranker, if there is one.

        Raises:
            EmbedderError: the model cannot be loaded.
            LibraryError: the vector index cannot be opened.
            RerankerError: the reranker cannot be loaded; all else is ready.
        """
        self.embedder.embed(["warm up"])
        if self.manifest.get_meta("embedder") is not None:
            self.vectors.check_model()  # before owning them: what is to be made anew is left to who makes it
            self.vectors.own()
            self.vectors.search("warm up", 1)
        if self.reranker is not None:
            self.reranker.scores("warm up", ["warm up"])

    def _chunks(self, ids: Iterable[str]) -> Mapping[str, Chunk]:
        return self.manifest.chunks(list(ids))

    def _by_words(self, words: str) -> Ranked:
        counts = self._word_counts
        with self.manifest.errors():
            search = partial(lexical_index.search, document_frequency=counts.passages_with, total=counts.passages())
            return self._put_up(partial(search, self.manifest.connection, words))

    def _near_or_nothing(self, question: str) -> Ranked:
        """What is found by meaning; nothing where that fails, so that words still answer."""
        try:
            return self._put_up(partial(self.vectors.search, question))
        except ModelMismatchError:
            raise
        except LibraryError as error:
            _log.warning("searching by words only: %s", error)
            return []

    def _put_up(self, best: Callable[[int], Ranked]) -> Ranked:
        """The candidates of an index, which `best` asks for the k best."""
        return best(CANDIDATES)

    # Vectors ------------------------------------------------------------------------------------------

    def embed_pending(self, on_progress: Progress | None = None, stop: threading.Event | None = None) -> int:
        """Give every passage its vector; returns how many were written. Can be stopped and taken up again.

        Raises:
            ModelMismatchError: the vectors in the library are another model's.
            EmbedderError: the model cannot be loaded.
            LibraryBusyError: a page has the vector index, and makes the vectors; or another process has had it for
                half a minute.
        """
        return self.vectors.embed_pending(on_progress, stop)

    def discard_vectors(self) -> None:
        """Forget all vectors and which model made them; `embed_pending` makes them anew.

        Raises:
            LibraryBusyError: another process has the vector index.
        """
        self.vectors.discard()

    # --------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """This thread's turn to write, to the exclusion of all other threads and processes; may be nested.

        Raises:
            LibraryBusyError: another process has been writing for half a minute.
        """
        with self._write_lock:
            if other := self._file_lock.acquire(self.vectors.process, LOCK_SECONDS):
                raise LibraryBusyError(
                    f"{other} has been writing to {self.folder} for {LOCK_SECONDS:.0f} seconds.",
                    "Wait until it is done, or end it.",
                )
            try:
                yield
            finally:
                self._file_lock.release()

    def close(self) -> None:
        """Close all files and let go of the vector index."""
        self._searchers.shutdown()
        self.vectors.close()
        self.manifest.close()
