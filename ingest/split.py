"""A document as passages: each within what the embedding model reads, none of them cut off by it.

A passage is a run of blocks of one section. Headings, lists, tables and code stay whole where they fit; a
list is parted between items, a table between rows with its header said again, code between lines, prose
between sentences. Sizes are counted in the embedding model's own tokens, the heading line in front included.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.chunks import Chunk, Tags, chunk_id, heading_line
from corpus.documents import Block, BlockKind, Document, Location, Section
from corpus.embedder import Embedder
from corpus.sentences import sentence_spans

RECIPE = "1"
"""Changes when the same document would be split otherwise; the library then reads its sources again."""

TARGET_TOKENS = 200
"""About what a passage holds: a few paragraphs, one thought. Less than the model reads (254)."""

_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a block that fits: its text, tokens and where it starts in the document."""

    text: str
    tokens: int
    start: int
    end: int


def split(document: Document, embedder: Embedder, tags: Tags | None = None) -> list[Chunk]:
    """The document's passages in reading order, each with `tags` when given."""
    chunks: list[Chunk] = []
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    start = 0
    for section in document.sections:
        for pieces in _packed(section, start, document.title, embedder):
            text = "\n\n".join(piece.text for piece in pieces)
            key = (section.heading, text)
            chunks.append(
                Chunk(
                    id=chunk_id(document.source, section.heading, text, seen[key]),
                    text=text,
                    source=document.source,
                    title=document.title,
                    kind=document.kind,
                    location=Location(
                        start=pieces[0].start,
                        end=pieces[-1].end,
                        heading=section.heading,
                        page=section.page,
                        url=section.url or document.url,
                    ),
                    tags=tags or Tags(),
                )
            )
            seen[key] += 1
        start += len(section.text) + 2
    return chunks


def _packed(section: Section, start: int, title: str, embedder: Embedder) -> Iterator[list[_Piece]]:
    """The section's pieces in runs that fit together."""
    context = embedder.token_counts([heading_line(title, section.heading)])[0]
    room = min(TARGET_TOKENS, embedder.max_tokens - context)
    run: list[_Piece] = []
    used = 0
    for piece in _pieces(section, start, room, embedder):
        if run and used + piece.tokens > room:
            yield run
            run, used = [], 0
        run.append(piece)
        used += piece.tokens
    if run:
        yield run


def _pieces(section: Section, start: int, room: int, embedder: Embedder) -> Iterator[_Piece]:
    counts = embedder.token_counts([block.text for block in section.blocks])
    for block, count in zip(section.blocks, counts, strict=True):
        if count <= room:
            yield _Piece(block.text, count, start, start + len(block.text))
        else:
            yield from _parted(block, start, room, embedder)
        start += len(block.text) + 2


def _parted(block: Block, start: int, room: int, embedder: Embedder) -> Iterator[_Piece]:
    """A block that does not fit, in parts that do."""
    header, header_tokens = "", 0
    if block.kind is BlockKind.TABLE:
        header = block.text.split("\n", 1)[0] + "\n"
        header_tokens = embedder.token_counts([header])[0]
        if header_tokens > room // 2:
            header, header_tokens = "", 0
    for number, (begin, end) in enumerate(_cuts(block, room - header_tokens, embedder)):
        part = block.text[begin:end].strip()
        if not part:
            continue
        left = start + block.text.index(part, begin)
        text = header + part if header and number else part
        yield _Piece(text, embedder.token_counts([text])[0], left, left + len(part))


def _cuts(block: Block, room: int, embedder: Embedder) -> Iterator[tuple[int, int]]:
    """Character spans of at most `room` tokens: at line or sentence ends, between tokens where there is none."""
    if block.kind is BlockKind.PARAGRAPH:
        ends = [end for _, end in sentence_spans(block.text)]
    else:
        ends = [match.end() for match in _LINE_END.finditer(block.text)]
    begin, used = 0, 0
    for start, tokens in _units(block.text, [0, *ends, len(block.text)], room, embedder):
        if used + tokens > room:
            yield begin, start
            begin, used = start, 0
        used += tokens
    yield begin, len(block.text)


def _units(text: str, bounds: list[int], room: int, embedder: Embedder) -> Iterator[tuple[int, int]]:
    """Where each line or sentence starts, and its tokens; one of more than `room` comes in parts of so many."""
    counts = embedder.token_counts([text[start:end] for start, end in pairwise(bounds)])
    for (start, end), count in zip(pairwise(bounds), counts, strict=True):
        if count <= room:
            yield start, count
        else:
            spans = embedder.token_spans([text[start:end]])[0]
            for first in range(0, len(spans), room):
                yield start + (spans[first][0] if first else 0), min(room, len(spans) - first)
