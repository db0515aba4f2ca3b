"""The library: everything that is known, findable by words at once and by meaning as vectors arrive.

The one door to the manifest, both indexes and the vector cache.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus import lexical_index
from corpus.chunks import Chunk
from corpus.documents import Document
from corpus.embedder import Embedder, Vectors
from corpus.errors import LibraryBusyError, LibraryError, ModelMismatchError
from corpus.manifest import Manifest, SourceRecord
from corpus.vector_cache import VectorCache
from corpus.vector_index import VectorIndex

RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009)."""

CANDIDATES = 50
"""How many passages each index puts up for fusion."""

EMBED_BATCH = 256
SEARCHERS = 4
LOCK_SECONDS = 30.0

_log = logging.getLogger(__name__)

VectorIndexFactory = Callable[[Path], VectorIndex]
Progress = Callable[["LibraryState"], None]


@dataclass(frozen=True, slots=True)
class LibraryState:
    """How far the library is. `embedder` is the model that made its vectors, None while there are none."""

    sources: int
    chunks: int
    embedded: int
    embedder: str | None

    @property
    def pending(self) -> int:
        """Passages that can be found by words only, so far."""
        return self.chunks - self.embedded


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Ranks count from 1 and are None where an index did not find it.

    `score` is the reciprocal-rank-fusion score; `bm25` and `cosine` are what the two indexes gave it.
    """

    chunk: Chunk
    score: float
    lexical_rank: int | None = None
    bm25: float | None = None
    vector_rank: int | None = None
    cosine: float | None = None


class Library:
    """A library in a folder, which is made when it is not there.

    `vector_index` opens the vector index in the folder it is given; it is called when vectors are first
    needed. Reading is free to any thread and process; writing waits its turn.
    """

    def __init__(self, folder: Path, embedder: Embedder, vector_index: VectorIndexFactory) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library's folder {folder} cannot be made: {error}",
                "Set EXAM_TUTOR_HOME to a folder that you can write to.",
            ) from error
        self.folder = folder
        self.embedder = embedder
        self.manifest = Manifest(folder / "library.db")
        self._open_vectors = vector_index
        self._vectors: VectorIndex | None = None
        self._vectors_lock = threading.Lock()
        self._file_lock = FileLock(folder / "library.lock", timeout=LOCK_SECONDS, thread_local=False)
        self._write_lock = threading.RLock()
        self._searchers = ThreadPoolExecutor(SEARCHERS, thread_name_prefix="lexical")

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
        with self._writing():
            self.manifest.replace(record, chunks)

    def remove(self, source: str, *, keep_vectors: bool = False) -> bool:
        """Take a source out with its passages and vectors; False where there is none of that name.

        What the vector cache has of it goes too, unless `keep_vectors` says that its texts live on elsewhere.
        """
        with self._writing():
            texts = [chunk.embedding_text for chunk in self.manifest.chunks_of(source)]
            removed = self.manifest.remove(source)
            if removed and self.manifest.get_meta("embedder") is not None:
                self._forget_stale()
                if not keep_vectors:
                    with self._cache() as cache:
                        cache.forget(self.embedder.name, texts)
            return removed

    def chunk(self, chunk_id: str) -> Chunk | None:
        """The passage with this id, or None when it is not, or no longer, in the library."""
        return self.manifest.chunks([chunk_id]).get(chunk_id)

    def chunks_of(self, source: str) -> list[Chunk]:
        """A source's passages in reading order."""
        return self.manifest.chunks_of(source)

    def state(self) -> LibraryState:
        """How far the library is."""
        sources, chunks, embedded = self.manifest.counts()
        return LibraryState(sources, chunks, embedded, self.manifest.get_meta("embedder"))

    # Search -------------------------------------------------------------------------------------------

    def search(self, question: str, k: int = 10, *, variants: Sequence[str] = ()) -> list[Hit]:
        """The k passages nearest to a question, by words and, once the model is loaded, by meaning.

        `variants` are the same question in other names; their words are searched for as well.

        Raises:
            ModelMismatchError: the vectors in the library are another model's.
        """
        # SQLite and the model both let go of the interpreter while they work, so they work side by side.
        by_words = self._searchers.submit(self._by_words, " ".join([question, *variants]))
        near = self._near_or_nothing(question) if self.embedder.is_loaded else []
        lexical = by_words.result()
        chunks = self.manifest.chunks(list({key for key, _ in [*lexical, *near]}))
        return _fuse(lexical, near, chunks)[:k]

    def passages_with(self, stems: Sequence[str]) -> dict[str, int]:
        """For each stem (Porter 1980) how many passages hold it."""
        with self.manifest.errors():
            return lexical_index.passages_with(self.manifest.connection, stems)

    def warm(self) -> None:
        """Load the model and open the vector index, so that searches from here on use both indexes.

        Raises:
            EmbedderError: the model cannot be loaded.
            LibraryError: the vector index cannot be opened.
        """
        self.embedder.embed(["warm up"])
        if self.manifest.get_meta("embedder") is not None:
            self._check_embedder()
            self._near("warm up")

    def _by_words(self, words: str) -> list[tuple[str, float]]:
        with self.manifest.errors():
            return lexical_index.search(self.manifest.connection, words, CANDIDATES)

    def _near_or_nothing(self, question: str) -> list[tuple[str, float]]:
        """What the vector index finds; nothing where it fails, so that words still answer."""
        try:
            return self._near(question)
        except ModelMismatchError:
            raise
        except LibraryError as error:
            _log.warning("searching by words only: %s", error)
            return []

    def _near(self, question: str) -> list[tuple[str, float]]:
        if self.manifest.get_meta("embedder") is None:
            return []
        self._check_embedder()
        return self.vector_index().search(self.embedder.embed([question])[0], CANDIDATES)

    # Vectors ------------------------------------------------------------------------------------------

    def embed_pending(self, on_progress: Progress | None = None, stop: threading.Event | None = None) -> int:
        """Give every passage its vector; returns how many were written. Can be stopped and taken up again.

        Raises:
            ModelMismatchError: the vectors in the library are another model's.
            EmbedderError: the model cannot be loaded.
        """
        with self._writing():
            self._forget_stale()
        written = 0
        while not (stop is not None and stop.is_set()):
            batch = self.manifest.pending(EMBED_BATCH)
            if not batch:
                break
            self._check_embedder()
            vectors = self._vectors_for([chunk.embedding_text for chunk in batch])
            with self._writing():
                if self.manifest.get_meta("embedder") is None:
                    self.manifest.set_meta("embedder", self.embedder.name)
                self._check_embedder()
                ids = [chunk.id for chunk in batch]
                self.vector_index().add(ids, vectors)
                self.manifest.mark_embedded(ids)
                self._forget_stale()
            written += len(batch)
            if on_progress is not None:
                on_progress(self.state())
        return written

    def discard_vectors(self) -> None:
        """Forget all vectors and which model made them; `embed_pending` makes them anew."""
        with self._writing():
            self.vector_index().clear()
            self.manifest.mark_all_pending()
            with self.manifest.transaction() as connection:
                connection.execute("DELETE FROM meta WHERE key = 'embedder'")

    def _vectors_for(self, texts: Sequence[str]) -> Vectors:
        with self._cache() as cache:
            found = cache.get(self.embedder.name, texts)
            missing = [n for n in range(len(texts)) if n not in found]
            vectors = np.zeros((len(texts), self.embedder.dimension), dtype=np.float32)
            for position, vector in found.items():
                vectors[position] = vector
            if missing:
                new = self.embedder.embed([texts[n] for n in missing])
                cache.put(self.embedder.name, [texts[n] for n in missing], new)
                vectors[missing] = new
        return vectors

    def _check_embedder(self) -> None:
        made_by = self.manifest.get_meta("embedder")
        if made_by is not None and made_by != self.embedder.name:
            raise ModelMismatchError(
                f"The library's vectors were made by '{made_by}', and the settings name '{self.embedder.name}'.",
                "Run 'exam-tutor embed --all' to make them anew, or set embedding_model back.",
            )

    def _forget_stale(self) -> None:
        stale = self.manifest.stale()
        if stale:
            self.vector_index().remove(stale)
            self.manifest.unmark_stale(stale)

    def vector_index(self) -> VectorIndex:
        """The vector index, opened when first asked for."""
        with self._vectors_lock:
            if self._vectors is None:
                self._vectors = self._open_vectors(self.folder / "vectors")
            return self._vectors

    @contextmanager
    def _cache(self) -> Iterator[VectorCache]:
        cache = VectorCache(self.folder / "vector_cache.db")
        try:
            yield cache
        finally:
            cache.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        holder = self.folder / "library.lock.holder"
        with self._write_lock:
            try:
                self._file_lock.acquire()
            except Timeout as error:
                who = holder.read_text() if holder.exists() else "unknown"
                raise LibraryBusyError(
                    f"Another process ({who}) has been writing to {self.folder} for {LOCK_SECONDS:.0f} seconds.",
                    "Wait until it is done, or end it.",
                ) from error
            try:
                holder.write_text(f"pid {os.getpid()}")
                yield
            finally:
                self._file_lock.release()

    def close(self) -> None:
        """Close all files."""
        self._searchers.shutdown()
        self.manifest.close()
        with self._vectors_lock:
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None


def _fuse(lexical: list[tuple[str, float]], near: list[tuple[str, float]], chunks: dict[str, Chunk]) -> list[Hit]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (60 + rank) over the indexes that found it."""
    lexical_ranks = {key: (rank, score) for rank, (key, score) in enumerate(lexical, start=1)}
    vector_ranks = {key: (rank, score) for rank, (key, score) in enumerate(near, start=1)}
    hits = []
    for key, chunk in chunks.items():
        lexical_rank, bm25 = lexical_ranks.get(key, (None, None))
        vector_rank, cosine = vector_ranks.get(key, (None, None))
        score = sum(1.0 / (RRF_K + rank) for rank in (lexical_rank, vector_rank) if rank is not None)
        hits.append(Hit(chunk, score, lexical_rank, bm25, vector_rank, cosine))
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk.id))
