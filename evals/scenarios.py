"""How many scenario questions the generator makes, how fast, and whether anything in them gives the answer away.

    python -m evals.scenarios [--count 5000] [--seed 1] [--pack mls_c01] [--documents FOLDER]

Prints one JSON object. Uniqueness is proven from each finished question's own words by the trait table
(`right_answers`), not by the code that made it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.audit import bias, calculations, overlap, rationales
from corpus.audit.findings import Outcome
from corpus.exam_pack import ExamPack, load_pack, pack_names
from corpus.questions import Question
from corpus.scenarios import Contest
from tutor.scenarios.generator import generate
from tutor.scenarios.identity import family_of

SAMPLE = 1_000
"""Questions whose wording is checked against documents and for bias: the audit's exact test is made for a bank."""
SHOWN = 10
"""Findings of a check that are printed."""


def stated_needs(pack: ExamPack, stem: str) -> set[tuple[str, str]]:
    """Trait and value of every phrase of the trait table that stands in the stem to the letter."""
    return {
        (trait.id, value.id)
        for trait in pack.traits.traits
        for value in trait.values
        if any(f" {phrase}" in stem for phrase in value.phrases)
    }


def right_answers(pack: ExamPack, contest: Contest, question: Question) -> tuple[set[str], set[str]]:
    """The cards among the options that meet every stated need, and those that break none.

    A question is sound when both are its key: the right cards meet everything, and every other card has a trait set
    to a value that neither is the stated one nor serves in the contest.
    """
    serving = {(also.trait, also.wanted): set(also.offers) for also in contest.compatible}
    needs = stated_needs(pack, question.stem)
    meeting, unbroken = set(), set()
    for option in question.options:
        traits = pack.cards_by_id[str(option.card)].traits
        if all(value in traits.get(trait, ()) for trait, value in needs):
            meeting.add(str(option.card))
        if not any(
            traits.get(trait) and not {value, *serving.get((trait, value), ())} & set(traits[trait])
            for trait, value in needs
        ):
            unbroken.add(str(option.card))
    return meeting, unbroken


def unsound(pack: ExamPack, questions: Sequence[Question]) -> list[str]:
    """The ids of questions whose key is not the one set of right answers."""
    contests = {contest.id: contest for contest in pack.scenarios.contests}
    failed = []
    for question in questions:
        contest = contests.get(family_of(question.id))
        if contest is None:
            texts = [option.text for option in question.options]
            if len(set(texts)) < len(texts):
                failed.append(question.id)
            continue
        key = {str(option.card) for option in question.options if option.correct}
        meeting, unbroken = right_answers(pack, contest, question)
        if not key == meeting == unbroken:
            failed.append(question.id)
    return failed


def measure(pack: ExamPack, count: int, seed: int, documents: Path | None) -> dict[str, Any]:
    """Generate and look at what came out; times in seconds."""
    rng = random.Random(seed)  # noqa: S311  to be repeated, not to be secret
    started = time.perf_counter()
    questions = list(generate(pack, rng, count=count))
    seconds = time.perf_counter() - started
    singles = [question for question in questions if question.response == "single"]
    generated = replace(pack, questions=tuple(questions))
    sample = replace(pack, questions=tuple(questions[:SAMPLE]), cards=(), notes=())
    bank = {question.stem for question in pack.questions}
    stems = Counter(question.stem for question in questions)
    return {
        "questions": len(questions),
        "seconds": round(seconds, 1),
        "ids that stand twice": len(questions) - len({question.id for question in questions}),
        "share of stems that stand twice": sum(n - 1 for n in stems.values()) / max(len(questions), 1),
        "stems of the bank": len(bank & set(stems)),
        "unsound": unsound(pack, questions),
        "pairs of answer and requirements": len({_pair(pack, question) for question in questions if question.trait}),
        "calculations": sum(question.trait is None for question in questions),
        "by domain": _counts(question.task.partition(".")[0] for question in questions),
        "by task": _counts(question.task for question in questions),
        "by difficulty": _counts(str(question.difficulty) for question in questions),
        "by response": _counts(question.response for question in questions),
        "by family": _counts(family_of(question.id) for question in questions),
        "position of the right option": _counts(question.answer[0] for question in singles),
        "share of right options that are longest": _share_at(singles, max),
        "share of right options that are shortest": _share_at(singles, min),
        "audit": {
            outcome.check: {**outcome.counts, "findings": _problems(outcome)}
            for outcome in (
                bias.check(sample),
                calculations.check(generated),
                rationales.check(generated),
                overlap.check(sample, documents),
            )
        },
    }


def _pair(pack: ExamPack, question: Question) -> tuple[object, ...]:
    """What is right and what is asked for, whatever the setting and the wrong options."""
    right = frozenset(option.card or option.text for option in question.options if option.correct)
    return (family_of(question.id), right, frozenset(stated_needs(pack, question.stem)))


def _share_at(singles: Sequence[Question], end: Callable[[Iterable[int]], int]) -> float:
    """Ties share: chance is one divided by the number of options."""
    total = 0.0
    for question in singles:
        lengths = [len(option.text) for option in question.options]
        right = next(len(option.text) for option in question.options if option.correct)
        total += (right == end(lengths)) / lengths.count(end(lengths))
    return round(total / max(len(singles), 1), 3)


def _counts(items: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(items).items()))


def _problems(outcome: Outcome) -> list[str]:
    return [f"{finding.item}: {finding.problem}" for finding in outcome.findings[:SHOWN]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pack", default=pack_names()[0])
    parser.add_argument("--documents", type=Path)
    arguments = parser.parse_args()
    result = measure(load_pack(arguments.pack), arguments.count, arguments.seed, arguments.documents)
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
