"""The thread of a conversation: what was said, and what the next message may lean on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.cards import Card
from tutor.answers import Claim
from tutor.option_reviews import QuestionReview
from tutor.socratic.dialogue import Dialogue


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

    message: str
    body: str
    texts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    verdict: str = ""
    done: bool = True


@dataclass(frozen=True, slots=True)
class Thread:
    """All that was said, and what is open: the last question with options, the last thing explained, a dialogue."""

    said: tuple[Said, ...] = ()
    review: QuestionReview | None = field(default=None, repr=False)
    card: Card | None = None
    dialogue: Dialogue | None = None

    def with_turn(self, said: Said) -> Thread:
        """One turn more."""
        return replace(self, said=(*self.said, said))

    def with_verdict(self, number: int, verdict: str) -> Thread:
        """With what the learner thinks of turn `number`, from 1."""
        turns = [replace(one, verdict=verdict) if n == number else one for n, one in enumerate(self.said, start=1)]
        return replace(self, said=tuple(turns))


def texts_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """What claims say."""
    return tuple(claim.text for claim in claims)


def sources_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The ids of the passages that claims cite, each once."""
    return tuple(dict.fromkeys(citation.chunk_id for claim in claims for citation in claim.citations))
