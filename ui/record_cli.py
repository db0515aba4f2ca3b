"""What a learner does with the whole of their record: `import-attempts`, `delete-my-data`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from corpus.errors import ExamTutorError
from corpus.exam_pack import load_pack
from corpus.learner_library import Owners
from corpus.settings import load_settings
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.opened_ledger import ME, LearnerName, opened_ledger
from ui.opened_library import opened_library, vectors_turn
from ui.page.feedback import forget_feedback


def import_attempts(
    file: Annotated[Path, typer.Argument(help="A file that 'export ledger' wrote.")],
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Add an exported record to yours; what is there already counts once."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ExamTutorError(f"{file} cannot be read: {error}.", "Give a file that 'export ledger' wrote.") from error
    with opened_ledger(settings) as ledger:
        report = ledger.import_lines(lines, learner)
    others = report.of_other_exams(pack.exam.code)
    if as_json:
        print_json({"new": report.new, "known": report.known, "other_exams": others})
        return
    terminal.out.print(f"{report.new} lines are new, {report.known} were there already.")
    for code, count in others.items():
        terminal.out.print(f"{count} are of the exam {escape(code)}: kept, not counted for {pack.exam.code}.")


def delete_my_data(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Delete all that is kept of you, of every exam, with your journal, notes and feedback, for good."""
    settings = load_settings()
    if not yes and not as_json:
        typer.confirm(
            f"Delete all attempts, sittings, remarks, notes and feedback of '{learner}' for good?", abort=True, err=True
        )
    if as_json and not yes:
        raise ExamTutorError("Nothing was deleted.", "Add --yes to delete without being asked.")
    with opened_ledger(settings) as ledger:
        deleted = ledger.delete(learner)
    forget_feedback(settings.home, learner)
    with opened_library(settings, "delete-my-data") as library:
        Owners.of(settings).forget(library, learner)
        if library.manifest.stale() and vectors_turn(library) is None:
            library.vectors.forget_stale()
    if as_json:
        print_json({"deleted": deleted})
    else:
        terminal.out.print(f"{deleted} lines of '{escape(learner)}' are deleted.")
