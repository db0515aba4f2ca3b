"""Does another backend of the embedding model retrieve as well? Paired over the same questions and passages.

    python -m evals.backend_quality --questions dev.jsonl --corpus FOLDER [--fill 100] [--first openvino]

Over all documents that answer a question and `--fill` others drawn at random. A document's rank is that of its first
passage. What is given is the second backend less the first, with a 95 % bootstrap interval.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.embedder import Vectors
from corpus.library import Library
from corpus.settings import Settings
from corpus.vector_index import InMemoryVectorIndex
from evals.scores import mean_score
from ingest.pipeline import ingest_paths
from tutor.assemble import choose_embedder

DEPTH = 10
BACKENDS = ["torch", "openvino", "openvino-int8"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """For each question the rank of the first document that answers it, 0 when it is not among the first ten."""

    vectors: list[int]
    fused: list[int]
    embeddings: Vectors


def rank_all(questions: Sequence[dict[str, object]], files: Sequence[Path], corpus: Path, backend: str) -> Ranked:
    """Ingest the files with a backend and ask every question."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.model_validate({"home": home, "embedding_backend": backend})
        library = Library(Path(home), choose_embedder(settings), lambda _: InMemoryVectorIndex())
        ingest_paths([str(file) for file in files], library, now=datetime.now(UTC), max_file_mb=settings.max_file_mb)
        library.embed_pending(lambda state: _tell(f"{backend}: {state.embedded:,} of {state.chunks:,} passages"))
        by_vector, by_both = [], []
        for question in questions:
            gold = {str((corpus / path).resolve()) for path in question["gold_sources"]}  # type: ignore[attr-defined]
            text = str(question["question"])
            near = library.vectors.index().search(library.embedder.embed([text])[0], 100)
            chunks = library.manifest.chunks([key for key, _ in near])
            by_vector.append(_rank([chunks[key].source for key, _ in near], gold))
            by_both.append(_rank([hit.chunk.source for hit in library.search(text, 100)], gold))
        texts = [chunk.embedding_text for record in library.sources() for chunk in library.chunks_of(record.id)]
        cached = library.vectors.cache.get(library.embedder.name, texts)
        vectors = np.stack([cached[row] for row in range(len(texts))])
        library.close()
    return Ranked(by_vector, by_both, vectors)


def report(names: Sequence[str], first: Ranked, second: Ranked, rng: np.random.Generator) -> str:
    """A Markdown table of the figures and their paired differences."""
    lines = [f"| | {names[0]} | {names[1]} | difference |", "|---|---|---|---|"]
    measures: dict[str, Callable[[int], float]] = {
        "MRR@10": lambda rank: 1 / rank if rank else 0.0,
        "R@5": lambda rank: float(0 < rank <= 5),
    }
    for way in ("vectors", "fused"):
        for measure, value in measures.items():
            one, two = ([value(rank) for rank in getattr(ranked, way)] for ranked in (first, second))
            difference = mean_score([b - a for a, b in zip(one, two, strict=True)], rng)
            lines.append(f"| {way}, {measure} | {np.mean(one):.3f} | {np.mean(two):.3f} | {difference} |")
    cosines = (first.embeddings * second.embeddings).sum(axis=1)
    lines.append("")
    lines.append(f"{len(cosines):,} passages; cosine {cosines.mean():.4f} on average, {cosines.min():.4f} at worst.")
    return "\n".join(lines)


def _rank(sources: Sequence[str], gold: set[str]) -> int:
    documents = list(dict.fromkeys(sources))[:DEPTH]
    return next((rank for rank, source in enumerate(documents, start=1) if source in gold), 0)


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


def main() -> None:
    """Compare two backends and print the table."""
    parser = argparse.ArgumentParser(description="Retrieval by two backends of the same model.")
    parser.add_argument("--questions", type=Path, required=True, help="JSON lines with question and gold_sources")
    parser.add_argument("--corpus", type=Path, required=True, help="the folder that gold_sources are relative to")
    parser.add_argument("--fill", type=int, default=100, help="how many other documents to add")
    parser.add_argument("--first", default="torch", choices=BACKENDS)
    parser.add_argument("--second", default="openvino-int8", choices=BACKENDS)
    options = parser.parse_args()
    questions = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    gold = {options.corpus / path for question in questions for path in question["gold_sources"]}
    others = sorted(set(options.corpus.rglob("*.md")) - gold)
    files = [*sorted(gold), *random.Random(0).sample(others, options.fill)]  # noqa: S311  not a secret
    names = (options.first, options.second)
    first, second = (rank_all(questions, files, options.corpus, name) for name in names)
    sys.stdout.write(report(names, first, second, np.random.default_rng(0)) + "\n")


if __name__ == "__main__":
    main()
