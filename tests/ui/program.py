"""`exam-tutor` with its arguments, run in this process: what it prints where, and how it ends."""

from __future__ import annotations

from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from ui.cli import app


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, lines: str = "", folder: Path = Path(), **environment: str) -> Ended:
    """The command from within a folder, with lines on standard input; other settings are the test's environment."""
    with chdir(folder):
        result = CliRunner(env={"COLUMNS": "400", **environment}).invoke(app, arguments, input=lines)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)
