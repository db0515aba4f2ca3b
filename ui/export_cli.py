"""`exam-tutor export`: what a learner takes along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from corpus.cards import Card
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from corpus.questions import Question
from corpus.settings import load_settings
from tutor.learner.attempts_csv import attempts_csv
from tutor.learner.calendar_file import calendar_file
from tutor.learner.flashcards import flashcards, missed, write_apkg
from tutor.learner.ledger import Ledger
from tutor.learner.whole_file import write_whole
from tutor.sitting_events import DRAWN, read_drawn
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.failures import Commands
from ui.opened_ledger import ME, LearnerName, opened_ledger
from ui.opened_library import opened_knowledge
from ui.progress_cli import planned

export = typer.Typer(cls=Commands, no_args_is_help=True, help="Take your record along: flashcards, tables, a calendar.")

Out = Annotated[Path | None, typer.Option("--out", "-o", help="The file to write; an older one is replaced.")]


@export.command()
def anki(
    out: Out = None,
    question: Annotated[list[str] | None, typer.Option(help="A question's id; else all you ever missed.")] = None,
    card: Annotated[list[str] | None, typer.Option(help="A card's id; else those of the questions you missed.")] = None,
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Write flashcards for Anki, of what you missed or choose. Imported again they are updated, not doubled."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    file = out or Path(f"{pack.exam.code}-{learner}.apkg")
    with opened_ledger(settings) as ledger:
        questions, cards, gone = _to_learn(ledger, learner, pack, question, card)
    with opened_knowledge(settings, pack, learner, "export anki") as known:
        notes = list(flashcards(questions, cards, known))
    if not notes:
        raise ExamTutorError(
            "There is nothing to export: no question was missed.", "Choose some with --question or --card."
        )
    write_apkg(notes, pack.exam, file, datetime.now(UTC))
    if gone:
        terminal.say(f"No longer in the pack, so without a card: {', '.join(gone)}.")
    _written(file, len(notes), "notes", as_json=as_json)


@export.command()
def csv(out: Out = None, learner: LearnerName = ME, as_json: AsJson = False) -> None:
    """Write your attempts as a table."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_ledger(settings) as ledger:
        attempts = ledger.attempts(learner, pack.exam.code)
    file = out or Path(f"{pack.exam.code}-{learner}.csv")
    write_whole(file, attempts_csv(attempts).encode())
    _written(file, len(attempts), "attempts", as_json=as_json)


@export.command()
def ics(
    out: Out = None,
    exam_date: Annotated[str | None, typer.Option(help="The day of the exam, as 2027-03-31.")] = None,
    hours: Annotated[float | None, typer.Option(help="Hours a week that you have.")] = None,
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Write the plan as a calendar file. Imported again its days are updated."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    now = datetime.now(UTC)
    with opened_ledger(settings) as ledger:
        plan = planned(ledger, learner, pack, now, exam_date, hours)
    file = out or Path(f"{pack.exam.code}-{learner}.ics")
    write_whole(file, calendar_file(plan, learner, now))
    _written(file, len(plan.activities), "events", as_json=as_json)


@export.command("ledger")
def whole_ledger(out: Out = None, learner: LearnerName = ME, as_json: AsJson = False) -> None:
    """Write all that is kept of you, of every exam, as JSON lines that can be imported again."""
    settings = load_settings()
    with opened_ledger(settings) as ledger:
        lines = list(ledger.export(learner))
    file = out or Path(f"exam-tutor-{learner}.jsonl")
    write_whole(file, "".join(line + "\n" for line in lines).encode())
    _written(file, len(lines) - 1, "lines", as_json=as_json)


def _to_learn(
    ledger: Ledger, learner: str, pack: ExamPack, chosen: Sequence[str] | None, cards: Sequence[str] | None
) -> tuple[list[Question], list[Card], list[str]]:
    """The questions and cards to export, and the ids of missed ones that are nowhere to be found any more.

    A question that was generated or has left the pack is taken from the sitting that asked it.

    Raises:
        ExamTutorError: one that was chosen is not there.
    """
    wrong, concepts = missed(ledger.attempts(learner, pack.exam.code))
    if chosen or cards:
        wrong, concepts = list(chosen or ()), list(cards or ())
    known = dict(pack.questions_by_id)
    if any(one not in known for one in wrong):
        for entry in ledger.entries(learner, pack.exam.code, kind=DRAWN):
            drawn = read_drawn([entry])
            known |= {one.id: one for one in drawn.questions if one.id not in known} if drawn else {}
    gone = [one for one in wrong if one not in known] + [one for one in concepts if one not in pack.cards_by_id]
    if (chosen or cards) and gone:
        raise ExamTutorError(f"There is no question or card '{gone[0]}'.", "Give ids as 'quiz --json' prints them.")
    return (
        [known[one] for one in wrong if one in known],
        [pack.cards_by_id[one] for one in concepts if one in pack.cards_by_id],
        gone,
    )


def _written(file: Path, count: int, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"path": str(file), "count": count, "what": what})
    else:
        terminal.out.print(f"{count} {what} written to {escape(str(file))}.")
