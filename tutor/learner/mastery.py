"""From attempts to what a learner masters, with how much certainty: by replay, so that nothing derived is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from corpus.blueprint import Exam
from tutor.learner.ability import GRID, SPREADS, Floats, Ints, posterior
from tutor.learner.answer_model import Answers, likelihoods, right
from tutor.learner.attempts import Attempt
from tutor.learner.record import LearnerRecord, Mastery, TrendPoint

DRAWS = 1_000
SEED = 1
"""The draws are the same for the same attempts: a record does not flicker."""

TREND_POINTS = 8
_TAILS = (0.05, 0.95)


def replay(
    attempts: Sequence[Attempt], exam: Exam, now: datetime, *, draws: int = DRAWS, trend_points: int = TREND_POINTS
) -> LearnerRecord:
    """What one learner's attempts at an exam, in the order they were recorded, say about them at `now`.

    A `now` in the future says what will be left by then if nothing is practised.
    """
    tasks = {task.id: number for number, task in enumerate(exam.tasks)}
    groups = np.array([tasks.get(attempt.task, -1) for attempt in attempts], dtype=np.intp)
    rows = np.flatnonzero(groups >= 0)
    groups = groups[rows]
    abilities = _abilities(attempts, rows, groups, exam, now, draws)
    medium = right(abilities)
    counts = np.bincount(groups, minlength=len(tasks))
    domains = _domains(exam)
    by_domain = np.column_stack([medium[:, domains == number].mean(axis=1) for number in range(len(exam.domains))])
    shares = np.array([domain.weight / 100 for domain in exam.domains])
    return LearnerRecord(
        exam=exam.code,
        now=now,
        tasks={task: _mastery(medium[:, number], counts[number]) for task, number in tasks.items()},
        domains={
            domain.id: _mastery(by_domain[:, number], counts[domains == number].sum())
            for number, domain in enumerate(exam.domains)
        },
        cards=_cards(attempts, abilities, now),
        overall=_mastery(by_domain @ shares, len(rows)),
        trend=tuple(_trend(attempts, rows, groups, exam, trend_points)),
        elsewhere=len(attempts) - len(rows),
        abilities=abilities,
    )


def _abilities(  # noqa: PLR0913, PLR0917  attempts, and which of them speak for what
    attempts: Sequence[Attempt], rows: Ints, groups: Ints, exam: Exam, now: datetime, draws: int
) -> Floats:
    answers = Answers.collect(attempts, rows, groups, now)
    seen = likelihoods(answers, len(exam.tasks))
    return posterior(seen, _domains(exam), draws, np.random.default_rng(SEED))


def _trend(attempts: Sequence[Attempt], rows: Ints, groups: Ints, exam: Exam, points: int) -> list[TrendPoint]:
    """The learner as they were after each of `points` equal parts of their attempts."""
    shares = task_shares(exam)
    found = []
    for end in sorted({len(rows) * part // points for part in range(1, points + 1)} - {0} if points else ()):
        at = attempts[rows[end - 1]].at
        then = right(_abilities(attempts, rows[:end], groups[:end], exam, at, DRAWS // 4))
        found.append(TrendPoint(at, float((then @ shares).mean())))
    return found


def _cards(attempts: Sequence[Attempt], abilities: Floats, now: datetime) -> dict[str, Mastery]:
    """Each card that was met, by itself, around what the learner can do over all."""
    pairs = [(row, card) for row, attempt in enumerate(attempts) for card in attempt.cards]
    names = {card: number for number, card in enumerate(dict.fromkeys(card for _, card in pairs))}
    if not names:
        return {}
    rows = np.array([row for row, _ in pairs], dtype=np.intp)
    groups = np.array([names[card] for _, card in pairs], dtype=np.intp)
    seen = likelihoods(Answers.collect(attempts, rows, groups, now), len(names))
    spread = np.hypot(abilities.std(), SPREADS[1])
    weighed = seen - 0.5 * ((GRID - abilities.mean()) / spread) ** 2
    chance = np.exp(weighed - weighed.max(axis=1, keepdims=True))
    sums = chance.cumsum(axis=1) / chance.sum(axis=1, keepdims=True)
    medium = right(GRID)
    means = (chance @ medium) / chance.sum(axis=1)
    lows, highs = (medium[(sums < tail).sum(axis=1)] for tail in _TAILS)
    counts = np.bincount(groups)
    return {
        card: Mastery(float(means[number]), float(lows[number]), float(highs[number]), int(counts[number]))
        for card, number in names.items()
    }


def task_shares(exam: Exam) -> Floats:
    """The share of each task in the exam: a domain's weight, in equal parts, for the guide gives no others."""
    return np.array([domain.weight / 100 / len(domain.tasks) for domain in exam.domains for _ in domain.tasks])


def _domains(exam: Exam) -> Ints:
    return np.array([number for number, domain in enumerate(exam.domains) for _ in domain.tasks], dtype=np.intp)


def _mastery(values: Floats, answers: int) -> Mastery:
    low, high = np.quantile(values, _TAILS)
    return Mastery(float(values.mean()), float(low), float(high), int(answers))
