"""What every reader is given: the bytes of one source and what is known of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from corpus.errors import SourceError


@dataclass(frozen=True)
class RawSource:
    """The bytes of a file or page. `name` is its lasting name, `url` its official address or None.

    `file_suffix` says what it is where the name does not: an address can end in anything.
    """

    name: str
    data: bytes
    url: str | None = None
    kind: str = "file"
    file_suffix: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The hash by which a change is noticed."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The suffix of the file, else of the name, in lower case, with its dot."""
        return (PurePosixPath(self.name).suffix if self.file_suffix is None else self.file_suffix).lower()

    @property
    def stem(self) -> str:
        """The file's name without suffix, `-` and `_` as spaces: the title where a document has none."""
        return PurePosixPath(self.name).stem.replace("_", " ").replace("-", " ").strip() or self.name

    def text(self) -> str:
        """The bytes as text: UTF-8, or UTF-16 with a byte order mark; line ends as newlines.

        Raises:
            SourceError: it is binary, or in another encoding.
        """
        data = self.data
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        if encoding != "utf-16" and b"\0" in data:
            raise SourceError(
                self.name,
                f"this is a binary file, not the text its name ({self.suffix or 'no suffix'}) promises",
                "Export it as PDF, HTML or text and ingest that.",
            )
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise SourceError(
                self.name,
                f"this is not UTF-8 text (byte {error.start} is {data[error.start]:#04x})",
                "Save it as UTF-8 and ingest it again.",
            ) from error
        return text.replace("\r\n", "\n").replace("\r", "\n")
