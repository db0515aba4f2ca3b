"""A learner's sittings in their ledger: begin one, answer, flag, come back to it, hand it in."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.grading import mark
from tutor.learner.attempts import Attempt, Confidence, Entry, Mode
from tutor.learner.ledger import Ledger
from tutor.sitting import Sitting, replay_sitting
from tutor.sitting_events import (
    DRAWN,
    SITTING,
    Answered,
    Begun,
    DrawnQuestions,
    Event,
    Feedback,
    Finished,
    Flagged,
    Opened,
    entry_of,
    entry_of_drawn,
    read_drawn,
    read_events,
    sitting_id,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A sitting after something was done in it; `note` says what the learner is to be told, or is empty."""

    sitting: Sitting
    note: str = ""


class Sittings:
    """The sittings of one learner for one exam.

    Whatever is done is recorded before it is shown, and every method reads the ledger again: a process that dies
    loses nothing, and two windows see each other. What a window knew is the sitting that it passes in.
    """

    def __init__(self, ledger: Ledger, learner: str, pack: ExamPack) -> None:
        self._ledger = ledger
        self.learner = learner
        self.pack = pack

    def begin(  # noqa: PLR0913  all but the first are named where it is called
        self,
        questions: Sequence[Question],
        *,
        mode: Mode,
        now: datetime,
        rng: random.Random,
        feedback: Feedback = Feedback.FINAL,
        minutes: float | None = None,
        unscored: Collection[str] = (),
        about: str = "",
    ) -> Sitting:
        """Begin a sitting over these questions; its clock starts at `now`.

        Raises:
            ExamTutorError: there are no questions.
        """
        if not questions:
            raise ExamTutorError("There is no question to begin with.", "Choose another topic or another origin.")
        seed = rng.getrandbits(32)
        identity = sitting_id(mode, self.learner, self.exam, rng.getrandbits(64), now)
        begun = Begun(
            mode=mode, feedback=feedback, seed=seed, minutes=minutes, pack_version=self.pack.fingerprint, about=about
        )
        drawn = DrawnQuestions(questions=tuple(questions), unscored=frozenset(unscored))
        self._ledger.write(
            entry_of_drawn(drawn, identity, self.learner, self.exam, now),
            entry_of(begun, identity, self.learner, self.exam, 0, now),
        )
        return self.load(identity)

    @property
    def exam(self) -> str:
        """The exam's code, under which the ledger keeps all of it."""
        return self.pack.exam.code

    def load(self, identity: str) -> Sitting:
        """The sitting as the ledger has it now.

        Raises:
            ExamTutorError: this learner has no such sitting.
        """
        drawn = read_drawn(self._ledger.entries(self.learner, self.exam, kind=DRAWN, about=identity))
        sitting = replay_sitting(drawn, self._events(identity)) if drawn else None
        if sitting is None:
            raise ExamTutorError(f"There is no sitting '{identity}' here.", "Begin a new one.")
        return sitting

    def unfinished(self, mode: Mode | None = None) -> list[str]:
        """The ids of sittings that were begun and not handed in, the latest last."""
        begun: dict[str, Mode] = {}
        for entry in self._ledger.entries(self.learner, self.exam, kind=SITTING):
            for event, _ in read_events([entry]):
                if isinstance(event, Begun):
                    begun[entry.about] = event.mode
                elif isinstance(event, Finished):
                    begun.pop(entry.about, None)
        return [identity for identity, its in begun.items() if mode in (None, its)]

    def finished(self, mode: Mode) -> list[tuple[str, datetime]]:
        """Sittings that were handed in, with when each began, the latest last."""
        begun: dict[str, datetime] = {}
        done: list[str] = []
        for entry in self._ledger.entries(self.learner, self.exam, kind=SITTING):
            for event, at in read_events([entry]):
                if isinstance(event, Begun) and event.mode is mode:
                    begun[entry.about] = at
                elif isinstance(event, Finished) and entry.about in begun and entry.about not in done:
                    done.append(entry.about)
        return [(identity, begun[identity]) for identity in done]

    def resume(self, identity: str, now: datetime) -> Step:
        """Come back to a sitting: the question to go on with is opened; one whose time is up is handed in."""
        sitting = self.load(identity)
        if sitting.finished_at is not None:
            return Step(sitting, "This sitting is handed in already.")
        if sitting.over(now):
            return Step(self.finish(sitting, now).sitting, "Its time ran out while it was closed; it is handed in.")
        note = _about_clock(sitting, now)
        question = sitting.current or sitting.questions[-1].id
        return Step(self._write(sitting, Opened(question=question, resumed=True), now), note)

    def open(self, sitting: Sitting, question_id: str, now: datetime) -> Sitting:
        """Put a question before the learner; its time runs until another one is opened."""
        sitting.question(question_id)
        return self._write(sitting, Opened(question=question_id), now)

    def answer(
        self,
        sitting: Sitting,
        question_id: str,
        chosen: Collection[int],
        now: datetime,
        confidence: Confidence | None = None,
    ) -> Step:
        """Record the options chosen, by their positions in the question; nothing chosen takes the answer back.

        An answer after the end is recorded, does not count, and is told so. Where another window answered since
        this one last looked, the later answer counts, and that is told. In a sitting with immediate feedback the
        answer becomes an attempt at once.

        Raises:
            QuestionError: the question has no such option.
            ExamTutorError: the sitting has no such question.
        """
        marked = mark(sitting.question(question_id), chosen)
        after = self._write(sitting, Answered(question=question_id, chosen=marked.chosen, confidence=confidence), now)
        if len(after.late.get(question_id, ())) > len(sitting.late.get(question_id, ())):
            return Step(after, _why_late(after, question_id))
        if after.immediate:
            self._ledger.record(attempt_of(after, question_id))
        return Step(after, _about_windows(sitting, after, question_id))

    def flag(self, sitting: Sitting, question_id: str, flag: bool, now: datetime) -> Sitting:
        """Mark a question to come back to, or no longer."""
        sitting.question(question_id)
        return self._write(sitting, Flagged(question=question_id, flag=flag), now)

    def finish(self, sitting: Sitting, now: datetime) -> Step:
        """Hand it in: every answer becomes an attempt, and every blank of a question that was looked at.

        Handed in twice, it counts once.
        """
        sitting = self.load(sitting.id)
        note = "This sitting is handed in already." if sitting.finished_at else ""
        if sitting.finished_at is None:
            sitting = self._write(sitting, Finished(), now)
        looked_at = {*sitting.opened, *sitting.answers}
        attempts = (attempt_of(sitting, question.id) for question in sitting.questions if question.id in looked_at)
        self._ledger.record(*(attempt for attempt in attempts if attempt.chosen or not sitting.immediate))
        return Step(sitting, note)

    def _write(self, sitting: Sitting, event: Event, now: datetime) -> Sitting:
        place = len(self._events(sitting.id))
        self._ledger.write(entry_of(event, sitting.id, self.learner, self.exam, place, now))
        return replay_sitting(sitting.drawn, self._events(sitting.id)) or sitting

    def _events(self, identity: str) -> list[Entry]:
        return self._ledger.entries(self.learner, self.exam, kind=SITTING, about=identity)


