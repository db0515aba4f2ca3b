"""Learners whose knowledge is known: how they came by it, answer, feel, learn and forget.

Their world is not the one that the tutor's model assumes, lest the model be measured on itself:

- What a learner knows of a task is a share of its questions, 0 to 1, not an ability in logits. People come from one
  side of a field: in each domain a learner has studied some share of the tasks (Beta(0.7, 0.7), mostly nearly all or
  nearly none), and knows much of those (Beta(9, 2), 82 % on average) and little of the others (Beta(1.5, 6), 20 %).
- A question of grade 1, 2, 3 is known with that share to the power of 0.5, 1, 1.9, and that power is raised or
  lowered for each question by a chance factor (log-normal, 0.3) that nobody sees.
- Who does not know strikes out wrong options: each with a probability of the learner's own (Beta(1, 4)); then guesses
  among what is left. Who knows slips with a probability of their own (Beta(2, 30)).
- A feeling of knowing (0.75 for who knows, 0.3 for who does not) is blurred by the learner's noise (0.1 to 0.3) and
  shifted by their self-regard (normal, 0.15); above 0.65 they say sure, below 0.35 guess. 15 % never say
  how sure they are.
- An explained answer teaches a share of what is missing, at a rate of the learner's own (Gamma, mean 4 %), after a
  right answer six tenths of it. What is fresh fades by a power of the days since its task was last practised (the
  learner's own, Gamma, mean 0.15); a third of what is still fresh then stays for good. Of what they bring along,
  85 % stays.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import comb

import numpy as np
from numpy.typing import NDArray

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.draw import largest_remainder
from tutor.learner.ability import Floats
from tutor.learner.attempts import Attempt, Confidence, Mode

START = datetime(2026, 1, 1, tzinfo=UTC)
SITTING = 10
HARDNESS = {1: 0.5, 2: 1.0, 3: 1.9}
HARDNESS_SPREAD = 0.3

Truth = NDArray[np.bool_]


class World:
    """An exam's questions by task, and chance. Every learner has a chance of their own, whatever the others do."""

    def __init__(self, pack: ExamPack, rng: np.random.Generator) -> None:
        self.exam = pack.exam
        self.rng = rng
        self.tasks = [task.id for task in pack.exam.tasks]
        self.domains = [domain.id for domain in pack.exam.domains for _ in domain.tasks]
        self.questions = {task: [each for each in pack.questions if each.task == task] for task in self.tasks}
        self.bank_shares = np.array([len(self.questions[task]) for task in self.tasks]) / len(pack.questions)

    def learner(self, name: str, now: datetime) -> SimulatedLearner:
        """Somebody new, before their first question."""
        return SimulatedLearner(self, name, now, self.rng.spawn(1)[0])

    def question(self, task: str, rng: np.random.Generator | None = None) -> Question:
        """Any of the task's questions; it is asked as if it had never been."""
        questions = self.questions[task]
        return questions[int((rng or self.rng).integers(len(questions)))]

    def exam_questions(self, rng: np.random.Generator) -> list[Question]:
        """The scored questions of one exam, drawn from the bank by the domains' weights."""
        drawn: list[Question] = []
        weights = {domain.id: domain.weight for domain in self.exam.domains}
        for domain, count in largest_remainder(weights, self.exam.format.scored or 50).items():
            tasks = [task for task, its in zip(self.tasks, self.domains, strict=True) if its == domain]
            inside = [question for task in tasks for question in self.questions[task]]
            drawn += [inside[int(number)] for number in rng.choice(len(inside), size=count)]
        return drawn


class SimulatedLearner:
    """One learner; `now` is where they are in time."""

    def __init__(self, world: World, name: str, now: datetime, rng: np.random.Generator) -> None:
        self.name, self.now, self._world, self._rng, self._attempts = name, now, world, rng, 0
        studied_share = {domain: rng.beta(0.7, 0.7) for domain in dict.fromkeys(world.domains)}
        studied = rng.random(len(world.tasks)) < np.array([studied_share[domain] for domain in world.domains])
        knows = np.where(studied, rng.beta(9, 2, len(studied)), rng.beta(1.5, 6, len(studied)))
        knows = np.clip(knows, 0.02, 0.98)
        self._lasting, self._fresh = 0.85 * knows, 0.15 * knows
        self._idle_days = np.zeros(len(knows))
        self._strikes_out = rng.beta(1, 4)
        self._slips = rng.beta(2, 30)
        self._speaks = rng.random() >= 0.15
        self._noise = rng.uniform(0.1, 0.3)
        self._self_regard = rng.normal(0, 0.15)
        self._learns = rng.gamma(4, 0.01)
        self._forgets = rng.gamma(3, 0.05)

    @property
    def knows(self) -> Floats:
        """The share of each task's questions of middle difficulty that they know now."""
        known: Floats = self._lasting + self._fresh * (1 + self._idle_days) ** -self._forgets
        return known

    def answer(self, question: Question) -> Attempt:
        """Answer as if for the first time; nothing is learned from it yet."""
        rng, number = self._rng, self._world.tasks.index(question.task)
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
        attempt = self.answer(self._world.question(task, self._rng))
        self.now += timedelta(minutes=2)
        number = self._world.tasks.index(task)
        knows = self.knows[number]
        self._lasting[number] += (knows - self._lasting[number]) / 3
        learned = self._learns * (1 - knows) * (0.6 if attempt.correct else 1.0)
        self._fresh[number] = knows + learned - self._lasting[number]
        self._idle_days[number] = 0
        return attempt

    def rest(self, days: int) -> None:
        """Let days go by."""
        self._idle_days += days
        self.now += timedelta(days=days)

    def practise_in_sittings(self, questions: int, choose: Callable[[SimulatedLearner], str]) -> list[Attempt]:
        """Practise in sittings of SITTING questions with one to three days after each."""
        attempts = []
        for number in range(1, questions + 1):
            attempts.append(self.practise(choose(self)))
            if number % SITTING == 0:
                self.rest(int(self._rng.integers(1, 4)))
        return attempts

    def choose_task(self, shares: Floats) -> str:
        """A task by chance, as often as its share says."""
        return self._world.tasks[int(self._rng.choice(len(shares), p=shares))]

    def twin(self) -> SimulatedLearner:
        """The same person, who goes another way from here."""
        return copy.deepcopy(self, {id(self._world): self._world})

    def exam_score(self) -> float:
        """Sit an exam: the share of its scored questions answered right."""
        return float(np.mean([self.answer(question).correct for question in self._world.exam_questions(self._rng)]))

    def ability(self) -> float:
        """The share of the exam's questions that the learner knows: by domain weight, tasks as often as in the bank."""
        knows, total = self.knows, 0.0
        for domain in self._world.exam.domains:
            known = [
                knows[number] ** HARDNESS[question.difficulty]
                for number, task in enumerate(self._world.tasks)
                if self._world.domains[number] == domain.id
                for question in self._world.questions[task]
            ]
            total += domain.weight / 100 * float(np.mean(known))
        return total

    def _guess(self, question: Question) -> float:
        wrong = len(question.options) - question.select
        left = wrong - self._rng.binomial(wrong - 1, self._strikes_out)
        return 1 / comb(left + question.select, question.select)

    def _says(self, known: bool) -> Confidence | None:
        feeling = (0.75 if known else 0.3) + self._self_regard + self._rng.normal(0, self._noise)
        if not self._speaks:
            return None
        if feeling > 0.65:
            return Confidence.SURE
        return Confidence.UNSURE if feeling > 0.35 else Confidence.GUESS
