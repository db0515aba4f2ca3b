"""The command line: `exam-tutor`. Exit status 0 done, 1 failed with the next step said, 2 wrong usage."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from corpus.doctor import repair
from corpus.errors import ExamTutorError
from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.settings import Settings, load_settings
from evals.cli import evals
from ingest.arguments import file_arguments, ingest_arguments
from ingest.pipeline import IngestReport, ingest_pack
from ingest.vanished import prune, vanished
from tutor.assemble import assemble, open_library
from ui import shapes, terminal
from ui.as_json import AsJson, print_json
from ui.fetch_cli import fetch_sources
from ui.guide_cli import import_guide
from ui.packs_cli import packs
from ui.page.server import serve_page

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(packs, name="packs")
app.add_typer(evals, name="evals")
app.command("fetch")(fetch_sources)
app.command("import-guide")(import_guide)


@app.callback()
def tutor() -> None:
    """A tutor for certification exams that answers only from what it can cite."""


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Where to listen; the next free one when it is taken.")] = None,
    host: Annotated[str | None, typer.Option(help="The address to bind to.")] = None,
) -> None:
    """Open the page."""
    settings = load_settings()
    serve_page(settings, host=host or settings.host, port=port or settings.port, say=terminal.err.print)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in your own words.")],
    as_json: AsJson = False,
    vectors: Annotated[bool, typer.Option(help="Search by meaning too, which loads the model.")] = True,
) -> None:
    """Answer one question, with citations."""
    if not question.strip():
        raise typer.BadParameter("The question is empty. Example: exam-tutor ask 'What does recall measure?'")
    settings = load_settings()
    pack = load_pack(settings.pack)
    with _library(settings) as library:
        ingest_pack(pack, library, now=datetime.now(UTC))
        if vectors and library.state().embedded:
            with terminal.waiting("loading the embedding model"):
                library.embedder.embed(["warm up"])
        answer = assemble(settings, library, pack).ask(question)
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
    with _library(settings) as library:
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
            _embed(library)
    if as_json:
        print_json(shapes.ingest_json(report))
    if report.failed:
        raise typer.Exit(1)


@app.command()
def embed(
    everything: Annotated[bool, typer.Option("--all", help="Forget all vectors and make them anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make the vectors that are missing, or with --all every one, with the model in the settings."""
    with _library(load_settings()) as library:
        if everything:
            library.discard_vectors()
        written = _embed(library)
        state = library.state()
    if as_json:
        print_json({"written": written, "embedded": state.embedded, "chunks": state.chunks})
    else:
        terminal.out.print(f"{written:,} vectors made; {state.embedded:,} of {state.chunks:,} passages have one.")


@app.command()
def sources(as_json: AsJson = False) -> None:
    """List what is indexed."""
    with _library(load_settings()) as library:
        records, state = library.sources(), library.state()
    if as_json:
        print_json(shapes.sources_json(records, state))
        return
    for record in records:
        terminal.out.print(f"{record.id}  ({record.chunks} passages)  {record.title}", markup=False)
    terminal.out.print(f"{state.sources} sources, {state.chunks:,} passages, {state.embedded:,} with vectors.")


@app.command()
def forget(
    source: Annotated[str, typer.Argument(help="A source as 'exam-tutor sources' names it, or a file's path.")],
    as_json: AsJson = False,
) -> None:
    """Remove a source with its passages, vectors and cache entries."""
    with _library(load_settings()) as library:
        names = (source, str(Path(source).resolve()))
        removed = next((name for name in names if library.remove(name)), None)
    if removed is None:
        terminal.show_error(f"There is no source '{source}' in the library. 'exam-tutor sources' lists them.")
        raise typer.Exit(1)
    if as_json:
        print_json({"removed": removed})
    else:
        terminal.out.print(f"Removed {removed}.", markup=False)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check the library's parts against one another and mend what does not agree."""
    with _library(load_settings()) as library:
        complaints = repair(library)
    if as_json:
        print_json({"complaints": [{"part": c.part, "problem": c.problem, "mended": bool(c.mend)} for c in complaints]})
    else:
        terminal.show_complaints(complaints)
    if any(complaint.mend is None for complaint in complaints):
        raise typer.Exit(1)


@contextmanager
def _library(settings: Settings) -> Iterator[Library]:
    library = open_library(settings)
    try:
        yield library
    finally:
        library.close()


def _embed(library: Library) -> int:
    pending = library.state().pending
    with terminal.embedding(pending) as move:
        return library.embed_pending(on_progress=move)


def main() -> None:
    """Run the command line; errors raised on purpose are said in their own words and end with status 1."""
    logging.basicConfig(level=os.environ.get("LOGLEVEL", "WARNING"), stream=sys.stderr)
    try:
        app()
    except ExamTutorError as error:
        terminal.show_error(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        terminal.show_error("Stopped. What was done so far is kept; the same command goes on from there.")
        sys.exit(1)
