"""What puts evidence into words: one contract for all engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tutor.answers import Answer, Claim
from tutor.evidence import Evidence


class Engine(Protocol):
    """Makes answers from evidence, and from nothing else."""

    @property
    def name(self) -> str:
        """What an answer says made it."""
        ...

    def answer(self, evidence: Evidence) -> Answer:
        """The answer; one without claims where the evidence does not carry any."""
        ...

    def stream(self, evidence: Evidence) -> Iterator[Claim | Answer]:
        """Claims as soon as each may be shown; last the answer, which takes the place of all that came before."""
        ...
