"""`exam-tutor quiz`: questions drawn as JSON, or answered one by one with the reasons at once."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape

from corpus.errors import ExamTutorError, QuestionError
from corpus.exam_pack import ExamPack, load_pack
from corpus.settings import Settings, load_settings
from tutor.assemble import choose_writer
from tutor.draw import Origin
from tutor.engines.scenario_writer import ScenarioWriter
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Mode
from tutor.pack_words import PackWords
from tutor.quiz import Choice, QuizWish, draw_quiz
from tutor.reviewing import review_if_cited
from tutor.sitting import Sitting
from tutor.sitting_events import Feedback
from tutor.sittings import Sittings
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.explain_terminal import show_review
from ui.opened_ledger import ME, LearnerName, opened_ledger
from ui.opened_library import opened_knowledge
from ui.practice_terminal import show_question
from ui.sitting_lines import HOW, STOP, read_answer
from ui.sitting_shapes import quiz_json


def quiz(  # noqa: PLR0913, PLR0917  one option each
    topic: Annotated[str, typer.Option(help="A task, a domain, a service, anything the exam asks about.")] = "",
    count: Annotated[int, typer.Option("-n", "--count", help="How many questions.")] = 10,
    origin: Annotated[Origin, typer.Option(help="Where from; any: the bank, then new ones.")] = Origin.ANY,
    weak: Annotated[bool, typer.Option("--weak", help="On what you are weak at.")] = False,
    due: Annotated[bool, typer.Option("--due", help="What is due for review.")] = False,
    answers: Annotated[bool, typer.Option("--answers", help="With --json: the answers, with reasons.")] = False,
    at_the_end: Annotated[bool, typer.Option("--at-the-end", help="Be told at the end, not at once.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last quiz that was stopped.")] = False,
    seed: Annotated[int | None, typer.Option(help="Draw the same way each time.")] = None,
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Practise: answer questions one by one, with the reasons. With --json the questions are printed instead."""
    if weak and due:
        raise typer.BadParameter("Choose --weak or --due, not both.")
    settings = load_settings()
    pack = load_pack(settings.pack)
    choice = Choice.WEAK if weak else Choice.DUE if due else Choice.MIXED
    wish = QuizWish(count, topic, choice, origin)
    rng = random.Random(seed)  # noqa: S311  questions are drawn, no secret
    with opened_ledger(settings) as ledger:
        desk = Sittings(ledger, learner, pack)
        if resume and not as_json:
            sitting = _resumed(desk)
        else:
            now = datetime.now(UTC)
            with writing(settings, pack, learner, wish) as writer:
                draw = draw_quiz(wish, PackWords(pack), ledger.attempts(learner, pack.exam.code), now, rng, writer)
            if as_json:
                with opened_knowledge(settings, pack, learner, "quiz") if answers else nullcontext() as known:
                    print_json(quiz_json(draw.questions, draw.notes, known))
                return
            for note in draw.notes:
                terminal.say(note)
            if not draw.questions:
                return
            feedback = Feedback.FINAL if at_the_end else Feedback.IMMEDIATE
            sitting = desk.begin(
                draw.questions, mode=Mode.QUIZ, feedback=feedback, now=now, rng=rng, about=topic or str(choice)
            )
        with opened_knowledge(settings, pack, learner, "quiz") as known:
            work_through(desk, sitting, known, "quiz --resume")


@contextmanager
def writing(settings: Settings, pack: ExamPack, learner: str, wish: QuizWish) -> Iterator[ScenarioWriter | None]:
    """The model that writes new scenarios, over what the learner may read; None where no model is to write."""
    if not settings.model or wish.origin is Origin.AUTHORED:
        yield None
        return
    with opened_knowledge(settings, pack, learner, "quiz") as known:
        yield choose_writer(settings, known)


def work_through(desk: Sittings, sitting: Sitting, known: Knowledge, go_on: str) -> bool:
    """Answer a sitting's questions from standard input; whether it came to its end."""
    terminal.say(HOW)
    while (question_id := sitting.current) is not None:
        place = [question.id for question in sitting.questions].index(question_id) + 1
        sitting = desk.open(sitting, question_id, datetime.now(UTC))
        show_question(sitting.shown(question_id), f"{place} of {len(sitting.questions)}")
        answered = _answered(desk, sitting, question_id)
        if answered is None:
            terminal.say(f"Stopped. 'exam-tutor {go_on}' goes on from here.")
            return False
        sitting = answered
        if sitting.immediate:
            _show_mark(sitting, question_id, known)
    sitting = desk.finish(sitting, datetime.now(UTC)).sitting
    marked = [sitting.marked(question.id) for question in sitting.questions]
    for one in marked if not sitting.immediate else ():
        if not one.correct:
            show_question(sitting.shown(one.question.id), one.question.id)
            _show_mark(sitting, one.question.id, known)
    terminal.out.print(f"\n[bold]{sum(one.correct for one in marked)} of {len(marked)} right.[/]")
    return True


def _answered(desk: Sittings, sitting: Sitting, question_id: str) -> Sitting | None:
    """The sitting after a line that answers; lines that do not are told what to type; None where the learner stops."""
    for line in sys.stdin:
        if line.strip().lower() in STOP:
            return None
        try:
            places, sure = read_answer(line, sitting.shown(question_id))
        except QuestionError as error:
            terminal.say(str(error))
            continue
        step = desk.answer(sitting, question_id, sitting.places(question_id, places), datetime.now(UTC), sure)
        if step.note:
            terminal.say(step.note)
        return step.sitting
    return None


def _show_mark(sitting: Sitting, question_id: str, known: Knowledge) -> None:
    chosen = sitting.labels(question_id, sitting.chosen(question_id))
    marked = sitting.marked(question_id)
    right = " and ".join(sitting.labels(question_id, marked.right))
    said = "[bold green]Right.[/]" if marked.correct else f"[bold red]Wrong:[/] the answer is {right}."
    terminal.out.print(said)
    wrong = sitting.labels(question_id, [one for one in sitting.chosen(question_id) if one not in marked.right])
    review = review_if_cited(sitting.shown(question_id), known, next(iter((*wrong, *chosen)), None))
    if review is not None:
        show_review(review)
    else:
        for label, option in sitting.shown(question_id).labelled:
            terminal.out.print(f"{label}. {escape(option.rationale)}")


def _resumed(desk: Sittings) -> Sitting:
    unfinished = desk.unfinished(Mode.QUIZ)
    if not unfinished:
        raise ExamTutorError("No quiz was stopped half-way.", "Begin one: exam-tutor quiz")
    step = desk.resume(unfinished[-1], datetime.now(UTC))
    if step.note:
        terminal.say(step.note)
    return step.sitting
