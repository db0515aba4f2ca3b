"""One suite over every vector index: in memory and Chroma."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import pytest
from chromadb.utils.embedding_functions import register_embedding_function

from corpus.chroma_index import COLLECTION, ChromaIndex
from corpus.errors import LibraryError
from corpus.vector_index import InMemoryVectorIndex, VectorIndex

EAST = np.array([1, 0, 0], dtype=np.float32)
NORTH = np.array([0, 1, 0], dtype=np.float32)
NORTH_EAST = np.array([1, 1, 0], dtype=np.float32) / np.float32(np.sqrt(2))


@pytest.fixture(params=["memory", "chroma"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    opened: VectorIndex = InMemoryVectorIndex() if request.param == "memory" else ChromaIndex(tmp_path / "vectors")
    yield opened
    opened.close()


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    index.add(["north", "between", "east"], np.stack([NORTH, NORTH_EAST, EAST]))
    found = index.search(EAST, 2)
    assert [name for name, _ in found] == ["east", "between"]
    # cos 0° = 1, cos 45° = √½ ≈ 0.7071
    assert [cosine for _, cosine in found] == pytest.approx([1.0, 0.7071], abs=1e-4)


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert index.search(EAST, 5) == []
    assert index.ids() == set()


def test_writing_an_id_again_replaces_its_vector(index: VectorIndex) -> None:
    index.add(["a"], EAST[None, :])
    index.add(["a"], NORTH[None, :])
    assert index.ids() == {"a"}
    assert index.search(NORTH, 1)[0][1] == pytest.approx(1.0, abs=1e-5)


def test_removing_forgets_and_an_unknown_id_is_no_error(index: VectorIndex) -> None:
    index.add(["a", "b"], np.stack([EAST, NORTH]))
    index.remove(["a", "never there"])
    assert index.ids() == {"b"}


def test_chroma_keeps_its_vectors_when_opened_again(tmp_path: Path) -> None:
    first = ChromaIndex(tmp_path)
    first.add(["a"], EAST[None, :])
    first.close()
    again = ChromaIndex(tmp_path)
    assert again.ids() == {"a"}
    again.close()


def test_chroma_errors_are_translated(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path)
    index.add(["a"], EAST[None, :])
    with pytest.raises(LibraryError, match="exam-tutor embed --all"):
        index.add(["b"], np.ones((1, 5), dtype=np.float32))
    index.close()


def test_a_collection_that_names_a_function_is_refused_before_it_is_built(tmp_path: Path) -> None:
    """Chroma rebuilds, on upsert, the function that a collection names, whoever wrote it there."""
    built = []

    @register_embedding_function
    class Trap(chromadb.EmbeddingFunction[Any]):
        def __init__(self) -> None:
            pass

        def __call__(self, input: Any) -> Any:
            return [np.ones(3, dtype=np.float32) for _ in input]

        @staticmethod
        def name() -> str:
            return "trap"

        def get_config(self) -> dict[str, Any]:
            return {}

        @staticmethod
        def build_from_config(config: dict[str, Any]) -> Trap:
            built.append(config)
            return Trap()

    settings = chromadb.Settings(anonymized_telemetry=False, is_persistent=True)
    client = chromadb.PersistentClient(path=str(tmp_path), settings=settings)
    client.create_collection(COLLECTION, embedding_function=Trap())
    client.close()
    built.clear()
    with pytest.raises(LibraryError, match="names an embedding function to be run"):
        ChromaIndex(tmp_path)
    assert built == []


def test_what_the_project_writes_names_no_function(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path)
    assert index._collection.configuration_json.get("embedding_function") in (None, {"type": "legacy"})
    index.close()
