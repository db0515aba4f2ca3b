"""An iterator that must not keep anyone waiting, whatever it waits for itself."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from corpus.errors import ModelError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: for a whole answer, its retries included, and for the silence before any part of it."""

    whole: float = 60.0
    idle: float = 30.0


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


def within(
    produce: Callable[[], Iterator[T]], deadline: float, idle: float, clock: Callable[[], float] = time.monotonic
) -> Iterator[T]:
    """Yield what `produce()` yields, until the clock shows `deadline` or nothing came for `idle` seconds.

    It is drawn on a thread of its own, for a read from a socket cannot be called back. A thread that was given up
    ends with the next thing that comes, or with its socket's own time limit.

    Raises:
        ModelError: a limit was reached. What `produce` raises is raised here.
    """
    parts: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    given_up = threading.Event()

    def draw() -> None:
        error: BaseException | None = None
        try:
            for part in produce():
                if given_up.is_set():
                    break
                parts.put(part)
        except BaseException as problem:  # it is raised on the thread that waits
            error = problem
        parts.put(_End(error))

    threading.Thread(target=draw, name="chat model", daemon=True).start()
    try:
        while True:
            part = _next(parts, deadline - clock(), idle)
            if isinstance(part, _End):
                if part.error is not None:
                    raise part.error
                return
            yield part
    finally:
        given_up.set()


def _next(parts: queue.SimpleQueue[T | _End], left: float, idle: float) -> T | _End:
    if left <= 0:
        raise ModelError("did not finish in time")
    try:
        return parts.get(timeout=min(left, idle))
    except queue.Empty:
        raise ModelError("did not finish in time" if left <= idle else f"said nothing for {idle:g} s") from None
