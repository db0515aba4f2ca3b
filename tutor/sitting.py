"""A sitting: some questions, what was answered so far, and the clock. All of it follows from the ledger, by replay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from corpus.errors import ExamTutorError
from corpus.questions import Question
from tutor.grading import MarkedAnswer, mark, reordered, shuffled
from tutor.learner.attempts import Confidence, Entry, Mode
from tutor.sitting_events import (
    Answered,
    Begun,
    DrawnQuestions,
    Event,
    Feedback,
    Finished,
    Flagged,
    Opened,
    read_events,
)

SKEW_SECONDS = 2.0
"""How far clocks of machines that share a ledger may disagree before it is said that a clock went backwards."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, with the moment on the sitting's own clock, in seconds."""

    chosen: tuple[int, ...]
    confidence: Confidence | None
    clock: float
    seconds: float
    at: datetime


@dataclass(frozen=True)
class Sitting:
    """A sitting as it stands after its last event.

    `answers` are all answers to a question in the order they were given, of which the last counts; `late` those
    that came after the end, or after the first where feedback is immediate, and do not count. `seconds` is how long
    each question was looked at. `elapsed` is the time on the sitting's own clock at the last event: it goes on while
    the page is closed and never backwards; `set_back` is by how many seconds the machine's clock did.
    """

    id: str
    learner: str
    exam: str
    begun: Begun
    drawn: DrawnQuestions
    answers: Mapping[str, tuple[Given, ...]]
    late: Mapping[str, tuple[Given, ...]]
    flags: frozenset[str]
    opened: tuple[str, ...]
    seconds: Mapping[str, float]
    elapsed: float
    set_back: float
    events: int
    began_at: datetime
    last_at: datetime
    finished_at: datetime | None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its questions, in order."""
        return self.drawn.questions

    @property
    def unscored(self) -> frozenset[str]:
        """The ids of its questions that do not count."""
        return self.drawn.unscored

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question, under its id."""
        return {question.id: question for question in self.questions}

    @property
    def mode(self) -> Mode:
        """What it is."""
        return self.begun.mode

    @property
    def immediate(self) -> bool:
        """Whether every answer is marked at once, and then stands."""
        return self.begun.feedback is Feedback.IMMEDIATE

    @property
    def limit(self) -> float | None:
        """How many seconds there are in all, or None."""
        return None if self.begun.minutes is None else self.begun.minutes * 60

    def clock(self, now: datetime) -> float:
        """Seconds on the sitting's own clock."""
        return self.elapsed + max(0.0, (now - self.last_at).total_seconds())

    def left(self, now: datetime) -> float | None:
        """How many seconds are left, or None where nothing is timed."""
        return None if self.limit is None else max(0.0, self.limit - self.clock(now))

    def over(self, now: datetime) -> bool:
        """Whether nothing more can be answered: it is handed in, or its time is up."""
        return self.finished_at is not None or self.left(now) == 0.0

    def shown(self, question_id: str) -> Question:
        """The question as it is on the screen: its options in this sitting's order."""
        question = self.question(question_id)
        return reordered(question, self.order(question_id))

    def order(self, question_id: str) -> tuple[int, ...]:
        """The positions that a question's options have in the question, by their place on the screen."""
        return shuffled(self.question(question_id), self.begun.seed)

    def places(self, question_id: str, shown: Iterable[int]) -> tuple[int, ...]:
        """The positions in the question of options that were chosen by their place on the screen."""
        order = self.order(question_id)
        return tuple(sorted(order[place] for place in shown))

    def labels(self, question_id: str, chosen: Iterable[int]) -> tuple[str, ...]:
        """The letters on the screen of options given by their positions in the question."""
        chosen = frozenset(chosen)
        places = zip(self.shown(question_id).labelled, self.order(question_id), strict=True)
        return tuple(label for (label, _), place in places if place in chosen)

    def question(self, question_id: str) -> Question:
        """One of its questions.

        Raises:
            ExamTutorError: the sitting has no such question.
        """
        if question_id not in self.by_id:
            raise ExamTutorError(f"The sitting {self.id} has no question '{question_id}'.", "Go on with one it has.")
        return self.by_id[question_id]

    def chosen(self, question_id: str) -> tuple[int, ...]:
        """What counts as chosen: the last answer; nothing where there is none."""
        given = self.answers.get(question_id, ())
        return given[-1].chosen if given else ()

    def confidence(self, question_id: str) -> Confidence | None:
        """How sure the learner was of the answer that counts."""
        given = self.answers.get(question_id, ())
        return given[-1].confidence if given else None

    def marked(self, question_id: str) -> MarkedAnswer:
        """The answer that counts, marked."""
        return mark(self.question(question_id), self.chosen(question_id))

    @property
    def ended_at(self) -> datetime:
        """When it was handed in or its time was up, whichever came first; the last event where neither is so."""
        ends = [self.finished_at or self.last_at]
        if self.limit is not None and self.elapsed >= self.limit:
            ends.append(self.began_at + timedelta(seconds=self.limit))
        return min(ends)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The questions without an answer, in order."""
        return tuple(question.id for question in self.questions if not self.chosen(question.id))

    @property
    def current(self) -> str | None:
        """Where to go on: the question last opened while it is unanswered, else the first that is, else None."""
        open_ones = self.unanswered
        if self.opened and self.opened[-1] in open_ones:
            return self.opened[-1]
        return open_ones[0] if open_ones else None


def replay_sitting(drawn: DrawnQuestions, entries: Sequence[Entry]) -> Sitting | None:
    """The sitting that entries about one id make up, as they were recorded; None where its start is missing."""
    events = list(read_events(entries))
    begun = next(((event, at) for event, at in events if isinstance(event, Begun)), None)
    if begun is None:
        return None
    state = _State(begun[0], begun[1], {question.id: question for question in drawn.questions})
    for event, at in events:
        state.take(event, at)
    first = entries[0]
    return Sitting(
        id=first.about,
        learner=first.learner,
        exam=first.exam,
        begun=begun[0],
        drawn=drawn,
        answers={question: tuple(given) for question, given in state.answers.items()},
        late={question: tuple(given) for question, given in state.late.items()},
        flags=frozenset(state.flags),
        opened=tuple(state.opened),
        seconds=state.seconds,
        elapsed=state.clock,
        set_back=state.set_back,
        events=len(entries),
        began_at=begun[1],
        last_at=state.last_at,
        finished_at=state.finished_at,
    )


@dataclass
class _State:
    """A sitting in the making."""

    begun: Begun
    last_at: datetime
    questions: Mapping[str, Question]
    clock: float = 0.0
    set_back: float = 0.0
    answers: dict[str, list[Given]] = field(default_factory=dict)
    late: dict[str, list[Given]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    finished_at: datetime | None = None

    def take(self, event: Event, at: datetime) -> None:
        """One event more."""
        if not isinstance(event, Begun | Finished) and event.question not in self.questions:
            return
        self._pass_time(event, at)
        match event:
            case Opened(question=question):
                self.opened.append(question)
            case Answered():
                self._answer(event, at)
            case Flagged(question=question, flag=flag):
                (self.flags.add if flag else self.flags.discard)(question)
            case Finished():
                self.finished_at = self.finished_at or at

    def _pass_time(self, event: Event, at: datetime) -> None:
        """The time since the last event is the open question's, except where the learner was away."""
        passed = (at - self.last_at).total_seconds()
        if passed < -SKEW_SECONDS:
            self.set_back -= passed
        passed = max(0.0, passed)
        away = isinstance(event, Opened) and event.resumed
        if self.opened and not away and self.finished_at is None:
            looked = passed if self.begun.minutes is None else min(passed, self.begun.minutes * 60 - self.clock)
            self.seconds[self.opened[-1]] = self.seconds.get(self.opened[-1], 0.0) + max(0.0, looked)
        self.clock += passed
        self.last_at = at

    def _answer(self, event: Answered, at: datetime) -> None:
        question = self.questions[event.question]
        if any(not 0 <= place < len(question.options) for place in event.chosen):
            return
        chosen = tuple(sorted(set(event.chosen)))
        given = Given(chosen, event.confidence, self.clock, self.seconds.get(question.id, 0.0), at)
        timed_out = self.begun.minutes is not None and self.clock >= self.begun.minutes * 60
        stands = self.begun.feedback is Feedback.IMMEDIATE and question.id in self.answers
        kept = self.late if self.finished_at is not None or timed_out or stands else self.answers
        kept.setdefault(question.id, []).append(given)
