"""The command line: `exam-tutor`. Exit status 0 done, 1 failed with the next step said, 2 wrong usage."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import ExamTutorError
from corpus.exam_pack import load_pack, pack_names
from corpus.library import Library
from corpus.settings import Settings, load_settings
from ingest.pipeline import ingest_pack, ingest_paths
from tutor.assemble import assemble, open_library
from ui import shapes, terminal
from ui.page.server import serve_page

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
packs = typer.Typer(no_args_is_help=True, help="Exam packs: list them, or check one.")
app.add_typer(packs, name="packs")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


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
                library.warm()
        answer = assemble(settings, library, pack).ask(question)
    if as_json:
        _print_json(shapes.answer_json(answer))
    else:
        terminal.show_answer(answer)


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files and folders.")],
    as_json: AsJson = False,
    vectors: Annotated[bool, typer.Option(help="Make the vectors now; else the page or 'embed' will.")] = True,
) -> None:
    """Read files and folders into the library; unchanged files are passed over."""
    settings = load_settings()
    with _library(settings) as library:
        with terminal.reading() as move:
            report = ingest_paths(paths, library, now=datetime.now(UTC), max_file_mb=settings.max_file_mb, on_step=move)
        if not as_json:
            terminal.show_ingest(report)
        if vectors:
            _embed(library)
    if as_json:
        _print_json(shapes.ingest_json(report))
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
        _print_json({"written": written, "embedded": state.embedded, "chunks": state.chunks})
    else:
        terminal.out.print(f"{written:,} vectors made; {state.embedded:,} of {state.chunks:,} passages have one.")


@app.command()
def sources(as_json: AsJson = False) -> None:
    """List what is indexed."""
    with _library(load_settings()) as library:
        records, state = library.sources(), library.state()
    if as_json:
        _print_json(shapes.sources_json(records, state))
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
        _print_json({"removed": removed})
    else:
        terminal.out.print(f"Removed {removed}.", markup=False)


@packs.command("list")
def packs_list(as_json: AsJson = False) -> None:
    """List the packs that come with Exam Tutor."""
    loaded = [load_pack(name) for name in pack_names()]
    if as_json:
        rows = [{"id": p.id, "code": p.exam.code, "title": p.exam.title, "cards": len(p.cards)} for p in loaded]
        _print_json({"packs": rows})
        return
    for pack in loaded:
        terminal.out.print(
            f"{pack.id}  {pack.exam.title} ({pack.exam.code}): {len(pack.cards)} cards, {len(pack.notes)} notes, "
            f"{len(pack.questions)} questions"
        )


@packs.command("validate")
def packs_validate(
    pack: Annotated[str, typer.Argument(help="A pack's name or folder.")], as_json: AsJson = False
) -> None:
    """Check every file of a pack; the first mistake is named with file, line and key."""
    found = load_pack(pack)
    counts = {"cards": len(found.cards), "notes": len(found.notes), "questions": len(found.questions)}
    if as_json:
        _print_json({"pack": found.id, "valid": True, **counts})
    else:
        terminal.out.print(f"{found.id} is valid: " + ", ".join(f"{n} {what}" for what, n in counts.items()) + ".")


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


def _print_json(shape: shapes.Json) -> None:
    sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")


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
