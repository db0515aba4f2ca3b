"""Does the tutor find the page that answers, among all of the pack's? Questions and documents come with the project.

`exam-tutor evals retrieval --corpus FOLDER --questions FILE` measures the same on any documents.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.chunks import Chunk
from evals.asking import Case
from evals.baselines.bm25 import Bm25
from evals.bench import Bench
from evals.our_tutor import DEPTH
from evals.ranking_metrics import CUTOFF, ranking_metrics
from evals.retriever import Passage, by_source
from evals.suite import Result, Row, Suite, counted, means, paired
from evals.suites.abstention import asked_cases
from tutor.evidence import find_evidence

METRICS = ("mrr@10", "r@1", "r@5", "ndcg@10")


def run(bench: Bench) -> Result:
    """Ask every answerable question of the tutor's search, of BM25, and of the vectors alone where there are some."""
    cases = [case for case in asked_cases(bench) if case.answerable]
    bm25 = Bm25([(chunk.embedding_text, Passage(chunk.source, chunk.text)) for chunk in _chunks(bench)])
    others = {"bm25": [by_source(bm25.search(case.question, DEPTH), CUTOFF) for case in cases]}
    if bench.tutor.library.state().embedded:
        others["vectors alone"] = [by_source(_by_vectors(bench, case.question), CUTOFF) for case in cases]
    ours = _rows(bench, cases, [by_source(_ours(bench, case.question), CUTOFF) for case in cases])
    theirs = {name: counted(_rows(bench, cases, found)) for name, found in others.items()}
    return Result(
        "retrieval",
        means(counted(ours), bench.rng()),
        tuple(ours),
        {name: means(rows, bench.rng()) for name, rows in theirs.items()},
        {name: paired(counted(ours), rows, bench.rng()) for name, rows in theirs.items()},
    )


def _ours(bench: Bench, question: str) -> list[Passage]:
    tutor = bench.tutor
    found = find_evidence(question, tutor.library, tutor.pack, tutor.known.names, passages=DEPTH).passages
    return [Passage(one.chunk.source, one.chunk.text) for one in found]


def _by_vectors(bench: Bench, question: str) -> list[Passage]:
    library = bench.tutor.library
    found = [library.chunk(key) for key, _ in library.vectors.search(question, DEPTH)]
    return [Passage(chunk.source, chunk.text) for chunk in found if chunk is not None]


def _chunks(bench: Bench) -> list[Chunk]:
    library = bench.tutor.library
    return [chunk for record in library.sources() for chunk in library.chunks_of(record.id)]


def _rows(bench: Bench, cases: Sequence[Case], found: Sequence[Sequence[Passage]]) -> list[Row]:
    gold = {case.id: {bench.pack.source_of_card(card) for card in case.gold} for case in cases}
    rankings = {case.id: [passage.source for passage in passages] for case, passages in zip(cases, found, strict=True)}
    scored = ranking_metrics(rankings, gold)
    return [
        Row(
            id=case.id,
            values={name: scored[name][case.id] for name in METRICS},
            question=case.question,
            evidence=tuple(f"{passage.source}: {passage.text}" for passage in passages[:3]),
            verdicts=(f"right: {', '.join(sorted(gold[case.id]))}", f"found: {', '.join(rankings[case.id][:3])}"),
            held_out=case.split == "held-out",
        )
        for case, passages in zip(cases, found, strict=True)
    ]


SUITE = Suite("retrieval", "whether the card that answers is found first, by the pack's own questions", run)
