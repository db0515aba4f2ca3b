"""A plain LangChain set-up: recursive splitter, the same embedding model, Chroma with its defaults.

Splitting as LangChain's own tutorial has it: 1,000 characters, 200 of them shared with the neighbour
(https://python.langchain.com/docs/tutorials/rag/). The one door to langchain_chroma and langchain_text_splitters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.embedder import Embedder
from corpus.errors import SourceError
from evals.corpus_cache import SAY_EVERY, CorpusCache, Say, built_whole
from evals.corpus_folder import CorpusFolder
from evals.retriever import Passage

if TYPE_CHECKING:
    from langchain_chroma import Chroma

CHUNK_CHARACTERS = 1_000
OVERLAP_CHARACTERS = 200
BATCH = 256


class LangChainChroma:
    """A `Retriever` by vectors alone."""

    name = "langchain"

    def __init__(self, corpus: CorpusFolder, cache: CorpusCache) -> None:
        from langchain_chroma import Chroma  # noqa: PLC0415  it is in the extra 'evals', and takes seconds

        folder = cache.folder_for(corpus, f"langchain {CHUNK_CHARACTERS} {OVERLAP_CHARACTERS}")
        with cache.building() as cached, built_whole(folder) as is_there:
            if not is_there:
                _fill(Chroma("baseline", _Embeddings(cached), str(folder)), corpus, cache.say)  # type: ignore[arg-type]
        self._store = Chroma("baseline", _Embeddings(cache.embedder), str(folder))  # type: ignore[arg-type]

    def search(self, question: str, k: int) -> list[Passage]:
        """The k nearest chunks, nearest first."""
        found = self._store.similarity_search(question, k=k)
        return [Passage(str(document.metadata["source"]), document.page_content) for document in found]


class _Embeddings:
    """Our embedder with the two methods of LangChain's `Embeddings` that a vector store calls."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, vector)) for vector in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _fill(store: Chroma, corpus: CorpusFolder, say: Say) -> None:
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS)
    texts, sources = [], []
    for name in corpus.names:
        try:
            parts = splitter.split_text(corpus.text(name))
        except SourceError:
            continue  # the library's report named it
        texts += parts
        sources += [{"source": name}] * len(parts)
    for number, start in enumerate(range(0, len(texts), BATCH), start=1):
        part = slice(start, start + BATCH)
        store.add_texts(texts[part], sources[part], ids=[str(n) for n in range(start, start + len(texts[part]))])
        if number % SAY_EVERY == 0:
            say(f"vectors of the LangChain baseline: {start + BATCH:,} of {len(texts):,}")
