"""Readers: one module a format. A new format is a module with `read`, and a line in `READERS`."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.readers import docx, html, ipynb, markdown, pdf, pptx, subtitles, tables, text
from ingest.readers.clean import clean
from ingest.readers.source import RawSource

Reader = Callable[[RawSource], Document]

READERS: dict[str, Reader] = {
    ".pdf": pdf.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".docx": docx.read,
    ".pptx": pptx.read,
    ".ipynb": ipynb.read,
    ".srt": subtitles.read,
    ".vtt": subtitles.read,
    ".csv": tables.read,
    ".tsv": tables.read,
    ".txt": text.read,
    ".text": text.read,
    "": text.read,
}


def read(raw: RawSource) -> Document:
    """The source as a Document, by the reader for its suffix; a name without suffix is read as text.

    Invisible and bidirectional control characters are removed, and the notes say so.

    Raises:
        SourceError: the format is not known, or the reader cannot make sense of the bytes.
    """
    if not raw.data:
        raise SourceError(raw.name, "the file is empty", "Check that it was saved or downloaded to the end.")
    reader = READERS.get(raw.suffix)
    if reader is None:
        known = sorted(suffix for suffix in READERS if suffix)
        near = difflib.get_close_matches(raw.suffix, known, n=1)
        raise SourceError(
            raw.name,
            f"files of type '{raw.suffix}' cannot be read" + (f"; did you mean '{near[0]}'?" if near else ""),
            f"Save it as one of {' '.join(known)} and ingest that.",
        )
    return clean(reader(raw))


__all__ = ["READERS", "RawSource", "Reader", "read"]
