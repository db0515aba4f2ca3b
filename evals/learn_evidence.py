"""Fits the weights of `tutor.ranking` and `tutor.quotes` to the learning half of `cases/evidence.jsonl`.

    python -m evals.learn_evidence --corpus FOLDER [--others 500]

The questions were written for the twelve developer guides of 2023. Ranked is among the documents that answer any of
them and some others drawn at random: embedding whole guides takes half an hour more and changes little.

A passage that holds the quoted answer should stand before passages of other documents: a logistic regression over
the differences of their features (Joachims 2002), scikit-learn's with C = 0.3. A sentence should be a part of the
quoted answer: a logistic regression over its features, C = 3, each question weighing the same. The other half of the
questions shows what the weights are worth.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SourceError
from corpus.sentences import stems
from corpus.settings import load_settings
from evals.corpus_cache import CorpusCache, default_folder
from evals.corpus_folder import CorpusFolder, open_corpus
from evals.quotes import SENTENCES, token_recall
from tutor import quotes, ranking
from tutor.assemble import assemble, choose_embedder
from tutor.evidence import CONSIDERED, PASSAGES, Evidence
from tutor.question import Question, read_question
from tutor.tutor import Tutor

CASES = Path(__file__).parent / "cases" / "evidence.jsonl"
SEED = 7
NEGATIVES = 60
HOLDS = 0.9
"""A passage that has this share of the quote's words holds it: marks of Markdown are gone from it."""

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the documents that answer it, the words of the quote that does, and the short answer."""

    question: str
    gold: frozenset[str]
    quote: frozenset[str]
    answer: str
    split: str


@dataclass(frozen=True)
class Ranked:
    """What was found for a case: a row of features for each passage, best first, and for each whether it is gold."""

    case: Case
    asked: Question
    passages: tuple[ranking.Passage, ...]
    rows: Rows
    of_gold: NDArray[np.bool_]
    holds: NDArray[np.bool_]


def load_cases(corpus: Path) -> list[Case]:
    """All cases, both halves. Their quotes are read in the corpus: the cases say where they stand.

    Raises:
        SourceError: a document is not there, or is another version than the case was written for.
    """
    cases = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        quote = _quote(corpus / row["gold_sources"][0], **row["quote"])
        gold = frozenset(row["gold_sources"])
        cases.append(Case(row["question"], gold, frozenset(stems(quote)), row["answer"], row["split"]))
    return cases


def _quote(file: Path, start: int, length: int, sha256: str) -> str:
    try:
        quote = file.read_text(encoding="utf-8")[start : start + length]
    except OSError as error:
        raise SourceError(
            str(file), f"it cannot be read: {error.strerror}", "Name the folder of the guides."
        ) from error
    if hashlib.sha256(quote.encode()).hexdigest() != sha256:
        raise SourceError(str(file), "it is another version than the questions were written for")
    return quote


def some_of(corpus: CorpusFolder, cases: Sequence[Case], others: int) -> CorpusFolder:
    """The documents that answer any case, and `others` drawn from the rest."""
    gold = frozenset[str]().union(*(case.gold for case in cases))
    rest = [name for name in corpus.names if name not in gold]
    drawn = random.Random(SEED).sample(rest, min(others, len(rest)))  # noqa: S311  not for secrets
    return CorpusFolder(corpus.folder, tuple(sorted(gold.intersection(corpus.names).union(drawn))))


def find(case: Case, tutor: Tutor) -> Ranked:
    """Search for a case and read what was found."""
    asked = read_question(case.question, tutor.library, tutor.known.names)
    hits = tutor.library.search(case.question, CONSIDERED, variants=asked.variants)
    values = list(ranking.features(asked, hits))
    found = [np.array([v[name] for name in ranking.WEIGHTS]) for v, _ in values]
    chunks = [reading.hit.chunk for _, reading in values]
    held = [len(case.quote & reading.stems) >= HOLDS * len(case.quote) for _, reading in values]
    return Ranked(
        case,
        asked,
        tuple(ranking.rank(asked, hits)),
        np.array(found),
        np.array([chunk.source in case.gold for chunk in chunks]),
        np.array(held),
    )


def differences(found: Sequence[Ranked]) -> Iterator[tuple[Rows, float]]:
    """For each pair of a passage to be preferred and another document's: the difference of features, its weight."""
    for one in found:
        best = one.of_gold & one.holds if (one.of_gold & one.holds).any() else one.of_gold
        preferred, others = np.flatnonzero(best)[:3], np.flatnonzero(~one.of_gold)[:NEGATIVES]
        for row in preferred:
            for other in others:
                yield one.rows[row] - one.rows[other], 1.0 / (len(preferred) * len(others))


