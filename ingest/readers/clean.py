"""What no person sees in a text is taken out of it, and what is meant for a model is pointed out.

Invisible characters can carry whole messages past the eye, and bidirectional ones show a text in another order
than it is read in. Both are stripped. Text that addresses a model stays as it is: it is data, the tutor never
follows it, and a chapter on prompt injection must remain readable. The note lets a person look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.documents import Document, Section
from corpus.errors import SourceError
from corpus.model_address import addresses_to_a_model
from ingest.readers.source import RawSource

# Zero-width and bidirectional marks, invisible operators, variation selectors and tags. U+200D also joins emoji
# and U+FE0F also colours them: they go all the same, for a row of them spells any message.
_INVISIBLE = re.compile(
    "["
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\U000e0000-\U000e007f"
    "\u061c\u2066-\u206f\ufeff\U000e0100-\U000e01ef"  # the same kinds, by newer or older names
    "\0-\x08\x0e-\x1b\x7f"  # control characters that are not white space
    "\ud800-\udfff"  # halves of a character, which cannot be stored
    "]"
)
_MOST_QUOTES = 3


def clean(document: Document) -> Document:
    """Return the document without invisible control characters; its notes say what was removed and what was found.

    Raises:
        SourceError: nothing is left.
    """
    strip = _Strip()
    sections = tuple(_sections(document.sections, strip))
    if not sections:
        problem = "there is no text in it" + (" but invisible characters" if strip.removed else "")
        raise SourceError(document.source, problem, "Check that it is the file you meant.")
    title = strip(document.title).strip() or RawSource(document.source, b"").stem
    cleaned = replace(document, title=title, sections=sections) if strip.removed else document
    notes = tuple(_notes(cleaned, strip.removed))
    return replace(cleaned, notes=cleaned.notes + notes) if notes else cleaned


@dataclass(slots=True)
class _Strip:
    """Takes the invisible out of texts, and counts."""

    removed: int = field(default=0)

    def __call__(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        text, count = _INVISIBLE.subn("", text)
        self.removed += count
        return text


def _sections(sections: tuple[Section, ...], strip: _Strip) -> Iterator[Section]:
    """Yield the cleaned sections; blocks, sections and headings of which nothing is left go."""
    for section in sections:
        cleaned = (replace(block, text=strip(block.text)) for block in section.blocks)
        blocks = tuple(block for block in cleaned if block.text.strip())
        heading = tuple(text for part in section.heading if (text := strip(part)).strip())
        if blocks:
            yield replace(section, blocks=blocks, heading=heading)


def _notes(document: Document, removed: int) -> Iterator[str]:
    if removed:
        what = "characters were" if removed > 1 else "character was"
        yield f"{removed:,} invisible or bidirectional control {what} removed"
    found = list(_addressed(document))
    if found:
        quotes = ", ".join(f"“{quote}”" for quote in dict.fromkeys(found[:_MOST_QUOTES]))
        more = f" and {len(found) - _MOST_QUOTES} more" if len(found) > _MOST_QUOTES else ""
        yield f"text that addresses a language model is kept, and read as text only: {quotes}{more}"


def _addressed(document: Document) -> Iterator[str]:
    """Yield what in the title, the headings and the text speaks to a model."""
    heading: tuple[str, ...] = ()
    for section in document.sections:
        new = [part for part in section.heading if part not in heading]
        heading = section.heading
        for text in (*new, *(block.text for block in section.blocks)):
            yield from addresses_to_a_model(text)
    yield from addresses_to_a_model(document.title)
