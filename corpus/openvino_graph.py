"""The embedding model as an OpenVINO graph, made straight from its weights: no torch, no conversion, no network.

A graph takes the tokens of one text, shape (1, tokens), and gives its vector of length 1, shape (1, width). With one
text at a time there is no padding to compute and no mask to apply, and a vector does not depend on its company.

The network is BERT (Devlin et al. 2019) with the pooling of Sentence-BERT (Reimers & Gurevych 2019): word, position
and segment embeddings, layers of self-attention and a two-layer perceptron with residuals, the mean over the tokens.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbedderError

if TYPE_CHECKING:
    from openvino import Model, Node, Output

Range = tuple[float, float]

# fmt: off
INT8_RANGES: tuple[Range, ...] = (
    (-2.90, 6.33), (-3.29, 2.30), (-6.48, 28.53), (-0.17, 24.70),
    (-4.80, 8.13), (-2.53, 2.67), (-7.07, 30.34), (-0.17, 20.40),
    (-5.09, 7.99), (-2.82, 2.54), (-13.39, 27.73), (-0.17, 17.52),
    (-5.50, 9.66), (-2.40, 3.25), (-14.43, 28.86), (-0.17, 13.71),
    (-6.66, 10.53), (-2.97, 3.32), (-12.84, 21.62), (-0.17, 8.40),
    (-6.18, 9.89), (-3.47, 3.78), (-12.77, 13.00), (-0.17, 8.77),
)
# fmt: on
"""The least and greatest value that goes into each linear layer of the bundled model, four a layer: attention in and
out, perceptron in and between. Measured by `python -m evals.int8_ranges`."""


def openvino() -> ModuleType:
    """The library, which takes half a second to import and is not installed everywhere.

    Importing it tells its makers so over the network, unless the package that does the telling is missing
    (`openvino/tools/ovc/__init__.py` of 2026.4): here it always is, for a tutor that works offline tells nobody.

    Raises:
        EmbedderError: it is not installed.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # its import then fails
    try:
        return importlib.import_module("openvino")
    except ImportError as error:
        raise EmbedderError(
            f"OpenVINO cannot be used: {error}",
            "Run pip install 'exam-tutor[openvino]', or set embedding_backend to torch.",
        ) from error


class BertGraph:
    """Builds the graph of the model in a folder. With `ranges`, linear layers compute in 8-bit integers.

    Weights are quantised symmetrically by output channel, activations by tensor within their measured range (Jacob et
    al. 2018). `taps` are, after `model`, what goes into each linear layer, for measuring those ranges.
    """

    def __init__(self, folder: Path, ranges: Sequence[Range] | None = None) -> None:
        from safetensors.numpy import load_file  # noqa: PLC0415

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._op = openvino().opset13
        self._weights: dict[str, NDArray[np.float32]] = load_file(folder / "model.safetensors")
        self._ranges = None if ranges is None else list(ranges)
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self.taps: list[Node | Output] = []

    def model(self, *, with_ranges: bool = False) -> Model:
        """The graph; `with_ranges`, its further outputs are the least and greatest value of every tap in turn."""
        op = self._op
        tokens = op.parameter([1, -1], np.int64, name="tokens")
        hidden = self._embeddings(tokens)
        for layer in range(self._layers):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        mean = op.reduce_mean(hidden, self._integers([1]), keep_dims=False)
        outputs = [op.normalize_l2(mean, self._integers([1]), 1e-12, "max")]
        if with_ranges:
            every = self._integers([0, 1, 2])
            outputs += [reduce(tap, every) for tap in self.taps for reduce in (op.reduce_min, op.reduce_max)]
        return openvino().Model(outputs, [tokens], "sentence embedding")

    def _embeddings(self, tokens: Node) -> Node:
        op = self._op
        count = op.gather(op.shape_of(tokens), self._integers(1), self._integers(0))
        places = op.range(self._integers(0), count, self._integers(1), "i64")
        segment = self._weights["embeddings.token_type_embeddings.weight"][0]
        by_place = op.constant(self._weights["embeddings.position_embeddings.weight"] + segment)
        words = op.gather(self._weight("embeddings.word_embeddings.weight"), tokens, self._integers(0))
        return self._norm(op.add(words, op.gather(by_place, places, self._integers(0))), "embeddings.LayerNorm")

    def _layer(self, hidden: Node, name: str) -> Node:
        op = self._op
        attended = self._linear(self._attention(hidden, f"{name}.attention.self"), [f"{name}.attention.output.dense"])
        hidden = self._norm(op.add(hidden, attended), f"{name}.attention.output.LayerNorm")
        between = op.gelu(self._linear(hidden, [f"{name}.intermediate.dense"]), "erf")
        return self._norm(op.add(hidden, self._linear(between, [f"{name}.output.dense"])), f"{name}.output.LayerNorm")

    def _attention(self, hidden: Node, name: str) -> Node:
        op = self._op
        together = self._linear(hidden, [f"{name}.{part}" for part in ("query", "key", "value")])
        by_head = op.reshape(together, self._integers([1, -1, 3, self._heads, self._width // self._heads]), False)
        parts = op.split(op.transpose(by_head, self._integers([2, 0, 3, 1, 4])), self._integers(0), 3)
        query, key, value = (op.squeeze(part, self._integers([0])) for part in parts.outputs())
        attended = op.scaled_dot_product_attention(query, key, value)
        in_order = op.transpose(attended, self._integers([0, 2, 1, 3]))
        return op.reshape(in_order, self._integers([1, -1, self._width]), False)

    def _linear(self, hidden: Node, names: Sequence[str]) -> Node:
        """One multiplication for all the layers named, whose outputs then stand side by side."""
        op = self._op
        weight = np.concatenate([self._weights[f"{name}.weight"] for name in names])
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names])
        factor = op.constant(weight)
        number = len(self.taps)
        self.taps.append(hidden)
        if self._ranges is not None:
            low, high = (op.constant(np.float32(limit)) for limit in self._ranges[number])
            hidden = op.fake_quantize(hidden, low, high, low, high, 256)
            greatest = np.abs(weight).max(axis=1, keepdims=True)
            low, high = op.constant(-greatest), op.constant(greatest)
            factor = op.fake_quantize(factor, low, high, low, high, 255)
        return op.add(op.matmul(hidden, factor, False, True), op.constant(bias))

    def _norm(self, hidden: Node, name: str) -> Node:
        op = self._op
        normal = op.mvn(hidden, self._integers([2]), True, self._epsilon, "inside_sqrt")
        return op.add(op.multiply(normal, self._weight(f"{name}.weight")), self._weight(f"{name}.bias"))

    @property
    def _width(self) -> int:
        return int(self._weights["embeddings.LayerNorm.weight"].shape[0])

    def _weight(self, name: str) -> Node:
        return self._op.constant(self._weights[name])

    def _integers(self, values: int | list[int]) -> Node:
        return self._op.constant(np.asarray(values, dtype=np.int64))
