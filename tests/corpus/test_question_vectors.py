"""A question's vector is made once, whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.embedder import HashEmbedder, Vectors
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.question_vectors import QuestionVectors
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.engines.grounded import GroundedEngine
from tutor.intent_meaning import read_meaning_weights
from tutor.tutor import Tutor


class CountingEmbedder(HashEmbedder):
    """Notes what it is asked to embed."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed(texts)


def test_the_same_text_is_embedded_once_until_it_is_forgotten() -> None:
    embedder = CountingEmbedder()
    vectors = QuestionVectors(embedder)

    assert np.array_equal(vectors.of("what is recall"), HashEmbedder().embed(["what is recall"])[0])
    assert np.array_equal(vectors.of("what is recall"), vectors.of("what is recall"))
    vectors.of("what is precision")
    assert embedder.texts == ["what is recall", "what is precision"]

    vectors.forget()
    vectors.of("what is recall")
    assert embedder.texts == ["what is recall", "what is precision", "what is recall"]


def test_nobody_can_spoil_a_vector_that_others_will_get() -> None:
    with pytest.raises(ValueError, match="read-only"):
        QuestionVectors(HashEmbedder()).of("what is recall")[0] = 1.0


class AsTheBundledModel(CountingEmbedder):
    """One whose name and dimension are those that messages are routed by."""

    name = read_meaning_weights().embedder
    dimension = read_meaning_weights().matrix.shape[1]


def test_what_a_message_wants_and_what_answers_it_are_read_from_one_vector(
    tmp_path: Path, small_pack: ExamPack
) -> None:
    embedder = AsTheBundledModel()
    library = Library(tmp_path, embedder, lambda _: InMemoryVectorIndex())
    ingest_pack(small_pack, library, now=NOW)
    library.embed_pending()
    tutor = Tutor(small_pack, library, GroundedEngine())
    message = "How long does a stream keep its records?"

    tutor.router.route(message)
    assert any(hit.vector_rank for hit in library.search(message))
    assert embedder.texts.count(message) == 1
    library.close()
