"""One suite over every embedder: the hash embedder, and the real model under each backend."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus import openvino_embedder, sentence_embedder
from corpus.embedder import Embedder, HashEmbedder
from corpus.errors import EmbedderError
from corpus.openvino_embedder import OpenVinoEmbedder
from corpus.sentence_embedder import SentenceEmbedder

EMBEDDERS: dict[str, Callable[[], Embedder]] = {
    "hash": HashEmbedder,
    "sentence": SentenceEmbedder,
    "openvino": OpenVinoEmbedder,
    "openvino-int8": lambda: OpenVinoEmbedder(int8=True),
}
needs_openvino = pytest.mark.skipif(not openvino_embedder.is_installed(), reason="the extra openvino is not installed")
OPENVINO = [name for name in EMBEDDERS if name.startswith("openvino")]


@pytest.fixture(scope="module", params=[pytest.param(n, marks=[needs_openvino] * (n in OPENVINO)) for n in EMBEDDERS])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return EMBEDDERS[request.param]()


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


def test_what_is_past_the_last_token_makes_no_difference(embedder: Embedder) -> None:
    if isinstance(embedder, HashEmbedder):
        pytest.skip("it reads everything")
    first, second = embedder.embed(["word " * embedder.max_tokens + end for end in ("athena", "kinesis streams")])
    assert np.array_equal(first, second)


@needs_openvino
def test_openvino_has_the_vectors_of_the_original_and_so_its_name() -> None:
    texts = ["recall", "Which metric counts the positives that were missed?", "a, b | c\n" * 40, "", "x " * 400]
    original, same, int8 = SentenceEmbedder(), OpenVinoEmbedder(), OpenVinoEmbedder(int8=True)
    assert same.name == original.name != int8.name
    assert np.allclose(same.embed(texts), original.embed(texts), atol=2e-6)
    texts.remove("")  # nobody looks for it
    cosines = (int8.embed(texts) * original.embed(texts)).sum(axis=1)
    assert cosines.min() > 0.97
    assert cosines.max() < 0.9999  # it does compute in another way


def test_threads_that_embed_at_once_get_each_their_own(embedder: Embedder) -> None:
    texts = [f"text number {n} " * (n % 7 + 1) for n in range(24)]
    alone = [embedder.embed([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(embedder.embed, [texts] * 4))
    assert all(np.allclose(vectors, alone, atol=1e-5) for vectors in together)


def test_the_vectors_are_those_of_sentence_transformers_itself() -> None:
    texts = ["recall", "Which metric counts the positives that were missed?", "", "x " * 400]
    model = SentenceEmbedder()
    ours = model.embed(texts)
    assert np.allclose(ours, model._load().encode(texts, normalize_embeddings=True), atol=2e-6)


@needs_openvino
def test_openvino_tells_nobody_that_it_is_used() -> None:
    """Its telemetry, which an import alone sets off, is not there to be imported. In a process where nothing was."""
    code = """
import socket, sys
def refuse(*args, **kwargs): raise SystemExit("it asked for the network")
socket.getaddrinfo = socket.socket.connect = refuse
from corpus.openvino_embedder import OpenVinoEmbedder
OpenVinoEmbedder().embed(["x"])
assert sys.modules["openvino_telemetry"] is None
assert "torch" not in sys.modules  # nor does it need what it replaces
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)  # what Python does for a module that is not there
    with pytest.raises(EmbedderError, match=r"pip install 'exam-tutor\[openvino\]'"):
        OpenVinoEmbedder().embed(["x"])


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
