"""The vector index on disk: an embedded Chroma. The one import of chromadb.

Chroma can make vectors itself, and rebuilds the function for it from what a collection has stored
(CVE-2026-45829): even where no function is asked for, `upsert` of 1.5.9 builds it. Here a collection is made
and opened with no such function, vectors are always handed in, and a collection that names a function all
the same is refused before anything is done with it.

Chroma takes a second to import, so it is imported when an index is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus.embedder import Vectors
from corpus.errors import LibraryError

if TYPE_CHECKING:
    import chromadb

COLLECTION = "passages"
Result = TypeVar("Result")


class ChromaIndex:
    """A `VectorIndex` in a folder. `folder` is made when it is not there."""

    def __init__(self, folder: Path) -> None:
        import chromadb  # noqa: PLC0415
        from chromadb.config import Settings  # noqa: PLC0415
        from chromadb.errors import ChromaError  # noqa: PLC0415

        self._folder = folder
        # AttributeError: Chroma keeps what it failed to open, and stumbles over it when the folder is opened again.
        self._errors = (ChromaError, ValueError, RuntimeError, OSError, AttributeError)
        settings = Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
        self._client = self._call(lambda: chromadb.PersistentClient(path=str(folder), settings=settings))
        self._batch = self._client.get_max_batch_size()
        try:
            self._collection = self._call(self._open)
        except LibraryError:
            self.close()
            raise

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors of length 1, shape (len(ids), dimension)."""
        for start in range(0, len(ids), self._batch):
            part = slice(start, start + self._batch)
            self._call(partial(self._collection.upsert, ids=list(ids[part]), embeddings=vectors[part]))

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these ids."""
        for start in range(0, len(ids), self._batch):
            self._call(partial(self._collection.delete, ids=list(ids[start : start + self._batch])))

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine, nearest first."""
        found = self._call(
            lambda: self._collection.query(query_embeddings=vector[None, :], n_results=k, include=["distances"])
        )
        distances = found["distances"] or [[]]
        return [(name, 1.0 - float(far)) for name, far in zip(found["ids"][0], distances[0], strict=True)]

    def ids(self) -> set[str]:
        """All ids in the index."""
        return set(self._call(lambda: self._collection.get(include=[]))["ids"])

    def close(self) -> None:
        """Let go of the folder, so that it can be moved or opened anew."""
        self._client.close()  # type: ignore[attr-defined]  # declared on a class above the one annotated

    def _open(self) -> chromadb.Collection:
        collection = self._client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 64, "max_neighbors": 16}},
        )
        stored = (collection.configuration_json, collection._model.serialized_schema)
        if any(_names_a_function(part) for part in stored):
            raise LibraryError(
                f"The vector index in {self._folder} names an embedding function to be run, which Exam Tutor never "
                "writes: somebody else has written to it.",
                "Delete that folder and run 'exam-tutor embed --all'; nothing but vectors is in it.",
            )
        return collection

    def _call(self, action: Callable[[], Result]) -> Result:
        try:
            return action()
        except self._errors as error:
            raise LibraryError(
                f"The vector index in {self._folder} failed: {error}",
                "Run 'exam-tutor embed --all' to make it anew; nothing but vectors is in it.",
            ) from error


def _names_a_function(stored: object) -> bool:
    """Whether a stored configuration holds, at any depth, a function that Chroma knows how to build."""
    if isinstance(stored, dict):
        function = stored.get("embedding_function")
        if isinstance(function, dict) and function.get("type") == "known":
            return True
        return any(_names_a_function(part) for part in stored.values())
    return False
