"""Answers that can only be built from evidence: every claim carries citations, every citation is found.

Both engines, and whatever a model writes, go through this door; there is no other way to make an `Answer`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from corpus.chunks import Chunk
from corpus.errors import GroundingError
from tutor.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote from one passage of a question's evidence.

    Raises:
        GroundingError: the passage is not in the evidence, or the quote is not in the passage to the letter.
    """

    evidence: Evidence = field(repr=False, compare=False)
    chunk_id: str
    quote: str

    def __post_init__(self) -> None:
        """Refuse what the evidence does not hold."""
        if self.chunk_id not in self.evidence.chunks:
            raise GroundingError(f"Passage {self.chunk_id} is not in the evidence for '{self.evidence.question}'.")
        if not self.quote.strip():
            raise GroundingError(f"The quote from passage {self.chunk_id} is empty.")
        if self.quote not in self.chunk.text:
            raise GroundingError(f"The quote is not in passage {self.chunk_id} to the letter: '{self.quote}'.")

    @property
    def chunk(self) -> Chunk:
        """The passage quoted from."""
        return self.evidence.chunks[self.chunk_id]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement and what supports it.

    Raises:
        GroundingError: there is no text, or no citation.
    """

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        """Refuse a statement that nothing supports."""
        if not self.text.strip():
            raise GroundingError("A claim needs text.")
        if not self.citations:
            raise GroundingError(f"A claim needs a citation: '{self.text}'.")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model's part in an answer took. `cost` is in US dollars, None where no prices are set."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tutor says to a question. With no claims it abstains; then `nearest` shows what came closest.

    `engine` says who put it into words; `note` is a remark on the question (too long, in a script the sources are
    not in) or on the engine (a model failed), or empty. `dropped` says of each claim of a model that did not get
    through why; `usage` is what the model took, None where none was asked.

    Raises:
        GroundingError: a citation comes from another question's evidence.
    """

    evidence: Evidence = field(repr=False)
    engine: str
    claims: tuple[Claim, ...] = ()
    nearest: tuple[Citation, ...] = ()
    note: str = ""
    dropped: tuple[str, ...] = ()
    usage: Usage | None = None

    def __post_init__(self) -> None:
        """Refuse evidence from elsewhere."""
        for citation in (*self.citations, *self.nearest):
            if citation.evidence is not self.evidence:
                raise GroundingError(f"Passage {citation.chunk_id} was cited from another question's evidence.")

    @property
    def question(self) -> str:
        """The question answered."""
        return self.evidence.question

    @property
    def abstained(self) -> bool:
        """Whether nothing in the library supports an answer."""
        return not self.claims

    @property
    def confidence(self) -> float:
        """The probability, 0..1, that the evidence answers the question."""
        return self.evidence.support

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations once, in the order the claims carry them: citation n is shown as [n]."""
        return tuple(dict.fromkeys(citation for claim in self.claims for citation in claim.citations))
