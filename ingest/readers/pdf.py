"""PDF, by pypdf: the one module that imports it."""

from __future__ import annotations

import logging
import math
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import Destination

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.readers.pdf_headings import Bookmark
from ingest.readers.pdf_layout import sections_of, title_of
from ingest.readers.pdf_lines import Line, Piece, cleaned, lines_of
from ingest.readers.source import RawSource

# What pypdf mends in a broken file is of no use to the person who reads the result.
logging.getLogger("pypdf").setLevel(logging.ERROR)

# pypdf raises its own errors for what it checks; broken input it did not foresee surfaces as these.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_NO_TITLE = re.compile(r"^(microsoft \w+ - |untitled|powerpoint pres)|\.(docx?|pptx?|indd|tex|dvi|pdf)$", re.IGNORECASE)
_MOST_NOTES = 10


def read(raw: RawSource) -> Document:
    """Return the PDF as a Document whose sections carry their page and headings.

    `notes` names the pages that have no text or cannot be read.

    Raises:
        SourceError: it is empty, broken, no PDF, needs a password, or holds pictures of text only.
    """
    with _pypdf_errors(raw.name):
        reader = _opened(raw)
        pages, failed = _read_pages(reader, raw.name)
        title = _metadata_title(reader) or title_of(pages) or raw.stem
        bookmarks = _bookmarks(reader)
    return Document(
        source=raw.name,
        title=title,
        sections=sections_of(pages, bookmarks, title, raw.url),
        sha256=raw.sha256,
        kind=raw.kind,
        url=raw.url,
        notes=_notes(pages, failed),
    )


def lines(raw: RawSource) -> list[list[Line]]:
    """Return each page's lines as they are printed, running headers and footers among them.

    For a form whose layout is known, in which a line's place and font say what it is.

    Raises:
        SourceError: it is empty, broken, no PDF, needs a password, or holds pictures of text only.
    """
    with _pypdf_errors(raw.name):
        return _read_pages(_opened(raw), raw.name)[0]


@contextmanager
def _pypdf_errors(name: str) -> Iterator[None]:
    """Raise what pypdf raises as a SourceError, and keep its warnings to itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except DependencyError as error:
            problem = f"its encryption is not supported here ({error})"
            raise SourceError(name, problem, "Save a copy without encryption and ingest that.") from error
        except _BROKEN as error:
            raise SourceError(
                name,
                f"this is not a PDF, or it is broken ({type(error).__name__}: {error})",
                "Download or export it again; if a viewer opens it, print it to a new PDF and ingest that.",
            ) from error


def _opened(raw: RawSource) -> PdfReader:
    """Return the reader, with the empty password where that opens an encrypted file."""
    if not raw.data.strip(b"\0 \t\r\n"):
        raise SourceError(raw.name, "this file is empty", "Download or export it again, then ingest it.")
    reader = PdfReader(BytesIO(raw.data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError(
            raw.name,
            "it is encrypted and needs a password",
            "Save a copy without one, for example with: qpdf --decrypt --password=… in.pdf out.pdf, and ingest that.",
        )
    return reader


def _read_pages(reader: PdfReader, name: str) -> tuple[list[list[Line]], dict[int, str]]:
    """Return what `_pages` does, of a file that has text."""
    pages, failed = _pages(reader)
    if not pages or len(failed) == len(pages):
        raise SourceError(name, _no_pages(failed), "Download or export it again, then ingest it.")
    if not any(pages):
        raise SourceError(
            name,
            f"none of its {len(pages)} pages has text: they are pictures, such as scans",
            "Recognise the text first, for example with: ocrmypdf in.pdf out.pdf, then ingest out.pdf.",
        )
    return pages, failed


def _pages(reader: PdfReader) -> tuple[list[list[Line]], dict[int, str]]:
    """Return each page's lines, and by page number why a page cannot be read: one bad page is no bad file."""
    pages: list[list[Line]] = []
    failed: dict[int, str] = {}
    for number in range(1, len(reader.pages) + 1):
        try:
            pages.append(lines_of(_pieces(reader.pages[number - 1])))
        except _BROKEN as error:
            failed[number] = f"{type(error).__name__}: {error}"
            pages.append([])
    return pages, failed


def _pieces(page: PageObject) -> list[Piece]:
    """Return the runs of text of a page as pypdf meets them, a newline where it sees a line end."""
    pieces: list[Piece] = []

    # pypdf hands over the transformation, the text matrix, the font and the size in the text's own space.
    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        if not text:
            return
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        scale = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        numbers = (x, y, size * scale)
        if not all(map(math.isfinite, numbers)):
            numbers = (0.0, 0.0, 0.0)
        pieces.append(Piece(text, *numbers, font=str(font.get("/BaseFont", "")) if font else ""))

    page.extract_text(visitor_text=visit)
    return pieces


def _bookmarks(reader: PdfReader) -> list[Bookmark]:
    """Return the outline in order, without an only root that holds all others; a broken one counts as none."""
    marks: list[Bookmark] = []
    try:
        waiting: list[tuple[Any, int]] = [(entry, 0) for entry in reversed(reader.outline)]
        while waiting:
            entry, depth = waiting.pop()
            if isinstance(entry, list):
                waiting += [(child, depth + 1) for child in reversed(entry)]
            elif mark := _bookmark(reader, entry, depth):
                marks.append(mark)
    except _BROKEN:
        return []
    roots = [mark for mark in marks if mark.depth == 0]
    return [mark for mark in marks if mark.depth > 0] if len(roots) == 1 else marks


def _bookmark(reader: PdfReader, entry: Destination, depth: int) -> Bookmark | None:
    page = reader.get_destination_page_number(entry)
    title = cleaned(entry.title or "")
    if page is None or page < 0 or not title:
        return None
    top = entry.top
    return Bookmark(title, page, depth, float(top) if isinstance(top, (int, float)) else None)


def _metadata_title(reader: PdfReader) -> str:
    """Return the title that the file states, or "" where a program left it blank or put a file name there."""
    try:
        title = cleaned(str(reader.metadata.title or "")) if reader.metadata else ""
    except _BROKEN:
        return ""
    return "" if _NO_TITLE.search(title) else title


def _no_pages(failed: dict[int, str]) -> str:
    reason = next(iter(failed.values()), "")
    return f"none of its pages can be read ({reason})" if reason else "it has no pages"


def _notes(pages: list[list[Line]], failed: dict[int, str]) -> tuple[str, ...]:
    notes = [
        f"page {number} cannot be read ({failed[number]})"
        if number in failed
        else f"page {number} has no text; it may be a picture"
        for number, lines in enumerate(pages, start=1)
        if not lines
    ]
    more = len(notes) - _MOST_NOTES
    return tuple(notes[:_MOST_NOTES] + [f"{more} more pages have no text or cannot be read"] * (more > 0))
