"""How likely it is that passages answer a question."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tutor.question import Question
from tutor.ranking import Passage

DECIDING = 3
"""How many passages, those that cover most, are looked at together."""


def support(asked: Question, passages: Sequence[Passage]) -> float:
    """The probability that passages answer a question, 0..1.

    A logistic function of what the three passages that cover most cover together, of whether the question asks
    about something that stands nowhere in the library, and, where the vectors spoke, of the best cosine. Its
    weights were fitted on the development half of evals/cases/ask.jsonl (scikit-learn's LogisticRegression, C = 10),
    once without and once with the cosine; `make evals` measures it on the other half.
    """
    best = sorted(passages, key=lambda passage: -passage.coverage)[:DECIDING]
    if not best or not asked.terms:
        return 0.0
    together = asked.coverage(frozenset[str]().union(*(passage.stems for passage in best)))
    unknown = any(term.is_unknown for term in asked.terms)
    cosine = max((passage.cosine for passage in passages if passage.cosine is not None), default=None)
    if cosine is None:
        odds = -0.97 + 3.22 * together - 0.82 * unknown
    else:
        odds = -2.10 + 2.53 * together - 0.76 * unknown + 2.87 * cosine
    return 1.0 / (1.0 + math.exp(-odds))
