"""A learner's view of the library: the shared sources and their own, nothing of anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.learner_library import Owners
from corpus.library import CANDIDATES, Library
from tests.corpus.test_library import put


@pytest.fixture
def owners(tmp_path: Path) -> Owners:
    return Owners(tmp_path)


def test_who_owns_a_source_follows_from_its_place(owners: Owners) -> None:
    for learner in ("ada", "Ada Lovelace"):  # a name that is none for a file has another one there
        for source in (str(owners.folder(learner) / "a.md"), str(owners.journal(learner) / "tea.md")):
            assert owners.owns(learner, source)
            assert not owners.owns("bob", source)
            assert not owners.is_shared(source)
    assert owners.owns("ada", str(owners.sources / "journal" / "ada.md"))  # of before each exam had one
    for source in (str(owners.sources / "page.html"), "https://example.org/a.pdf", "pack:p/cards/a"):
        assert owners.is_shared(source)
        assert not owners.owns("ada", source)


def test_learners_names_make_files_of_their_own(owners: Owners) -> None:
    names = ["ada", "Ada", "ada/../eve", "../../etc/passwd", "", "艾达", "a" * 500]
    files = [owners.journal(name) for name in names]
    assert len(set(files)) == len(files)
    assert all(file.parent == owners.sources / "journal" and len(file.name) < 60 for file in files)
    assert files[0].name == "ada"


def test_a_view_finds_shared_and_own_passages_only(library: Library, owners: Owners) -> None:
    mine, theirs = str(owners.folder("ada") / "a.md"), str(owners.folder("bob") / "b.md")
    put(library, "shared", "Oolong is rolled by hand.")
    (own,) = put(library, mine, "Oolong is rolled in the morning.")
    (hidden,) = put(library, theirs, "Oolong is rolled in secret.")
    library.embed_pending()
    view = owners.view(library, "ada")
    assert {hit.chunk.source for hit in view.search("How is oolong rolled?")} == {"shared", mine}
    assert {record.id for record in view.sources()} == {"shared", mine}
    assert view.chunk(own.id) == own
    assert view.chunk(hidden.id) is None
    assert view.chunks_of(theirs) == []
    assert view.source(theirs) is None
    assert library.source(theirs) is not None


def test_what_others_have_moves_nothing(library: Library, owners: Owners) -> None:
    """Bob's notes speak of oolong more than any other, and are more than the candidates of a search: before he has
    them and after, Ada finds the same passages at the same ranks.
    """
    put(library, "shared", "Oolong is rolled by hand.", "A kettle is not rolled.")
    put(library, str(owners.folder("ada") / "a.md"), "Oolong is rolled in the morning.")
    library.embed_pending()
    view = owners.view(library, "ada")

    def found() -> list[tuple[str, int | None, int | None]]:
        hits = view.search("How is oolong rolled?")
        return [(hit.chunk.id, hit.lexical_rank, hit.vector_rank) for hit in hits]

    alone = found()
    theirs = (f"Oolong rolled: oolong rolled {number}." for number in range(2 * CANDIDATES))
    put(library, str(owners.folder("bob") / "b.md"), *theirs)
    library.embed_pending()
    assert found() == alone
    assert len(library.search("How is oolong rolled?", k=CANDIDATES)) == CANDIDATES


def test_what_is_a_learner_s_own_is_forgotten_and_nothing_else(library: Library, owners: Owners) -> None:
    for learner in ("ada", "bob"):
        for file in (owners.folder(learner) / "a.md", owners.journal(learner) / "tea.md"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("Oolong")
            put(library, str(file), f"Oolong of {learner}.")
    put(library, "shared", "Oolong is rolled by hand.")
    assert owners.forget(library, "ada") == 2
    assert {record.id for record in library.sources()} == {
        "shared",
        str(owners.folder("bob") / "a.md"),
        str(owners.journal("bob") / "tea.md"),
    }
    assert not owners.folder("ada").exists()
    assert not owners.journal("ada").exists()
    assert owners.journal("bob").exists()
