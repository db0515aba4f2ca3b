"""`exam-tutor chat`: a talk in the terminal, one line a message; Ctrl-D ends it."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer

from corpus.errors import ExamTutorError
from corpus.exam_pack import load_pack
from corpus.settings import load_settings
from tutor.assemble import assemble
from tutor.session import Session
from ui import shapes, terminal
from ui.as_json import AsJson, print_json
from ui.opened_ledger import ME, LearnerName
from ui.opened_library import note_on_search, opened_for_learner
from ui.turn_shapes import turn_json
from ui.turn_terminal import show_turn

PASTE = "paste"
"""A line of this word alone begins a message of several lines, which an empty line ends."""


def chat(
    learner: LearnerName = ME,
    as_json: AsJson = False,
    seed: Annotated[int | None, typer.Option(help="Draw the questions the same way each time.")] = None,
    vectors: Annotated[bool, typer.Option(help="Search by meaning too, which loads the model.")] = True,
) -> None:
    """Talk with the tutor: ask, compare, be quizzed, be led to an answer. Ctrl-D ends.

    A question with its options has several lines: type "paste", then the lines, then an empty one.
    """
    settings = load_settings()
    pack = load_pack(settings.pack)
    rng = random.Random(seed)  # noqa: S311  questions are drawn, no secret
    with opened_for_learner(settings, pack, learner, "chat") as library:
        if note := note_on_search(library, vectors):
            terminal.say(note)
        session = Session(assemble(settings, library, pack))
        for message in _messages():
            _turn(session, message, rng, as_json)


def _turn(session: Session, message: str, rng: random.Random, as_json: bool) -> None:
    """One message and its turn; an error is said, and the talk goes on."""
    try:
        turn = session.say(message, datetime.now(UTC), rng)
    except ExamTutorError as error:
        terminal.show_error(str(error))
        if as_json:
            print_json(shapes.error_json(error))
        return
    if as_json:
        print_json(turn_json(turn))
        sys.stdout.flush()
    else:
        show_turn(turn)
        terminal.out.print()


def _messages() -> Iterator[str]:
    while line := _line("you › "):
        if line.strip().lower() != PASTE:
            if line.strip():
                yield line.strip()
            continue
        lines = []
        while (pasted := _line("… ")) and pasted.strip():
            lines.append(pasted)
        yield "".join(lines)


def _line(prompt: str) -> str:
    """The next line with its end, or "" at the end of input; the prompt stands where a person types."""
    if sys.stdin.isatty():
        terminal.err.print(f"[bold]{prompt}[/]", end="")
    return sys.stdin.readline()
