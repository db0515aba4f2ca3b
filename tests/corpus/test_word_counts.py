"""Counts of words are remembered, and are never those of a library that is no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.documents import Block, Document, Section
from corpus.embedder import HashEmbedder
from corpus.library import Library
from corpus.manifest import Manifest
from corpus.vector_index import InMemoryVectorIndex
from corpus.word_counts import WordCounts
from ingest.pipeline import ingest_document
from tests.conftest import NOW


def put(library: Library, name: str, *paragraphs: str) -> None:
    sections = tuple(Section((Block(text),), heading=(f"Part {n}",)) for n, text in enumerate(paragraphs))
    ingest_document(Document(name, "Notes", sections, name, "file"), library, now=NOW)


def test_what_is_remembered_is_not_asked_for_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "a", "A kettle boils.", "Kettles whistle.", "A teapot waits.")
    counts = WordCounts(library.manifest)
    expected = {"kettl": 2, "teapot": 1, "samovar": 0}
    assert (counts.passages(), counts.passages_with(list(expected))) == (3, expected)
    assert counts.similar_stems(["tepot", "tea", "3teapot"]) == {"tepot": "teapot"}  # too short; no word

    def unasked(*_: object) -> None:
        raise AssertionError("the library was asked again")

    monkeypatch.setattr(Manifest, "connection", property(unasked))
    monkeypatch.setattr(Manifest, "state", unasked)
    assert (counts.passages(), counts.passages_with(list(expected))) == (3, expected)
    assert counts.similar_stems(["tepot"]) == {"tepot": "teapot"}


def test_what_this_process_writes_is_seen(library: Library) -> None:
    put(library, "a", "A kettle boils.")
    assert (library.passages(), library.passages_with(["kettl"])) == (1, {"kettl": 1})
    put(library, "b", "Another kettle.", "A samovar.")
    assert (library.passages(), library.passages_with(["kettl"])) == (3, {"kettl": 2})
    assert library.similar_stems(["samuvar"]) == {"samuvar": "samovar"}
    library.remove("b")
    assert (library.passages(), library.passages_with(["kettl"])) == (1, {"kettl": 1})
    assert library.similar_stems(["samuvar"]) == {}


def test_what_another_process_writes_is_seen(tmp_path: Path) -> None:
    here, there = (Library(tmp_path, HashEmbedder(), lambda _: InMemoryVectorIndex()) for _ in range(2))
    assert (here.passages(), here.passages_with(["kettl"])) == (0, {"kettl": 0})
    put(there, "a", "A kettle boils.")
    assert (here.passages(), here.passages_with(["kettl"])) == (1, {"kettl": 1})
    here.close()
    there.close()
