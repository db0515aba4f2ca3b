"""One process owns the vector index; the others search the cached vectors and leave the index alone.

Two libraries over one folder are to each other as two processes are: the lock is of the open file.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.chroma_index import ChromaIndex
from corpus.doctor import examine, repair
from corpus.embedder import HashEmbedder
from corpus.errors import LibraryBusyError, LibraryError, ModelMismatchError
from corpus.library import Library
from corpus.vector_index import InMemoryVectorIndex, VectorIndex
from tests.corpus.test_library import put


def untouchable(folder: Path) -> VectorIndex:
    raise AssertionError(f"the index in {folder} belongs to another process")


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Library]:
    """A page over three embedded passages."""
    library = Library(tmp_path, HashEmbedder(), lambda _: InMemoryVectorIndex())
    library.announce("The page", keeps_up=True)
    put(library, "a", "Oolong is rolled by hand.", "Green tea is steamed.")
    put(library, "b", "Black tea is oxidised.")
    library.embed_pending()
    yield library
    library.close()


@pytest.fixture
def other(owner: Library) -> Iterator[Library]:
    library = Library(owner.folder, HashEmbedder(), untouchable)
    yield library
    library.close()


def test_another_process_searches_by_meaning_and_finds_the_same(owner: Library, other: Library) -> None:
    assert owner.vectors.is_owner
    hits = other.search("oolong rolled")
    assert hits == owner.search("oolong rolled")
    assert hits[0].vector_rank == 1


def test_exact_search_ranks_as_an_index_in_memory_does(owner: Library, other: Library) -> None:
    words = "tea kettle steam water leaf hill cup pour heat dry".split()
    put(owner, "many", *(" ".join(three) for three in itertools.combinations(words, 3)))  # 120 passages
    owner.embed_pending()
    for question in words:
        cosines = dict(owner.vectors.search(question, 303))
        found = other.vectors.search(question, 303)
        assert {key: pytest.approx(cosine, abs=1e-6) for key, cosine in found} == cosines
        assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
        assert other.vectors.search(question, 5) == found[:5]


def test_what_the_owner_adds_and_drops_is_seen_at_the_next_search(owner: Library, other: Library) -> None:
    other.search("tea")
    (white,) = put(owner, "c", "White tea is withered.")
    owner.embed_pending()
    owner.remove("a")
    found = dict(other.vectors.search("white withered tea", 10))
    assert found.keys() == {white.id, owner.chunks_of("b")[0].id}
    # The text is embedded behind its title and heading, so the cosine with those words alone is below 1.
    assert found[white.id] == max(found.values())


def test_who_is_not_the_owner_leaves_writing_to_the_page(owner: Library, other: Library) -> None:
    put(other, "c", "White tea is withered.")
    with pytest.raises(LibraryBusyError, match=r"The page \(pid \d+\) has the vector index\. Close the page"):
        other.embed_pending()
    with pytest.raises(LibraryBusyError, match="Close the page"):
        other.discard_vectors()
    assert (other.state().embedded, other.state().pending) == (3, 1)
    assert owner.vectors.due()
    assert owner.embed_pending() == 1
    assert examine(owner) == []


def test_a_source_forgotten_by_another_process_leaves_the_owner_s_index_too(owner: Library, other: Library) -> None:
    chunks = owner.chunks_of("a")
    removed = other.remove("a")
    assert removed is not None
    assert (removed.passages, removed.vectors, removed.cached) == (2, 2, 2)
    assert other.vectors.cache.missing("hash-64", [chunk.embedding_text for chunk in chunks]) == [0, 1]
    assert owner.vectors.due()
    assert owner.embed_pending() == 0
    assert owner.vectors.index().ids() == {chunk.id for chunk in owner.chunks_of("b")}
    assert not owner.vectors.due()


def test_the_index_goes_on_to_the_next_when_its_owner_closes(owner: Library) -> None:
    second = Library(owner.folder, HashEmbedder(), lambda _: InMemoryVectorIndex())
    assert second.vectors.own() is not None
    owner.close()
    assert second.vectors.own() is None
    second.close()


def test_the_doctor_leaves_the_index_of_another_process_alone(owner: Library, other: Library) -> None:
    owner.vectors.index().remove([owner.chunks_of("b")[0].id])
    assert repair(other) == []
    assert [complaint.part for complaint in examine(owner)] == ["vector index"]


def test_a_vector_that_the_cache_has_lost_is_made_again(owner: Library) -> None:
    text = owner.chunks_of("b")[0].embedding_text
    owner.vectors.cache.forget("hash-64", [text])
    assert [(c.part, c.problem) for c in repair(owner)] == [
        ("vector cache", "1 passages are recorded as embedded and their vectors are not in it")
    ]
    assert owner.embed_pending() == 1
    assert examine(owner) == []


def test_a_text_that_two_sources_share_stays_in_the_cache_until_both_are_gone(owner: Library) -> None:
    # `put` names the title after the source; the same title and text is what a copied file has.
    (copied,) = put(owner, "c", "Black tea is oxidised.")
    with owner.manifest.transaction() as connection:
        connection.execute("UPDATE sources SET title = 'Title of b' WHERE id = 'c'")
        connection.execute(
            "UPDATE chunks SET context = (SELECT context FROM chunks WHERE source = 'b') WHERE id = ?", (copied.id,)
        )
    assert owner.remove("b").cached == 0  # type: ignore[union-attr]
    assert owner.remove("c").cached == 1  # type: ignore[union-attr]


def test_a_passage_taken_out_while_its_vector_is_made_leaves_no_trace(owner: Library, other: Library) -> None:
    (white,) = put(owner, "c", "White tea is withered.")

    class Slow(HashEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            other.remove("c")
            return super().embed(texts)

    owner.vectors._embedder = Slow()
    assert owner.embed_pending() == 0
    assert owner.vectors.cache.missing("hash-64", [white.embedding_text]) == [0]
    assert examine(owner) == []


def test_another_model_is_noticed_where_nothing_is_pending(owner: Library) -> None:
    class Other(HashEmbedder):
        name = "hash-other"

    library = Library(owner.folder, Other(), untouchable)
    with pytest.raises(ModelMismatchError, match="exam-tutor embed --all"):
        library.embed_pending()
    with pytest.raises(ModelMismatchError):
        library.warm()
    library.close()


def test_a_broken_chroma_is_made_anew(tmp_path: Path) -> None:
    library = Library(tmp_path, HashEmbedder(), ChromaIndex)
    put(library, "a", "Oolong is rolled by hand.")
    library.embed_pending()
    library.close()
    for file in (tmp_path / "vectors").rglob("*.sqlite3"):
        file.write_bytes(b"no database" * 1000)
    library = Library(tmp_path, HashEmbedder(), ChromaIndex)
    assert library.search("oolong rolled")[0].vector_rank == 1  # the cache has it
    library.discard_vectors()  # as 'embed --all' does
    assert library.embed_pending() == 1
    assert examine(library) == []
    library.close()


def test_a_broken_chroma_is_told_each_time_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    for _ in range(2):
        with pytest.raises(LibraryError, match="exam-tutor embed --all"):
            ChromaIndex(tmp_path)


def test_vectors_are_made_anew_in_the_same_folder(tmp_path: Path) -> None:
    library = Library(tmp_path, HashEmbedder(), ChromaIndex)
    chunks = put(library, "a", "Oolong is rolled by hand.")
    library.embed_pending()
    library.discard_vectors()
    assert library.search("oolong")[0].vector_rank is None
    assert library.embed_pending() == 1
    assert library.vectors.index().ids() == {chunks[0].id}
    library.close()


def test_a_damaged_manifest_is_named_with_what_to_do_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    file.write_bytes(b"this is no database, it is text" * 1000)
    with pytest.raises(LibraryError) as caught:
        Library(tmp_path, HashEmbedder(), untouchable)
    assert str(file) in caught.value.message
    assert "Move it away with library.db-wal" in caught.value.hint
    assert "exam-tutor ingest" in caught.value.hint
    assert file.read_bytes().startswith(b"this is no database")


def test_after_the_manifest_is_moved_away_the_old_vectors_are_no_hindrance(tmp_path: Path) -> None:
    library = Library(tmp_path, HashEmbedder(), ChromaIndex)
    put(library, "a", "Oolong is rolled by hand.")
    library.embed_pending()
    library.close()
    for file in tmp_path.glob("library.db*"):
        file.unlink()
    library = Library(tmp_path, HashEmbedder(), ChromaIndex)
    put(library, "b", "Green tea is steamed.")
    library.embed_pending()
    assert examine(library) == []
    library.close()
