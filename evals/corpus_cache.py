"""What is built from a corpus is kept: its library, a baseline's index, every vector. A second run only asks.

CACHE/vectors.db            vectors by model and text, for the library and the baselines alike
CACHE/KEY/                  one index: KEY hashes the corpus and all that decides how it is built
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import platformdirs
from filelock import FileLock

from corpus.chroma_index import ChromaIndex
from corpus.embedder import Embedder
from corpus.errors import SourceError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.library_vectors import EMBED_BATCH
from corpus.manifest import LibraryState
from corpus.reranker import Reranker
from evals.cached_embedder import CachedEmbedder
from evals.corpus_folder import CorpusFolder
from ingest.pipeline import SourceReport, Status, failed, ingest_file, ingest_pack
from ingest.reading_process import ReadingProcess
from ingest.source_files import weighed
from ingest.split import RECIPE, TARGET_TOKENS

Say = Callable[[str], None]

MAX_FILE_MB = 500

SAY_EVERY = 10
"""Batches between two words on progress."""


class CorpusCache:
    """A folder of what was built from corpora. Delete it to build everything anew."""

    def __init__(self, folder: Path, embedder: Embedder, say: Say, reranker: Reranker | None = None) -> None:
        self.folder = folder
        self.embedder = embedder
        self.say = say
        self.reranker = reranker

    @contextmanager
    def building(self) -> Iterator[CachedEmbedder]:
        """The embedder to build with; another process that builds is waited for."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / "building.lock"):
            embedder = CachedEmbedder(self.embedder, self.folder / "vectors.db")
            try:
                yield embedder
            finally:
                embedder.close()

    def folder_for(self, corpus: CorpusFolder, *recipe: str) -> Path:
        """Where the index of a corpus by a recipe is."""
        parts = "\0".join([corpus.sha256, self.embedder.name, *recipe])
        return self.folder / hashlib.sha256(parts.encode()).hexdigest()[:24]

    def library(self, corpus: CorpusFolder, pack: ExamPack | None, *, now: datetime) -> Library:
        """The library of a corpus, all its vectors made; with a pack's own documents where a pack is given.

        Raises:
            SourceError: no file of the corpus can be read.
            RerankerError: the reranker cannot be loaded.
        """
        if self.reranker is not None:  # what cannot be loaded is said now and not after an hour of building
            self.reranker.scores("warm up", ["warm up"])
            self.say(f"ranked with the reranker {self.reranker.name} too")
        recipe = f"library, split {RECIPE}, {TARGET_TOKENS} tokens"
        folder = self.folder_for(corpus, recipe, pack.id if pack else "no pack")
        with self.building() as cached:
            library = Library(folder, cached, ChromaIndex)
            try:
                self._fill(library, corpus, pack, now)
            finally:
                library.close()
        # from here on a question costs what a learner pays
        library = Library(folder, self.embedder, ChromaIndex, self.reranker)
        library.warm()
        return library

    def _fill(self, library: Library, corpus: CorpusFolder, pack: ExamPack | None, now: datetime) -> None:
        with ReadingProcess() as process:
            reports = [_ingest(corpus, name, library, process, now) for name in corpus.names]
        unread = [report for report in reports if report.status is Status.FAILED]
        if len(unread) == len(reports):
            raise SourceError(
                str(corpus.folder),
                f"none of its {len(reports)} files can be read; the first, {unread[0].path}: {unread[0].reason}",
            )
        for report in unread:
            self.say(f"left out {report.path}: {report.reason}")
        if pack is not None:
            ingest_pack(pack, library, now=now)
        library.embed_pending(self._on_progress)

    def _on_progress(self, state: LibraryState) -> None:
        if state.pending == 0 or state.embedded // EMBED_BATCH % SAY_EVERY == 0:
            self.say(f"vectors of the library: {state.embedded:,} of {state.chunks:,}")


def _ingest(corpus: CorpusFolder, name: str, library: Library, process: ReadingProcess, now: datetime) -> SourceReport:
    try:
        return ingest_file(weighed(corpus.folder / name, MAX_FILE_MB, name=name), library, process, now=now)
    except SourceError as error:
        return failed(name, error)


@contextmanager
def built_whole(folder: Path) -> Iterator[bool]:
    """Whether the index in a folder is there; if not, the block builds it, and only a finished one is believed."""
    mark = folder / "complete"
    if mark.is_file():
        yield True
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield False
    mark.touch()


def default_folder() -> Path:
    """Where the cache is unless another folder is named: in the user's cache directory."""
    return platformdirs.user_cache_path("exam-tutor", appauthor=False) / "evals"
