"""New scenarios of a quiz asked of a chat model: as long as it answers, at most so many, and each is accounted for."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from corpus.questions import Question
from tutor.engines.scenario_writer import ScenarioWriter
from tutor.topics import cards_at_stake

MOST = 10
"""How many scenarios a model is asked for in one quiz."""
SECONDS = 60.0
"""How long a learner waits for a quiz to be written; once that has passed, the generator makes what is wanting."""


class WrittenScenarios:
    """What one model writes for one sitting; what it fails at or is unproven is left to the generator."""

    def __init__(self, writer: ScenarioWriter, rng: random.Random, clock: Callable[[], float] = time.monotonic) -> None:
        self._writer = writer
        self._rng = rng
        self._clock = clock
        self._until = clock() + SECONDS
        self._kept: list[Question] = []
        self._asked = 0
        self._taken = 0
        self._thrown_away: Counter[str] = Counter()
        self._problem = ""

    def draw(self, cards: Collection[str], tasks: Collection[str], used: Collection[str]) -> Question | None:
        """A proven question about one of these cards, else of these tasks, that is not among the ids used, or None."""
        about = self._writer.topics(cards, tasks)
        if about and not self._problem and self._asked < MOST and self._clock() < self._until:
            self._asked += 1
            written = self._writer.write(self._rng.choice(about), self._rng)
            self._thrown_away.update(written.thrown_away)
            self._problem = written.problem
            if written.question is not None and written.by:
                self._kept.append(written.question)
        for place, question in enumerate(self._kept):
            if question.id not in used and _fits(question, cards, tasks):
                self._taken += 1
                return self._kept.pop(place)
        return None

    def notes(self) -> Iterator[str]:
        """How many questions the model wrote, what was thrown away and why, and what it failed at."""
        name = self._writer.name
        if self._taken:
            were = "question was" if self._taken == 1 else "questions were"
            yield f"{self._taken} {were} written by {name}, and proven by the trait table."
        if self._thrown_away:
            why = "; ".join(f"{count} {reason}" for reason, count in self._thrown_away.items())
            yield f"Of what {name} wrote was thrown away: {why}."
        if self._problem:
            yield f"{name} {self._problem}. The other new questions were made without a model."


def _fits(question: Question, cards: Collection[str], tasks: Collection[str]) -> bool:
    if cards:
        return any(card in cards for card in cards_at_stake(question))
    return not tasks or question.task in tasks