def fit_ranking(found: Sequence[Ranked]) -> Rows:
    """The weights of `ranking.WEIGHTS`, in its order."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  needed here only

    pairs = list(differences(found))
    signs = np.where(np.arange(len(pairs)) % 2 == 0, 1, -1)
    rows = np.array([row for row, _ in pairs]) * signs[:, None]
    model = LogisticRegression(C=0.3, fit_intercept=False, max_iter=1000)
    return np.asarray(model.fit(rows, signs, sample_weight=[weight for _, weight in pairs]).coef_[0])


def reciprocal_rank(one: Ranked, weights: Rows) -> float:
    """Of the first gold document among the first ten (MRR@10 is its mean)."""
    if not len(one.rows):
        return 0.0
    order = np.argsort(-(one.rows @ weights), kind="stable")[:10]
    return next((1.0 / rank for rank, row in enumerate(order, start=1) if one.of_gold[row]), 0.0)


def sentence_rows(one: Ranked) -> tuple[list[str], Rows, NDArray[np.bool_]]:
    """Its quotable sentences, their features, and which are a part of the quoted answer."""
    evidence = Evidence(one.asked, one.passages[:PASSAGES], 1.0)
    texts, rows, right = [], [], []
    for _, text, values in quotes.features(evidence):
        words = frozenset(stems(text))
        texts.append(text)
        rows.append([values[name] for name in quotes.WEIGHTS if name != "subject"])
        right.append(len(words & one.case.quote) >= 0.8 * len(words) and len(words) > 4)
    return texts, np.array(rows), np.array(right)


def fit_quotes(found: Sequence[Ranked]) -> Rows:
    """The weights of `quotes.WEIGHTS` but for the subject's, in its order."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  needed here only

    read = [rows for rows in map(sentence_rows, found) if rows[0]]
    weights = np.concatenate([np.full(len(texts), 100.0 / len(texts)) for texts, _, _ in read])
    rows, right = np.vstack([r for _, r, _ in read]), np.concatenate([r for _, _, r in read])
    return np.asarray(LogisticRegression(C=3.0, max_iter=3000).fit(rows, right, sample_weight=weights).coef_[0])


def recall(one: Ranked, weights: Rows) -> float:
    """The share of the answer's words that its three best sentences hold."""
    texts, rows, _ = sentence_rows(one)
    if not texts:
        return 0.0
    found = [
        quotes.Quote(one.passages[0].chunk, text, score) for text, score in zip(texts, rows @ weights, strict=True)
    ]
    return token_recall(one.case.answer, [quote.text for quote in quotes.choose(found, SENTENCES)]) or 0.0


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True, help="the twelve developer guides of 2023")
    parser.add_argument("--others", type=int, default=500, help="documents that answer none of the questions")
    options = parser.parse_args()
    settings = load_settings()
    cases = load_cases(options.corpus)
    cache = CorpusCache(default_folder(), choose_embedder(settings), lambda said: print(said, file=sys.stderr))  # noqa: T201
    library = cache.library(some_of(open_corpus(options.corpus), cases, options.others), None, now=datetime.now(UTC))
    try:
        tutor = assemble(settings, library)
        found = [find(case, tutor) for case in cases]
    finally:
        library.close()
    learning = [one for one in found if one.case.split == "learning"]
    development = [one for one in found if one.case.split == "development"]
    ranks, sentences = fit_ranking(learning), fit_quotes(learning)
    by_search = np.array([float(name == "fused") for name in ranking.WEIGHTS])
    lines = ["ranking"]
    lines += [f"  {name:10} {weight:6.2f}" for name, weight in zip(ranking.WEIGHTS, ranks, strict=True)]
    lines += [
        f"  MRR@10 on the development half {np.mean([reciprocal_rank(one, ranks) for one in development]):.3f}, "
        f"of the search alone {np.mean([reciprocal_rank(one, by_search) for one in development]):.3f}",
        "sentences",
    ]
    lines += [f"  {name:10} {weight:6.2f}" for name, weight in zip(quotes.WEIGHTS, sentences, strict=False)]
    lines += [
        f"  answer's words on the development half {np.mean([recall(one, sentences) for one in development]):.3f}"
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
