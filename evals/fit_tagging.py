"""Fits the weights of `ingest.tag`, and the words it learns, to the development half of the labelled passages.

python -m evals.fit_tagging --corpus FOLDER [--pack PACK] [--write]

The words first (`ingest.passage_words`): a multinomial logistic regression, penalised. Then the weights of the clues: a
conditional logit (McFadden 1974), the probability of a task is its share of exp(score) among all tasks and "none". A
passage is right under its task and under any of `also`, and what is maximised is the probability of all of them
together, less a penalty of `PENALTY` / 2 times the squared weights. What the words say of a passage is for that read
from words that were learned without it; and every fourth passage counts once more with words that say nothing, for so
they do of a document unlike these: without that, articles on other things were placed at random. The figures
printed are cross-validated, so that each passage is tagged with words and weights that were learned without it.
`--write` puts them into the pack's folder.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from corpus.exam_pack import load_pack
from corpus.lexical_index import STOP_WORDS
from corpus.sentences import stem
from corpus.settings import Settings
from evals.tagging import NONE, Outcome, domain_of, micro_f1, read_passages
from evals.tagging_cases import Passage
from ingest.passage_words import FILE, LearnedWords, PassageWords, StemVectors, write_learned_words
from ingest.tag import CLUES, NONE_CLUES, Tagger
from ingest.task_words import Floats, words_of

PENALTY = 0.1
SCALES = np.array([0.1, 1.0, 1.0, 0.1, 1.0, 1.0, 1.0, 1.0, 1.0, 0.1])
"""About how far each clue ranges: shares and cosines are small, and the penalty is not to hold them back for that."""

FOLDS = 10
INNER_FOLDS = 5
STEPS = 100

LEAST_PASSAGES = 3
"""A stem is learned when so many passages have it."""

INVERSE_PENALTY = 10.0
"""scikit-learn's C for the words. Of 1, 3 and 10, by cross-validation."""

SILENT = 4
"""Of 2, 4 and none, by cross-validation (0.861, 0.869, 0.876) and the `other` passages (0.833, 0.827, 0.803)."""

DECIMALS = 2

Array = NDArray[np.float64]
LEARNED = CLUES.index("words of passages that readers placed")


def words_of_passages(passages: Sequence[Passage]) -> tuple[list[list[str]], list[list[str]]]:
    """The words of each passage, and those of its title and headings."""
    chunks = [passage.chunk for passage in passages]
    return (
        [words_of(chunk.text) for chunk in chunks],
        [words_of(" ".join((chunk.title, *chunk.location.heading))) for chunk in chunks],
    )


def learn(passages: Sequence[Passage]) -> LearnedWords:
    """The words, without the weights of the clues, which are all 0."""
    texts = words_of_passages(passages)
    tables = [_rarity(part) for part in texts]
    blocks = [_dense(part, rarity) for part, rarity in zip(texts, tables, strict=True)]
    labels = [passage.case.task or NONE for passage in passages]
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000).fit(np.hstack(blocks), labels)
    order = [*(name for name in model.classes_ if name != NONE), NONE]
    rows = [list(model.classes_).index(name) for name in order]
    body, above = np.split(model.coef_[rows].T, [len(tables[0])])
    return LearnedWords(
        classes=tuple(order),
        bias=_rounded(model.intercept_[rows]),
        body=_rows(tables[0], body),
        above=_rows(tables[1], above),
        weights=(0.0,) * len(CLUES),
        none_weights=(0.0,) * len(NONE_CLUES),
    )


def _dense(texts: Sequence[Sequence[str]], rarity: Mapping[str, float]) -> Array:
    """The texts' vectors over all stems, shape (texts, stems)."""
    vectors, used = StemVectors(rarity).of(texts)
    full = np.zeros((len(texts), len(rarity)))
    full[:, used] = vectors
    return full


def _rarity(texts: Sequence[Sequence[str]]) -> dict[str, float]:
    """The stems that enough texts have, with their inverse document frequency, as scikit-learn smooths it."""
    counts = Counter(key for text in texts for key in {stem(word) for word in text if word not in STOP_WORDS})
    kept = sorted(key for key, count in counts.items() if count >= LEAST_PASSAGES)
    return {key: 1 + math.log((1 + len(texts)) / (1 + counts[key])) for key in kept}


def _rows(rarity: Mapping[str, float], weights: Array) -> dict[str, tuple[float, ...]]:
    return {stem: _rounded([rare, *row]) for (stem, rare), row in zip(rarity.items(), weights, strict=True)}


def _rounded(numbers: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(number), DECIMALS) for number in numbers)


