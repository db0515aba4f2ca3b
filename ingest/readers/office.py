"""What the readers of Word and PowerPoint files share. Knows neither library."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from corpus.documents import Block, BlockKind
from corpus.errors import SourceError

# Both libraries trust a file's structure. What is broken there surfaces as one of these; lxml's are SyntaxErrors.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
# What programs write into the title field when the author did not; the last two are the libraries' own.
_NO_TITLE = re.compile(
    r"^(microsoft \w+ - |untitled|document ?\d*$|presentation ?\d*$|powerpoint[- ]pr|word document$)"
    r"|\.(docx?|pptx?|odt|odp)$",
    re.IGNORECASE,
)


@contextmanager
def office_errors(name: str, what: str, *own: type[Exception]) -> Iterator[None]:
    """Raise what a library raises over a broken file, its `own` errors among it, as a SourceError."""
    broken: tuple[type[Exception], ...] = (*own, *_BROKEN)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except broken as error:
            raise SourceError(
                name,
                f"this is not a {what}, or it is broken ({type(error).__name__}: {error})",
                "Open it in its program and save it anew, or export it as PDF, and ingest that.",
            ) from error


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def stated_title(text: str | None) -> str:
    """The title field of a file, or "" where a program filled it in."""
    title = flat(text or "")
    return "" if _NO_TITLE.search(title) else title


def table_block(rows: Iterable[list[str]]) -> Block | None:
    """The rows as a table, cells between " | "; None when all are empty."""
    lines = (" | ".join(row).rstrip(" |") for row in rows if any(row))
    text = "\n".join(line for line in lines if line)
    return Block(text, BlockKind.TABLE) if text else None
