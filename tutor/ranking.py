"""From what a search finds to a ranking: what a passage and its document say of all that the question asks.

The weights were learned from questions that no test uses: see `python -m evals.learn_evidence`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from corpus.chunks import Chunk
from corpus.hits import Hit
from corpus.sentences import sentence_spans, stems
from tutor.question import Question

NEAR = 3
"""Two words that stand side by side in the question stand together in a passage when at most this far apart."""

WEIGHTS = {
    "fused": 1.3,
    "by words": 0.9,
    "by meaning": 1.3,
    "cosine": 0.5,
    "coverage": 0.9,
    "path": 0.3,
    "sentence": 0.65,
    "pairs": 0.5,
    "figure": 0.2,
    "document": 1.0,
}
"""What each feature of `features` adds to a passage's score."""

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage with the stems of its words, in their order."""

    text: str
    stems: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems, each once."""
        return frozenset(self.stems)

    @property
    def has_digit(self) -> bool:
        """Whether it may state a figure."""
        return _DIGIT.search(self.text) is not None


@dataclass(frozen=True)
class Passage:
    """A passage of the evidence.

    `score` orders passages; `coverage` is the share of the question's weight that its words carry, 0..1; `cosine`
    is None where the passage was not found by meaning.
    """

    chunk: Chunk
    score: float
    coverage: float
    cosine: float | None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in their order."""
        return read_sentences(self.chunk)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words, title and headings."""
        return frozenset(_context_stems(self.chunk.context)).union(*(sentence.words for sentence in self.sentences))


def rank(question: Question, hits: Sequence[Hit]) -> list[Passage]:
    """The passages, best first; of passages with the same words only the best."""
    scored = [(_score(values), values, reading) for values, reading in features(question, hits)]
    passages: dict[str, Passage] = {}
    for score, values, reading in sorted(scored, key=lambda one: (-one[0], one[2].hit.chunk.id)):
        chunk = reading.hit.chunk
        passages.setdefault(chunk.text, Passage(chunk, score, values["coverage"], reading.hit.cosine))
    return list(passages.values())


def _score(values: Mapping[str, float]) -> float:
    return sum(weight * values[name] for name, weight in WEIGHTS.items())


@dataclass(frozen=True)
class Reading:
    """A hit, read: its sentences, the words of its path, and of all together with its title and headings."""

    hit: Hit
    sentences: tuple[Sentence, ...]
    stems: frozenset[str]
    path: frozenset[str]

    def positions(self, wanted: frozenset[str]) -> dict[str, list[int]]:
        """Where each of these stems stands in its title, headings and text."""
        found: dict[str, list[int]] = {part: [] for part in wanted & self.stems}
        if found:
            said = [part for sentence in self.sentences for part in sentence.stems]
            for position, part in enumerate([*_context_stems(self.hit.chunk.context), *said]):
                if part in found:
                    found[part].append(position)
        return found


@lru_cache(maxsize=1024)
def read_sentences(chunk: Chunk) -> tuple[Sentence, ...]:
    """The sentences of a passage."""
    spans = sentence_spans(chunk.text)
    return tuple(Sentence(chunk.text[start:end], tuple(stems(chunk.text[start:end]))) for start, end in spans)


def read_passage(question: Question, chunk: Chunk) -> Passage:
    """A passage that no search put forward: behind all that were, its score is 0."""
    passage = Passage(chunk, 0.0, 0.0, None)
    return replace(passage, coverage=question.coverage(passage.stems))


def features(question: Question, hits: Sequence[Hit]) -> Iterator[tuple[dict[str, float], Reading]]:
    """For each hit its features, each about 0..1, and what was read of it.

    - fused: reciprocal-rank-fusion score over the best one's
    - by words, by meaning: 1 over its rank in either index, 0 where that did not find it: the fusion hardly tells the
      first few of an index apart
    - cosine: with the question, the lowest found where it was not found by meaning
    - coverage: the share of the question's weight carried by text, title, headings and path; path: by the path alone
    - sentence: by the one sentence that carries most; figure: by one with a digit, if the question wants a figure
    - pairs: the share of the question's neighbouring words that stand together in the passage too
    - document: the share of the question's weight carried by all passages of its document that were found
    """
    read = [_read(hit) for hit in hits]
    documents: dict[str, frozenset[str]] = defaultdict(frozenset)
    for one in read:
        documents[one.hit.chunk.source] |= one.stems
    covered = {source: question.coverage(found) for source, found in documents.items()}
    best_fused = max((hit.score for hit in hits), default=1.0)
    least_cosine = min((hit.cosine for hit in hits if hit.cosine is not None), default=0.0)
    for one in read:
        shares = [question.coverage(sentence.words) for sentence in one.sentences]
        figures = (share for share, sentence in zip(shares, one.sentences, strict=True) if sentence.has_digit)
        yield (
            {
                "fused": one.hit.score / best_fused,
                "by words": 1.0 / one.hit.lexical_rank if one.hit.lexical_rank else 0.0,
                "by meaning": 1.0 / one.hit.vector_rank if one.hit.vector_rank else 0.0,
                "cosine": least_cosine if one.hit.cosine is None else one.hit.cosine,
                "coverage": question.coverage(one.stems),
                "path": question.coverage(one.path),
                "sentence": max(shares, default=0.0),
                "pairs": _pairs_together(question, one),
                "figure": max(figures, default=0.0) if question.wants_number else 0.0,
                "document": covered[one.hit.chunk.source],
            },
            one,
        )


def _read(hit: Hit) -> Reading:
    sentences, path = read_sentences(hit.chunk), _path_stems(hit.chunk.source)
    said = path.union(_context_stems(hit.chunk.context), *(sentence.words for sentence in sentences))
    return Reading(hit, sentences, said, path)


@lru_cache(maxsize=4096)
def _path_stems(source: str) -> frozenset[str]:
    return frozenset(stems(source.rpartition(".")[0]))


@lru_cache(maxsize=4096)
def _context_stems(context: str) -> tuple[str, ...]:
    return tuple(stems(context))


def _pairs_together(question: Question, reading: Reading) -> float:
    if not question.pairs:
        return 0.0
    positions = reading.positions(frozenset(part for pair in question.pairs for part in pair))
    together = sum(
        any(0 < abs(here - there) <= NEAR for here in positions[one][:20] for there in positions[other][:20])
        for one, other in question.pairs
        if one in positions and other in positions
    )
    return together / len(question.pairs)
