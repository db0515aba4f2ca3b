"""The files a run reads: those named and those found below folders, each weighed and hashed before it is opened.

A file is hashed piece by piece and its path handed on, so that a large one is never whole in this process.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from corpus.errors import SourceError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk as it was when it was hashed: `size` in bytes, `name` its lasting name, `url` its address."""

    path: Path
    name: str
    size: int
    sha256: str
    url: str | None = None
    kind: str = "file"


def weighed(path: Path, max_file_mb: int, *, name: str = "", url: str | None = None, kind: str = "file") -> SourceFile:
    """Return a file with its size and hash; without a name it is called by its absolute path.

    Raises:
        SourceError: it is too large, no regular file, not there, or not to be read.
    """
    with open_regular(path) as file:
        name = name or os.path.realpath(path)
        if name != encodable(name):  # a name that is no text is none the library could keep
            raise SourceError(encodable(str(path)), "its name is not UTF-8", "Rename it, and ingest it again.")
        size = os.fstat(file.fileno()).st_size
        if size > max_file_mb * MEGABYTE:
            raise SourceError(
                str(path),
                f"the file has {size / MEGABYTE:.0f} MB, more than the {max_file_mb} MB allowed",
                "Split it, or set EXAM_TUTOR_MAX_FILE_MB higher.",
            )
        return SourceFile(path, name, size, hashlib.file_digest(file, "sha256").hexdigest(), url, kind)


def open_regular(path: Path) -> BufferedReader:
    """Open a file to read; what would wait or never end (a pipe, a device) is refused.

    Raises:
        SourceError: it is no regular file, not there, or not to be read.
    """
    try:
        # Opened without waiting, then looked at: what is looked at first may be another file when it is opened.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise SourceError(str(path), "there is no file or folder of that name", "Check the path.") from error
    except (OSError, ValueError) as error:
        problem = f"it cannot be read: {getattr(error, 'strerror', None) or error}"
        raise SourceError(str(path), problem, "Check that you may read it.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceError(str(path), "this is not a regular file", "Name a file or a folder.")
    return os.fdopen(descriptor, "rb")


def listed(paths: Iterable[str]) -> Iterator[str | SourceError]:
    """Yield the files named and all below the folders named, in order; an error for each folder that gives none.

    Below a folder, hidden files and folders and links are left out.
    """
    for path in paths:
        if os.path.isdir(path):
            yield from _below(path)
        else:
            yield path


def encodable(text: str) -> str:
    """Return the text with those bytes of a file's name that are no characters as their codes."""
    return text.encode(errors="backslashreplace").decode()


def printable(text: str) -> str:
    """Return the text with what cannot be seen, or would move a terminal's cursor, as its code."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _below(folder: str) -> Iterator[str | SourceError]:
    problems: list[SourceError] = []

    def note(error: OSError) -> None:
        problem = f"the folder cannot be read: {error.strerror or error}"
        problems.append(SourceError(str(error.filename), problem, "Check that you may open it and list what is in it."))

    found = 0
    for parent, folders, names in os.walk(folder, onerror=note, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and not path.is_symlink():
                found += 1
                yield str(path)
    yield from problems
    if not found and not problems:
        hint = "Hidden files and links are left out; name those you want, or another folder."
        yield SourceError(folder, "there is no file to read in this folder", hint)
