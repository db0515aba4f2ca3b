"""How quizzes, mock exams, progress and plans look in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Confidence
from tutor.learner.audit import AuditLine
from tutor.learner.plan import Kind, Plan
from tutor.learner.readiness import ASSUMES, Calibration, Readiness
from tutor.learner.record import LearnerRecord, Mastery
from tutor.mock_exam import ReviewLine
from tutor.mock_report import ExamReport, Tally, explained
from tutor.scaled_score import INTERVAL_SAYS, ScaledScore
from ui.explain_terminal import show_review
from ui.terminal import out

BAR = 20
"""Characters of a bar from none to all."""


def show_question(question: Question, place: str) -> None:
    """A question with its options, under its place in the sitting ("3 of 10")."""
    out.print(f"\n[bold]{place}[/]" + (f" · choose {question.select}" if question.select > 1 else ""))
    out.print(escape(question.stem))
    for label, option in question.labelled:
        out.print(f"  [bold]{label}[/]  {escape(option.text)}")


def show_review_list(lines: Sequence[ReviewLine]) -> None:
    """Which questions are answered, open and flagged."""
    open_ones = [str(line.number) for line in lines if not line.answered]
    flagged = [str(line.number) for line in lines if line.flagged]
    out.print(f"{len(lines) - len(open_ones)} of {len(lines)} are answered.")
    out.print(f"Open: {', '.join(open_ones) or 'none'}. Flagged: {', '.join(flagged) or 'none'}.")


def show_report(report: ExamReport, known: Knowledge) -> None:
    """The report: the estimate, where marks were lost, what changed, each error with its reasons, what comes next."""
    out.print(f"\n[bold]{report.right} of the {report.scored} questions that count are right.[/]")
    _show_estimate(report.estimate)
    for note in report.notes:
        out.print(escape(note))
    _show_tallies("Domain", report.domains)
    _show_tallies("Task", [tally for tally in report.tasks if tally.of])
    slowest = sorted(report.results, key=lambda one: -one.seconds)[:3]
    places = ", ".join(f"{one.number} ({clock_time(one.seconds)})" for one in slowest)
    out.print(f"Time used: {clock_time(report.seconds)}; longest at {places}.")
    for change in report.changes:
        before, after = " and ".join(change.before), " and ".join(change.after)
        out.print(f"Changed {change.question} from {before} to {after}: {change.change}.")
    for error in report.errors:
        given = " and ".join(error.chosen) or "no answer"
        sure = f", {error.confidence}" if error.confidence else ""
        show_question(error.shown, f"Question {error.number}, task {error.shown.task}")
        out.print(f"You gave {given}{sure}; right is {' and '.join(error.answer)}.\n")
        review = explained(error, known)
        if review is None:
            out.print("Its sources have left the pack.")
        else:
            show_review(review)
    for study in report.study:
        out.print(f"[bold]Study next[/] {study.task.id} {escape(study.task.title)}: {', '.join(study.cards)}")


def _show_estimate(estimate: ScaledScore | None) -> None:
    if estimate is None:
        return
    line = f"Estimated score {estimate.score}, 90 % interval {estimate.low} to {estimate.high}"
    mark = f"; the pass mark is {estimate.pass_mark}" if estimate.pass_mark is not None else ""
    out.print(f"[bold]{line}{mark}.[/]\n{ASSUMES}\n{INTERVAL_SAYS}")


def _show_tallies(heading: str, tallies: Sequence[Tally]) -> None:
    table = Table(heading, "", "Right", "Of the exam")
    for tally in tallies:
        table.add_row(tally.id, escape(tally.title), f"{tally.right} of {tally.of}", f"{tally.weight:.0%}")
    out.print(table)


def show_progress(record: LearnerRecord, pack: ExamPack, ready: Readiness | None, due: int, next_task: str) -> None:
    """Mastery by domain and task, readiness, and what to do next."""
    titles = {task.id: task.title for task in pack.exam.tasks} | {one.id: one.title for one in pack.exam.domains}
    table = Table("", "", "Mastery", "90 % interval", "Answers")
    for domain in pack.exam.domains:
        _add(table, domain.id, titles[domain.id], record.domains[domain.id], "bold")
        for task in domain.tasks:
            _add(table, task.id, titles[task.id], record.tasks[task.id], "")
    out.print(table)
    if ready is not None:
        out.print(
            f"[bold]Readiness[/] {ready.passing:.0%} to pass (90 % interval {ready.passing_low:.0%} to "
            f"{ready.passing_high:.0%}); score {ready.score:.0f}, {ready.low:.0f} to {ready.high:.0f}, pass mark "
            f"{ready.pass_mark}.\n{ASSUMES}"
        )
    if len(record.trend) > 1:
        out.print("[bold]Over time[/] " + " → ".join(f"{point.mean:.0%}" for point in record.trend))
    if record.elsewhere:
        out.print(f"{record.elsewhere} attempts are at tasks that the exam no longer has; they are kept.")
    out.print(f"{due} due for review: exam-tutor quiz --due" if due else "Nothing is due for review.")
    out.print(f"[bold]Next[/] {next_task} {escape(titles[next_task])}: exam-tutor quiz --weak")


def show_calibration(found: Mapping[Confidence, Calibration]) -> None:
    """How often the learner was right, by how sure they said they were."""
    for word, one in found.items():
        out.print(f"When you said {word}, {one.right} of {one.answers} were right ({one.share:.0%}).")


def _add(table: Table, identity: str, title: str, found: Mastery, style: str) -> None:
    full = round(found.mean * BAR)
    bar = "█" * full + "░" * (BAR - full)
    interval = f"{found.low:.0%} to {found.high:.0%}"
    table.add_row(identity, escape(title), f"{bar} {found.mean:.0%}", interval, str(found.answers), style=style)


def show_plan(plan: Plan) -> None:
    """The plan, a line an activity."""
    for note in plan.notes:
        out.print(escape(note))
    for week in plan.weeks:
        out.print(f"\n[bold]Week {week.number}, from {week.start:%d %B}[/] ({week.minutes / 60:.1f} hours)")
        for one in week.activities:
            minutes = "" if one.kind is Kind.EXAM else f"{one.minutes:>4} min"
            out.print(f"  {one.day:%a %d %b} {minutes:>8}  {escape(one.title)}")


def show_audit(lines: Sequence[AuditLine]) -> None:
    """The audit, a line a task."""
    table = Table("Task", "", "Your rating", "Probe", "Mastery")
    for line in lines:
        rating = f"{line.rating} of 5" if line.rating else "–"
        probe = f"{line.right} of {line.of}" if line.of else "–"
        table.add_row(line.task.id, escape(line.task.title), rating, probe, f"{line.mastery.mean:.0%}")
    out.print(table)


def clock_time(seconds: float) -> str:
    """Minutes and seconds: "172:05"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
