"""The command line's `evals`: how good the tutor is, one verb a suite."""

from __future__ import annotations

import typer

from evals.learners import learners
from evals.retrieval import retrieval

evals = typer.Typer(no_args_is_help=True, help="Measure the tutor.")
evals.command("retrieval")(retrieval)
evals.command("learners")(learners)


@evals.callback()
def suites() -> None:
    """Measure the tutor, on your documents and your questions."""
