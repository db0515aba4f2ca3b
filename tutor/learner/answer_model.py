"""How likely answers are, given an ability: by difficulty, guess and slip, stated confidence, and what time has done.

Learning and forgetting move an ability while it is being measured. An answer therefore speaks for the ability of its
own time: since then practice has added some, by the logarithm of how much there was (Pavlik, Cen & Koedinger 2009,
Performance Factors Analysis; the logarithm as in Newell & Rosenbloom's law of practice, 1981), and time without
practice has taken some, by its logarithm too (Wixted & Ebbesen 1991). What lies far back is discounted (West, Harrison
& Migon 1985), so that with the years a learner becomes unknown again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tutor.learner.ability import GRID, Floats, Ints
from tutor.learner.attempts import Attempt, Confidence

DIFFICULTY = 1.0
"""Logits between one grade of difficulty and the next; grade 2 is where ability 0 knows every other answer."""

SLIP = 0.05
GUESS_SINGLE = 0.3
"""One of four options, of which a learner sees through one now and then."""

GUESS_MULTIPLE = 0.1
"""Two or three of five or six are seldom guessed, though some give themselves away."""

GAIN = 1.0
PRACTICE = 10.0
"""An ability grows by GAIN with every e-fold of the answers in its task, PRACTICE of which came before the first."""

LOSS = 0.2
"""Logits that are lost with every e-fold of the weeks in which a task was left alone."""

ANSWERS_KEPT = 30.0
DAYS_KEPT = 180.0
"""After so many further answers of the same task, and after so many days, an answer counts 1/e."""

LEAST_WEIGHT = 0.01

_SAID: dict[Confidence | None, int] = {Confidence.SURE: 0, Confidence.UNSURE: 1, Confidence.GUESS: 2, None: 3}

# How often one who knows, and one who does not, says sure, unsure, guess. What is assumed counts as so many answers;
# what a learner's own answers show is added to it.
_KNOWING_SAYS = np.array([14.0, 5.0, 1.0])
_NOT_KNOWING_SAYS = np.array([2.0, 8.0, 10.0])
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Answers:
    """Attempts in columns, with the group (task or card) each speaks for, without those that count next to nothing.

    `weight` is 0 to 1; `since` is how much more the learner is able to do now than then, in logits.
    """

    group: Ints
    difficulty: Floats
    guess: Floats
    correct: NDArray[np.bool_]
    said: Ints
    weight: Floats
    since: Floats

    @classmethod
    def collect(cls, attempts: Sequence[Attempt], rows: Ints, groups: Ints, now: datetime) -> Answers:
        """The columns of `attempts[rows]`, in the order they were recorded; row i speaks for `groups[i]`.

        A time in the future, as a wrong clock gives, is taken for now.
        """
        place, count = _places(groups)
        later = count - 1.0 - place
        near = later < -np.log(LEAST_WEIGHT) * ANSWERS_KEPT
        rows, groups, later = rows[near], groups[near], later[near]
        practice = np.log((count[near] + PRACTICE) / (place[near] + PRACTICE))
        chosen = [attempts[row] for row in rows]
        days = np.array([max((now - attempt.at) / timedelta(days=1), 0.0) for attempt in chosen])
        idle = np.full(groups.max(initial=-1) + 1, np.inf)
        np.minimum.at(idle, groups, days)
        return cls(
            group=groups,
            difficulty=np.array([float(attempt.difficulty) for attempt in chosen]),
            guess=np.array([GUESS_MULTIPLE if len(attempt.chosen) > 1 else GUESS_SINGLE for attempt in chosen]),
            correct=np.array([attempt.correct for attempt in chosen], dtype=bool),
            said=np.array([_SAID[attempt.confidence] for attempt in chosen], dtype=np.intp),
            weight=np.exp(-later / ANSWERS_KEPT - days / DAYS_KEPT),
            since=GAIN * practice - LOSS * np.log1p(idle[groups] / 7.0),
        )


def known(ability: Floats, difficulty: Floats | float = 2.0) -> Floats:
    """The probability to know the answer to a question, by ability in logits and difficulty 1 to 3."""
    k: Floats = 1.0 / (1.0 + np.exp((difficulty - 2.0) * DIFFICULTY - ability))
    return k


def right(ability: Floats, difficulty: Floats | float = 2.0, guess: Floats | float = GUESS_SINGLE) -> Floats:
    """The probability to answer a question right."""
    k = known(ability, difficulty)
    return k * (1.0 - SLIP) + (1.0 - k) * guess


def likelihoods(answers: Answers, groups: int) -> Floats:
    """The logarithm of how likely each group's answers are at each ability of the grid, had now: groups × grid.

    How a learner's confidence goes with their knowing is found with the abilities, in a few rounds of expectation and
    maximisation (Dempster, Laird & Rubin 1977).
    """
    k = known(GRID[None, :] - answers.since[:, None], answers.difficulty[:, None])
    correct, guess = answers.correct[:, None], answers.guess[:, None]
    knowing = k * np.where(correct, 1.0 - SLIP, SLIP)
    not_knowing = (1.0 - k) * np.where(correct, guess, 1.0 - guess)
    knowing_says, not_knowing_says = _KNOWING_SAYS, _NOT_KNOWING_SAYS
    for _ in range(_ROUNDS):
        with_word = knowing * _share(knowing_says)[answers.said, None]
        either = with_word + not_knowing * _share(not_knowing_says)[answers.said, None]
        sums = np.zeros((groups, len(GRID)))
        np.add.at(sums, answers.group, answers.weight[:, None] * np.log(either))
        now = _PRIOR * np.exp(sums - sums.max(axis=1, keepdims=True))
        now /= now.sum(axis=1, keepdims=True)
        knew = (with_word / either * now[answers.group]).sum(axis=1)
        knowing_says = _KNOWING_SAYS + np.bincount(answers.said, knew * answers.weight, 4)[:3]
        not_knowing_says = _NOT_KNOWING_SAYS + np.bincount(answers.said, (1.0 - knew) * answers.weight, 4)[:3]
    return sums


_PRIOR: Floats = np.exp(-0.5 * (GRID / 1.5) ** 2)
"""Of one task by itself, to find how confidence goes with knowing."""


def _share(counts: Floats) -> Floats:
    """How often each word is said; nothing said is no sign."""
    return np.append(counts / counts.sum(), 1.0)


def _places(groups: Ints) -> tuple[Floats, Floats]:
    """For each row, how many rows of its group come before it, and how many there are in all."""
    order = np.argsort(groups, kind="stable")
    first = np.searchsorted(groups[order], groups)
    place = np.empty(len(groups))
    place[order] = np.arange(len(groups))
    return place - first, np.bincount(groups)[groups].astype(float)
