"""Which backend runs the embedding model, by the settings and by what is installed."""

from __future__ import annotations

import pytest

from corpus.errors import SettingsError
from corpus.openvino_embedder import OpenVinoEmbedder
from corpus.sentence_embedder import DEFAULT_MODEL, SentenceEmbedder
from corpus.settings import Settings
from tutor import assemble
from tutor.assemble import choose_embedder


@pytest.mark.parametrize(
    ("backend", "installed", "kind", "name"),
    [
        ("auto", True, OpenVinoEmbedder, DEFAULT_MODEL),
        ("auto", False, SentenceEmbedder, DEFAULT_MODEL),
        ("torch", True, SentenceEmbedder, DEFAULT_MODEL),
        ("openvino", False, OpenVinoEmbedder, DEFAULT_MODEL),  # loading it says what to install
        ("openvino-int8", True, OpenVinoEmbedder, f"{DEFAULT_MODEL} int8"),
    ],
)
def test_the_backend_is_chosen(
    monkeypatch: pytest.MonkeyPatch, backend: str, installed: bool, kind: type, name: str
) -> None:
    monkeypatch.setattr(assemble, "is_installed", lambda: installed)
    embedder = choose_embedder(Settings.model_validate({"embedding_backend": backend}))
    assert isinstance(embedder, kind)
    assert embedder.name == name
    assert not embedder.is_loaded


def test_a_model_of_the_user_s_own_needs_torch() -> None:
    other = {"embedding_model": "somebody/other"}
    assert isinstance(choose_embedder(Settings.model_validate(other)), SentenceEmbedder)
    with pytest.raises(SettingsError, match="runs the bundled model, not 'somebody/other'"):
        choose_embedder(Settings.model_validate({**other, "embedding_backend": "openvino"}))
