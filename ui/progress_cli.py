"""`exam-tutor progress`, `plan` and `audit-me`: where the learner stands, and what to do until the exam."""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from corpus.settings import load_settings
from tutor.learner.attempts import Mode
from tutor.learner.audit import RATING, RATINGS, audit, draw_probe, rating_entry, ratings
from tutor.learner.current_plan import current_plan
from tutor.learner.exam_day import KIND, ExamDay, exam_day, exam_day_entry
from tutor.learner.ledger import Ledger
from tutor.learner.mastery import replay
from tutor.learner.plan import Plan
from tutor.learner.practice import next_task
from tutor.learner.readiness import calibration, readiness
from tutor.learner.schedule import due
from tutor.sitting_events import Feedback
from tutor.sittings import Sittings
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.opened_ledger import ME, LearnerName, opened_ledger
from ui.opened_library import opened_knowledge
from ui.practice_terminal import show_audit, show_calibration, show_plan, show_progress
from ui.progress_shapes import audit_json, plan_json, progress_json
from ui.quiz_cli import work_through
from ui.sitting_lines import STOP


def progress(learner: LearnerName = ME, as_json: AsJson = False) -> None:
    """Show what you master, how ready you are, and what to do next."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    now = datetime.now(UTC)
    with opened_ledger(settings) as ledger:
        attempts = ledger.attempts(learner, pack.exam.code)
    record = replay(attempts, pack.exam, now)
    ready = readiness(record, pack)
    to_review, following = len(due(attempts, now)), next_task(record, pack.exam)
    if as_json:
        print_json(progress_json(record, pack, calibration(attempts), ready, to_review, following, len(attempts)))
    else:
        show_progress(record, pack, ready, to_review, following)
        show_calibration(calibration(attempts))


def plan(
    exam_date: Annotated[str | None, typer.Option(help="The day of the exam, as 2027-03-31; it is kept.")] = None,
    hours: Annotated[float | None, typer.Option(help="Hours a week that you have; they are kept.")] = None,
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Plan the weeks until the exam: what is worth most, reviews, mock exams. It follows what you have answered."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_ledger(settings) as ledger:
        made = planned(ledger, learner, pack, datetime.now(UTC), exam_date, hours)
    if as_json:
        print_json(plan_json(made))
    else:
        show_plan(made)


def planned(  # noqa: PLR0913, PLR0917
    ledger: Ledger, learner: str, pack: ExamPack, now: datetime, exam_date: str | None, hours: float | None
) -> Plan:
    """The plan to the day and at the hours given, or to those that were given last; what is given is kept.

    Raises:
        ExamTutorError: no day was ever given, or it is none, or it is past.
    """
    kept = exam_day(ledger.entries(learner, pack.exam.code, kind=KIND))
    chosen = ExamDay(_day(exam_date) if exam_date is not None else kept.day, hours if hours is not None else kept.hours)
    made = current_plan(ledger, learner, pack, chosen, now)
    if chosen != kept:
        ledger.write(exam_day_entry(learner, pack.exam.code, chosen, now))
    return made


def audit_me(
    rate: Annotated[bool, typer.Option(help="Rate yourself on every task first.")] = True,
    probe: Annotated[bool, typer.Option(help="Answer 20 questions over all tasks.")] = True,
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Take stock before you begin: rate yourself, answer 20 questions over all tasks, see both side by side.

    With --json nothing is asked: printed is what is known.
    """
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_ledger(settings) as ledger:
        if rate and not as_json:
            _rate(ledger, learner, pack)
        if probe and not as_json:
            desk = Sittings(ledger, learner, pack)
            unfinished = desk.unfinished(Mode.PROBE)
            now = datetime.now(UTC)
            if unfinished:
                sitting = desk.resume(unfinished[-1], now).sitting
            else:
                rng = random.Random()  # noqa: S311  questions are drawn, no secret
                draw = draw_probe(pack, ledger.attempts(learner, pack.exam.code), rng)
                sitting = desk.begin(draw.questions, mode=Mode.PROBE, feedback=Feedback.FINAL, now=now, rng=rng)
            with opened_knowledge(settings, pack, learner, "audit-me") as known:
                work_through(desk, sitting, known, "audit-me --no-rate")
        attempts = ledger.attempts(learner, pack.exam.code)
        rated = ratings(ledger.entries(learner, pack.exam.code, kind=RATING))
    lines = audit(pack.exam, rated, attempts, replay(attempts, pack.exam, datetime.now(UTC), trend_points=0))
    if as_json:
        print_json(audit_json(lines))
    else:
        show_audit(lines)


def _rate(ledger: Ledger, learner: str, pack: ExamPack) -> None:
    """A line for each task: a rating, or Enter to pass it over."""
    terminal.say("How well do you know each task? " + "; ".join(f"{n} {said}" for n, said in RATINGS.items()) + ".")
    for task in pack.exam.tasks:
        terminal.out.print(f"{task.id} {task.title}")
        while (line := sys.stdin.readline()) and line.strip().lower() not in STOP:
            if not line.strip():
                break
            try:
                number = int(line) if line.strip().isdecimal() else 0
                ledger.write(rating_entry(learner, pack.exam, task.id, number, datetime.now(UTC)))
                break
            except ExamTutorError as error:
                terminal.say(str(error))
        else:
            return


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ExamTutorError(f"'{text}' is no day.", "Write it as 2027-03-31.") from error
