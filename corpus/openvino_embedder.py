"""The bundled embedding model run by OpenVINO: loaded in a second or two without torch, and faster on most processors.

OpenVINO is the extra `exam-tutor[openvino]`. In float32 the vectors are those of `SentenceEmbedder` to the sixth
decimal, so they go by the same name and a library may hold both. In 8-bit integers, faster where the processor has
VNNI instructions and slower where it has not, they are another model's: they have a name of their own.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.embedder import TokenSpan, Vectors
from corpus.errors import EmbedderError
from corpus.openvino_graph import INT8_RANGES, BertGraph, openvino
from corpus.sentence_embedder import SentenceEmbedder

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest

MOST_STREAMS = 16


def is_installed() -> bool:
    """Whether the extra is there."""
    return importlib.util.find_spec("openvino") is not None


class OpenVinoEmbedder:
    """An `Embedder` of the bundled model.

    Every processor works on a text of its own, by itself: no text is padded, and none waits for another.
    """

    def __init__(self, *, int8: bool = False) -> None:
        self._original = SentenceEmbedder()
        self._ranges = INT8_RANGES if int8 else None
        self._lock = threading.Lock()
        self._compiled: CompiledModel | None = None
        self.name = f"{self._original.name} int8" if int8 else self._original.name
        self.dimension = self._original.dimension
        self.max_tokens = self._original.max_tokens

    @property
    def is_loaded(self) -> bool:
        """Whether `embed` answers without loading the model first."""
        return self._compiled is not None

    def token_spans(self, texts: Sequence[str]) -> list[list[TokenSpan]]:
        """For each text the (start, end) character offsets of the model's tokens, none cut off."""
        return self._original.token_spans(texts)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """For each text the number of the model's tokens, none cut off."""
        return self._original.token_counts(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1, shape (len(texts), dimension), float32."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return vectors
        compiled = self._load()
        tokens = self._original.token_ids(texts)
        try:
            if len(texts) == 1:
                vectors[0] = compiled.create_infer_request().infer([_input(tokens[0])])[0][0]
            else:
                _embed_all(compiled, tokens, vectors)
        except RuntimeError as error:
            raise EmbedderError(f"OpenVINO failed: {error}", "Set embedding_backend to torch.") from error
        return vectors

    def _load(self) -> CompiledModel:
        with self._lock:
            if self._compiled is None:
                self._compiled = _compile(self._original.checked_weights(), self._ranges)
            return self._compiled


def _compile(folder: Path, ranges: Sequence[tuple[float, float]] | None) -> CompiledModel:
    streams = min(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_STREAMS
    )
    # float32 by name: some processors would round to bfloat16, whose vectors are not those that the name promises.
    settings = {
        "NUM_STREAMS": streams,
        "INFERENCE_NUM_THREADS": streams,
        "INFERENCE_PRECISION_HINT": "f32",
        "ENABLE_CPU_PINNING": False,
    }
    try:
        return openvino().Core().compile_model(BertGraph(folder, ranges).model(), "CPU", settings)
    except (RuntimeError, OSError, KeyError, ValueError) as error:
        raise EmbedderError(
            f"OpenVINO cannot load the embedding model: {error}", "Set embedding_backend to torch."
        ) from error


def _embed_all(compiled: CompiledModel, tokens: Sequence[Sequence[int]], vectors: Vectors) -> None:
    """Fill `vectors`, longest text first: texts of one length follow one another, and no long one comes last."""

    def keep(request: InferRequest, position: int) -> None:
        vectors[position] = request.get_output_tensor().data[0]

    queue = openvino().AsyncInferQueue(compiled)
    queue.set_callback(keep)
    for position in sorted(range(len(tokens)), key=lambda n: -len(tokens[n])):
        queue.start_async([_input(tokens[position])], position)
    queue.wait_all()


def _input(tokens: Sequence[int]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.asarray([tokens], dtype=np.int64)
