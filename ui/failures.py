"""How a command fails: the error in its own words on standard error, as JSON too where that was asked, status 1."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from corpus.errors import ExamTutorError
from ui import shapes, terminal
from ui.as_json import print_json, wants_json

STOPPED = ExamTutorError("Stopped.", "What was done so far is kept; the same command goes on from there.")


class Commands(TyperGroup):
    """Commands whose errors, where raised on purpose, are said rather than shown as tracebacks."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  as typer's own
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ExamTutorError as error:
            failure = error
        except KeyboardInterrupt:
            failure = STOPPED
        terminal.show_error(str(failure))
        if wants_json(ctx):
            print_json(shapes.error_json(failure))
        raise typer.Exit(1)
