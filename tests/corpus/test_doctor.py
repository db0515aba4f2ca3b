"""The doctor finds each kind of harm, and mends it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.chroma_index import ChromaIndex
from corpus.doctor import examine, repair
from corpus.embedder import HashEmbedder
from corpus.library import Library
from tests.corpus.test_library import put


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path, HashEmbedder(), ChromaIndex)
    put(library, "a", "Oolong is rolled by hand.", "Green tea is steamed.")
    put(library, "b", "Black tea is oxidised.")
    library.embed_pending()
    yield library
    library.close()


def problems(library: Library) -> list[str]:
    return [f"{complaint.part}: {complaint.problem}" for complaint in examine(library)]


def test_a_sound_library_has_no_complaint(sound: Library) -> None:
    assert examine(sound) == []


def test_vectors_that_are_gone_are_made_again(sound: Library) -> None:
    lost = sound.chunks_of("b")[0].id
    sound.vectors.index().remove([lost])
    assert problems(sound) == ["vector index: 1 passages are recorded as embedded and are not in it"]
    repair(sound)
    assert sound.state().pending == 1
    sound.embed_pending()
    assert examine(sound) == []


def test_vectors_of_nothing_are_removed(sound: Library) -> None:
    sound.vectors.index().add(["stray"], np.ones((1, 64), dtype=np.float32))
    assert problems(sound) == ["vector index: 1 vectors in it belong to no passage"]
    repair(sound)
    assert examine(sound) == []


def test_a_lexical_index_out_of_step_is_rebuilt(sound: Library) -> None:
    connection = sound.manifest.connection
    row = connection.execute("SELECT rowid, context, text FROM chunks WHERE source = 'b'").fetchone()
    connection.execute("INSERT INTO lexical(lexical, rowid, context, text) VALUES ('delete', ?, ?, ?)", row)
    assert sound.search("oxidised")[0].lexical_rank is None
    assert problems(sound)[0].startswith("lexical index: it does not match")
    repair(sound)
    assert sound.search("oxidised")[0].lexical_rank == 1
    assert examine(sound) == []


def test_a_source_with_missing_passages_is_taken_out(sound: Library) -> None:
    sound.manifest.connection.execute("DELETE FROM chunks WHERE text LIKE 'Green%'")
    assert "the passages of a are not as many as recorded" in problems(sound)[0]
    repair(sound)
    assert [source.id for source in sound.sources()] == ["b"]
    sound.embed_pending()
    repair(sound)
    assert examine(sound) == []