def attempt_of(sitting: Sitting, question_id: str) -> Attempt:
    """The attempt that the answer that counts makes; its id is the same however often it is made."""
    marked = sitting.marked(question_id)
    question = marked.question
    given = sitting.answers.get(question_id, ())
    return Attempt(
        id=f"{sitting.id}-{question_id}",
        learner=sitting.learner,
        exam=sitting.exam,
        pack_version=sitting.begun.pack_version,
        question=question_id,
        task=question.task,
        difficulty=question.difficulty,
        cards=cards_tested(question),
        chosen=marked.chosen,
        correct=marked.correct,
        confidence=sitting.confidence(question_id),
        seconds=round(sitting.seconds.get(question_id, 0.0), 3),
        mode=sitting.mode,
        at=given[-1].at if given else sitting.ended_at,
    )


def cards_tested(question: Question) -> tuple[str, ...]:
    """The concepts that the right options propose; where they propose none, those whose facts decide."""
    right = [option for option in question.options if option.correct]
    proposed = [option.card for option in right if option.card]
    return tuple(dict.fromkeys(proposed or [cite.partition("#")[0] for option in right for cite in option.cites]))


def _why_late(sitting: Sitting, question_id: str) -> str:
    if sitting.finished_at is not None:
        return "This answer came after the sitting was handed in; it is kept in your record and does not count."
    if sitting.immediate:
        answer = " and ".join(sitting.labels(question_id, sitting.chosen(question_id)))
        return f"This question is answered already, with {answer}; the first answer stands."
    return "The time was up before this answer came; it is kept in your record and does not count."


def _about_windows(before: Sitting, after: Sitting, question_id: str) -> str:
    """What another window did to the question since this one last looked."""
    known = len(before.answers.get(question_id, ()))
    others = after.answers[question_id][known:-1]
    if not others:
        return ""
    there = " and ".join(after.labels(question_id, others[-1].chosen)) or "no answer"
    here = " and ".join(after.labels(question_id, after.chosen(question_id))) or "no answer"
    return f"Another window gave {there} here meanwhile; both are recorded, and the later one, {here}, counts."


def _about_clock(sitting: Sitting, now: datetime) -> str:
    back = (sitting.last_at - now).total_seconds()
    if back <= 0:
        return ""
    return f"This machine's clock went back by {back:,.0f} seconds; the time of the sitting goes on from where it was."
