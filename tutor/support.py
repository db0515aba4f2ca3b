"""How likely it is that passages answer a question.

A logistic function of what the best passages and sentences carry of the question. Its weights were fitted on the
development halves of evals/cases/abstain.jsonl and ask.jsonl by `python -m evals.learn_support`, once for a library
without vectors and once for one with; the held-out halves measure it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tutor.question import Question
from tutor.ranking import Passage

BEST = 5
"""How many of the passages are looked at: the first ones, and as many of those that cover most."""

WITH_VECTORS = {
    "together": 1.31,
    "passage": 0.75,
    "sentence": 0.52,
    "unknown": -2.72,
    "pairs": 2.00,
    "named": -0.47,
    "wants": -0.97,
    "figure": 0.33,
    "first": 0.38,
    "lead": 0.72,
    "cosine": 1.54,
    "constant": -3.39,
}
BY_WORDS_ONLY = {
    "together": 0.99,
    "passage": 1.01,
    "sentence": 0.77,
    "unknown": -2.74,
    "pairs": 2.21,
    "named": -0.37,
    "wants": -0.88,
    "figure": 0.53,
    "first": 0.32,
    "lead": 0.97,
    "constant": -2.69,
}
"""What each of `support_features` adds to the log odds, in a library with vectors and in one without."""


def support(asked: Question, passages: Sequence[Passage]) -> float:
    """The probability that passages answer a question, 0..1."""
    if not passages or not asked.terms:
        return 0.0
    features = support_features(asked, passages)
    weights = WITH_VECTORS if "cosine" in features else BY_WORDS_ONLY
    return 1.0 / (1.0 + math.exp(-sum(weight * features[name] for name, weight in weights.items())))


def support_features(asked: Question, passages: Sequence[Passage]) -> dict[str, float]:
    """What tells an answerable question from one that is not, each about 0..1.

    - together: the share of the question's weight that the three passages which cover most carry together
    - passage, sentence: the share that the one passage, and the one sentence, which covers most carries
    - unknown: the share that lies on terms which stand nowhere in the library
    - pairs: the share of the question's neighbouring words that stand in one sentence
    - named: whether the question names a card; it then often asks for a detail of it that nothing says
    - wants: whether a figure is asked for; figure: the share that the best sentence with a digit then carries
    - first: the share that the passage ranked first carries; lead: how far its score lies above the fourth one's
    - cosine: the best one, left out where nothing was found by meaning; constant: 1
    """
    first = list(passages[:BEST])
    covering = sorted(passages, key=lambda passage: -passage.coverage)[:BEST]
    looked_at = {passage.chunk.id: passage for passage in (*first, *covering)}.values()
    said = [sentence for passage in looked_at for sentence in passage.sentences]
    sentences = [sentence.words for sentence in said]
    figures = [sentence.words for sentence in said if sentence.has_digit]
    features = {
        "together": asked.coverage(frozenset[str]().union(*(passage.stems for passage in covering[:3]))),
        "passage": covering[0].coverage,
        "sentence": max((asked.coverage(words) for words in sentences), default=0.0),
        "unknown": sum(term.weight for term in asked.terms if term.is_unknown) / asked.weight,
        "pairs": asked.pairs_within(sentences),
        "named": float(bool(asked.subjects)),
        "wants": float(asked.wants_number),
        "figure": max(map(asked.coverage, figures), default=0.0) if asked.wants_number else 0.0,
        "first": first[0].coverage,
        "lead": first[0].score - first[min(3, len(first) - 1)].score,
        "constant": 1.0,
    }
    cosines = [passage.cosine for passage in passages if passage.cosine is not None]
    return {**features, "cosine": max(cosines)} if cosines else features
