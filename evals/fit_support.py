"""Fit the weights of `evals.support_verdict` on the development half of the labelled pairs.

python -m evals.fit_support

Writes `support_weights.json`: for judging by words only and with vectors, each label's weights. scikit-learn's
multinomial logistic regression, its penalty chosen from C = 1 to 100 by nine-fold cross-validation over the facts of
the development half, where 0.76 to 0.80 of the pairs were judged as labelled.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import numpy as np

from corpus.exam_pack import ExamPack, load_pack
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import Settings
from evals.suites.support import Case, cosines, load_cases
from evals.support_verdict import LABELS, WEIGHTS, features

C = 30


def fitted(cases: Sequence[Case], pack: ExamPack, near: Sequence[float | None]) -> dict[str, dict[str, float]]:
    """Each label's weight on each feature."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  it is heavy

    values = [
        features(case.claim, [case.quote], case.names(pack), cosine) for case, cosine in zip(cases, near, strict=True)
    ]
    names = list(values[0])
    table = np.array([[row[name] for name in names] for row in values])
    model = LogisticRegression(C=C, fit_intercept=False, max_iter=10_000).fit(table, [case.label for case in cases])
    by_label = {str(label): weights for label, weights in zip(model.classes_, model.coef_, strict=True)}
    return {
        label: {name: round(float(weight), 2) for name, weight in zip(names, by_label[label], strict=True)}
        for label in LABELS
    }


def main() -> int:
    """Fit and write."""
    pack = load_pack(Settings().pack)
    cases = [case for case in load_cases() if case.split == "development"]
    embedder = SentenceEmbedder(Settings().embedding_model)
    weights = {
        "words": fitted(cases, pack, [None] * len(cases)),
        "vectors": fitted(cases, pack, cosines(cases, embedder)),
    }
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{WEIGHTS.name}: fitted on {len(cases)} pairs\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
