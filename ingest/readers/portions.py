"""A section far longer than any author writes becomes several under the same heading.

Splitting holds a section's tokens in memory at once, at 170 times its characters; a book saved as one paragraph, or
a table of a million cells, would take more than the machine has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.documents import Block, BlockKind, Document, Section

LONGEST = 100_000
"""Characters of a section: some 40 printed pages without a heading."""

_LONGEST_HEADER = 10_000
_ENDS = ("\n", ". ", " ")  # where a text may be cut, best first


def in_portions(document: Document) -> Document:
    """Return the document with no section longer than `LONGEST`, a table's header line aside."""
    if all(_length(section) <= LONGEST for section in document.sections):
        return document
    return replace(document, sections=tuple(part for section in document.sections for part in _portions(section)))


def _length(section: Section) -> int:
    return sum(len(block.text) + 2 for block in section.blocks) - 2


def _portions(section: Section) -> Iterator[Section]:
    """Yield the section's blocks in runs that are short enough."""
    run: list[Block] = []
    size = 0
    for block in (part for whole in section.blocks for part in _parts(whole)):
        if run and size + len(block.text) > LONGEST:
            yield replace(section, blocks=tuple(run))
            run, size = [], 0
        run.append(block)
        size += len(block.text) + 2
    if run:
        yield replace(section, blocks=tuple(run))


def _parts(block: Block) -> Iterator[Block]:
    """Yield a block in parts that are short enough; those of a table all begin with its header."""
    if len(block.text) <= LONGEST:
        yield block
        return
    header = block.text.partition("\n")[0] + "\n" if block.kind is BlockKind.TABLE else ""
    header = header if len(header) <= _LONGEST_HEADER else ""
    begin = 0
    while begin < len(block.text):
        end = _cut(block.text, begin, begin + LONGEST)
        part = block.text[begin:end].strip("\n")
        if part.strip():
            yield replace(block, text=header + part if begin else part)
        begin = end


def _cut(text: str, begin: int, limit: int) -> int:
    """Return where to cut before `limit`: behind a line, else a sentence, else a word, else in the midst of one."""
    if limit >= len(text):
        return len(text)
    for end in _ENDS:
        place = text.rfind(end, begin + LONGEST // 2, limit)
        if place >= 0:
            return place + len(end)
    return limit
