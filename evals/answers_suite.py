"""The answers suite: every question to the tutor and to what else one would do, and how near each comes.

- token f1, exact match: of the best quote, the one shown first, whether as an answer or as the nearest there is
- f1 with abstention: of the answer; abstaining counts 0 where there is an answer, 1 where there is none (SQuAD 2.0,
  Rajpurkar et al. 2018)
- answer in quote: whether all the answer's words stand in the sentences shown, three at most; token recall: their share
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.baselines.bare_model import BareModel
from evals.baselines.bm25 import best_sentences
from evals.bench import Bench
from evals.cases_file import Case
from evals.quotes import SENTENCES, shown_sentences, token_recall
from evals.retriever import Passage, Retriever
from evals.squad import exact_match, token_f1
from evals.suite import Result, Row, means, paired

SUITE = "answers"
OF_RANKED = 100


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a question: sentences, best first, and whether they are given as an answer."""

    shown: tuple[str, ...]
    abstained: bool = False
    evidence: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def best(self) -> str:
        """The sentence shown first."""
        return self.shown[0] if self.shown else ""


Ask = Callable[[str], Reply]


def ours(bench: Bench) -> Ask:
    """The tutor."""

    def ask(question: str) -> Reply:
        answer = bench.ask(question)
        cited = answer.nearest if answer.abstained else answer.citations
        quotes = tuple(citation.quote for citation in cited)[:SENTENCES]
        evidence = tuple(f"{p.chunk.source}: {p.chunk.text}" for p in answer.evidence.passages[:3])
        return Reply(quotes, answer.abstained, evidence, answer.confidence)

    return ask


def best_sentence(retriever: Retriever) -> Ask:
    """The sentences that BM25 picks from the first passage found."""

    def ask(question: str) -> Reply:
        passages = retriever.search(question, 1)
        return Reply(tuple(best_sentences(question, passages, SENTENCES)))

    return ask


def first_passage(retriever: Retriever) -> Ask:
    """The whole of the first passage."""
    return lambda question: Reply(tuple(passage.text for passage in retriever.search(question, 1)))


def first_sentences(retriever: Retriever) -> Ask:
    """The first sentences of the first passage."""

    def ask(question: str) -> Reply:
        found: Sequence[Passage] = retriever.search(question, 1)
        return Reply(shown_sentences([passage.text for passage in found]))

    return ask


def by_itself(model: BareModel) -> Ask:
    """A chat model without evidence."""

    def ask(question: str) -> Reply:
        said = model.answer(question)
        return Reply((said,) if said else (), abstained=said is None)

    return ask


def run(cases: Sequence[Case], bench: Bench, baselines: Mapping[str, Ask], rng: np.random.Generator) -> Result:
    """Ask every set-up every question; always and never answering is worked out from what the tutor said."""
    ask = ours(bench)
    said = [ask(case.question) for case in cases]
    bench.say(f"asked the tutor {len(cases):,} questions")
    rows = [_row(case, reply) for case, reply in zip(cases, said, strict=True)]
    replies = {
        "always answer": [Reply(reply.shown) for reply in said],
        "never answer": [Reply((), abstained=True) for _ in said],
    }
    for name, other in baselines.items():
        bench.say(f"asking {name}")
        replies[name] = [other(case.question) for case in cases]
    theirs = {
        name: [_row(case, reply) for case, reply in zip(cases, several, strict=True)]
        for name, several in replies.items()
    }
    return Result(
        SUITE,
        means(rows, rng),
        tuple(rows),
        {name: means(others, rng) for name, others in theirs.items()},
        {name: paired(rows, others, rng) for name, others in theirs.items()},
    )


def _row(case: Case, reply: Reply) -> Row:
    sure = "" if reply.confidence is None else f", confidence {reply.confidence:.2f}"
    return Row(
        id=case.id,
        values=_values(case, reply),
        question=case.question,
        evidence=reply.evidence,
        answer=reply.shown,
        verdicts=(f"right: {case.answer}", f"{'abstained' if reply.abstained else 'answered'}{sure}"),
    )


def _values(case: Case, reply: Reply) -> dict[str, float]:
    if not case.is_answerable:
        return {"abstained when it should": float(reply.abstained), "f1 with abstention": float(reply.abstained)}
    values = {"answered when it should": float(not reply.abstained)}
    recall = token_recall(case.answer, shown_sentences(reply.shown))
    if recall is not None:
        f1 = token_f1(case.answer, reply.best)
        values |= {
            "token f1": f1,
            "exact match": exact_match(case.answer, reply.best),
            "f1 with abstention": 0.0 if reply.abstained else f1,
            "answer in quote": float(recall == 1.0),
            "token recall": recall,
        }
    return values
