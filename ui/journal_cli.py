"""`exam-tutor remark` and `journal`: the learner's own words on questions."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape

from corpus.exam_pack import load_pack
from corpus.learner_library import Owners
from corpus.settings import load_settings
from ingest.pipeline import ingest_paths
from ingest.tag import Tagger
from tutor.learner.journal import Journal, search_remarks
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.opened_ledger import ME, LearnerName, opened_ledger
from ui.opened_library import opened_library
from ui.progress_shapes import remarks_json


def remark(
    question: Annotated[str, typer.Argument(metavar="Q", help="The question's id.")],
    text: Annotated[str, typer.Argument(help="What you want to remember, or - to read it from standard input.")],
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Write a remark on a question into your study journal, which becomes one of your notes."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    now = datetime.now(UTC)
    said = sys.stdin.read() if text == "-" else text
    with opened_ledger(settings) as ledger:
        kept = Journal(ledger, learner, pack, Owners.of(settings).journal(learner))
        written = kept.add(question, said, now)
    with opened_library(settings, "remark") as library:
        report = ingest_paths([str(kept.file)], library, now=now, max_file_mb=settings.max_file_mb, tagger=Tagger(pack))
    for failure in report.failed:
        terminal.say(f"The remark is kept; the journal could not be read in: {failure.reason}")
    if as_json:
        print_json(remarks_json([written]))
    else:
        terminal.out.print(f"Written into {escape(str(kept.file))}.")


def journal(
    words: Annotated[str, typer.Argument(help="Words to look for, or a question's id; else all remarks.")] = "",
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Read or search your study journal."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_ledger(settings) as ledger:
        written = Journal(ledger, learner, pack, Owners.of(settings).journal(learner)).remarks()
    found = search_remarks(written, words) if words.strip() else written
    if as_json:
        print_json(remarks_json(found))
        return
    for one in found:
        terminal.out.print(f"[bold]{escape(one.question)}[/] {one.at:%d %B %Y}\n  {escape(one.text)}")
    if not found:
        terminal.say("No remark on that." if words.strip() else "The journal is empty.")
