"""Are a question's options judged rightly without its key? The held-out half of the pack's own questions."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evals.baselines.bare_model import BareModel
from evals.bench import Bench
from evals.mcq import Case, bank_cases
from evals.requirements import HALVES
from evals.scores import mean_score
from evals.suite import Result, Row, Scores, Suite, counted, means, paired
from tutor.option_reviews import QuestionReview
from tutor.pasted_options import judge

EVERY = 3
"""The fast part takes every third question."""

LOWER = frozenset({"confident and wrong", "key ruled out"})


def run(bench: Bench) -> Result:
    """Judge every question of the bank with its key and rationales hidden."""
    halves = HALVES[-1:] if bench.small else HALVES
    cases = {half: list(bank_cases(bench.pack, half))[:: EVERY if bench.small else 1] for half in halves}
    rows = [row for half, several in cases.items() for row in judged(bench, several, held_out=half == "held-out")]
    return Result(
        "mcq",
        means(counted(rows), bench.rng()),
        tuple(rows),
        {"drawing lots": by_lot(bench, cases["held-out"])},
        lower=LOWER,
    )


def run_file(bench: Bench, cases: Sequence[Case], model: BareModel | None = None) -> Result:
    """Judge questions from outside; a chat model by itself is one more baseline."""
    rows = judged(bench, cases, held_out=False)
    baselines: dict[str, Scores] = {"drawing lots": by_lot(bench, cases)}
    differences: dict[str, Scores] = {}
    if model is not None:
        theirs = [_chosen(case, model) for case in cases]
        baselines[model.name] = means(theirs, bench.rng())
        differences[model.name] = paired(rows, theirs, bench.rng())
    return Result("mcq", means(rows, bench.rng()), tuple(rows), baselines, differences, LOWER)


def judged(bench: Bench, cases: Sequence[Case], *, held_out: bool) -> list[Row]:
    """A row a question."""
    return [row_of(case, judge(case.question, bench.known), held_out=held_out) for case in cases]


def by_lot(bench: Bench, cases: Sequence[Case]) -> Scores:
    """What drawing lots would reach."""
    chance = [1 / math.comb(len(case.question.options), len(case.answer)) for case in cases]
    return {"accuracy": mean_score(chance, bench.rng())}


def _chosen(case: Case, model: BareModel) -> Row:
    """A model is sure of whatever it names; where it names none, it is not covered."""
    options = [(option.label, option.text) for option in case.question.options]
    chosen = model.choose(case.question.stem, options)
    right = float(chosen == set(case.answer))
    values = {"accuracy": right, "coverage": float(bool(chosen)), "confident and wrong": float(bool(chosen)) - right}
    return Row(case.id, values | ({"accuracy when answered": right} if chosen else {}))


def row_of(case: Case, review: QuestionReview, *, held_out: bool = False) -> Row:
    """What a review of the options scores."""
    key = set(case.answer)
    values = {
        "accuracy": float(set(review.first) == key),
        "coverage": float(bool(review.right)),
        "confident and wrong": float(bool(set(review.right) - key)),
        "key ruled out": float(bool(key - set(review.remaining))),
    }
    if review.right:
        values["accuracy when answered"] = float(set(review.right) == key)
    return Row(
        id=case.id,
        values=values,
        question="\n".join(
            [case.question.stem, *(f"{option.label}. {option.text}" for option in case.question.options)]
        ),
        evidence=tuple(f"{option.label} {option.verdict}: {option.reason}" for option in review.options),
        answer=review.right or ("undecided",),
        verdicts=(f"key: {', '.join(case.answer)}", f"ranked first: {', '.join(review.first)}"),
        held_out=held_out,
    )


SUITE = Suite("mcq", "whether options are judged rightly when the key is hidden", run)
