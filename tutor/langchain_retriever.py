"""The library as a LangChain retriever, for those who want it in a chain of their own."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.library import Hit, Library


class LibraryRetriever(BaseRetriever):
    """Finds the `k` passages nearest to a query; made by `as_retriever`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.library.search(query, self.k)]


def as_retriever(library: Library, k: int = 10) -> LibraryRetriever:
    """A retriever over a library.

    Its documents hold a passage's text; their metadata are `source`, `title`, `heading` (a list), `page` or None,
    `url` or None, and `score`. It searches by meaning too once `library.warm()` was called.
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
