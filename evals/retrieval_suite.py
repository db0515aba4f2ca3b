"""The retrieval suite: every question to the tutor and to the baselines, and what that scores."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.abstention import auroc
from evals.baselines.bm25 import best_sentences
from evals.cases_file import Case
from evals.latency import median_ratio, quantile_score
from evals.our_tutor import Asked, OurTutor
from evals.quotes import SENTENCES, shown_sentences, token_recall
from evals.ranking_metrics import CUTOFF, METRICS, ranking_metrics
from evals.retriever import Passage, Retriever, by_source
from evals.scores import Score, difference_score, mean_score

Scores = dict[str, Score | None]

DEPTH = 100
"""Passages asked of a baseline, so that ten documents are among them."""

READ_FOR_QUOTES = 5
"""Passages whose sentences a baseline picks from."""

COMPARED = ("mrr@10", "r@5")
"""The metrics on which the difference to each baseline is given with its interval."""

WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What one set-up found for one question: documents best first, the sentences it shows, seconds of search."""

    ranking: tuple[Passage, ...]
    shown: tuple[str, ...]
    seconds: float
    metrics: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One question's outcome: ours, how the tutor decided, and each baseline's under its name."""

    case: Case
    ours: Found
    asked: Asked
    baselines: Mapping[str, Found]


@dataclass(frozen=True, slots=True)
class Results:
    """All outcomes and their scores. `differences` are ours − the baseline's, on `COMPARED`."""

    rows: tuple[Row, ...]
    metrics: Scores
    baselines: Mapping[str, Scores]
    differences: Mapping[str, Scores]


def run(
    cases: Sequence[Case],
    ours: OurTutor,
    baselines: Sequence[Retriever],
    *,
    rng: np.random.Generator,
    say: Callable[[str], None] = lambda _: None,
) -> Results:
    """Ask every set-up every question. Some are asked beforehand, untimed: first calls load what later ones share."""
    for case in cases[:WARM_UP]:
        ours.ask(case.question, CUTOFF)
        for baseline in baselines:
            baseline.search(case.question, DEPTH)
    asked = [ours.ask(case.question, CUTOFF) for case in cases]
    say(f"asked {ours.name} {len(cases):,} questions")
    mine = _scored(cases, [Found(one.ranking, shown_sentences(one.quotes), one.search_seconds, {}) for one in asked])
    theirs = {baseline.name: _scored(cases, [_search(baseline, case) for case in cases]) for baseline in baselines}
    rows = tuple(
        Row(case, mine[n], asked[n], {name: found[n] for name, found in theirs.items()}) for n, case in enumerate(cases)
    )
    return Results(
        rows=rows,
        metrics={**_found_scores(mine, rng), **_tutor_scores(rows, rng)},
        baselines={name: _found_scores(found, rng) for name, found in theirs.items()},
        differences={
            name: {metric: difference_score(_values(mine, metric), _values(found, metric), rng) for metric in COMPARED}
            for name, found in theirs.items()
        },
    )


def _search(baseline: Retriever, case: Case) -> Found:
    begin = time.perf_counter()
    passages = baseline.search(case.question, DEPTH)
    seconds = time.perf_counter() - begin
    shown = best_sentences(case.question, passages[:READ_FOR_QUOTES], SENTENCES)
    return Found(by_source(passages, CUTOFF), shown_sentences(shown), seconds, {})


def _scored(cases: Sequence[Case], found: Sequence[Found]) -> list[Found]:
    """The same with each question's metrics; None where a question has nothing to be found or said."""
    gold = {case.id: case.gold for case in cases if case.is_answerable}
    rankings = {case.id: [passage.source for passage in one.ranking] for case, one in zip(cases, found, strict=True)}
    ranked = ranking_metrics(rankings, gold)
    scored = []
    for case, one in zip(cases, found, strict=True):
        recall = token_recall(case.answer, one.shown) if case.is_answerable else None
        metrics: dict[str, float | None] = {name: ranked[name].get(case.id) for name in METRICS}
        metrics["answer in quote"] = None if recall is None else float(recall == 1.0)
        metrics["answer token recall"] = recall
        scored.append(Found(one.ranking, one.shown, one.seconds, metrics))
    return scored


def _values(found: Sequence[Found], metric: str) -> list[float]:
    return [value for one in found if (value := one.metrics[metric]) is not None]


def _found_scores(found: Sequence[Found], rng: np.random.Generator) -> Scores:
    names = found[0].metrics if found else ()
    scores: Scores = {name: mean_score(_values(found, name), rng) for name in names}
    seconds = [one.seconds for one in found]
    scores["search p50 ms"] = quantile_score(seconds, 0.5, rng)
    scores["search p95 ms"] = quantile_score(seconds, 0.95, rng)
    return scores


def _tutor_scores(rows: Sequence[Row], rng: np.random.Generator) -> Scores:
    """Whether it abstains from what nothing answers, and what its time is made of."""
    answerable = [row.asked for row in rows if row.case.is_answerable]
    unanswerable = [row.asked for row in rows if not row.case.is_answerable]
    abstained = [row.case for row in rows if row.asked.abstained] if unanswerable else []
    embedding = [row.asked.embedding_seconds for row in rows]
    search = [row.asked.search_seconds for row in rows]
    answer = [row.asked.answer_seconds for row in rows]
    return {
        "answered when answerable": mean_score([not one.abstained for one in answerable], rng),
        "abstention precision": mean_score([not case.is_answerable for case in abstained], rng),
        "abstention recall": mean_score([one.abstained for one in unanswerable], rng),
        "abstention auroc": auroc(
            [one.confidence for one in answerable], [one.confidence for one in unanswerable], rng
        ),
        "embedding p50 ms": quantile_score(embedding, 0.5, rng),
        "answer p50 ms": quantile_score(answer, 0.5, rng),
        "search p50 / embedding p50": median_ratio(search, embedding, rng),
    }
