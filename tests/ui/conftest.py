"""What tests of the command line share."""

from __future__ import annotations

import pytest

from corpus.embedder import HashEmbedder
from tests.conftest import SMALL_PACK
from tutor import assemble


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors come from the embedder that needs no model."""
    monkeypatch.setattr(assemble, "choose_embedder", lambda _: HashEmbedder())


@pytest.fixture
def tea(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exam is the small pack's."""
    monkeypatch.setenv("EXAM_TUTOR_PACK", str(SMALL_PACK))
