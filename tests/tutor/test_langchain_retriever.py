"""The library in a LangChain chain."""

from __future__ import annotations

from pathlib import Path

from langchain_core.runnables import RunnableLambda

from corpus.embedder import HashEmbedder
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.reranker import SharedWordsReranker, reranked_order
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.evidence import CONSIDERED
from tutor.langchain_retriever import as_retriever


def test_it_finds_passages_with_their_place_and_fits_in_a_chain(small_pack: ExamPack, library: Library) -> None:
    ingest_pack(small_pack, library, now=NOW)
    chain = as_retriever(library, k=2) | RunnableLambda(lambda documents: documents[0])
    found = chain.invoke("How many millilitres does a Royal Gaiwan hold?")
    assert found.page_content == "A Royal Gaiwan holds 100 to 150 millilitres."
    assert found.metadata["source"] == "pack:small_pack/cards/gaiwan"
    assert found.metadata["url"] == "https://example.org/gaiwan"
    assert len(as_retriever(library, k=2).invoke("gaiwan")) == 2


def test_it_ranks_with_the_librarys_reranker(small_pack: ExamPack, tmp_path: Path) -> None:
    question, reranker = "How long does green tea steep in a pot?", SharedWordsReranker()
    library = Library(tmp_path, HashEmbedder(), lambda _: InMemoryVectorIndex(), reranker)
    ingest_pack(small_pack, library, now=NOW)
    chunks = [hit.chunk for hit in library.search(question, CONSIDERED)]
    order = reranked_order(reranker, question, chunks)
    assert order[:3] != [0, 1, 2]
    assert [one.id for one in as_retriever(library, k=3).invoke(question)] == [chunks[place].id for place in order[:3]]
    library.close()
