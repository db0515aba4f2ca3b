"""What answering a message part by part gains, where it asks two things: against answering it as one question.

    python -m evals.question_parts [--pairs 100] [--split held-out|development]

Answerable questions of one half of `cases/abstain.jsonl` are joined two by two, by a mark ("…? And …?") and
without one ("… and …"); others with one that the pack does not answer. Prints JSON: how often both things are answered
from a card that holds the answer, with what can be had at most (each asked alone), and how often the answer says that
one of two was not answered; 95 % bootstrap intervals over pairs. Searched by words only.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from evals.asking import Case, fresh_tutor, load_cases
from evals.scores import Score, mean_score, suite_json
from tutor.answers import Answer
from tutor.tutor import Tutor

CASES = Path(__file__).parent / "cases" / "abstain.jsonl"

Answers = Callable[[str], Answer]
Pair = tuple[Case, Case]


def joined_by_mark(pair: Pair) -> str:
    """Two questions in two sentences."""
    return f"{pair[0].question.rstrip(' ?.!')}? And {pair[1].question.rstrip(' ?.!')}?"


def joined_by_and(pair: Pair) -> str:
    """Two questions in one sentence, as they are typed in haste."""
    return f"{pair[0].question.rstrip(' ?.!')} and {pair[1].question.rstrip(' ?.!')}"


def both_answered(tutor: Tutor, answer: Answer, pair: Sequence[Case]) -> bool:
    """Whether a card that holds the answer is cited for each of the two."""
    cited = {citation.chunk.source for citation in answer.citations}
    return all(cited & {tutor.pack.source_of_card(card) for card in case.gold} for case in pair)


def asked_apart(tutor: Tutor, pair: Pair) -> bool:
    """Whether both are answered when each is asked alone: no more can be had from asking them together."""
    return all(both_answered(tutor, tutor.ask(case.question), (case,)) for case in pair)


def measure(tutor: Tutor, pairs: Sequence[Pair], halves: Sequence[Pair], answers: Answers) -> dict[str, Score | None]:
    """The figures named in this module's docstring; the second of each of `halves` cannot be answered."""
    scores: dict[str, Score | None] = {}
    for name, join in (("mark", joined_by_mark), ("and", joined_by_and)):
        found = [float(both_answered(tutor, answers(join(pair)), pair)) for pair in pairs]
        scores[f"both answered, joined by {name}"] = mean_score(found, np.random.default_rng(1))
    said = [answers(joined_by_mark(pair)) for pair in halves]
    scores["says that one was not answered"] = mean_score(
        [float(not answer.abstained and "answers “" in answer.note) for answer in said], np.random.default_rng(1)
    )
    return scores


def draw_pairs(count: int, split: str) -> tuple[list[Pair], list[Pair]]:
    """Pairs that can be answered, and pairs whose second question cannot; the same ones every time."""
    cases = load_cases(CASES, split)
    rng = random.Random(1)  # noqa: S311
    answerable = [case for case in cases if case.answerable]
    beyond = [case for case in cases if not case.answerable]
    pairs = [(first, second) for first, second in (rng.sample(answerable, 2) for _ in range(count))]
    return pairs, [(rng.choice(answerable), rng.choice(beyond)) for _ in range(count)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--split", choices=("held-out", "development"), default="held-out")
    arguments = parser.parse_args()
    pairs, halves = draw_pairs(arguments.pairs, arguments.split)
    with fresh_tutor(vectors=False) as tutor:
        ours = measure(tutor, pairs, halves, tutor.ask)
        whole = measure(tutor, pairs, halves, lambda text: tutor.engine.answer(tutor.evidence(text)))
        apart = mean_score([float(asked_apart(tutor, pair)) for pair in pairs], np.random.default_rng(1))
    baselines = {
        "as one question": {name: score and score.value for name, score in whole.items()},
        "each asked alone": {"both answered": apart and apart.value},
    }
    sys.stdout.write(json.dumps(suite_json("question parts", ours, baselines), indent=2) + "\n")


if __name__ == "__main__":
    main()
