"""Fits the weights of `tutor.support` to the development halves of `cases/abstain.jsonl` and `cases/ask.jsonl`.

    python -m evals.learn_support [--no-vectors]

Logistic regression with an L2 penalty (scikit-learn's, C = 1). The figures printed with it are cross-validated in ten
folds, so that each question is judged by weights that were fitted without it.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np
from numpy.typing import NDArray

from evals.asking import FILES, Case, fresh_tutor, load_cases
from tutor.support import support_features
from tutor.tutor import Tutor

FOLDS = 10


def design(cases: list[Case], tutor: Tutor) -> tuple[list[str], NDArray[np.float64], NDArray[np.bool_]]:
    """The features' names, their values (cases, features), and which cases are answerable."""
    rows, answerable = [], []
    for case in cases:
        evidence = tutor.evidence(case.question)
        if evidence.passages and evidence.asked.terms:
            rows.append(support_features(evidence.asked, evidence.passages))
            answerable.append(case.answerable)
    names = [name for name in rows[0] if name != "constant"]
    return names, np.array([[row.get(name, 0.0) for name in names] for row in rows]), np.array(answerable)


def main() -> int:
    """Fit and print."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  needed here only
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--no-vectors", action="store_true", help="fit the weights for a library without vectors")
    options = parser.parse_args()
    cases = [case for file in FILES for case in load_cases(file, "development")]
    with fresh_tutor(vectors=not options.no_vectors) as tutor:
        names, x, answerable = design(cases, tutor)
    model = LogisticRegression(C=1.0, max_iter=3000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    answered = cross_val_predict(model, x, answerable, cv=folds, method="predict_proba")[:, 1] >= 0.5
    model.fit(x, answerable)
    lines = [f"{name:12} {weight:6.2f}" for name, weight in zip(names, model.coef_[0], strict=True)]
    lines += [
        f"{'constant':12} {model.intercept_[0]:6.2f}",
        f"cross-validated over {len(x)} questions: "
        f"abstention precision {(~answerable[~answered]).mean():.3f}, recall {(~answered[~answerable]).mean():.3f}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
