"""The library: searchable at once, vectors behind, replaced whole, one model only."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from corpus import lexical_index
from corpus import library as library_module
from corpus.chroma_index import ChromaIndex
from corpus.chunks import Chunk, chunk_id
from corpus.documents import Block, Document, Location, Section
from corpus.embedder import HashEmbedder
from corpus.errors import LibraryBusyError, LibraryError, ModelMismatchError
from corpus.hits import fuse
from corpus.library import Library
from corpus.process_lock import Holder, ProcessLock
from corpus.vector_index import InMemoryVectorIndex
from tests.conftest import NOW


def document(name: str, *texts: str) -> tuple[Document, list[Chunk]]:
    sections = tuple(Section((Block(text),), (f"Part {n}",)) for n, text in enumerate(texts))
    whole = Document(name, f"Title of {name}", sections, sha256="0" * 64, kind="file")
    chunks = [
        Chunk(
            id=chunk_id(name, section.heading, section.text),
            text=section.text,
            source=name,
            title=whole.title,
            kind="file",
            location=Location(0, len(section.text), section.heading, page=n + 1, url="https://example.org/x"),
        )
        for n, section in enumerate(sections)
    ]
    return whole, chunks


def put(library: Library, name: str, *texts: str) -> list[Chunk]:
    whole, chunks = document(name, *texts)
    library.replace(whole, chunks, recipe="test", now=NOW)
    return chunks


def test_a_source_is_found_by_its_words_at_once(library: Library) -> None:
    chunks = put(library, "a", "Oolong is rolled by hand.", "Green tea is steamed.")
    hit = library.search("who rolls the oolong?")[0]
    assert hit.chunk == chunks[0]  # stemming: rolls ~ rolled
    assert hit.lexical_rank == 1
    assert hit.vector_rank is None  # no vectors yet
    assert library.state().pending == 2


def test_headings_and_titles_are_searched_and_weigh_more(library: Library) -> None:
    put(library, "a", "Words about kettles.")
    put(library, "b", "Part 0 is mentioned here in the text: title of a.")
    assert library.search("title of a")[0].chunk.source in {"a", "b"}
    assert {hit.chunk.source for hit in library.search("part title")} == {"a", "b"}


def test_vectors_follow_and_both_indexes_are_fused(library: Library) -> None:
    put(library, "a", "Oolong is rolled by hand.", "Green tea is steamed.")
    progress = []
    assert library.embed_pending(on_progress=progress.append) == 2
    assert progress[-1].embedded == 2
    hit = library.search("oolong rolled")[0]
    # Rank 1 in both indexes: 1/(60+1) + 1/(60+1).
    assert hit.score == pytest.approx(2 / 61)
    assert (hit.lexical_rank, hit.vector_rank) == (1, 1)
    assert library.embed_pending() == 0


def test_fusion_adds_reciprocal_ranks() -> None:
    _, (a, b, c) = document("x", "one", "two", "three")
    chunks = {chunk.id: chunk for chunk in (a, b, c)}
    hits = [make(chunks[key]) for key, make in fuse([(a.id, 9.0), (b.id, 5.0)], [(b.id, 0.9), (c.id, 0.8)])]
    # b: 1/62 + 1/61 = 0.0325; a: 1/61 = 0.0164; c: 1/62 = 0.0161
    assert [hit.chunk for hit in hits] == [b, a, c]
    assert hits[0].score == pytest.approx(1 / 62 + 1 / 61)


def test_replacing_a_source_leaves_nothing_of_the_old_one(library: Library) -> None:
    put(library, "a", "Oolong is rolled by hand.", "Green tea is steamed.")
    library.embed_pending()
    new = put(library, "a", "Oolong is rolled by hand.", "Black tea is oxidised.")
    assert library.search("steamed") == [] or all("steamed" not in hit.chunk.text for hit in library.search("steamed"))
    assert library.chunks_of("a") == new
    assert library.state().pending == 1  # the passage that stayed keeps its vector
    library.embed_pending()
    assert library.vectors.index().ids() == {chunk.id for chunk in new}


def test_a_source_is_forgotten_with_every_trace(library: Library) -> None:
    chunks = put(library, "a", "Oolong is rolled by hand.")
    library.embed_pending()
    assert library.remove("a")
    assert not library.remove("a")
    assert library.sources() == []
    assert library.chunk(chunks[0].id) is None
    assert library.vectors.index().ids() == set()
    assert library.vectors.cache.get("hash-64", [chunks[0].embedding_text]) == {}


def test_a_text_is_embedded_once_whatever_happens_to_its_source(tmp_path: Path) -> None:
    class Counting(HashEmbedder):
        calls = 0

        def embed(self, texts):  # type: ignore[no-untyped-def]
            self.calls += len(texts)
            return super().embed(texts)

    embedder = Counting()
    library = Library(tmp_path, embedder, lambda _: InMemoryVectorIndex())
    put(library, "a", "Oolong is rolled by hand.")
    library.embed_pending()
    library.discard_vectors()
    library.embed_pending()
    assert embedder.calls == 1
    library.close()


def test_two_models_are_never_mixed(tmp_path: Path) -> None:
    class Other(HashEmbedder):
        name = "hash-other"

    first = Library(tmp_path, HashEmbedder(), ChromaIndex)
    put(first, "a", "Oolong is rolled by hand.")
    first.embed_pending()
    first.close()
    second = Library(tmp_path, Other(), ChromaIndex)
    with pytest.raises(ModelMismatchError, match="exam-tutor embed --all"):
        second.search("oolong")
    put(second, "b", "Green tea is steamed.")
    with pytest.raises(ModelMismatchError):
        second.embed_pending()
    second.discard_vectors()
    assert second.embed_pending() == 2
    assert second.state().embedder == "hash-other"
    assert second.search("oolong")[0].chunk.source == "a"
    second.close()


def test_a_stopped_run_is_taken_up(library: Library) -> None:
    put(library, "a", *(f"Tea number {n}." for n in range(300)))
    stop = threading.Event()
    library.embed_pending(on_progress=lambda _: stop.set(), stop=stop)
    assert 0 < library.state().embedded < 300
    library.embed_pending()
    assert library.state().pending == 0


def test_a_search_whose_words_are_operators_or_nothing_is_no_error(library: Library) -> None:
    put(library, "a", "Oolong is rolled by hand.")
    for question in ("", "NEAR AND OR NOT", '"', "* - ( )", "the of", "oolong" * 5000, "茶是什么", "a OR *:*"):
        library.search(question)


def test_another_process_that_writes_is_named(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    other = ProcessLock(library.folder / "library.lock")
    assert other.acquire(Holder("'exam-tutor ingest'", 4711)) is None
    monkeypatch.setattr(library_module, "LOCK_SECONDS", 0.01)
    with pytest.raises(LibraryBusyError, match=r"'exam-tutor ingest' \(pid 4711\) has been writing"):
        put(library, "a", "Oolong.")
    other.release()


def test_threads_may_read_while_one_writes(library: Library) -> None:
    problems = []

    def read() -> None:
        try:
            for _ in range(50):
                for hit in library.search("tea"):
                    assert "tea" in hit.chunk.text
        except Exception as error:
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(20):
        put(library, "a", f"tea {n}", f"more tea {n}")
    for reader in readers:
        reader.join()
    assert problems == []


def test_a_library_of_another_form_or_no_library_at_all_is_said_so(tmp_path: Path) -> None:
    library = Library(tmp_path / "old", HashEmbedder(), lambda _: InMemoryVectorIndex())
    library.manifest.set_meta("schema", "0")
    library.close()
    with pytest.raises(LibraryError, match="written in form 0"):
        Library(tmp_path / "old", HashEmbedder(), lambda _: InMemoryVectorIndex())
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "library.db").write_bytes(b"this is no database, it is text" * 100)
    with pytest.raises(LibraryError):
        Library(tmp_path / "broken", HashEmbedder(), lambda _: InMemoryVectorIndex())


def test_a_failed_replacement_changes_nothing(library: Library) -> None:
    before = put(library, "a", "Oolong is rolled by hand.")
    whole, chunks = document("a", "New text.", "New text too.")
    twice = [chunks[0], chunks[0]]  # the same id twice breaks the manifest's rule
    with pytest.raises(LibraryError) as caught:
        library.replace(whole, twice, recipe="test", now=NOW)
    assert isinstance(caught.value.__cause__, sqlite3.IntegrityError)
    assert library.chunks_of("a") == before


def test_how_many_passages_hold_a_word(library: Library) -> None:
    put(library, "a", "Oolong is rolled.", "Rolling takes time.")
    assert library.passages_with(["roll", "oolong", "coffe"]) == {"roll": 2, "oolong": 1, "coffe": 0}


def test_vectors_in_and_out_are_the_same(tmp_path: Path) -> None:
    library = Library(tmp_path, HashEmbedder(), ChromaIndex)
    chunks = put(library, "a", "Oolong is rolled by hand.")
    library.embed_pending()
    expected = HashEmbedder().embed([chunks[0].embedding_text])[0]
    assert library.vectors.index().search(expected, 1)[0][1] == pytest.approx(1.0, abs=1e-5)
    assert np.allclose(library.vectors._vectors_for([chunks[0].embedding_text])[0], expected)
    library.close()


def test_in_a_large_library_rare_words_decide_what_is_scored(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical_index, "SCORED_PASSAGES", 3)
    put(library, "a", *(f"tea number {n}" for n in range(9)), "tea from Yunnan")
    # "tea" stands in all 10 passages, over 30 %, and is left out; "yunnan" decides alone.
    assert [hit.chunk.text for hit in library.search("tea from Yunnan")] == ["tea from Yunnan"]
    # Where nothing rarer is asked for, the common word has to do.
    assert len(library.search("tea")) == 10
    # "number" (9 of 10 passages) goes as well; "7" decides and "8" adds: 2 passages are within the bound.
    assert {hit.chunk.text for hit in library.search("tea number 7 8")} == {"tea number 7", "tea number 8"}


def test_words_still_answer_when_the_vector_index_fails(tmp_path: Path) -> None:
    class Broken(InMemoryVectorIndex):
        def search(self, vector, k):  # type: ignore[no-untyped-def]
            raise LibraryError("The vector index failed.")

    library = Library(tmp_path, HashEmbedder(), lambda _: Broken())
    put(library, "a", "Oolong is rolled by hand.")
    library.embed_pending()
    assert [hit.lexical_rank for hit in library.search("oolong")] == [1]
    library.close()
