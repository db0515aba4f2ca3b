"""What keeps the library in order: `embed`, `sources`, `forget`, `doctor`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from corpus.doctor import repair
from corpus.errors import LibraryError
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.settings import load_settings
from ui import shapes, terminal
from ui.as_json import AsJson, print_json
from ui.opened_library import make_vectors, opened_library, vectors_turn


def embed(
    everything: Annotated[bool, typer.Option("--all", help="Forget all vectors and make them anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make the vectors that are missing, or with --all every one, with the model in the settings."""
    with opened_library(load_settings(), "embed") as library:
        if everything:
            library.discard_vectors()
        written = make_vectors(library)
        state = library.state()
    if as_json:
        print_json({"written": written, "embedded": state.embedded, "chunks": state.chunks})
    else:
        terminal.out.print(f"{written:,} vectors made; {state.embedded:,} of {state.chunks:,} passages have one.")


def sources(as_json: AsJson = False) -> None:
    """List what is indexed."""
    with opened_library(load_settings(), "sources") as library:
        records, state = library.sources(), library.state()
    if as_json:
        print_json(shapes.sources_json(records, state))
        return
    for record in records:
        terminal.out.print(f"{record.id}  ({record.chunks} passages)  {record.title}", markup=False)
    terminal.out.print(f"{state.sources} sources, {state.chunks:,} passages, {state.embedded:,} with vectors.")


def forget(
    source: Annotated[
        str, typer.Argument(help="A source as 'exam-tutor sources' names it, a file, or a folder with all below it.")
    ],
    as_json: AsJson = False,
) -> None:
    """Remove a source, or all below a folder, with passages, vectors and cache entries."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_library(settings, "forget") as library:
        named, meant = _meant(source, library, pack)
        removed = [done for name in meant if (done := library.remove(name)) is not None]
        left_to = vectors_turn(library) if library.manifest.stale() else None
        if left_to is None:
            library.vectors.forget_stale()
    terminal.show_removed(removed, left_to, as_json=as_json)
    if as_json:
        print_json(shapes.removed_json(named, removed))


def doctor(as_json: AsJson = False) -> None:
    """Check the library's parts against one another and mend what does not agree."""
    with opened_library(load_settings(), "doctor") as library:
        owner = vectors_turn(library) if library.state().embedder else None
        complaints = repair(library)
    shape = {"complaints": [{"part": c.part, "problem": c.problem, "mended": bool(c.mend)} for c in complaints]}
    if owner is not None:
        terminal.say(f"The vector index was not looked at: {owner} has it. Close that, and run this again.")
        shape["not_checked"] = [{"part": "vector index", "holder": str(owner)}]
    if as_json:
        print_json(shape)
    else:
        terminal.show_complaints(complaints)
    if any(complaint.mend is None for complaint in complaints):
        raise typer.Exit(1)


def _meant(named: str, library: Library, pack: ExamPack) -> tuple[str, list[str]]:
    """The name as the library has it, and the sources that go by it: one, or all below a folder.

    Raises:
        LibraryError: there are none, or the exam pack would bring them back.
    """
    path = str(Path(named).resolve())
    if named.startswith(pack.source_prefix) and library.source(named) is not None:
        raise LibraryError(
            f"'{named}' belongs to the exam pack '{pack.id}', which would bring it back with the next question.",
            "Take it out of the pack's own folder, or set EXAM_TUTOR_PACK to another pack.",
        )
    for name in (named, path):
        if library.source(name) is not None:
            return name, [name]
    folder = path.rstrip(os.sep) + os.sep
    if below := [record.id for record in library.sources() if record.id.startswith(folder)]:
        return path, below
    raise LibraryError(
        f"There is no source '{named}' in the library, and none below a folder of that name.",
        "'exam-tutor sources' lists them.",
    )
