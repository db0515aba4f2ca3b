"""PowerPoint files (.pptx), by python-pptx: the one module that imports it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn

from corpus.documents import Block, BlockKind, Document, Section
from corpus.errors import SourceError
from ingest.readers.archive import check_archive
from ingest.readers.office import flat, office_errors, stated_title, table_block
from ingest.readers.source import RawSource

_RUNNING = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER)
# Text in these has bullets unless it says otherwise.
_BULLETED = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT)
_MOST_NOTES = 10


def read(raw: RawSource) -> Document:
    """Return the deck with a section for each slide that has text; `notes` names the slides that have none.

    A slide's page is its number and its heading the slide's title; texts come in the order a screen reader
    says them, speaker notes last. The document's title is that of the file's properties, else of the first slide.

    Raises:
        SourceError: it is no PowerPoint file, broken, made to harm, or has no text.
    """
    check_archive(raw)
    with office_errors(raw.name, "PowerPoint presentation", PythonPptxError):
        deck = pptx.Presentation(BytesIO(raw.data))
        slides = [(_title(slide), tuple(_blocks(slide))) for slide in deck.slides]
        title = stated_title(deck.core_properties.title)
    sections = tuple(
        Section(blocks or (Block(heading),), (heading,) if heading else (), page, raw.url)
        for page, (heading, blocks) in enumerate(slides, start=1)
        if heading or blocks
    )
    if not sections:
        raise SourceError(
            raw.name,
            f"none of its {len(slides)} slides has text; they may be pictures",
            "Export it as PDF, recognise the text with ocrmypdf, and ingest that.",
        )
    title = title or (slides[0][0] if slides else "") or raw.stem
    silent = [page for page, (heading, blocks) in enumerate(slides, start=1) if not heading and not blocks]
    return Document(raw.name, title, sections, raw.sha256, raw.kind, raw.url, _notes(silent))


def _notes(silent: list[int]) -> tuple[str, ...]:
    notes = [f"slide {page} has no text; it may be a picture" for page in silent[:_MOST_NOTES]]
    more = len(silent) - _MOST_NOTES
    return tuple(notes + [f"{more} more slides have no text"] * (more > 0))


# python-pptx's types leave out what a shape may be, so shapes are Any from here on.
def _title(slide: Any) -> str:  # noqa: ANN401
    shape = slide.shapes.title
    return flat(shape.text_frame.text) if shape is not None else ""


def _blocks(slide: Any) -> Iterator[Block]:  # noqa: ANN401
    title = slide.shapes.title
    for shape in _shapes(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if getattr(shape, "has_table", False):
            rows = [["" if cell.is_spanned else flat(cell.text) for cell in row.cells] for row in shape.table.rows]
            if table := table_block(rows):
                yield table
        elif shape.has_text_frame:
            yield from _texts(shape)
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        lines = [text for paragraph in frame.paragraphs if (text := flat(paragraph.text))]
        if lines:
            yield Block("Notes: " + "\n".join(lines))


def _shapes(shapes: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the shapes in order, those of a group in its place, without what runs along on every slide."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif _placeholder(shape) not in _RUNNING:
            yield shape


def _placeholder(shape: Any) -> object:  # noqa: ANN401
    return shape.placeholder_format.type if shape.is_placeholder else None


def _texts(shape: Any) -> Iterator[Block]:  # noqa: ANN401
    """Yield the paragraphs of a shape, neighbours with bullets as one list."""
    lines = [
        (_has_bullet(paragraph, shape), paragraph.level, text)
        for paragraph in shape.text_frame.paragraphs
        if (text := flat(paragraph.text))
    ]
    for is_item, group in groupby(lines, key=lambda line: line[0]):
        if is_item:
            yield Block("\n".join(f"{'  ' * level}- {text}" for _, level, text in group), BlockKind.LIST)
        else:
            yield from (Block(text) for _, _, text in group)


def _has_bullet(paragraph: Any, shape: Any) -> bool:  # noqa: ANN401
    properties = paragraph._p.pPr
    if properties is not None:
        if properties.find(qn("a:buNone")) is not None:
            return False
        if any(properties.find(qn(name)) is not None for name in ("a:buChar", "a:buAutoNum", "a:buBlip")):
            return True
    return _placeholder(shape) in _BULLETED
