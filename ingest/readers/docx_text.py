"""Text out of the elements of a Word file: paragraphs, tables and text boxes, as a person sees them.

Knows nothing of python-docx, whose `text` leaves out content controls, accepted insertions and text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ingest.readers.office import flat

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What wraps paragraphs, rows, cells and runs without being any.
_WRAPPERS = frozenset(
    [f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")]
    + [f"{_MC}AlternateContent", f"{_MC}Choice"]
)
# Deleted text, the second form of what has two, and what is read for itself.
_UNSEEN = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText", "delText")]
    + [f"{_MC}Fallback"]
)
_MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_MOST_COLUMNS = 63  # Word's own limit; a file may claim any number


class Element(Protocol):
    """The part of an XML element that is used here."""

    @property
    def tag(self) -> object:
        """Its name in braces and after; no text for comments and instructions."""

    @property
    def text(self) -> str | None:
        """The text before its first child."""

    def get(self, name: str, /) -> str | None:
        """Return an attribute."""

    def find(self, path: str, /) -> Element | None:
        """Return the first element at a path."""

    def __iter__(self) -> Iterator[Element]:
        """Yield the children."""


def blocks_of(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables in reading order; those of a text box follow the paragraph that holds it."""
    for child in _children(parent, f"{W}p", f"{W}tbl"):
        yield child
        if child.tag == f"{W}p":
            for box in _text_boxes(child):
                yield from blocks_of(box)


def text_of(paragraph: Element) -> str:
    """Return a paragraph's text, its tabs and line breaks kept."""
    return "".join(_pieces(paragraph))


def rows_of(table: Element) -> list[list[str]]:
    """Return the texts of a table's cells; one that spans rows is said in each, one that spans columns once."""
    rows: list[list[str]] = []
    for row in _children(table, f"{W}tr"):
        cells: list[str] = []
        for cell in _children(row, f"{W}tc"):
            above = rows[-1] if rows else []
            text = above[len(cells)] if _goes_on(cell) and len(cells) < len(above) else _cell_text(cell)
            span = number(value(cell, "tcPr", "gridSpan"), 1)
            cells += [text, *[""] * (min(max(span, 1), _MOST_COLUMNS) - 1)]
        rows.append(cells)
    return rows


def only_cell(table: Element) -> Element | None:
    """Return the cell of a table of one cell: a frame around text, not a table."""
    cells = [cell for row in _children(table, f"{W}tr") for cell in _children(row, f"{W}tc")]
    return cells[0] if len(cells) == 1 else None


def value(element: Element, *path: str) -> str | None:
    """Return the `w:val` of the element at a path of names; "" where it is there without one."""
    found = element.find("/".join(W + name for name in path))
    return None if found is None else found.get(f"{W}val") or ""


def number(text: str | None, default: int) -> int:
    """Return a small number out of an attribute, or the default where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def _children(parent: Element, *tags: str) -> Iterator[Element]:
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (f"{W}t", f"{_M}t"):
            yield child.text or ""
        elif isinstance(tag, str) and tag in _MARKS:
            yield _MARKS[tag]
        elif tag not in _UNSEEN and not (tag == f"{W}r" and _is_hidden(child)):
            yield from _pieces(child)


def _is_hidden(run: Element) -> bool:
    return value(run, "rPr", "vanish") not in (None, "0", "false", "off")


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != f"{_MC}Fallback":
            yield from _text_boxes(child)


def _goes_on(cell: Element) -> bool:
    """Return whether the cell continues the one above it."""
    return value(cell, "tcPr", "vMerge") in ("", "continue")


def _cell_text(cell: Element) -> str:
    parts = []
    for block in blocks_of(cell):
        if block.tag == f"{W}p":
            parts.append(flat(text_of(block)))
        else:
            parts += [text for row in rows_of(block) for text in row]
    return " ".join(filter(None, parts))
