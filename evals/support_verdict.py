"""Supported, partly, not, contradicted: what quotes make of a claim, judged offline.

A multinomial logistic model over what `tutor.claim_support` sees and, where there are vectors, how near claim and
quotes lie. Its weights were fitted on the development half of `cases/support_pairs.jsonl` by `python -m
evals.fit_support`; the suite "support" gives its agreement with the labels of the other half.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.sentences import words
from evals.claim_turns import negation_differs, order_differs
from tutor.claim_support import support_of, turns
from tutor.quantities import quantities

LABELS = ("supported", "partly", "not", "contradicted")
WEIGHTS = Path(__file__).parent / "support_weights.json"

_OPPOSITES = (
    {"MORE", "LESS"},
    {"MOST", "LEAST"},
    {"RISE", "FALL"},
    {"FAST", "SLOW"},
    {"CHEAP", "DEAR"},
    {"HALF", "DOUBLE"},
)


def features(
    claim: str, quotes: Sequence[str], aliases: Iterable[Sequence[str]], cosine: float | None
) -> dict[str, float]:
    """What the verdict rests on, each 0..1.

    - score, low: the share of content words that the quotes hold, and what it lacks of one half
    - number, name: whether the claim has one that the quotes do not hold
    - turned: whether it seems to turn them round; negated: whether one has a "not" where the other has none
    - opposite: whether the claim has a turn whose opposite stands in the quotes and not in the claim, or a word that
      the quotes have only with "un" or the like in front, or another order of before and after
    - other number: whether a number of the claim that the quotes do not hold has there, with the same unit, another
      one that the claim does not have
    - whole: whether all content words are there; and that with a "not" too many or too few, or with another number
    - cosine: of claim and quotes, where there are vectors
    """
    found = support_of(claim, quotes, aliases)
    said, quoted = turns(claim), turns(" ".join(quotes))
    opposite = any(pair & said - quoted and pair & quoted - said for pair in _OPPOSITES)
    whole = float(found.score >= 0.99)
    negated = float(negation_differs(claim, quotes))
    other = float(_other_number(claim, quotes))
    values = {
        "score": found.score,
        "low": max(0.0, 0.5 - found.score) * 2,
        "number": float(bool(found.numbers)),
        "name": float(bool(found.names)),
        "turned": float(found.turned),
        "negated": negated,
        "opposite": float(opposite or _prefixed(claim, quotes) or order_differs(claim, quotes)),
        "other number": other,
        "whole": whole,
        "whole and negated": whole * negated,
        "whole and other number": whole * other,
        "constant": 1.0,
    }
    return values if cosine is None else {**values, "cosine": cosine}


def verdict(claim: str, quotes: Sequence[str], aliases: Iterable[Sequence[str]], cosine: float | None = None) -> str:
    """One of `LABELS`."""
    return judged(features(claim, quotes, aliases, cosine), _weights()["words" if cosine is None else "vectors"])


def judged(values: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> str:
    """The label whose log odds are highest."""
    odds = [sum(weights[label][name] * value for name, value in values.items()) for label in LABELS]
    return LABELS[int(np.argmax(odds))]


def _other_number(claim: str, quotes: Sequence[str]) -> bool:
    said = {(one.value, one.unit) for one in quantities(claim)}
    held = {(one.value, one.unit) for quote in quotes for one in quantities(quote)}
    return bool({unit for _, unit in said - held} & {unit for _, unit in held - said})


def _prefixed(claim: str, quotes: Sequence[str]) -> bool:
    said, held = (frozenset(words(text)) for text in (claim, " ".join(quotes)))
    return any(
        f"{prefix}{word}" in other
        for prefix in ("un", "in", "non", "dis")
        for one, other in ((said - held, held - said), (held - said, said - held))
        for word in one
    )


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, dict[str, float]]]:
    read: dict[str, dict[str, dict[str, float]]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return read
