"""The `--json` that every verb has: one object on standard output, and nothing else there."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from ui.shapes import Json

_ASKED = "ui.as_json"


def _note(context: typer.Context, asked: bool) -> bool:
    context.meta[_ASKED] = asked
    return asked


AsJson = Annotated[bool, typer.Option("--json", callback=_note, help="Print one JSON object and nothing else.")]


def wants_json(context: typer.Context) -> bool:
    """Whether the command that ran in this context, or below it, was given `--json`."""
    return bool(context.meta.get(_ASKED))


def print_json(shape: Json) -> None:
    """Print one object, as one line."""
    sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")
