"""The `--json` that every verb has: one object on standard output, and nothing else there."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from ui.shapes import Json

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def print_json(shape: Json) -> None:
    """Print one object, as one line."""
    sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")
