"""The ranges within which the bundled model's activations lie, for `corpus.openvino_graph.INT8_RANGES`.

    python -m evals.int8_ranges

Measured over the passages of an exam pack's cards. A change of the ranges is a change of the vectors: name the model
anew in `corpus.openvino_embedder` then.
"""

from __future__ import annotations

import sys

import numpy as np

from corpus.exam_pack import load_pack
from corpus.openvino_graph import BertGraph, openvino
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import Settings
from ingest.pack_documents import pack_documents
from ingest.split import split

TEXTS = 300


def main() -> None:
    """Print one line a linear layer: the least and greatest value over all texts."""
    embedder = SentenceEmbedder()
    passages = [c for document, _ in pack_documents(load_pack(Settings().pack)) for c in split(document, embedder)]
    chosen = np.random.default_rng(0).permutation(len(passages))[:TEXTS]
    compiled = openvino().Core().compile_model(BertGraph(embedder.checked_weights()).model(with_ranges=True), "CPU")
    found = []
    for tokens in embedder.token_ids([passages[n].embedding_text for n in chosen]):
        _vector, *limits = compiled([np.asarray([tokens])]).values()
        found.append(np.asarray(limits, dtype=float).reshape(-1, 2))
    lows, highs = np.asarray(found)[:, :, 0].min(axis=0), np.asarray(found)[:, :, 1].max(axis=0)
    for low, high in zip(lows, highs, strict=True):
        sys.stdout.write(f"    ({low:.2f}, {high:.2f}),\n")


if __name__ == "__main__":
    main()
