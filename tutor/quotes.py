"""Which sentences of the evidence answer: each is scored by what it carries of the question, and where it stands.

The weights of the first eight were learned on questions over developer guides (`python -m evals.learn_evidence`) whose
other half measures them; the bonus for the card of a thing that is named was set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.cards import EXAM_VIEW
from corpus.chunks import Chunk
from corpus.model_address import addresses_to_a_model
from corpus.sentences import sentence_spans, stems
from tutor.evidence import Evidence
from tutor.question import Question
from tutor.ranking import Passage

WEIGHTS = {
    "coverage": 1.65,
    "pairs": 1.1,
    "after": 1.4,
    "figure": 0.4,
    "rank": 1.35,
    "behind": -0.6,
    "short": -0.5,
    "long": 0.5,
    "subject": 1.0,
}
"""What each of `features` adds to a sentence's score."""

SHORT, LONG = 20, 600
"""Characters: a shorter sentence is a label, a longer one a list run together."""

FEW_WORDS, MANY_WORDS = 6, 45

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage, to the letter, with its score."""

    chunk: Chunk
    text: str
    score: float


def quotes(evidence: Evidence) -> list[Quote]:
    """Every quotable sentence of the evidence, best first; a passage that addresses a model is not quoted from."""
    found = [
        Quote(chunk, text, sum(WEIGHTS[name] * value for name, value in values.items()))
        for chunk, text, values in features(evidence)
    ]
    return sorted(found, key=lambda quote: -quote.score)


def features(evidence: Evidence) -> Iterator[tuple[Chunk, str, dict[str, float]]]:
    """Every quotable sentence with its passage and its features, each about 0..1.

    - coverage: the share of the question's weight it carries; after: that together with the sentence before it
    - pairs: the share of the question's neighbouring words that it holds both of
    - figure: whether it has a digit, where the question wants a figure
    - short, long: whether it has fewer than `FEW_WORDS` or more than `MANY_WORDS`
    - rank: 1 over its passage's rank; behind: how far the passage's score lies below the best one's
    - subject: whether its passage is on the card of a thing that the question names
    """
    named = {card.id for card in evidence.subjects}
    for rank, passage in enumerate(evidence.passages, start=1):
        if any(addresses_to_a_model(passage.chunk.text)):
            continue
        place = {
            "rank": 1.0 / rank,
            "behind": evidence.passages[0].score - passage.score if passage.score else 0.0,
            "subject": float(bool(named.intersection(passage.chunk.tags.cards))),
        }
        for text, values in _sentences(evidence.asked, passage):
            yield passage.chunk, text, values | place


def _sentences(asked: Question, passage: Passage) -> Iterator[tuple[str, dict[str, float]]]:
    """The quotable sentences of a passage, each with the features that it has by itself."""
    before: frozenset[str] = frozenset()
    for text in _quotable(passage.chunk.text):
        # Every exam view speaks of "the exam": what is said of today decides how well a fact fits.
        parts = stems(text.partition(EXAM_VIEW)[0])
        words = frozenset(parts)
        if SHORT <= len(text) <= LONG and not text.endswith((":", "?")):
            yield (
                text,
                {
                    "coverage": asked.coverage(words),
                    "after": asked.coverage(words | before),
                    "pairs": asked.pairs_within([words]),
                    "figure": float(asked.wants_number and _DIGIT.search(text) is not None),
                    "short": float(len(parts) < FEW_WORDS),
                    "long": float(len(parts) > MANY_WORDS),
                },
            )
        before = words


def _quotable(text: str) -> Iterator[str]:
    """The sentences of a passage; what the exam held true stays with the fact it stands behind."""
    for start, end in sentence_spans(text):
        if not text.startswith(EXAM_VIEW, start):
            yield text[start:] if text[end:].lstrip().startswith(EXAM_VIEW) else text[start:end]
