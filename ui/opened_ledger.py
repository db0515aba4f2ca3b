"""The learners' ledger for one command, and whose record it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from corpus.settings import Settings
from tutor.learner.ledger import Ledger
from ui.page.parts import ALONE

ME = ALONE
"""Who it is where nobody is named: the page's learner where nobody has to log in."""


def _named(name: str) -> str:
    if not name.strip():
        raise typer.BadParameter("A learner has a name.")
    return name.strip()


LearnerName = Annotated[
    str, typer.Option("--learner", callback=_named, help="Whose record and notes; each has their own.")
]


@contextmanager
def opened_ledger(settings: Settings) -> Iterator[Ledger]:
    """The ledger that the settings name, closed at the end."""
    ledger = Ledger(settings.ledger)
    try:
        yield ledger
    finally:
        ledger.close()
