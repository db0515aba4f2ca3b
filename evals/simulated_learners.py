"""Learners whose knowledge is known: how they came by it, answer, feel, learn and forget.

Their world is not the one that the tutor's model assumes, lest the model be measured on itself:

- What a learner knows of a task is a share of its questions, 0 to 1, not an ability in logits. People come from one side
  of a field: in each domain a learner has studied some share of the tasks (Beta(0.7, 0.7), mostly nearly all or nearly
  none), and knows much of those (Beta(9, 2), 82 % on average) and little of the others (Beta(1.5, 6), 20 %).
- A question of grade 1, 2, 3 is known with that share to the power of 0.5, 1, 1.9, and that power is raised or
  lowered for each question by a chance factor (log-normal, 0.3) that nobody sees.
- Who does not know strikes out wrong options: each with a probability of the learner's own (Beta(1, 4)); then guesses
  among what is left. Who knows slips with a probability of their own (Beta(2, 30)).
- A feeling of knowing (0.75 for who knows, 0.3 for who does not) is blurred by the learner's noise (0.1 to 0.3) and
  shifted by their self-regard (normal, 0.15); above 0.65 they say sure, below 0.35 guess. 15 % never say how sure they are.
- An explained answer teaches a share of what is missing, at a rate of the learner's own (Gamma, mean 5 %), after a right
  answer six tenths of it. Between sittings knowledge falls towards half of the most it ever was, by a
  power of the days (the learner's own, Gamma, mean 0.09).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import comb

import numpy as np

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.learner.attempts import Attempt, Confidence, Mode
from tutor.learner.readiness import questions_by_domain

HARDNESS = {1: 0.5, 2: 1.0, 3: 1.9}
HARDNESS_SPREAD = 0.3


class World:
    """An exam's questions by task, and chance."""

    def __init__(self, pack: ExamPack, rng: np.random.Generator) -> None:
        self.exam = pack.exam
        self.rng = rng
        self.tasks = [task.id for task in pack.exam.tasks]
        self.domains = [domain.id for domain in pack.exam.domains for _ in domain.tasks]
        self.questions = {task: [each for each in pack.questions if each.task == task] for task in self.tasks}
        self.bank_shares = np.array([len(self.questions[task]) for task in self.tasks]) / len(pack.questions)

    def question(self, task: str) -> Question:
        """Any of the task's questions; it is asked as if it had never been."""
        questions = self.questions[task]
        return questions[int(self.rng.integers(len(questions)))]

    def exam_questions(self) -> list[Question]:
        """The scored questions of one exam, drawn from the bank by the domains' weights."""
        scored = self.exam.format.scored or 50
        drawn: list[Question] = []
        for domain, count in questions_by_domain(self.exam, scored).items():
            inside = [each for task, its in zip(self.tasks, self.domains, strict=True) if its == domain for each in self.questions[task]]
            drawn += [inside[int(number)] for number in self.rng.choice(len(inside), size=count)]
        return drawn

    def learner(self, name: str, now: datetime) -> SimulatedLearner:
        """Somebody new, before their first question."""
        return SimulatedLearner(self, name, now)


class SimulatedLearner:
    """One learner. `knows` is the share they know of each task's questions of middle difficulty."""

    def __init__(self, world: World, name: str, now: datetime) -> None:
        rng = world.rng
        self.name, self.now, self._world, self._attempts = name, now, world, 0
        studied_share = dict(zip(dict.fromkeys(world.domains), rng.beta(0.7, 0.7, len(world.tasks)), strict=False))
        studied = rng.random(len(world.tasks)) < np.array([studied_share[domain] for domain in world.domains])
        knows = np.where(studied, rng.beta(9, 2, len(studied)), rng.beta(1.5, 6, len(studied)))
        self.knows = np.clip(knows, 0.02, 0.98)
        self._most = self.knows.copy()
        self._strikes_out = rng.beta(1, 4)
        self._slips = rng.beta(2, 30)
        self._speaks = rng.random() >= 0.15
        self._noise = rng.uniform(0.1, 0.3)
        self._self_regard = rng.normal(0, 0.15)
        self._learns = rng.gamma(4, 0.0125)
        self._forgets = rng.gamma(3, 0.03)

    def answer(self, question: Question) -> Attempt:
        """Answer as if for the first time; nothing is learned from it yet."""
        rng, number = self._world.rng, self._world.tasks.index(question.task)
        hardness = HARDNESS[question.difficulty] * rng.lognormal(0, HARDNESS_SPREAD)
        known = rng.random() < self.knows[number] ** hardness
        correct = rng.random() < (1 - self._slips if known else self._guess(question))
        self._attempts += 1
        return Attempt(
            id=f"{self.name}-{self._attempts}",
            learner=self.name,
            exam=self._world.exam.code,
            pack_version="",
            question=question.id,
            task=question.task,
            difficulty=question.difficulty,
            cards=tuple(option.card for option in question.options if option.correct and option.card),
            chosen=tuple(range(question.select)),
            correct=bool(correct),
            confidence=self._says(bool(known)),
            seconds=0.0,
            mode=Mode.QUIZ,
            at=self.now,
        )

    def practise(self, task: str) -> Attempt:
        """Answer a question of the task, and learn from its explanation."""
        attempt = self.answer(self._world.question(task))
        self.now += timedelta(minutes=2)
        number = self._world.tasks.index(task)
        self.knows[number] += self._learns * (1 - self.knows[number]) * (0.6 if attempt.correct else 1.0)
        self._most = np.maximum(self._most, self.knows)
        return attempt

    def rest(self, days: float) -> None:
        """Forget for some days."""
        least = self._most / 2
        self.knows = least + (self.knows - least) * (1 + days) ** -self._forgets
        self.now += timedelta(days=days)

    def exam_score(self) -> float:
        """Sit an exam: the share of its scored questions answered right."""
        return float(np.mean([self.answer(question).correct for question in self._world.exam_questions()]))

    def ability(self) -> float:
        """The share of the exam's questions that the learner knows: by domain weight, tasks as often as in the bank."""
        total = 0.0
        for domain in self._world.exam.domains:
            known = [
                self.knows[number] ** HARDNESS[question.difficulty]
                for number, task in enumerate(self._world.tasks)
                if self._world.domains[number] == domain.id
                for question in self._world.questions[task]
            ]
            total += domain.weight / 100 * float(np.mean(known))
        return total

    def _guess(self, question: Question) -> float:
        wrong = len(question.options) - question.select
        left = wrong - self._world.rng.binomial(wrong - 1, self._strikes_out)
        return 1 / comb(left + question.select, question.select)

    def _says(self, known: bool) -> Confidence | None:
        feeling = (0.75 if known else 0.3) + self._self_regard + self._world.rng.normal(0, self._noise)
        if not self._speaks:
            return None
        if feeling > 0.65:
            return Confidence.SURE
        return Confidence.UNSURE if feeling > 0.35 else Confidence.GUESS