def said_by_words(learned_from: Sequence[Passage], passages: Sequence[Passage], tasks: Sequence[str]) -> Floats:
    """What words learned from some passages say of others, shape (passages, tasks)."""
    return PassageWords(learn(learned_from), tasks).lean(*words_of_passages(passages))


def out_of_fold(passages: Sequence[Passage], tasks: Sequence[str]) -> Floats:
    """What the words say of each passage, learned from the others."""
    fold = np.random.default_rng(1).permutation(len(passages)) % INNER_FOLDS
    said = np.zeros((len(passages), len(tasks)), dtype=np.float32)
    for one in range(INNER_FOLDS):
        rest, here = _chosen(passages, fold != one), _chosen(passages, fold == one)
        said[fold == one] = said_by_words(rest, here, tasks)
    return said


def design(passages: Sequence[Passage], tagger: Tagger) -> Array:
    """Shape (passages, tasks + 1, CLUES + NONE_CLUES): the clues of every task, and last those of "none".

    What learned words say is left at 0: it depends on which passages they are learned from.
    """
    full = np.zeros((len(passages), len(tagger.tasks) + 1, len(CLUES) + len(NONE_CLUES)))
    for row, passage in enumerate(passages):
        for_tasks, for_none = tagger.clues(passage.chunks)
        full[row, :-1, : len(CLUES)] = for_tasks[passage.position]
        full[row, -1, len(CLUES) :] = for_none[passage.position]
    full[:, :, LEARNED] = 0.0
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


def fit_scaled(x: Array, right: Array) -> Array:
    """The weights, with every clue penalised by its own scale."""
    return np.asarray(fit(x / SCALES, right) / SCALES)


def fit_with_words(x: Array, said: Floats, right: Array) -> Array:
    """The weights where words say something, every `SILENT`th passage counted once more without."""
    both = np.concatenate([with_words(x, said), x[::SILENT]])
    return fit_scaled(both, np.concatenate([right, right[::SILENT]]))


def with_words(x: Array, said: Floats) -> Array:
    """The design with what learned words say in its place."""
    filled = x.copy()
    filled[:, :-1, LEARNED] = said
    return filled


def cross_validated(passages: Sequence[Passage], x: Array, right: Array, tagger: Tagger) -> list[Outcome]:
    """Each passage as tagged with words and weights that were learned from the other folds."""
    fold = np.random.default_rng(0).permutation(len(passages)) % FOLDS
    scores = np.zeros(x.shape[:2], dtype=np.float32)
    for one in range(FOLDS):
        others, these = _chosen(passages, fold != one), _chosen(passages, fold == one)
        weights = fit_with_words(x[fold != one], out_of_fold(others, tagger.tasks), right[fold != one])
        scores[fold == one] = with_words(x[fold == one], said_by_words(others, these, tagger.tasks)) @ weights
    places = tagger.places(scores[:, :-1], scores[:, -1])
    return [Outcome(passage.case, task) for passage, (_, task, _) in zip(passages, places, strict=True)]


def _chosen(passages: Sequence[Passage], which: NDArray[np.bool_]) -> list[Passage]:
    return [passage for passage, wanted in zip(passages, which, strict=True) if wanted]


def main() -> int:
    """Fit, and print the weights with their cross-validated figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True, help="the folder that the cases' files are in")
    parser.add_argument("--pack", default=Settings().pack)
    parser.add_argument("--write", action="store_true", help=f"put words and weights into the pack's {FILE}")
    options = parser.parse_args()
    pack = load_pack(options.pack)
    passages = read_passages("development", options.corpus)
    tagger = Tagger(pack)
    x, right = design(passages, tagger), right_ones(passages, tagger.tasks)
    words = learn(passages)
    with_learned = fit_with_words(x, out_of_fold(passages, tagger.tasks), right)
    without = fit_scaled(x, right)
    for name, one, other in zip((*CLUES, *NONE_CLUES), without, with_learned, strict=True):
        sys.stdout.write(f"{name:50} {one:6.2f}, with learned words {other:6.2f}\n")
    outcomes = cross_validated(passages, x, right, tagger)
    sys.stdout.write(f"cross-validated domain micro-F1 {micro_f1(outcomes, domain_of, np.random.default_rng(0))}\n")
    sys.stdout.write(f"cross-validated task micro-F1   {micro_f1(outcomes, str, np.random.default_rng(0))}\n")
    if options.write:
        weights, none_weights = _rounded(with_learned[: len(CLUES)]), _rounded(with_learned[len(CLUES) :])
        learned = words.model_copy(update={"weights": weights, "none_weights": none_weights})
        write_learned_words(learned, pack.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
