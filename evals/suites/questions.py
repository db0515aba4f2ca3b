"""Is each question sound: one right answer, nothing that gives it away, reasons that agree? Authored and generated."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from corpus.audit import bias, calculations, rationales
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from evals.bench import Bench
from evals.scenarios import unsound
from evals.scores import Score, mean_score
from evals.suite import Result, Row, Suite, means
from tutor.scenarios.generator import generate

MADE, MADE_SMALL = 2_000, 300
AUDITED = 1_000
"""Generated questions that the audit's exact tests are made for: they were made for a bank."""
SEED = 1


def run(bench: Bench) -> Result:
    """Look at the bank and at as many new questions."""
    made = MADE_SMALL if bench.small else MADE
    new = list(generate(bench.pack, random.Random(SEED), count=made))  # noqa: S311  to be repeated, not secret
    bad = set(unsound(bench.pack, new))
    generated = replace(bench.pack, questions=tuple(new), cards=(), notes=())
    rows = [
        *_rows(bench.pack, bench.pack.questions, "authored", {}),
        *_rows(replace(bench.pack, questions=tuple(new)), new, "generated", dict.fromkeys(bad, "not one right answer")),
    ]
    metrics: dict[str, Score | None] = {}
    chance: dict[str, Score | None] = {}
    for origin, questions, pack in (
        ("authored", bench.pack.questions, bench.pack),
        ("generated", new, replace(generated, questions=tuple(new[:AUDITED]))),
    ):
        own = [row for row in rows if row.id.startswith(origin)]
        metrics |= {f"{origin}: {name}": score for name, score in means(own, bench.rng()).items()}
        metrics[f"{origin}: bias tests passed"] = mean_score([float(not bias.check(pack).findings)], bench.rng())
        singles = [question for question in questions if question.response == "single"]
        chance[f"{origin}: right is longest"] = mean_score([1 / len(q.options) for q in singles], bench.rng())
        for grade in (1, 2, 3):
            shares = [float(question.difficulty == grade) for question in questions]
            metrics[f"{origin}: share of difficulty {grade}"] = mean_score(shares, bench.rng())
    lower = frozenset(name for name in metrics if "right is" in name)
    return Result("questions", metrics, tuple(rows), {"chance": chance}, lower=lower | {"right is longest"})


def _rows(pack: ExamPack, questions: Sequence[Question], origin: str, unsound_ids: dict[str, str]) -> list[Row]:
    found = [*rationales.check(pack).findings, *calculations.check(pack).findings]
    problems: dict[str, list[str]] = {}
    for finding in found:
        problems.setdefault(finding.item.split()[0], []).append(finding.problem)
    rows = []
    for question in questions:
        values = {
            "one right answer": float(_one_right(pack, question) and question.id not in unsound_ids),
            "reasons and figures agree": float(question.id not in problems),
        }
        if question.response == "single":
            values["right is longest"] = _longest(question)
        rows.append(
            Row(
                id=f"{origin} {question.id}",
                values=values,
                question=question.stem,
                answer=tuple(f"{label}. {option.text}: {option.rationale}" for label, option in question.labelled),
                verdicts=(f"key: {', '.join(question.answer)}", *problems.get(question.id, ())),
            )
        )
    return rows


def _one_right(pack: ExamPack, question: Question) -> bool:
    """By the trait table, where the question turns on a trait: what has the wanted value is right, and nothing else.

    An option whose own reason is another trait may have the value and still be wrong.
    """
    texts = [" ".join(option.text.split()).casefold() for option in question.options]
    if len(set(texts)) < len(texts):
        return False
    return all(
        (question.value in pack.cards_by_id[option.card].traits.get(question.trait, ())) == option.correct
        for option in question.options
        if question.trait and option.card and option.trait == question.trait
    )


def _longest(question: Question) -> float:
    """1 where the right option alone is the longest; of equally long ones each gets its share."""
    lengths = [len(option.text) for option in question.options]
    right = next(len(option.text) for option in question.options if option.correct)
    return (right == max(lengths)) / lengths.count(max(lengths))


SUITE = Suite("questions", "whether questions have one right answer and nothing gives it away", run)
