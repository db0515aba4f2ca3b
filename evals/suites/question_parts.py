"""Is a message that asks two things answered part by part?

Answerable questions of the held-out half of `cases/abstain.jsonl` are joined two by two, by a mark ("…? And …?")
and without one ("… and …"); others with one that the pack does not answer. Counted is how often both things are
answered from a card that holds the answer, and how often the answer says that one of two was not answered. The
baselines answer the message as one question, and each question alone, which is all that can be had.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evals.asking import Case, load_cases
from evals.bench import Bench
from evals.suite import Result, Row, Suite, counted, means, paired
from tutor.answers import Answer
from tutor.tutor import Tutor

CASES = Path(__file__).parent.parent / "cases" / "abstain.jsonl"
PAIRS = 100
FEW = 30
"""Pairs of the fast part, and of the development half, which are there to be read."""

Answers = Callable[[str], Answer]
Pair = tuple[Case, Case]


def joined_by_mark(pair: Pair) -> str:
    """Two questions in two sentences."""
    return f"{pair[0].question.rstrip(' ?.!')}? And {pair[1].question.rstrip(' ?.!')}?"


def joined_by_and(pair: Pair) -> str:
    """Two questions in one sentence, as they are typed in haste."""
    return f"{pair[0].question.rstrip(' ?.!')} and {pair[1].question.rstrip(' ?.!')}"


JOINS: Mapping[str, Callable[[Pair], str]] = {"mark": joined_by_mark, "and": joined_by_and}


def draw_pairs(count: int, split: str) -> tuple[list[Pair], list[Pair]]:
    """Pairs that can be answered, and pairs whose second question cannot; the same ones every time."""
    cases = load_cases(CASES, split)
    rng = random.Random(1)  # noqa: S311  to be repeated, not to be secret
    answerable = [case for case in cases if case.answerable]
    beyond = [case for case in cases if not case.answerable]
    pairs = [(first, second) for first, second in (rng.sample(answerable, 2) for _ in range(count))]
    return pairs, [(rng.choice(answerable), rng.choice(beyond)) for _ in range(count)]


def run(bench: Bench) -> Result:
    """Ask every pair, joined in both ways, and what each baseline makes of it."""
    ours: list[Row] = []
    whole: list[Row] = []
    alone: list[Row] = []
    for count, split in ((FEW, "held-out"),) if bench.small else ((PAIRS, "held-out"), (FEW, "development")):
        pairs, halves = draw_pairs(count, split)
        ours += rows(bench.tutor, pairs, halves, bench.ask)
        whole += rows(bench.tutor, pairs, halves, lambda text: bench.tutor.engine.answer(bench.tutor.evidence(text)))
        alone += [_alone(bench, pair) for pair in pairs]
    theirs = {"as one question": counted(whole), "each asked alone": counted(alone)}
    return Result(
        "question_parts",
        means(counted(ours), bench.rng()),
        tuple(ours),
        {name: means(other, bench.rng()) for name, other in theirs.items()},
        {name: paired(counted(ours), other, bench.rng()) for name, other in theirs.items()},
    )


def rows(tutor: Tutor, pairs: Sequence[Pair], halves: Sequence[Pair], answers: Answers) -> list[Row]:
    """A row for each pair; the second of each of `halves` cannot be answered."""
    found = []
    for pair in pairs:
        said = {name: answers(join(pair)) for name, join in JOINS.items()}
        values = {f"both answered, joined by {name}": both_answered(tutor, one, pair) for name, one in said.items()}
        found.append(_row(pair, values, said["mark"]))
    for pair in halves:
        answer = answers(joined_by_mark(pair))
        named = float(not answer.abstained and "answers “" in answer.note)
        found.append(_row(pair, {"says that one was not answered": named}, answer))
    return found


def both_answered(tutor: Tutor, answer: Answer, pair: Sequence[Case]) -> float:
    """1.0 where a card that holds the answer is cited for each of the two, else 0.0."""
    cited = {citation.chunk.source for citation in answer.citations}
    return float(all(cited & {tutor.pack.source_of_card(card) for card in case.gold} for case in pair))


def _alone(bench: Bench, pair: Pair) -> Row:
    both = all(both_answered(bench.tutor, bench.ask(case.question), (case,)) for case in pair)
    return _row(pair, {f"both answered, joined by {name}": float(both) for name in JOINS})


def _row(pair: Pair, values: Mapping[str, float], answer: Answer | None = None) -> Row:
    return Row(
        id="+".join(case.id for case in pair),
        values=values,
        question=joined_by_mark(pair),
        answer=tuple(claim.text for claim in answer.claims) if answer else (),
        verdicts=(answer.note,) if answer else (),
        held_out=pair[0].split == "held-out",
    )


SUITE = Suite("question_parts", "whether a message that asks two things gets the answers of both", run)
