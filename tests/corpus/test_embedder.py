"""One suite over every embedder: the hash embedder and the real model."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus import sentence_embedder
from corpus.embedder import Embedder, HashEmbedder
from corpus.errors import EmbedderError
from corpus.sentence_embedder import SentenceEmbedder


@pytest.fixture(scope="module", params=["hash", "sentence"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return HashEmbedder() if request.param == "hash" else SentenceEmbedder()


def test_vectors_have_length_one_and_the_promised_shape(embedder: Embedder) -> None:
    vectors = embedder.embed(["the first text", "", "another, longer text than the first"])
    assert vectors.shape == (3, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert embedder.embed([]).shape == (0, embedder.dimension)
    assert embedder.is_loaded


def test_a_text_has_the_same_vector_alone_and_in_company(embedder: Embedder) -> None:
    alone = embedder.embed(["recall and precision"])[0]
    together = embedder.embed(["something much longer " * 10, "recall and precision"])[1]
    assert float(alone @ together) == pytest.approx(1.0, abs=1e-5)


def test_token_spans_are_places_in_the_text_and_are_never_cut_off(embedder: Embedder) -> None:
    text = "Amazon Athena queries S3. " * 200
    spans = embedder.token_spans([text])[0]
    assert len(spans) > embedder.max_tokens
    assert spans[-1][1] == len(text.rstrip())
    assert text[slice(*spans[1])] == "Athena" or text[slice(*spans[1])].startswith("At")


def test_the_model_knows_what_is_near() -> None:
    model = SentenceEmbedder()
    question, near, far = model.embed(
        ["How do I get text out of a scan?", "OCR reads printed pages.", "Bake the bread."]
    )
    assert question @ near > question @ far


def test_nothing_is_loaded_before_it_is_needed() -> None:
    model = SentenceEmbedder()
    assert (model.dimension, model.max_tokens) == (384, 254)  # 256 less the two special tokens
    assert model.token_spans(["a word"]) == [[(0, 1), (2, 6)]]
    assert not model.is_loaded


def test_weights_with_another_hash_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = SentenceEmbedder()
    folder = tmp_path / "model"
    source = model._folder
    assert source is not None
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.setattr(model, "_folder", folder)
    with pytest.raises(EmbedderError, match=hashlib.sha256(b"not the weights").hexdigest()):
        model.embed(["x"])


def test_a_folder_without_a_model_and_an_unreachable_name_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match=r"no modules\.json in it"):
        SentenceEmbedder(str(tmp_path))


def test_a_model_in_a_folder_is_named_by_its_folder(tmp_path: Path) -> None:
    bundled = SentenceEmbedder()._folder
    assert bundled is not None
    (tmp_path / "mine").symlink_to(bundled)
    mine = SentenceEmbedder(str(tmp_path / "mine"))
    assert mine.name != sentence_embedder.DEFAULT_MODEL
    assert mine.embed(["x"]).shape == (1, 384)
