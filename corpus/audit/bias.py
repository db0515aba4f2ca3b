"""Neither the length nor the position of an option gives the answer away."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from corpus.audit.findings import Finding, Outcome
from corpus.audit.places import QUESTIONS, question_files
from corpus.exam_pack import ExamPack
from corpus.questions import Question

CHECK = "bias"
SIGNIFICANCE = 0.01
CHI_SQUARE_1_PERCENT = {3: 11.345, 4: 13.277, 5: 15.086}
"""Degrees of freedom → the value that chi-square exceeds by chance in one case of a hundred."""
Extreme = Callable[[Sequence[int]], int]
EXTREMES: dict[str, Extreme] = {"longest": max, "shortest": min}
LEAST_EXPECTED = 5
"""With fewer expected in a position, chi-square's table does not hold."""
LONGER_BY, LONGER_AND = 1.6, 12
"""An option is much longer than the rest when it has more than 1.6 times the median's characters and 12 more."""


def check(pack: ExamPack) -> Outcome:
    """Whether the right option of single-choice questions stands out, and whether any option is much longer.

    Length: the right option is the longest, and the shortest, no more often than chance allows, by a one-sided
    binomial test at 1 % each; of options that are equally long each gets its share. Position: uniform, by
    chi-square at 1 %, for each number of options by itself.
    """
    singles = [question for question in pack.questions if question.response == "single"]
    findings = (*_length(singles), *_position(singles), *_much_longer(pack))
    counts = {f"right is {name}": _extreme(singles, end) for name, end in EXTREMES.items()}
    return Outcome(CHECK, findings, {"single choice": len(singles), **counts})


def binomial_tail(successes: int, trials: int, chance: float) -> float:
    """The probability of so many successes or more."""
    return math.fsum(
        math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(successes, trials + 1)
    )


def chi_square_uniform(counts: Sequence[int]) -> float:
    """How far counts lie from being all the same."""
    expected = sum(counts) / len(counts)
    return math.fsum((count - expected) ** 2 / expected for count in counts)


def _extreme(singles: Sequence[Question], end: Extreme) -> int:
    """In how many questions the right option is the longest, or the shortest, ties shared."""
    return math.floor(sum(_share(question, end) for question in singles))


def _share(question: Question, end: Extreme) -> Fraction:
    lengths = [len(option.text) for option in question.options]
    right = next(len(option.text) for option in question.options if option.correct)
    return Fraction(right == end(lengths), lengths.count(end(lengths)))


def _length(singles: Sequence[Question]) -> Iterator[Finding]:
    if not singles:
        return
    chance = statistics.fmean(1 / len(question.options) for question in singles)
    for name, end in EXTREMES.items():
        count = _extreme(singles, end)
        probability = binomial_tail(count, len(singles), chance)
        if probability < SIGNIFICANCE:
            problem = f"the right option is the {name} in {count} of {len(singles)}: p = {probability:.4f}"
            yield Finding(CHECK, QUESTIONS, "length", problem)


def _position(singles: Sequence[Question]) -> Iterator[Finding]:
    for options, critical in ((freedom + 1, value) for freedom, value in CHI_SQUARE_1_PERCENT.items()):
        places = Counter(q.answer[0] for q in singles if len(q.options) == options)
        counts = [places["ABCDEF"[place]] for place in range(options)]
        if sum(counts) < LEAST_EXPECTED * options:
            continue
        found = chi_square_uniform(counts)
        if found > critical:
            shown = ", ".join(f"{label} {count}" for label, count in zip("ABCDEF", counts, strict=False))
            problem = f"the right option stands at {shown}: chi-square {found:.1f}, more than {critical}"
            yield Finding(CHECK, QUESTIONS, f"position among {options}", problem)


def _much_longer(pack: ExamPack) -> Iterator[Finding]:
    files = question_files(pack)
    for question in pack.questions:
        lengths = [len(option.text) for option in question.options]
        if max(lengths) > LONGER_BY * statistics.median(lengths) + LONGER_AND:
            problem = f"one option is much longer than the others: {', '.join(map(str, lengths))} characters"
            yield Finding(CHECK, files[question.id], question.id, problem)
