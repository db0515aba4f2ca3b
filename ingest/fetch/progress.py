"""How far a download is, and how fast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is: bytes here, bytes in all if the server says, bytes a second of this run."""

    url: str
    received: int
    total: int | None
    rate: float

    @property
    def seconds_left(self) -> float | None:
        """The time to go at this rate, or None where it cannot be told."""
        if self.total is None or self.rate <= 0:
            return None
        return max(self.total - self.received, 0) / self.rate


OnProgress = Callable[[Progress], None]


class Meter:
    """Measures one download from where it starts, and tells whoever listens."""

    def __init__(
        self, url: str, start: int, total: int | None, clock: Callable[[], float], on_progress: OnProgress | None
    ) -> None:
        self._url = url
        self._start = start
        self._total = total
        self._clock = clock
        self._on_progress = on_progress
        self._since = clock()

    def show(self, received: int) -> None:
        """Say that so many bytes are here."""
        if self._on_progress is not None:
            seconds = self._clock() - self._since
            rate = (received - self._start) / seconds if seconds > 0 else 0.0
            self._on_progress(Progress(self._url, received, self._total, rate))
