"""What a zip file must be before a library opens it: Word and PowerPoint files are such archives.

Nothing is ever unpacked to disk here or by the readers; names that escape are refused all the same, for they
are made by nobody but an attacker.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from io import BytesIO

from corpus.errors import SourceError
from ingest.readers.source import RawSource

MOST_ENTRIES = 10_000
"""A deck of 1,000 slides with notes, layouts and pictures has about 5,000."""

MOST_UNPACKED = 512 * 2**20
"""Bytes of all entries together: the libraries hold every one in memory, and the whole run has 1.5 GB."""

MOST_XML = 32 * 2**20
"""Bytes of all XML together: parsed it takes 20 times as much and more. A book of 1,000 pages has about 20 MB."""

MOST_RATIO = 250
"""Unpacked to packed bytes of one entry. Tables of equal rows reach about 100; a bomb is near deflate's 1,032."""

RATIO_COUNTS_FROM = 2**20
"""Entries smaller than this can pack as tightly as they like: they do no harm."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CENTRAL_ENTRY = b"PK\x01\x02"
_ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"\xfd7zXZ")
_ARCHIVE_NAME = re.compile(r"\.(zip|jar|7z|rar|gz|tgz|bz2|xz|zst|tar|cab|iso)$", re.IGNORECASE)
# A chart carries the workbook it was drawn from, and old drawings are packed. The readers open neither.
_NEVER_OPENED = re.compile(
    r"^(?:word|ppt)/(?:embeddings/[^/]+\.(?:xls|ppt|doc|sld)[xmb]|media/[^/]+\.[ew]mz)$", re.IGNORECASE
)
_ESCAPES = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|\0")
_PICTURE_OR_PAGE = re.compile(r"\.(svg|html?|mht)$", re.IGNORECASE)  # may have a DOCTYPE; not parsed
_CHUNK = 2**16
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, NotImplementedError, ValueError)


def check_archive(raw: RawSource) -> None:
    """Refuse a zip-based file that is broken or made to harm.

    Raises:
        SourceError: it is no zip file, encrypted, a bomb, nested, has names that escape, or XML with a DOCTYPE.
    """
    if raw.data.startswith(_OLD_OFFICE):
        raise SourceError(
            raw.name,
            f"this is an encrypted file, or one of before 2007 that is only named {raw.suffix}",
            f"Open it, save it as {raw.suffix} without a password, and ingest that.",
        )
    # Counted before zipfile makes an object of each; what is counted twice in embedded files does not matter.
    if (count := raw.data.count(_CENTRAL_ENTRY)) > MOST_ENTRIES:
        raise _refused(raw, f"it has {count:,} entries; the most is {MOST_ENTRIES:,}")
    try:
        with zipfile.ZipFile(BytesIO(raw.data)) as archive:
            entries = archive.infolist()
            for entry in entries:
                _check_entry(raw, entry)
            if (total := sum(entry.file_size for entry in entries)) > MOST_UNPACKED:
                raise _too_large(raw, total, MOST_UNPACKED)
            _check_content(raw, archive, entries)
    except _BROKEN as error:
        raise SourceError(
            raw.name,
            f"this is not a {raw.suffix} file, or it is broken ({error})",
            "Download it again; if its program opens it, save it anew or export it as PDF, and ingest that.",
        ) from error


def _check_entry(raw: RawSource, entry: zipfile.ZipInfo) -> None:
    """Refuse what the directory of the archive already tells."""
    name = entry.orig_filename.replace("\\", "/")
    if _ESCAPES.search(name):
        raise _refused(raw, f"its entry {name[:80]!r} leads out of the archive")
    if entry.flag_bits & 0x1:
        raise SourceError(raw.name, f"its entry {name!r} is encrypted", "Save it without a password and ingest that.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(raw, f"its entry {name!r} is packed by a method that such files do not use")
    if _ARCHIVE_NAME.search(name):
        raise _nested(raw, name)
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        ratio = entry.file_size // max(1, entry.compress_size)
        raise _refused(raw, f"its entry {name!r} unpacks to {ratio:,} times its size; the most is {MOST_RATIO}")


def _check_content(raw: RawSource, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack every entry in small parts: sizes in the directory may lie, and zipfile believes them."""
    xml = 0
    for entry in entries:
        size, is_xml, tail = 0, False, b""
        for part in _parts(archive, entry):
            if not size:
                is_xml = part.lstrip(b"\xff\xfe\xef\xbb\xbf\0 \t\r\n").startswith(b"<")
                _check_start(raw, entry, part)
            size += len(part)
            if size > entry.file_size:
                raise _refused(raw, f"its entry {entry.filename!r} is larger than it says")
            if is_xml:
                if (xml := xml + len(part)) > MOST_XML:
                    raise _too_large(raw, xml, MOST_XML, "XML of ")
                tail = _without_doctype(raw, entry, tail + part)


def _parts(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what is really in an entry, up to the limit for all; zipfile alone would stop at the size it states."""
    real = copy(entry)
    real.file_size = MOST_UNPACKED + 1
    with archive.open(real) as stream:
        while part := stream.read(_CHUNK):
            yield part


def _check_start(raw: RawSource, entry: zipfile.ZipInfo, start: bytes) -> None:
    if start.startswith(_ARCHIVE_STARTS) and not _NEVER_OPENED.match(entry.filename):
        raise _nested(raw, entry.filename)


def _without_doctype(raw: RawSource, entry: zipfile.ZipInfo, part: bytes) -> bytes:
    """Refuse a document type, the way to entities that grow or fetch; return the end, where one may begin."""
    plain = part.replace(b"\0", b"")  # UTF-16 as well
    if b"<!DOCTYPE" in plain and not _PICTURE_OR_PAGE.search(entry.filename):
        raise _refused(raw, f"its entry {entry.filename!r} has a DOCTYPE, which such files never need")
    return plain[-8:]


def _nested(raw: RawSource, name: str) -> SourceError:
    return SourceError(
        raw.name, f"it holds another archive, {name!r}", "Take out what is attached to it, save it, and ingest that."
    )


def _too_large(raw: RawSource, size: int, most: int, what: str = "") -> SourceError:
    problem = f"it unpacks to {what}at least {size // 2**20:,} MB; the most is {most // 2**20:,} MB"
    return SourceError(raw.name, problem, "Save it in parts, or without its media, and ingest those.")


def _refused(raw: RawSource, problem: str) -> SourceError:
    return SourceError(
        raw.name, problem, "It may be made to do harm. If you trust it, export it as PDF and ingest that instead."
    )
