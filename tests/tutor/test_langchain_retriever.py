"""The library in a LangChain chain."""

from __future__ import annotations

from langchain_core.runnables import RunnableLambda

from corpus.exam_pack import ExamPack
from corpus.library import Library
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.langchain_retriever import as_retriever


def test_it_finds_passages_with_their_place_and_fits_in_a_chain(small_pack: ExamPack, library: Library) -> None:
    ingest_pack(small_pack, library, now=NOW)
    chain = as_retriever(library, k=2) | RunnableLambda(lambda documents: documents[0])
    found = chain.invoke("How many millilitres does a Royal Gaiwan hold?")
    assert found.page_content == "A Royal Gaiwan holds 100 to 150 millilitres."
    assert found.metadata["source"] == "pack:small_pack/cards/gaiwan"
    assert found.metadata["url"] == "https://example.org/gaiwan"
    assert len(as_retriever(library, k=2).invoke("gaiwan")) == 2
