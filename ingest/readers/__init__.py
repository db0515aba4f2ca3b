"""Readers: one module a format. A new format is a module with `read`, and a line in `READERS`."""

from __future__ import annotations

import difflib
from importlib import import_module

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.readers.clean import clean
from ingest.readers.portions import in_portions
from ingest.readers.source import RawSource

# By name, for their libraries take most of a second to import, and a run seldom meets every format.
READERS = {
    ".pdf": "pdf",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pptx": "pptx",
    ".ipynb": "ipynb",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".csv": "tables",
    ".tsv": "tables",
    ".txt": "text",
    ".text": "text",
    "": "text",
}


def read(raw: RawSource) -> Document:
    """The source as a Document, by the reader for its suffix; a name without suffix is read as text.

    Invisible and bidirectional control characters are removed, and the notes say so.

    Raises:
        SourceError: the format is not known, or the reader cannot make sense of the bytes.
    """
    if not raw.data:
        raise SourceError(raw.name, "the file is empty", "Check that it was saved or downloaded to the end.")
    module = READERS.get(raw.suffix)
    if module is None:
        known = sorted(suffix for suffix in READERS if suffix)
        near = difflib.get_close_matches(raw.suffix, known, n=1)
        raise SourceError(
            raw.name,
            f"files of type '{raw.suffix}' cannot be read" + (f"; did you mean '{near[0]}'?" if near else ""),
            f"Save it as one of {' '.join(known)} and ingest that.",
        )
    document: Document = import_module(f"{__name__}.{module}").read(raw)
    return in_portions(clean(document))


__all__ = ["READERS", "RawSource", "read"]
