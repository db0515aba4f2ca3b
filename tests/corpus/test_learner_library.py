"""A learner's view of the library: the shared sources and their own, nothing of anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.learner_library import LearnerLibrary, Owners
from corpus.library import Library
from tests.corpus.test_library import put


@pytest.fixture
def owners(tmp_path: Path) -> Owners:
    return Owners(tmp_path)


def test_who_owns_a_source_follows_from_its_place(owners: Owners) -> None:
    assert owners.owner(str(owners.folder("ada") / "a.md")) == "ada"
    assert owners.owner(str(owners.sources / "journal" / "bob.md")) == "bob"
    assert owners.owner(str(owners.sources / "page.html")) is None
    assert owners.owner("https://example.org/a.pdf") is None
    assert owners.owner("pack:p/cards/a") is None


def test_a_view_finds_shared_and_own_passages_only(library: Library, owners: Owners) -> None:
    mine, theirs = str(owners.folder("ada") / "a.md"), str(owners.folder("bob") / "b.md")
    put(library, "shared", "Oolong is rolled by hand.")
    (own,) = put(library, mine, "Oolong is rolled in the morning.")
    (hidden,) = put(library, theirs, "Oolong is rolled in secret.")
    library.embed_pending()
    view = LearnerLibrary(library, lambda source: owners.owner(source) not in {None, "ada"})
    assert {hit.chunk.source for hit in view.search("How is oolong rolled?")} == {"shared", mine}
    assert {record.id for record in view.sources()} == {"shared", mine}
    assert view.chunk(own.id) == own
    assert view.chunk(hidden.id) is None
    assert view.chunks_of(theirs) == []
    assert view.source(theirs) is None
    assert library.source(theirs) is not None
