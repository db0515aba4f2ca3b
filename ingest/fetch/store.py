"""Where downloads are kept: safe names, a record beside each file, and what is left of a broken download."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import FetchError
from ingest.fetch.content_types import HEAD_BYTES
from ingest.fetch.policy import WebAddress

_LONGEST_READABLE = 80


class Record(BaseModel):
    """The JSON beside a download, and in short beside a part of one, where `file` and `sha256` are empty."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    url: str
    final_url: str
    file: str = ""
    sha256: str = ""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


def safe_stem(address: WebAddress) -> str:
    """A file name without suffix: readable letters of host and path, then a hash that keeps it apart.

    It has only a-z, 0-9, - and _: no separator, no dot, nothing that one system or another treats specially.
    """
    readable = re.sub(r"[^a-z0-9_]+", "-", f"{address.host}{address.path}".lower()).strip("-")
    return f"{readable[:_LONGEST_READABLE].rstrip('-')}-{hashlib.sha256(address.text.encode()).hexdigest()[:12]}"


class Shelf:
    """The place of one address in the folder: `STEM.pdf`, its record `STEM.json`, and `STEM.part` on the way."""

    def __init__(self, folder: Path, source: str, address: WebAddress) -> None:
        self.folder = folder
        self._source = source
        self._stem = safe_stem(address)
        self._url = address.text
        self._record_file = folder / f"{self._stem}.json"
        self._part = folder / f"{self._stem}.part"
        self._part_record = folder / f"{self._stem}.part.json"

    @contextmanager
    def locked(self, seconds: float) -> Iterator[None]:
        """Keep other processes from downloading into this folder meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / ".lock", timeout=seconds)
        try:
            lock.acquire()
        except Timeout as error:
            raise FetchError(
                self._source,
                f"another Exam Tutor has been downloading into {self.folder} for more than {seconds:g} seconds",
                "Wait until it is done, or stop it, and run the same command again.",
            ) from error
        try:
            yield
        finally:
            lock.release()

    def record(self) -> Record | None:
        """What the last download recorded, if its file is still there as it was."""
        record = self._load(self._record_file)
        if record is None or Path(record.file).name != record.file or not record.file:
            return None
        file = self.folder / record.file
        return record if file.is_file() and _sha256(file) == record.sha256 else None

    def part(self) -> Record | None:
        """The record of a download that broke off and can be taken up."""
        record = self._load(self._part_record)
        return record if record is not None and record.etag and self.part_size() else None

    def part_size(self) -> int:
        """How many bytes of it there are."""
        return self._part.stat().st_size if self._part.is_file() else 0

    def head(self) -> bytes:
        """The first bytes of what has come so far."""
        with self._part.open("rb") as file:
            return file.read(HEAD_BYTES)

    def begin(self, record: Record, *, resumable: bool) -> None:
        """Start an empty part. Its record comes last: without one nothing is taken up."""
        self._part_record.unlink(missing_ok=True)
        self._part.write_bytes(b"")
        if resumable:
            _write(self._part_record, record)

    def append(self) -> BinaryIO:
        """The part, to be written on. Unbuffered, so that a kill loses nothing that was counted."""
        return self._part.open("ab", buffering=0)

    def drop_part(self) -> None:
        """Forget what has come so far."""
        self._part_record.unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)

    def keep(self, record: Record, suffix: str) -> Record:
        """Make the part the file. Killed in between, the record does not fit the file and is not believed."""
        with self._part.open("rb+") as file:
            os.fsync(file.fileno())
        whole = record.model_copy(update={"file": f"{self._stem}{suffix}", "sha256": _sha256(self._part)})
        before = self._load(self._record_file)
        os.replace(self._part, self.folder / whole.file)
        _write(self._record_file, whole)
        self._part_record.unlink(missing_ok=True)
        if before is not None and before.file != whole.file and before.file.startswith(self._stem):
            (self.folder / Path(before.file).name).unlink(missing_ok=True)
        return whole

    def _load(self, file: Path) -> Record | None:
        try:
            record = Record.model_validate_json(file.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return record if record.url == self._url else None


def kept_file(folder: Path, url: str) -> Path | None:
    """The file that was downloaded from an address into the folder, or None."""
    for file in folder.glob("*.json"):
        try:
            record = Record.model_validate_json(file.read_bytes())
        except (OSError, ValidationError):
            continue
        if record.url == url and record.file and Path(record.file).name == record.file:
            return folder / record.file
    return None


def _write(file: Path, record: Record) -> None:
    temporary = file.with_suffix(".tmp")
    temporary.write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
    os.replace(temporary, file)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
