"""A chunk: the passage that is indexed, found and cited."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from corpus.documents import Location

CONTEXT_LENGTH = 160
"""Characters that title and heading path may take in front of a passage: about 40 tokens."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Where a chunk belongs in the exam: a task statement's id with a confidence in 0..1, or nothing.

    `cards` are the ids of the pack's cards that the chunk is about or names.
    """

    domain: str | None = None
    task: str | None = None
    confidence: float = 0.0
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage with its place. `text` is what a quote must be found in, to the letter."""

    id: str
    text: str
    source: str
    title: str
    kind: str
    location: Location
    tags: Tags = field(default_factory=Tags)

    @property
    def context(self) -> str:
        """Title and heading path on one line: embedded in front of the text, weighted in lexical search."""
        return heading_line(self.title, self.location.heading)

    @property
    def embedding_text(self) -> str:
        """What the embedding model reads."""
        return f"{self.context}\n{self.text}"


def heading_line(title: str, heading: tuple[str, ...]) -> str:
    """`Title › Heading › Subheading`, a heading that repeats the title said once.

    At most `CONTEXT_LENGTH` characters, so that room is left for the text: where the path is longer, its
    outer headings go first.
    """
    line = _clipped(title, CONTEXT_LENGTH // 2)
    inner = ""
    for part in reversed([part for part in heading if part and part != title]):
        longer = f" › {_clipped(part, CONTEXT_LENGTH // 2 - 3)}{inner}"
        if len(line) + len(longer) > CONTEXT_LENGTH:
            break
        inner = longer
    return line + inner


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def chunk_id(source: str, heading: tuple[str, ...], text: str, occurrence: int = 0) -> str:
    """A chunk's lasting id: 24 hex digits of a SHA-256 over its text and its place.

    The place is the source and the heading path, with a count for a text that stands there more than once.
    It leaves out offsets and pages, so that an edit on page 1 does not rename all chunks behind it.
    """
    digest = hashlib.sha256()
    for part in (source, *heading, str(occurrence), text):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:24]
