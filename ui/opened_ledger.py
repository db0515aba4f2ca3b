"""The learners' ledger for one command, and whose record it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from corpus.settings import Settings
from tutor.learner.ledger import Ledger

ME = "me"


def _named(name: str) -> str:
    if not name.strip():
        raise typer.BadParameter("A learner has a name.")
    return name.strip()


LearnerName = Annotated[str, typer.Option("--learner", callback=_named, help="Whose record; each has their own.")]


@contextmanager
def opened_ledger(settings: Settings) -> Iterator[Ledger]:
    """The ledger that the settings name, closed at the end."""
    ledger = Ledger(settings.ledger)
    try:
        yield ledger
    finally:
        ledger.close()
