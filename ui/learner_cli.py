"""`exam-tutor learner`: who may log in to a page that is served with `--auth-file`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui import terminal
from ui.accounts import Accounts
from ui.failures import Commands

learners = typer.Typer(cls=Commands, no_args_is_help=True, help="Who may log in to the page.")

AuthFile = Annotated[Path, typer.Option(help="The file of learners, made when it is not there.")]


@learners.command()
def add(
    name: Annotated[str, typer.Argument(help="Of a-z and 0-9, with hyphens between.")], auth_file: AuthFile
) -> None:
    """Add a learner, or give one a new password; it is asked for, or read from standard input."""
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    Accounts(auth_file).add(name, password)
    terminal.say(f"{name} can log in: exam-tutor serve --auth-file {auth_file}")


@learners.command("list")
def list_learners(auth_file: AuthFile) -> None:
    """Say who can log in."""
    for name in Accounts(auth_file).names():
        terminal.out.print(name, markup=False)
