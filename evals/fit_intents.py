"""Fit the weights by which messages are routed, on the tuning half of the labelled messages.

    python -m evals.fit_intents [--pack mls_c01] [--cross-validate]

Multinomial logistic regression with an L2 penalty (scikit-learn's, which comes with sentence-transformers), once for
the intent and once for the follow-up flag. Writes `tutor/intent_weights.json`, weights under 0.1 left out. Features
and `STRENGTH` were chosen by five-fold cross-validation on the tuning half, which `--cross-validate` prints. Each
message is learned three times: as it stands, without its small words, and with a letter missing, as learners write.
A third model learns the intent from the messages' sentence vectors, into `tutor/intent_meaning.json`;
`MEANING_STRENGTH` was chosen by fitting on the first two writers' messages and scoring those of the third.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from corpus.embedder import Embedder
from corpus.exam_pack import load_pack, pack_names
from corpus.sentence_embedder import SentenceEmbedder
from evals.intents import Case, read_cases
from tutor.intent import READ, WEIGHTS, Context, features
from tutor.intent_meaning import WEIGHTS as MEANING_WEIGHTS
from tutor.pack_words import PackWords

STRENGTH = 20.0
"""Inverse of the penalty's strength."""
MEANING_STRENGTH = 10.0
LAST_SIGN = 0.5
"""What stands last in the talk, beside a vector of length 1."""
LEAST_WEIGHT = 0.1
SHORT = 4
"""A word of so many letters is not mistyped."""

_SMALL = re.compile(
    r"\b(?:an?|the|is|are|am|was|to|of|me|i|do|does|please|my|can|could|you|would|for|it|with|in|on|some)\b\s*", re.I
)


def pipeline() -> Any:  # noqa: ANN401  scikit-learn is untyped
    """The model that is fitted."""
    return make_pipeline(DictVectorizer(), LogisticRegression(C=STRENGTH, max_iter=2000, class_weight="balanced"))


def fitted(rows: Sequence[dict[str, float]], labels: Sequence[str]) -> dict[str, Any]:
    """The weights as they are kept: by feature and class, those that matter."""
    model = pipeline().fit(rows, labels)
    names, linear = model[0].get_feature_names_out(), model[1]
    classes = [str(name) for name in linear.classes_]
    matrix, bias = linear.coef_, linear.intercept_
    if len(classes) == 2:
        matrix, bias = np.vstack([np.zeros_like(matrix[0]), matrix[0]]), np.array([0.0, bias[0]])
    kept = {
        str(name): {classes[i]: round(float(w), 2) for i, w in enumerate(column) if abs(w) >= LEAST_WEIGHT}
        for name, column in zip(names, matrix.T, strict=True)
    }
    weights = {name: by_class for name, by_class in kept.items() if by_class}
    return {"classes": classes, "bias": [round(float(b), 3) for b in bias], "weights": weights}


def fitted_meaning(cases: Sequence[Case], embedder: Embedder) -> dict[str, Any]:
    """The weights over the messages' vectors, as they are kept."""
    vectors = embedder.embed([case.message[:READ] for case in cases])
    last = [[LAST_SIGN * (case.context == context) for context in Context] for case in cases]
    linear = LogisticRegression(C=MEANING_STRENGTH, max_iter=2000, class_weight="balanced")
    linear.fit(np.hstack([vectors, last]), [case.intent for case in cases])
    matrix, by_context = np.split(np.round(linear.coef_, 2), [embedder.dimension], axis=1)
    return {
        "embedder": embedder.name,
        "classes": [str(name) for name in linear.classes_],
        "bias": np.round(linear.intercept_, 3).tolist(),
        "by_context": {context: (LAST_SIGN * by_context[:, i]).tolist() for i, context in enumerate(Context)},
        "matrix": matrix.tolist(),
    }


def telegraphic(case: Case) -> Case:
    """The case as somebody in a hurry writes it: without the small words."""
    return replace(case, message=_SMALL.sub("", case.message).strip() or case.message)


def mistyped(case: Case) -> Case:
    """The case with a letter missing inside one of its longer words; the same one each time."""
    rng = random.Random(case.id)  # noqa: S311  to be repeated, not to be secret
    words = case.message.split()
    place = rng.randrange(len(words))
    if len(words[place]) > SHORT:
        cut = rng.randrange(1, len(words[place]) - 1)
        words[place] = words[place][:cut] + words[place][cut + 1 :]
    return replace(case, message=" ".join(words))


def cross_validated(rows: Sequence[dict[str, float]], labels: Sequence[str]) -> float:
    """The macro-F1 of five-fold cross-validation."""
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    guessed = cross_val_predict(pipeline(), rows, labels, cv=folds)
    return float(f1_score(labels, guessed, average="macro"))


def main() -> None:
    """Fit and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", default=pack_names()[0])
    parser.add_argument("--cross-validate", action="store_true")
    arguments = parser.parse_args()
    known = PackWords(load_pack(arguments.pack))
    cases: list[Case] = read_cases("tuning")
    if not arguments.cross_validate:
        cases = [one for case in cases for one in (case, telegraphic(case), mistyped(case))]
    rows = [features(known, case.message, Context(case.context)) for case in cases]
    intents = [case.intent for case in cases]
    leaning = [row for row, case in zip(rows, cases, strict=True) if case.context != "none"]
    flags = ["yes" if case.follow_up else "no" for case in cases if case.context != "none"]
    if arguments.cross_validate:
        scores = {"intents": cross_validated(rows, intents), "follow-up": cross_validated(leaning, flags)}
        sys.stdout.write(json.dumps(scores) + "\n")
        return
    weights = {"intents": fitted(rows, intents), "follow_up": fitted(leaning, flags)}
    WEIGHTS.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    meaning = json.dumps(fitted_meaning(cases, SentenceEmbedder())).replace("], [", "],\n[")
    MEANING_WEIGHTS.write_text(meaning + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
