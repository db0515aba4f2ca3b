"""What a server says it sends, what the readers can read, and what the first bytes show."""

from __future__ import annotations

from pathlib import PurePosixPath

from corpus.errors import FetchError
from ingest.readers import READERS

HEAD_BYTES = 1024

_OFFICE = "application/vnd.openxmlformats-officedocument"
_SUFFIX_OF_TYPE = {
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
    "application/x-ipynb+json": ".ipynb",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
}
# Types that say little, and the suffixes of addresses that then say more.
_TEXTS = frozenset([".md", ".markdown", ".txt", ".text", ".ipynb", ".vtt", ".srt", ".csv", ".tsv"])
_VAGUE = {
    "": frozenset(READERS) - {""},
    "application/octet-stream": frozenset(READERS) - {""},
    "binary/octet-stream": frozenset(READERS) - {""},  # what S3 says of a file it was told nothing about
    "text/plain": _TEXTS,
    "application/json": frozenset([".ipynb"]),
}
_FIRST_BYTES = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04", ".pptx": b"PK\x03\x04"}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BY_HAND = "Open the address in a browser, save the document itself, and ingest that file."


def suffix_for(source: str, content_type: str, path: str) -> str:
    """The suffix, and so the reader, for a content type and the path of its address.

    Raises:
        FetchError: no reader takes the type, or a page comes where the address promises a file.
    """
    kind = content_type.partition(";")[0].strip().lower()
    promised = PurePosixPath(path).suffix.lower()
    suffix = promised if promised in _VAGUE.get(kind, ()) else _SUFFIX_OF_TYPE.get(kind)
    if suffix is None and kind in {"", "application/octet-stream", "binary/octet-stream"}:
        suffix = ".pdf"  # the one format whose first bytes are enough to tell; they are checked
    if suffix not in READERS or suffix is None:
        readable = ", ".join(sorted({kind for kind, suffix in _SUFFIX_OF_TYPE.items() if suffix in READERS}))
        raise FetchError(source, f"the server sends '{kind}', which cannot be read", f"Readable types: {readable}.")
    if promised in _FIRST_BYTES and promised != suffix:
        raise FetchError(
            source,
            f"the address ends in {promised}, but the server sends '{kind}': an error or a sign-in page, perhaps",
            _BY_HAND,
        )
    return suffix


def check_head(source: str, suffix: str, head: bytes) -> None:
    """Refuse bytes that do not begin as the format they came under does.

    Raises:
        FetchError: says what they look like instead.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    seen = None
    if suffix in _FIRST_BYTES:
        seen = None if head.startswith(_FIRST_BYTES[suffix]) else "something else"
    elif head.startswith((b"%PDF-", b"PK\x03\x04")) or (b"\0" in head and head[:2] not in _UTF16_MARKS):
        seen = "a binary file"
    elif suffix == ".html":
        seen = None if b"<" in head else "plain text"
    elif start.startswith((b"<!doctype html", b"<html")):
        seen = "a web page"
    if seen == "something else" and start.startswith((b"<!doctype html", b"<html")):
        seen = "a web page"
    if seen is not None:
        raise FetchError(source, f"what the server sends as {suffix} is {seen}, by its first bytes", _BY_HAND)
