"""The library as a LangChain retriever, for those who want it in a chain of their own."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.library import Hit, Library
from corpus.reranker import reranked_order
from tutor.evidence import CONSIDERED


class LibraryRetriever(BaseRetriever):
    """Finds the `k` passages nearest to a query; made by `as_retriever`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        reranker = self.library.reranker
        hits = self.library.search(query, self.k if reranker is None else max(self.k, CONSIDERED))
        order = reranked_order(reranker, query, [hit.chunk for hit in hits])
        return [_document(hits[place]) for place in order[: self.k]]


def as_retriever(library: Library, k: int = 10) -> LibraryRetriever:
    """A retriever over a library.

    Its documents hold a passage's text; their metadata are `source`, `title`, `heading` (a list), `page` or None,
    `url` or None, and `score`, the search's. It searches by meaning too, and ranks with the library's reranker where
    that has one, once `library.warm()` was called.
    """
    return LibraryRetriever(library=library, k=k)


def _document(hit: Hit) -> Document:
    chunk = hit.chunk
    return Document(
        id=chunk.id,
        page_content=chunk.text,
        metadata={
            "source": chunk.source,
            "title": chunk.title,
            "heading": list(chunk.location.heading),
            "page": chunk.location.page,
            "url": chunk.location.url,
            "score": hit.score,
        },
    )
