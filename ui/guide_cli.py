"""`exam-tutor import-guide`: an official exam guide in PDF becomes the blueprint of a new pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from corpus.errors import ExamTutorError, SourceError
from corpus.settings import load_settings
from ingest.exam_guide.process import read_guide_file
from ingest.exam_guide.reading import GuideReading, shortfalls, to_toml
from ui import terminal
from ui.as_json import AsJson, print_json


def import_guide(
    guide: Annotated[Path, typer.Argument(help="The official exam guide, a PDF.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the blueprint as JSON; write nothing.")] = False,
    as_json: AsJson = False,
    folder: Annotated[Path, typer.Option(help="Where the pack's folder is made.")] = Path(),
) -> None:
    """Read an exam guide into a new pack's blueprint.toml; what the guide does not say is left out and told."""
    reading = read_guide_file(guide, load_settings().max_file_mb)
    if dry_run:
        print_json(reading.blueprint)
        _show_remarks(reading)
        return
    path = _write(reading, guide, folder)
    missing = shortfalls(reading.blueprint)
    if as_json:
        print_json({"path": str(path), "complete": not missing, "missing": missing, "remarks": reading.remarks})
        return
    _show_remarks(reading)
    terminal.out.print(f"Wrote {path}.", markup=False)
    for problem in missing:
        terminal.err.print(f"[yellow]missing[/] {escape(problem)}")
    if missing:
        command = f"exam-tutor packs validate {path.parent}"
        terminal.err.print(f"Fill in what is missing by hand, then run: {escape(command)}")


def _write(reading: GuideReading, guide: Path, folder: Path) -> Path:
    """Write the blueprint into the pack's folder, named by the exam's code; a file that is there stays as it is."""
    code: str | None = reading.blueprint.get("code")
    if not code:
        raise SourceError(
            str(guide),
            "no exam code was found in it, so the pack has no name",
            "Use --dry-run to see what was read, and write its blueprint.toml by hand.",
        )
    path = folder / code.lower().replace("-", "_") / "blueprint.toml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(to_toml(reading.blueprint))
    except FileExistsError as error:
        raise ExamTutorError(
            f"{error.filename} exists and is not overwritten.",
            "Move it away, or name another folder with --folder.",
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExamTutorError(f"{path} cannot be written ({reason}).", "Name another folder with --folder.") from error
    return path


def _show_remarks(reading: GuideReading) -> None:
    for remark in reading.remarks:
        terminal.err.print(f"[yellow]note[/] {escape(remark)}")
