"""Word files (.docx), by python-docx: the one module that imports it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError

from corpus.documents import Block, BlockKind, Document, Section
from corpus.errors import SourceError
from ingest.readers.archive import check_archive
from ingest.readers.docx_styles import StyleSheet
from ingest.readers.docx_text import Element, W, blocks_of, only_cell, rows_of, text_of
from ingest.readers.office import flat, office_errors, stated_title, table_block
from ingest.readers.source import RawSource


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str


def read(raw: RawSource) -> Document:
    """Return the file as sections, one for each heading that has text below it.

    The title is that of the file's properties, else of a paragraph in the style "Title", else the first heading,
    else the file's name. Headers, footers, footnotes and the table of contents are left out.

    Raises:
        SourceError: it is no Word file, broken, made to harm, or has no text.
    """
    check_archive(raw)
    with office_errors(raw.name, "Word document", PythonDocxError, OpcError):
        document = docx.Document(BytesIO(raw.data))
        parts = list(_parts(document.element.body, StyleSheet(document.styles.element)))
        title = stated_title(document.core_properties.title)
    headings = sorted((part for part in parts if isinstance(part, _Heading)), key=lambda part: part.level > 0)
    title = title or (headings[0].text if headings else raw.stem)
    sections = tuple(_sections(parts, title, raw.url))
    if not sections:
        raise SourceError(
            raw.name,
            "there is no text in it; it may be pictures",
            "If it is a scan, export it as PDF, recognise the text with ocrmypdf, and ingest that.",
        )
    return Document(raw.name, title, sections, raw.sha256, raw.kind, raw.url)


def _parts(parent: Element, styles: StyleSheet) -> Iterator[_Heading | Block]:
    """Yield headings and blocks in order; a list item and a line of code are blocks of their own yet."""
    for element in blocks_of(parent):
        if element.tag == f"{W}p":
            if part := _paragraph(element, styles):
                yield part
        elif cell := only_cell(element):
            yield from _parts(cell, styles)
        elif table := table_block(rows_of(element)):
            yield table


def _paragraph(element: Element, styles: StyleSheet) -> _Heading | Block | None:
    style = styles.of(element)
    text = text_of(element)
    if style.is_contents or not text.strip():
        return None
    if style.heading is not None:
        return _Heading(style.heading, flat(text))
    if style.is_code:
        return Block(text.expandtabs(4).rstrip(), BlockKind.CODE)
    if style.is_list:
        return Block(f"{'  ' * style.list_level}- {flat(text)}", BlockKind.LIST)
    return Block("\n".join(filter(None, map(flat, text.split("\n")))))


def _sections(parts: list[_Heading | Block], title: str, url: str | None) -> Iterator[Section]:
    path: list[_Heading] = []
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, Block):
            blocks.append(part)
            continue
        if blocks:
            yield Section(_joined(blocks), _texts(path, title), url=url)
        blocks = []
        path = [*(heading for heading in path if heading.level < part.level), part]
    if blocks:
        yield Section(_joined(blocks), _texts(path, title), url=url)


def _texts(path: list[_Heading], title: str) -> tuple[str, ...]:
    return tuple(heading.text for heading in path if heading.text != title)


def _joined(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks, items of one list and lines of one piece of code joined."""
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and block.kind in (BlockKind.LIST, BlockKind.CODE) and block.kind is groups[-1][-1].kind:
            groups[-1].append(block)
        else:
            groups.append([block])
    return tuple(Block("\n".join(block.text for block in group), group[0].kind) for group in groups)
