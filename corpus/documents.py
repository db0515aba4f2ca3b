"""A document as every reader delivers it: titled text in sections, each of which knows its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of text is; splitting keeps each kind whole where it fits."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list, a table or a piece of code.

    In a list every item is a line; in a table the first line is the header and every row is a line.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Location:
    """Where a text stands in its document.

    `start` and `end` are character offsets into `Document.text`; `heading` is the path of headings above
    the text, outermost first; `page` counts from 1 and is None where the format has no pages; `url` is the
    deepest official address of the place, or None.
    """

    start: int
    end: int
    heading: tuple[str, ...] = ()
    page: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading, on one page."""

    blocks: tuple[Block, ...]
    heading: tuple[str, ...] = ()
    page: int | None = None
    url: str | None = None

    @property
    def text(self) -> str:
        """The blocks, a blank line between them."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """One readable source.

    `source` is its lasting name (an absolute path, an address, `pack:…`); `url` is where the official text
    can be read, or None; `sha256` is the hash of the bytes it was read from; `notes` are remarks of the
    reader that a person should see (for example "page 3 has no text").
    """

    source: str
    title: str
    sections: tuple[Section, ...]
    sha256: str
    kind: str
    url: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sections, a blank line between them: what every `Location` counts in."""
        return "\n\n".join(section.text for section in self.sections)
