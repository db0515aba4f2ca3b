"""A folder of documents to be measured on: its files, their texts, and a hash of all of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.errors import SourceError
from ingest.readers import RawSource, read

PLAIN = frozenset({"", ".md", ".markdown", ".txt", ".text"})
"""Files whose bytes are their text, as a plain text loader reads them."""


@dataclass(frozen=True)
class CorpusFolder:
    """The files below a folder; hidden ones and links are left out, as `exam-tutor ingest` leaves them out.

    Files are named by their path below the folder, with slashes: what `gold_sources` names, and what the library
    that is built for it calls its sources. So a result does not depend on where the folder lies.
    """

    folder: Path
    names: tuple[str, ...]

    def raw(self, name: str) -> RawSource:
        """A file's bytes.

        Raises:
            SourceError: it cannot be read.
        """
        try:
            return RawSource(name, (self.folder / name).read_bytes())
        except OSError as error:
            raise SourceError(name, f"it cannot be read: {error.strerror}", "Check that you may read it.") from error

    def text(self, name: str) -> str:
        """A file's text: plain files as they stand, others as our readers understand them.

        Raises:
            SourceError: it is no text, or no reader can make sense of it.
        """
        raw = self.raw(name)
        return raw.text() if raw.suffix in PLAIN else read(raw).text

    @cached_property
    def sha256(self) -> str:
        """A hash over all names and contents."""
        digest = hashlib.sha256()
        for name in self.names:
            digest.update(f"{name}\0{self.raw(name).sha256}\n".encode())
        return digest.hexdigest()


def open_corpus(folder: Path) -> CorpusFolder:
    """The files below a folder, by name.

    Raises:
        SourceError: there is no such folder, or no file in it.
    """
    names = tuple(sorted(_names(folder)))
    if not names:
        raise SourceError(
            str(folder),
            "there is no document in this corpus, so there is nothing to measure",
            "Name the folder that the questions' gold_sources are relative to.",
        )
    return CorpusFolder(folder, names)


def _names(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if not name.startswith(".") and not path.is_symlink():
                yield path.relative_to(folder).as_posix()
