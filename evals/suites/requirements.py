"""Is the requirement that decides read from a question's stem? The held-out half of the bank."""

from __future__ import annotations

from evals.bench import Bench
from evals.requirements import HALVES, half_of, measure
from evals.suite import Result, Row, Suite


def run(bench: Bench) -> Result:
    """Read every stem, the options' cards known."""
    rows = []
    for question in bench.pack.questions:
        if question.trait is None:
            continue
        cards = [bench.pack.cards_by_id[option.card] for option in question.options if option.card]
        found = bench.known.finder.find(question.stem, cards)
        right = [(one.trait, one.value) == (question.trait, question.value) for one in found]
        rows.append(
            Row(
                id=question.id,
                values={"first reading right": float(right[0]), "among the readings": float(any(right))},
                question=question.stem,
                answer=tuple(f"{one.trait} = {one.value}: “{one.text}”" for one in found),
                verdicts=(f"wanted: {question.trait} = {question.value}: “{question.requirement}”",),
                held_out=half_of(question) == HALVES[-1],
            )
        )
    held_out = [question for question in bench.pack.questions if half_of(question) == HALVES[-1]]
    return Result("requirements", measure(bench.pack, held_out), tuple(rows))


SUITE = Suite("requirements", "whether the requirement that decides is read from the stem", run)
