"""The command line: `exam-tutor`. Exit status 0 done, 1 failed with the next step said, 2 wrong usage."""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from corpus.exam_pack import load_pack
from corpus.settings import load_settings
from evals.cli import evals
from ingest.arguments import file_arguments, ingest_arguments
from ingest.pipeline import IngestReport
from ingest.vanished import prune, vanished
from tutor.assemble import assemble
from ui import shapes, terminal
from ui.accounts import Accounts
from ui.as_json import AsJson, print_json
from ui.chat_cli import chat
from ui.exam_cli import exam
from ui.explain_cli import compare_things, explain_question
from ui.export_cli import export
from ui.failures import Commands
from ui.fetch_cli import fetch_sources
from ui.guide_cli import import_guide
from ui.journal_cli import journal, remark
from ui.learner_cli import learners
from ui.mcp_cli import mcp
from ui.opened_ledger import ME, LearnerName
from ui.opened_library import make_vectors, note_on_search, opened_for_learner, opened_library
from ui.packs_cli import packs
from ui.page.server import serve_page
from ui.progress_cli import audit_me, plan, progress
from ui.quiz_cli import quiz
from ui.record_cli import delete_my_data, import_attempts
from ui.socratic_cli import socratic
from ui.upkeep_cli import doctor, embed, forget, sources

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(packs, name="packs")
app.add_typer(evals, name="evals")
app.add_typer(learners, name="learner")
app.command("fetch")(fetch_sources)
app.command("explain")(explain_question)
app.command("compare")(compare_things)
app.command("import-guide")(import_guide)
app.command()(socratic)
app.command()(chat)
app.command()(mcp)
app.add_typer(export, name="export")
app.command("import-attempts")(import_attempts)
app.command("delete-my-data")(delete_my_data)
app.command("audit-me")(audit_me)
for command in (quiz, exam, progress, plan, remark, journal, embed, sources, forget, doctor):
    app.command()(command)


@app.callback()
def tutor() -> None:
    """A tutor for certification exams that answers only from what it can cite."""


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Where to listen; the next free one when it is taken.")] = None,
    host: Annotated[str | None, typer.Option(help="The address to bind to; 127.0.0.1 unless set.")] = None,
    auth_file: Annotated[
        Path | None, typer.Option(help="Learners who may log in; 'exam-tutor learner add' makes it.")
    ] = None,
) -> None:
    """Open the page."""
    if port is not None and not 1 <= port <= 65535:
        raise typer.BadParameter(f"A port is a number from 1 to 65535, not {port}.", param_hint="--port")
    settings = load_settings()
    accounts = Accounts(auth_file) if auth_file else None
    serve_page(
        settings, host=host or settings.host, port=port or settings.port, say=terminal.err.print, accounts=accounts
    )


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in your own words.")],
    learner: LearnerName = ME,
    as_json: AsJson = False,
    vectors: Annotated[bool, typer.Option(help="Search by meaning too, which loads the model.")] = True,
) -> None:
    """Answer one question, with citations."""
    if not question.strip():
        raise typer.BadParameter("The question is empty. Example: exam-tutor ask 'What does recall measure?'")
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_for_learner(settings, pack, learner, "ask") as library:
        note = note_on_search(library, vectors)
        answer = assemble(settings, library, pack).ask(question)
    if note:
        terminal.say(note)
    if as_json:
        print_json(shapes.answer_json(answer))
    else:
        terminal.show_answer(answer)


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, https://…, aws-api:SERVICE or aws-api:exam.")],
    as_json: AsJson = False,
    vectors: Annotated[bool, typer.Option(help="Make the vectors now; else the page or 'embed' will.")] = True,
    remove_vanished: Annotated[bool, typer.Option("--prune", help="Take out files that are no longer there.")] = False,
) -> None:
    """Read files, folders, addresses and API references into the library; what has not changed is passed over."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_library(settings, "ingest") as library:
        with terminal.reading() as move:
            report = ingest_arguments(paths, library, pack=pack, settings=settings, now=datetime.now(UTC), on_step=move)
        gone = vanished(file_arguments(paths), library)
        if remove_vanished:
            report = IngestReport((*report.sources, *prune(gone, library)))
        if not as_json:
            terminal.show_ingest(report)
        if gone and not remove_vanished:
            terminal.show_vanished(gone)
        if vectors:
            make_vectors(library)
    if as_json:
        print_json(shapes.ingest_json(report))
    if report.failed:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; errors raised on purpose are said in their own words and end with status 1."""
    logging.basicConfig(level=os.environ.get("LOGLEVEL", "WARNING"), stream=sys.stderr)
    app()
