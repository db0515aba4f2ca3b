"""`exam-tutor exam`: a mock exam in the terminal or by a program, each line of standard input one thing to do."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from corpus.errors import ExamTutorError, QuestionError
from corpus.exam_pack import load_pack
from corpus.settings import load_settings
from tutor.learner.attempts import Mode
from tutor.mock_exam import begin_exam, review_list
from tutor.mock_report import exam_report
from tutor.sittings import Sittings, Step
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.opened_ledger import ME, LearnerName, opened_ledger
from ui.opened_library import opened_knowledge
from ui.practice_terminal import clock_time, show_question, show_report, show_review_list
from ui.sitting_lines import STOP, read_answer
from ui.sitting_shapes import report_json, sitting_json

HOW = (
    "Type your answer (B! is sure, B? is not, B?? guesses); Enter goes on, - back, 12 to a question, f flags, "
    "list looks through all, done hands in, quit leaves: the time runs on."
)
_LINE = re.compile(r"(?P<number>\d*)\s*(?P<rest>.*)", re.DOTALL)

Clock = Callable[[], datetime]


def exam(
    minutes: Annotated[float | None, typer.Option(help="The time; else what the exam gives.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the exam that was left.")] = False,
    seed: Annotated[int | None, typer.Option(help="Draw the same form each time.")] = None,
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Sit a mock exam, as long and as mixed as the real one; it ends in a report.

    With --json the same lines are read from standard input; printed is the paper, or the report once "done" is read.
    """
    settings = load_settings()
    pack = load_pack(settings.pack)
    rng = random.Random(seed)  # noqa: S311  questions are drawn, no secret
    with opened_ledger(settings) as ledger:
        desk = Sittings(ledger, learner, pack)
        now = datetime.now(UTC)
        if resume:
            step = _resumed(desk, now)
        else:
            step = begin_exam(desk, ledger.attempts(learner, pack.exam.code), now, rng, minutes)
        room = ExamRoom(desk, step, lambda: datetime.now(UTC), quiet=as_json)
        room.sit()
        if room.sitting.finished_at is None:
            if as_json:
                print_json(sitting_json(room.sitting, datetime.now(UTC), room.notes))
            return
        report = exam_report(room.sitting, pack)
        with opened_knowledge(settings, pack, learner, "exam") as known:
            if as_json:
                paper = sitting_json(room.sitting, datetime.now(UTC), room.notes)
                print_json({**paper, "report": report_json(report, known)})
            else:
                show_report(report, known)


class ExamRoom:
    """A mock exam that is being sat: what each line does, and which question lies open."""

    def __init__(self, desk: Sittings, step: Step, clock: Clock, *, quiet: bool) -> None:
        self._desk = desk
        self._clock = clock
        self._quiet = quiet
        self._handing_in = False
        self.sitting = step.sitting
        self.notes: list[str] = []
        self._say(step.note)

    def sit(self) -> None:
        """Do what the lines of standard input say, until one hands in, leaves, or the time is up."""
        if self.sitting.finished_at is not None:
            return
        if not self._quiet:
            terminal.say(HOW)
        self._show()
        for line in sys.stdin:
            if line.strip().lower() in STOP:
                break
            self._do(line.strip())
            if self.sitting.finished_at is not None:
                return
        terminal.say("The exam is left, and its time runs on. 'exam-tutor exam --resume' comes back to it.")

    def _do(self, line: str) -> None:
        """One line; its number, where it begins with one, is the question it is about."""
        if self.sitting.over(self._clock()):
            self._say("The time is up; the exam is handed in.")
            self.sitting = self._desk.finish(self.sitting, self._clock()).sitting
            return
        match = _LINE.fullmatch(line)
        number, rest = (match["number"], match["rest"]) if match else ("", line)
        try:
            if number:
                self._go_to(int(number))
            self._word(rest, moved=bool(number))
        except QuestionError as error:
            self._say(str(error))

    def _word(self, word: str, *, moved: bool) -> None:
        handing_in, self._handing_in = self._handing_in, False
        match word.lower():
            case "":
                self._go_to(self._place + (0 if moved else 1))
                self._show()
            case "-":
                self._go_to(self._place - 1)
                self._show()
            case "f" | "flag":
                flagged = self._question not in self.sitting.flags
                self.sitting = self._desk.flag(self.sitting, self._question, flagged, self._clock())
                self._say("Flagged." if flagged else "No longer flagged.")
            case "list":
                if not self._quiet:
                    show_review_list(review_list(self.sitting))
            case "done":
                self._hand_in(asked=handing_in or self._quiet)
            case _:
                self._answer(word, stay=moved)

    def _answer(self, word: str, *, stay: bool) -> None:
        question = self._question
        places, sure = read_answer(word, self.sitting.shown(question))
        chosen = self.sitting.places(question, places)
        step = self._desk.answer(self.sitting, question, chosen, self._clock(), sure)
        self.sitting = step.sitting
        self._say(step.note)
        if not stay and self._place < len(self.sitting.questions):
            self._go_to(self._place + 1)
            self._show()

    def _hand_in(self, *, asked: bool) -> None:
        blanks = len(self.sitting.unanswered)
        if blanks and not asked:
            self._handing_in = True
            self._say(f"{blanks} without an answer; they count as wrong. Type done once more to hand in.")
            return
        self.sitting = self._desk.finish(self.sitting, self._clock()).sitting

    @property
    def _question(self) -> str:
        return self.sitting.opened[-1] if self.sitting.opened else self.sitting.questions[0].id

    @property
    def _place(self) -> int:
        return [question.id for question in self.sitting.questions].index(self._question) + 1

    def _go_to(self, number: int) -> None:
        if not 1 <= number <= len(self.sitting.questions):
            raise QuestionError(f"There is no question {number}.", f"They go from 1 to {len(self.sitting.questions)}.")
        question = self.sitting.questions[number - 1].id
        if question != self._question:
            self.sitting = self._desk.open(self.sitting, question, self._clock())

    def _show(self) -> None:
        if self._quiet:
            return
        sitting, question = self.sitting, self._question
        left = clock_time(sitting.left(self._clock()) or 0)
        chosen = " and ".join(sitting.labels(question, sitting.chosen(question)))
        marks = [f"{left} left", *(["flagged"] if question in sitting.flags else []), *([chosen] if chosen else [])]
        show_question(sitting.shown(question), f"{self._place} of {len(sitting.questions)} · {' · '.join(marks)}")

    def _say(self, note: str) -> None:
        if note:
            self.notes.append(note)
            terminal.say(note)


def _resumed(desk: Sittings, now: datetime) -> Step:
    unfinished = desk.unfinished(Mode.EXAM)
    if not unfinished:
        raise ExamTutorError("No mock exam was left half-way.", "Begin one: exam-tutor exam")
    return desk.resume(unfinished[-1], now)
