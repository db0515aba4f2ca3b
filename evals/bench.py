"""What suites share: one tutor over the pack alone, built once, and every answer it has given."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.chroma_index import ChromaIndex
from corpus.embedder import Embedder
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.settings import Settings
from evals.cached_embedder import CachedEmbedder
from ingest.pipeline import ingest_pack
from tutor.answers import Answer
from tutor.assemble import assemble, choose_embedder, choose_reranker
from tutor.knowledge import Knowledge
from tutor.tutor import Tutor

SEED = 0

_SPOKE = ("made no claim", "did not speak to the question", "wrote something that is not the JSON")
"""In the note of an answer in whose place a model did speak: that is its quality, and no failure."""


@dataclass
class Bench:
    """A tutor to be measured.

    `small` asks each suite for its fast part. `documents` is a folder of developer guides and `pdfs` one of PDFs, for
    suites that need more than the pack. What a chat model failed at is in `failures`.
    """

    pack: ExamPack
    tutor: Tutor
    small: bool = False
    documents: Path | None = None
    pdfs: Path | None = None
    say: Callable[[str], None] = lambda _: None
    failures: list[str] = field(default_factory=list)
    _answers: dict[str, Answer] = field(default_factory=dict)

    @cached_property
    def known(self) -> Knowledge:
        """The pack with its library."""
        return Knowledge(self.pack, self.tutor.library)

    def rng(self) -> np.random.Generator:
        """Chance that is the same for each suite, whichever ran before it."""
        return np.random.default_rng(SEED)

    def ask(self, question: str) -> Answer:
        """The tutor's answer, asked for once. A model's failure is noted, whatever stands in for it."""
        if question not in self._answers:
            answer = self.tutor.ask(question)
            stood_in = answer.engine != self.tutor.engine.name and self.tutor.engine.name in answer.note
            if stood_in and not any(words in answer.note for words in _SPOKE):
                self.failures.append(answer.note)
            self._answers[question] = answer
        return self._answers[question]


@contextmanager
def open_bench(  # noqa: PLR0913  what a bench is made from
    settings: Settings,
    *,
    vectors: bool,
    cache: Path | None = None,
    small: bool = False,
    documents: Path | None = None,
    pdfs: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Bench]:
    """A bench over a fresh library of the pack alone, deleted afterwards; vectors are kept in `cache` where given."""
    pack = load_pack(settings.pack)
    with tempfile.TemporaryDirectory() as home:
        own = settings.model_copy(update={"home": Path(home)})
        embedder, reranker = choose_embedder(own), choose_reranker(own)
        _fill(own, pack, embedder, cache if vectors else None, vectors=vectors, say=say)
        library = Library(own.library_folder, embedder, ChromaIndex, reranker)
        try:
            if vectors:
                library.warm()  # the models themselves, for a search waits for none
                if reranker is not None:
                    say(f"ranked with the reranker {reranker.name} too")
            yield Bench(pack, assemble(own, library, pack), small, documents, pdfs, say)
        finally:
            library.close()


def _fill(  # noqa: PLR0913  all but the first three are named where it is called
    settings: Settings,
    pack: ExamPack,
    embedder: Embedder,
    cache: Path | None,
    *,
    vectors: bool,
    say: Callable[[str], None],
) -> None:
    """Make the library; what vectors the cache has are not made again."""
    cached = None
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        cached = CachedEmbedder(embedder, cache / "vectors.db")
    library = Library(settings.library_folder, cached or embedder, ChromaIndex)
    try:
        ingest_pack(pack, library, now=datetime.now(UTC))
        if vectors:
            say(f"vectors of {library.state().chunks:,} passages")
            library.embed_pending()
    finally:
        library.close()
        if cached is not None:
            cached.close()
