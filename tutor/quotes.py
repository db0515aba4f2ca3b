"""Which sentences of the evidence answer: each is scored by what it carries of the question, and where it stands.

The weights were learned on questions over developer guides (`python -m evals.learn_evidence`) whose other half measures
them; the bonus for the card of a thing that is named was set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.cards import EXAM_VIEW
from corpus.chunks import Chunk
from corpus.model_address import addresses_to_a_model
from corpus.sentences import sentence_spans, stems
from tutor.evidence import Evidence
from tutor.question import Question
from tutor.ranking import Passage

WEIGHTS = {
    "pairs": -0.2,
    "before": 1.2,
    "after": 1.3,
    "figure": 0.2,
    "rank": 0.9,
    "passage": 3.4,
    "short": -1.5,
    "long": 1.2,
    "new": 1.7,
    "foreign": -6.3,
    "subject": 1.0,
}
"""What each of `features` adds to a sentence's log odds."""

REPEATED = 1.0
"""What a sentence loses that says only what those before it have said (maximal marginal relevance, Carbonell &
Goldstein 1998); chosen on the learning questions, where 1 to 2 are alike."""

MARGIN = 3.0
"""Log odds behind the best: a sentence further behind is left out though there were room."""

SHORT, LONG = 20, 600
"""Characters: a shorter sentence is a label, a longer one a list run together."""

FEW_WORDS, MANY_WORDS = 6, 45
MUCH_NEW = 20
"""Words beyond the question's; more of them do not count as more."""

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


def choose(found: Sequence[Quote], count: int, said: Sequence[str] = ()) -> list[Quote]:
    """The `count` best of them that do not say the same again, nor what is `said` already, best first."""
    chosen: list[Quote] = []
    told = [frozenset(stems(text)) for text in said]
    best = max((quote.score for quote in found), default=0.0)
    left = {quote.text: quote for quote in reversed(found) if quote.text not in said}
    words = {text: frozenset(stems(text)) for text in left}

    def worth(quote: Quote) -> float:
        repeated = sum(len(words[quote.text] & others) for others in told) / max(1, len(words[quote.text]))
        return quote.score - REPEATED * repeated

    while left and len(chosen) < count:
        quote = max(left.values(), key=worth)
        if quote.score < best - MARGIN:
            break
        chosen.append(left.pop(quote.text))
        told.append(words[quote.text])
    return chosen


def features(evidence: Evidence) -> Iterator[tuple[Chunk, str, dict[str, float]]]:
    """Every quotable sentence with its passage and its features, each about 0..1.

    - before, after: the share of the question's weight that it carries together with the sentence before or after it
    - pairs: the share of the question's neighbouring words that it holds both of
    - figure: whether it has a digit, where the question wants a figure
    - short, long: whether it has fewer than `FEW_WORDS` or more than `MANY_WORDS`
    - new: how many words it has that the question has not, up to `MUCH_NEW`; foreign: their share of all its words
    - rank: 3 / (2 + its passage's rank); passage: the passage's score over the best one's
    - subject: whether its passage is on the card of a thing that the question names
    """
    named = {card.id for card in evidence.subjects}
    asked_for = frozenset(stems(evidence.question))
    best = evidence.passages[0].score if evidence.passages else 0.0
    for rank, passage in enumerate(evidence.passages, start=1):
        if any(addresses_to_a_model(passage.chunk.text)):
            continue
        place = {
            "rank": 3.0 / (2.0 + rank),
            "passage": passage.score / best if best else 0.0,
            "subject": float(bool(named.intersection(passage.chunk.tags.cards))),
        }
        for text, values in _sentences(evidence.asked, asked_for, passage):
            yield passage.chunk, text, values | place


def _sentences(asked: Question, asked_for: frozenset[str], passage: Passage) -> Iterator[tuple[str, dict[str, float]]]:
    """The quotable sentences of a passage, each with the features that it has by itself."""
    texts = list(_quotable(passage.chunk.text))
    # Every exam view speaks of "the exam": what is said of today decides how well a fact fits.
    parts = [stems(text.partition(EXAM_VIEW)[0]) for text in texts]
    words = [frozenset[str](), *map(frozenset, parts), frozenset[str]()]
    for text, said, before, own, after in zip(texts, parts, words, words[1:], words[2:], strict=False):
        if SHORT <= len(text) <= LONG and not text.endswith((":", "?")):
            new = len(own - asked_for)
            yield (
                text,
                {
                    "before": asked.coverage(own | before),
                    "after": asked.coverage(own | after),
                    "pairs": asked.pairs_within([own]),
                    "figure": float(asked.wants_number and _DIGIT.search(text) is not None),
                    "short": float(len(said) < FEW_WORDS),
                    "long": float(len(said) > MANY_WORDS),
                    "new": min(1.0, new / MUCH_NEW),
                    "foreign": new / (len(own) + 3),
                },
            )


def _quotable(text: str) -> Iterator[str]:
    """The sentences of a passage; what the exam held true stays with the fact it stands behind."""
    for start, end in sentence_spans(text):
        if not text.startswith(EXAM_VIEW, start):
            yield text[start:] if text[end:].lstrip().startswith(EXAM_VIEW) else text[start:end]
