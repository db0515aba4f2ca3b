"""Sections out of a stream of tags and text: what stands between two edges is a paragraph or a list item.

Knows nothing of bs4: it is told the names of tags as they open and close.
"""

from __future__ import annotations

from urllib.parse import quote, urldefrag

from corpus.documents import Block, BlockKind, Section

# fmt: off
BLOCK_TAGS = frozenset([
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
])
# fmt: on


class SectionBuilder:
    """Gathers the sections of one page, whose address is `url`."""

    def __init__(self, url: str | None) -> None:
        self._url = urldefrag(url).url if url else None
        self._path: list[tuple[int, str, str]] = []  # level, text and id of the headings above
        self._blocks: list[Block] = []
        self._done: list[Section] = []
        self._text: list[str] = []  # of the paragraph or item that is being read
        self._term = ""  # of a definition list, waiting for its definition
        self._lists = 0  # how many lists are open
        self._item_starts = False
        self._list_goes_on = False  # whether the last block is the open list

    def sections(self) -> tuple[Section, ...]:
        """Return the sections; nothing can be added after that."""
        self._end_section()
        return tuple(self._done)

    def text(self, text: str) -> None:
        """Add text to the paragraph or item that is open."""
        self._text.append(text)

    def enter(self, name: str) -> None:
        """Take in that a tag opens."""
        self._edge(name, 1)
        self._item_starts = self._item_starts or name == "li"

    def leave(self, name: str) -> None:
        """Take in that a tag closes."""
        self._edge(name, -1)
        if name == "dl":
            self._end_term()

    def heading(self, level: int, text: str, anchor: str) -> None:
        """Start a section under a heading of this level; one without text changes nothing."""
        self._end_text()
        if text:
            self._end_section()
            self._path = [*(entry for entry in self._path if entry[0] < level), (level, text, anchor)]

    def term(self, text: str) -> None:
        """Add a term of a definition list: it stands before the next paragraph."""
        self._end_text()
        self._end_term()
        self._term = text

    def whole(self, text: str, kind: BlockKind) -> None:
        """Add a block that was read in one go; an open list goes on after it in a block of its own."""
        self._end_text()
        self._end_term()
        if text.strip():
            self._blocks.append(Block(text, kind))
            self._list_goes_on = False

    def _edge(self, name: str, step: int) -> None:
        """Take in the start (1) or the end (-1) of a block: what was read before it is complete."""
        if name not in BLOCK_TAGS:
            return
        self._end_text()
        if name in ("ul", "ol"):
            self._lists = max(0, self._lists + step)
            self._list_goes_on = self._list_goes_on and self._lists > 0
        if name == "li" and step < 0:
            self._item_starts = False

    def _end_text(self) -> None:
        """Put what was read since the last edge into an item of the open list or a paragraph."""
        text = " ".join("".join(self._text).split())
        self._text = []
        if not text:
            return
        if self._term:
            text, self._term = f"{self._term}: {text}", ""
        if self._lists and (self._item_starts or self._list_goes_on):
            self._add_to_list(text)
        else:
            self._blocks.append(Block(text))
            self._list_goes_on = False

    def _add_to_list(self, text: str) -> None:
        line = f"- {text}" if self._item_starts else text
        if self._list_goes_on:
            before = self._blocks.pop().text
            line = before + ("\n" if self._item_starts else " ") + line
        self._blocks.append(Block(line, BlockKind.LIST))
        self._item_starts, self._list_goes_on = False, True

    def _end_term(self) -> None:
        """Keep a term that no paragraph defines: a table, code or nothing does."""
        if self._term:
            self._blocks.append(Block(f"{self._term}:"))
            self._term, self._list_goes_on = "", False

    def _end_section(self) -> None:
        self._end_text()
        self._end_term()
        if self._blocks:
            anchor = next((entry[2] for entry in reversed(self._path) if entry[2]), "")
            url = f"{self._url}#{quote(anchor, safe='-._~:@!$&*+,;=')}" if self._url and anchor else self._url
            self._done.append(Section(tuple(self._blocks), tuple(entry[1] for entry in self._path), url=url))
        self._blocks, self._list_goes_on = [], False
