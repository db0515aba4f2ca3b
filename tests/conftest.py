"""What tests share: a fixed clock, a small pack, and a library without a model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from corpus.embedder import HashEmbedder
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.vector_index import InMemoryVectorIndex

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
SMALL_PACK = Path(__file__).parent / "data" / "small_pack"

# Hypothesis fails an example that takes 200 ms; on a busy machine any does, and no test depends on time.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a home folder of its own and no settings from outside."""
    for name in list(os.environ):
        if name.startswith("EXAM_TUTOR_"):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("EXAM_TUTOR_HOME", str(folder))
    return folder


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An empty library with the hash embedder and vectors in memory."""
    opened = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    yield opened
    opened.close()


@pytest.fixture
def small_pack() -> ExamPack:
    """Two domains, three cards that compete, one question, one note."""
    return load_pack(SMALL_PACK)
