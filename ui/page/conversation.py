"""A conversation as the page keeps it: what was said, and the thread that the next message may lean on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tutor.answers import Claim
from tutor.thread import Thread
from tutor.turns import Answered, Compared, Explained, Marked, Reviewed, Turn

MOST = 100
"""A conversation longer than this loses its oldest turns, so that a page open for weeks stays light."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A follow-up in one tap: `do` and `about` are what it sends."""

    words: str
    do: str
    about: str


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: the message, and what came of it as HTML; `texts` and `sources` are what feedback on it keeps.

    `done` is False while it is still being put together.
    """

    number: int
    message: str
    body: str
    texts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    verdict: str = ""
    done: bool = True


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that was said, the latest last, with the talk's thread after it."""

    said: tuple[Said, ...] = ()
    thread: Thread = field(default=Thread(), repr=False)

    @property
    def next_number(self) -> int:
        """The number of the turn to come."""
        return self.said[-1].number + 1 if self.said else 1

    def with_turn(self, said: Said, thread: Thread | None = None) -> Conversation:
        """One turn more."""
        return Conversation((*self.said, said)[-MOST:], thread or self.thread)

    def changed(self, said: Said) -> Conversation:
        """With this turn in the place of the one of its number."""
        return replace(self, said=tuple(said if one.number == said.number else one for one in self.said))

    def turn(self, number: str) -> Said | None:
        """The turn of this number, or None."""
        return next((one for one in self.said if str(one.number) == number), None)


def claims_of(turn: Turn) -> Sequence[Claim]:
    """What a turn says with citations."""
    match turn:
        case Answered(answer=answer):
            return answer.claims
        case Explained(explanation=explanation):
            return explanation.claims
        case Compared(comparison=comparison):
            return [one for one in (*comparison.what, *(choice.claim for choice in comparison.choices)) if one]
        case Reviewed(review=review) | Marked(review=review):
            return [claim for option in review.options for claim in option.claims]
        case _:
            return ()


def sources_of(claims: Sequence[Claim]) -> Iterator[str]:
    """The ids of the passages that claims cite, each once."""
    yield from dict.fromkeys(citation.chunk_id for claim in claims for citation in claim.citations)
