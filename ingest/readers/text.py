"""Plain text: paragraphs between blank lines, and no other structure assumed."""

from __future__ import annotations

import re

from corpus.documents import Block, Document, Section
from corpus.errors import SourceError
from ingest.readers.source import RawSource

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_TITLE_LENGTH = 120


def read(raw: RawSource) -> Document:
    """The file as one section of paragraphs.

    The title is a short first line that stands alone and does not end like a sentence, else the file's name.

    Raises:
        SourceError: it is not text, or there is no text in it.
    """
    text = raw.text().strip()
    if not text:
        raise SourceError(raw.name, "there is no text in it", "Check that it is the file you meant.")
    paragraphs = [_joined(part) for part in _BLANK_LINES.split(text)]
    title = raw.stem
    first = paragraphs[0]
    if len(paragraphs) > 1 and len(first) <= _TITLE_LENGTH and first[-1] not in ".!?:;,":
        title, paragraphs = first, paragraphs[1:]
    section = Section(tuple(Block(paragraph) for paragraph in paragraphs), url=raw.url)
    return Document(raw.name, title, (section,), raw.sha256, raw.kind, raw.url)


def _joined(paragraph: str) -> str:
    """Lines of a paragraph as they stand: a poem, a log or a list in text keeps its lines."""
    return "\n".join(line.rstrip() for line in paragraph.strip().splitlines())
