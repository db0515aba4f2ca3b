"""Fits the weights of `ingest.tag` to the development half of the labelled passages.

python -m evals.fit_tagging --corpus FOLDER

A conditional logit (McFadden 1974): the probability of a task is its share of exp(score) among all tasks and "none".
A passage is right under its task and under any of `also`, and what is maximised is the probability of all of them
together, less a penalty of `PENALTY` / 2 times the squared weights. The figures printed with it are cross-validated, so
that each passage is tagged with weights that were fitted without it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.exam_pack import load_pack
from corpus.settings import Settings
from evals.tagging import Outcome, domain_of, micro_f1, read_passages
from evals.tagging_cases import Passage
from ingest.tag import CLUES, NONE_CLUES, Tagger

PENALTY = 0.1
SCALES = np.array([0.1, 1.0, 1.0, 0.1, 1.0, 1.0, 1.0, 1.0, 0.1])
"""About how far each clue ranges: shares and cosines are small, and the penalty is not to hold them back for that."""

FOLDS = 10
STEPS = 100

Array = NDArray[np.float64]


def design(passages: Sequence[Passage], tagger: Tagger) -> Array:
    """Shape (passages, tasks + 1, CLUES + NONE_CLUES): the clues of every task, and last those of "none"."""
    full = np.zeros((len(passages), len(tagger.tasks) + 1, len(CLUES) + len(NONE_CLUES)))
    for row, passage in enumerate(passages):
        for_tasks, for_none = tagger.clues(passage.chunks)
        full[row, :-1, : len(CLUES)] = for_tasks[passage.position]
        full[row, -1, len(CLUES) :] = for_none[passage.position]
    return full


def right_ones(passages: Sequence[Passage], tasks: Sequence[str]) -> Array:
    """Shape (passages, tasks + 1): 1 for each task that is right, and last for "none"."""
    right = np.zeros((len(passages), len(tasks) + 1))
    for row, passage in enumerate(passages):
        case = passage.case
        right[row, len(tasks) if case.task is None else tasks.index(case.task)] = 1.0
        right[row, [tasks.index(task) for task in case.also]] = 1.0
    return right


def fit(x: Array, right: Array) -> Array:
    """The weights, by expectation maximisation with one Newton step a round (Lange 1995), halved if it goes too far."""
    weights = np.zeros(x.shape[2])
    for _ in range(STEPS):
        p = shares(x, weights)
        wanted = p * right
        wanted /= wanted.sum(axis=1, keepdims=True)
        slope = np.einsum("ij,ijk->k", wanted - p, x) - PENALTY * weights
        mean = np.einsum("ij,ijk->ik", p, x)
        curve = np.einsum("ij,ijk,ijl->kl", p, x, x) - mean.T @ mean + PENALTY * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        while worth(x, right, weights + step) < worth(x, right, weights) and np.abs(step).max() > 1e-6:
            step = step / 2
        weights = weights + step
    return weights


def worth(x: Array, right: Array, weights: Array) -> float:
    """What is maximised: the logarithm of the probability that every passage is right, less the penalty."""
    return float(np.log((shares(x, weights) * right).sum(axis=1)).sum() - PENALTY * (weights**2).sum() / 2)


def shares(x: Array, weights: Array) -> Array:
    """The probability of every task and of "none", shape (passages, tasks + 1)."""
    scores = x @ weights
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def cross_validated(passages: Sequence[Passage], x: Array, right: Array, tagger: Tagger) -> list[Outcome]:
    """Each passage as tagged with weights fitted to the other folds."""
    fold = np.random.default_rng(0).permutation(len(passages)) % FOLDS
    fitted = [fit((x / SCALES)[fold != one], right[fold != one]) / SCALES for one in range(FOLDS)]
    scores = np.array([x[number] @ fitted[one] for number, one in enumerate(fold)], dtype=np.float32)
    places = tagger.places(scores[:, :-1], scores[:, -1])
    return [Outcome(passage.case, task) for passage, (_, task, _) in zip(passages, places, strict=True)]


def main() -> int:
    """Fit, and print the weights with their cross-validated figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True, help="the folder that the cases' files are in")
    options = parser.parse_args()
    passages = read_passages("development", options.corpus)
    tagger = Tagger(load_pack(Settings().pack))
    x, right = design(passages, tagger), right_ones(passages, tagger.tasks)
    for name, weight in zip((*CLUES, *NONE_CLUES), fit(x / SCALES, right) / SCALES, strict=True):
        sys.stdout.write(f"{name:36} {weight:6.2f}\n")
    outcomes = cross_validated(passages, x, right, tagger)
    sys.stdout.write(f"cross-validated domain micro-F1 {micro_f1(outcomes, domain_of, np.random.default_rng(0))}\n")
    sys.stdout.write(f"cross-validated task micro-F1   {micro_f1(outcomes, str, np.random.default_rng(0))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
