"""What a message wants, read from its sentence vector: for words that no labelled message has.

`python -m evals.fit_intents` fits the weights, which stand beside this file and hold for one embedding model.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.embedder import Embedder

WEIGHTS = Path(__file__).with_name("intent_meaning.json")

IN_8_BIT = " int8"
"""How a model's name ends where it computes in 8-bit integers: messages are routed as well by those vectors."""


@dataclass(frozen=True, slots=True)
class MeaningWeights:
    """A linear model over the vectors of `embedder`: `matrix` has a row a class, a column a dimension.

    `by_context` adds to each class's score by what stands last in the talk.
    """

    embedder: str
    classes: tuple[str, ...]
    bias: NDArray[np.float64]
    matrix: NDArray[np.float64]
    by_context: dict[str, NDArray[np.float64]]

    def can_read(self, embedder: Embedder) -> bool:
        """Whether the embedder's vectors are those that the weights are for, and are to be had without a wait."""
        return embedder.is_loaded and embedder.name.removesuffix(IN_8_BIT) == self.embedder

    def probabilities(self, vector: NDArray[np.float32], context: str) -> dict[str, float]:
        """The softmax of the classes' scores for the vector of one text."""
        scores = self.bias + self.matrix @ vector + self.by_context[context]
        powers = np.exp(scores - scores.max())
        return dict(zip(self.classes, (powers / powers.sum()).tolist(), strict=True))


@lru_cache(maxsize=4)
def read_meaning_weights(file: Path = WEIGHTS) -> MeaningWeights:
    """The weights of a file."""
    data = json.loads(file.read_text(encoding="utf-8"))
    return MeaningWeights(
        data["embedder"],
        tuple(data["classes"]),
        np.array(data["bias"]),
        np.array(data["matrix"]),
        {context: np.array(scores) for context, scores in data["by_context"].items()},
    )
