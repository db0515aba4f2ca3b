"""One question to a model, asked until it is answered, refused or out of time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import partial

from pydantic import BaseModel

from corpus.errors import ModelBusyError, ModelError, ModelRequestError
from tutor.engines.chat_client import ChatClient, Piece, Way
from tutor.engines.replies import CitedAnswer
from tutor.engines.time_limit import Limits, within

ATTEMPTS = 3
FIRST_WAIT = 0.5
"""Seconds before the second attempt, where the server names none; they double with each."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a model, and by which clock."""

    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    rng: random.Random = field(default_factory=random.Random)


def ask(
    client: ChatClient, system: str, message: str, patience: Patience, form: type[BaseModel] = CitedAnswer
) -> Iterator[Piece]:
    """Yield the pieces of the reply, which is to be JSON of a form.

    A way of asking that the server does not take, or answers with nothing, is followed by the next plainer one;
    an attempt that fails for now, by another after a wait. Neither once a piece came: what was said stays said.

    Raises:
        ModelError: there is no reply, or it broke off.
    """
    deadline = patience.clock() + patience.limits.whole
    problem: ModelError | None = None
    for way in Way:
        try:
            pieces = partial(client.pieces, system, message, way, form)
            said = yield from _retried(pieces, deadline, patience)
        except ModelRequestError as error:
            problem = problem or error
        else:
            if said:
                return
            problem = ModelError("wrote nothing")
    raise problem or ModelError("wrote nothing")


def _retried(
    pieces: Callable[[], Iterator[Piece]], deadline: float, patience: Patience
) -> Generator[Piece, None, bool]:
    """Yield the pieces of a reply to one way of asking; returns whether there was any text in it."""
    for attempt in range(1, ATTEMPTS + 1):
        said = False
        try:
            for piece in within(pieces, deadline, patience.limits.idle, patience.clock):
                said = said or bool(piece.text.strip())
                yield piece
            return said
        except ModelBusyError as error:
            wait = _wait(error, attempt, patience.rng)
            if said or attempt == ATTEMPTS or patience.clock() + wait >= deadline:
                raise
            patience.sleep(wait)
    return False


def _wait(error: ModelBusyError, attempt: int, rng: random.Random) -> float:
    """The seconds that the server asks for, else a growing time, spread so that many who wait do not return at once."""
    if error.retry_after is not None:
        return error.retry_after
    return FIRST_WAIT * float(2 ** (attempt - 1)) * (1 + rng.random())
