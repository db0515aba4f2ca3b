"""Drawing questions: what has not been asked before comes first, new scenarios follow, and nothing comes twice."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from corpus.blueprint import Exam
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.scenarios.generator import generate
from tutor.topics import Topic
from tutor.written_scenarios import WrittenScenarios

PULLS = 200
"""How many new scenarios are made for one of a rare task before the task is taken to have none."""


class Origin(StrEnum):
    """Where questions come from: the pack's bank, the generator, or the bank and then the generator."""

    ANY = "any"
    AUTHORED = "authored"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn; `notes` say where it is less, or other, than was asked for."""

    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()


class Drawer:
    """Draws from one pack for one sitting; `seen` are the ids of questions asked before, the latest last.

    New scenarios are asked of a model where one has `written` any, and made by the generator where it has not.
    """

    def __init__(
        self,
        pack: ExamPack,
        rng: random.Random,
        seen: Sequence[str] = (),
        origin: Origin = Origin.ANY,
        written: WrittenScenarios | None = None,
    ) -> None:
        self._pack = pack
        self._rng = rng
        self._last_seen = {question: place for place, question in enumerate(seen)}
        self._origin = origin
        self._written = written
        self._drawn: set[str] = set()
        self._streams: dict[str | None, _Stream] = {}

    def draw(self, topic: Topic, task: str | None = None) -> Question | None:
        """A question on a topic, of one task where that is given; None when there is no other one."""
        bank = [] if self._origin is Origin.GENERATED else self._in_bank(topic, task)
        unseen = [question for question in bank if question.id not in self._last_seen]
        found = self._rng.choice(unseen) if unseen else None
        if found is None and self._origin is not Origin.AUTHORED:
            found = self._generated(topic, task)
        if found is None and bank:
            found = min(bank, key=lambda question: self._last_seen[question.id])
        if found is not None:
            self._drawn.add(found.id)
        return found

    def take(self, question: Question) -> bool:
        """Draw this very question; whether it was not drawn before."""
        fresh = question.id not in self._drawn
        self._drawn.add(question.id)
        return fresh

    def _in_bank(self, topic: Topic, task: str | None) -> list[Question]:
        return [
            question
            for question in self._pack.questions
            if task in (None, question.task) and question.id not in self._drawn and topic.covers(question)
        ]

    def _generated(self, topic: Topic, task: str | None) -> Question | None:
        """By a model; else from the stream of one of the things that the topic is about, drawn among them."""
        if self._pack.scenarios.settings is None or (topic.questions and not topic.cards):
            return None
        tasks = frozenset([task]) if task and not topic.cards else topic.tasks
        if self._written and (new := self._written.draw(topic.cards, tasks, self._drawn | self._last_seen.keys())):
            return new
        about: list[str | None] = [*sorted(topic.cards)] or [None]
        self._rng.shuffle(about)
        return next((found for card in about if (found := self._from_stream(card, tasks)) is not None), None)

    def _from_stream(self, card: str | None, tasks: frozenset[str]) -> Question | None:
        if card not in self._streams:
            self._streams[card] = _Stream(generate(self._pack, self._rng, topic=card))
        return self._streams[card].draw(tasks, self._drawn | self._last_seen.keys())


class _Stream:
    """New scenarios as they come, those of tasks that were not asked for kept until they are."""

    def __init__(self, questions: Iterator[Question]) -> None:
        self._questions = questions
        self._kept: list[Question] = []

    def draw(self, tasks: frozenset[str], used: Collection[str]) -> Question | None:
        """The next one of these tasks, of any where there are none, that is not among the ids used."""
        for place, question in enumerate(self._kept):
            if (not tasks or question.task in tasks) and question.id not in used:
                return self._kept.pop(place)
        for question in islice(self._questions, PULLS):
            if (not tasks or question.task in tasks) and question.id not in used:
                return question
            self._kept.append(question)
        return None


def blueprint_weights(exam: Exam) -> dict[str, float]:
    """Each task's share of the exam: its domain's weight over the domain's tasks, which guides do not weigh."""
    return {task.id: domain.weight / len(domain.tasks) / 100 for domain in exam.domains for task in domain.tasks}


def spread(weights: Mapping[str, float], count: int, rng: random.Random) -> list[str]:
    """`count` keys in proportion to their weights, in an order that is drawn.

    Systematic sampling: equal steps over the weights laid end to end, from a start that is drawn, so that every key
    comes up as often as it should, to within one (Cochran, Sampling Techniques, 1977, chapter 8).
    """
    total = sum(weights.values())
    if total <= 0 or count <= 0:
        return []
    start = rng.random()
    marks = iter((start + step) * total / count for step in range(count))
    chosen: list[str] = []
    reached, mark = 0.0, next(marks)
    for key, weight in weights.items():
        reached += weight
        while mark < reached and len(chosen) < count:
            chosen.append(key)
            mark = next(marks, total)
    rest = count - len(chosen)  # a sum of floats may end a hair before the last mark
    chosen += [max(weights, key=lambda key: weights[key])] * rest
    rng.shuffle(chosen)
    return chosen


def largest_remainder(weights: Mapping[str, float], count: int) -> dict[str, int]:
    """`count` shared out by weight: the whole parts, then one each to the largest remainders (Hamilton's method)."""
    total = sum(weights.values())
    exact = {key: weight * count / total for key, weight in weights.items()}
    shares = {key: int(share) for key, share in exact.items()}
    by_remainder = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in by_remainder[: count - sum(shares.values())]:
        shares[key] += 1
    return shares


def tasks_of(topic: Topic, exam: Exam, questions: Collection[Question]) -> set[str]:
    """The tasks that a topic has questions in."""
    named = {task.id for task in exam.tasks if task.id in topic.tasks}
    return named or {question.task for question in questions if topic.covers(question)}
