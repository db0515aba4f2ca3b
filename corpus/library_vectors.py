"""The library's vectors: one process owns the index and writes it, any process searches by meaning.

An embedded vector index is for one process: two that have it open, even if both only search, can break it for
good. So its folder belongs to the process that first needs to write to it, from then until that closes the
library, under a lock that the system lets go of when the process dies. All others search the cached vectors.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.cached_vectors import CachedVectors
from corpus.chunks import Chunk
from corpus.embedder import Embedder, Vectors
from corpus.errors import LibraryBusyError, LibraryError, ModelMismatchError
from corpus.manifest import LibraryState, Manifest
from corpus.process_lock import Holder, ProcessLock
from corpus.question_vectors import QuestionVectors
from corpus.vector_cache import VectorCache
from corpus.vector_index import VectorIndex, VectorSearch

EMBED_BATCH = 256
WAIT_SECONDS = 30.0

VectorIndexFactory = Callable[[Path], VectorIndex]
Progress = Callable[[LibraryState], None]
Writing = Callable[[], AbstractContextManager[None]]


class LibraryVectors:
    """The vectors of the passages in a manifest.

    `writing` is the library's turn to write; it may be nested. `process` is how others are told who has the index.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, embedder: Embedder, open_index: VectorIndexFactory, writing: Writing
    ) -> None:
        self._folder = folder
        self._manifest = manifest
        self._embedder = embedder
        self.question_vectors = QuestionVectors(embedder)
        self._open_index = open_index
        self._writing = writing
        self.process = Holder("Exam Tutor", os.getpid())
        self._lock = ProcessLock(folder / "vectors.lock")
        self._owning = threading.Lock()
        self._opening = threading.RLock()
        self._index: VectorIndex | None = None
        self._cached: CachedVectors | None = None

    @cached_property
    def cache(self) -> VectorCache:
        """The vectors by model and text."""
        return VectorCache(self._folder / "vector_cache.db")

    # Ownership ----------------------------------------------------------------------------------------

    @property
    def is_owner(self) -> bool:
        """Whether the index is this process's."""
        return self._lock.is_held

    def own(self, seconds: float = 0.0) -> Holder | None:
        """Make the index this process's until `close`, waiting so long for another: None, or who has it still."""
        with self._owning:
            return None if self.is_owner else self._lock.acquire(self.process, seconds)

    def index(self) -> VectorIndex:
        """The index, owned by this process and opened when first asked for.

        Raises:
            LibraryBusyError: another process has it.
            LibraryError: it cannot be opened.
        """
        with self._opening:
            self._claim()
            if self._index is None:
                folder = self._folder / "vectors"
                if self._manifest.get_meta("embedder") is None:
                    _delete(folder)  # left behind by `discard`, or by a library that was moved away
                self._index = self._open_index(folder)
                self._cached = None
            return self._index

    def close(self) -> None:
        """Let go of the index and the cache."""
        with self._opening:
            self._close_index()
            if self._lock.is_held:
                self._lock.release()
            if "cache" in self.__dict__:
                self.cache.close()

    def _claim(self, seconds: float = 0.0) -> None:
        """Own the index, waiting so long for a process that will be done some time."""
        other = self.own()
        if other and not other.keeps_up and seconds:
            other = self.own(seconds)
        if other:
            raise LibraryBusyError(
                f"{other} has the vector index.",
                "Close the page (Ctrl-C in its terminal), then run this again."
                if other.keeps_up
                else "Wait until it is done, or end it, then run this again.",
            )

    def _close_index(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    # Search -------------------------------------------------------------------------------------------

    def check_model(self) -> None:
        """Refuse to go on with vectors that are another model's.

        Raises:
            ModelMismatchError: they are.
        """
        made_by = self._manifest.get_meta("embedder")
        if made_by is not None and made_by != self._embedder.name:
            raise ModelMismatchError(
                f"The library's vectors were made by '{made_by}', and the settings name '{self._embedder.name}'.",
                "Run 'exam-tutor embed --all' to make them anew, or set embedding_model back.",
            )

    def search(self, question: str, k: int) -> list[tuple[str, float]]:
        """The ids of the k passages nearest in meaning, with their cosine; [] while there are no vectors."""
        if self._manifest.get_meta("embedder") is None:
            return []
        self.check_model()
        return self._searched().search(self.question_vectors.of(question), k)

    def _searched(self) -> VectorSearch:
        with self._opening:
            if self.is_owner:
                return self.index()
            if self._cached is None:
                self._cached = CachedVectors(self._manifest, self.cache, self._embedder.name, self._embedder.dimension)
            return self._cached

    # Upkeep -------------------------------------------------------------------------------------------

    def due(self) -> bool:
        """Whether `embed_pending` would have something to do: cheap enough to ask every second."""
        return self._manifest.vectors_due()

    def embed_pending(self, on_progress: Progress | None, stop: threading.Event | None) -> int:
        """Give every passage its vector, and take dropped ones out of the index; returns how many were written."""
        self.check_model()
        if not self.due():
            return 0
        self._claim(WAIT_SECONDS)
        self.forget_stale()
        written = 0
        while not (stop is not None and stop.is_set()) and (batch := self._manifest.pending(EMBED_BATCH)):
            written += self._embed(batch)
            if on_progress is not None:
                on_progress(self._manifest.state())
        return written

    def _embed(self, batch: Sequence[Chunk]) -> int:
        """The model works while others may write; what they took out meanwhile gets no vector and no cache entry."""
        vectors = self._vectors_for([chunk.embedding_text for chunk in batch])
        with self._writing():
            index = self.index()
            if self._manifest.get_meta("embedder") is None:
                self._manifest.set_meta("embedder", self._embedder.name)
            self.check_model()
            current = self._manifest.chunks([chunk.id for chunk in batch])
            rows = [row for row, chunk in enumerate(batch) if chunk.id in current]
            ids = [batch[row].id for row in rows]
            self.cache.put(self._embedder.name, [batch[row].embedding_text for row in rows], vectors[rows])
            index.add(ids, vectors[rows])
            self._manifest.mark_embedded(ids)
            self.forget_stale()
        return len(ids)

    def _vectors_for(self, texts: Sequence[str]) -> Vectors:
        found = self.cache.get(self._embedder.name, texts)
        missing = [row for row in range(len(texts)) if row not in found]
        vectors = np.zeros((len(texts), self._embedder.dimension), dtype=np.float32)
        for row, vector in found.items():
            vectors[row] = vector
        if missing:
            vectors[missing] = self._embedder.embed([texts[row] for row in missing])
        return vectors

    def forget_stale(self) -> None:
        """Take out of the index what is no longer in the library.

        Raises:
            LibraryBusyError: another process has the index, and will do it.
        """
        with self._writing():
            if stale := self._manifest.stale():
                self.index().remove(stale)
                self._manifest.unmark_stale(stale)

    def forget_texts(self, texts: Sequence[str]) -> int:
        """Take texts out of the cache, for the model in use and the one in the settings; how many there were."""
        models = {self._embedder.name, self._manifest.get_meta("embedder") or self._embedder.name}
        return sum(self.cache.forget(model, texts) for model in models)

    def not_cached(self) -> list[str]:
        """Passages that are recorded as embedded and whose vector the cache has not."""
        texts = self._manifest.embedded()
        missing = self.cache.missing(self._embedder.name, list(texts.values()))
        ids = list(texts)
        return [ids[position] for position in missing]

    def discard(self) -> None:
        """Forget all vectors and which model made them; the index's files go when it is next opened.

        Raises:
            LibraryBusyError: another process has the index.
        """
        with self._writing(), self._opening:
            self._claim()
            self._manifest.forget_model()
            self._close_index()


def _delete(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise LibraryError(
            f"The vector index in {folder} cannot be made anew: {error}", "Delete that folder; only vectors are in it."
        ) from error
