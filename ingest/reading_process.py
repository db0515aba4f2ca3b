"""Documents are read in a child process with limits on memory and time: a hostile file takes down no more than that.

The child is started for the first file, serves all others, and is replaced when a file has ended it or used it up.
What it answers is JSON and checked: a child that a file has taken over can say what that file's text is, and
nothing else. The name, the hash and the kind of a document are never its to say.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter, ValidationError

from corpus.documents import Document, Section
from corpus.errors import SourceError
from ingest.reading_child import Child, Ended
from ingest.source_files import MEGABYTE, SourceFile, printable

MEMORY_MB = 1024
"""Megabytes of address space for the child, where the system can limit it (Linux can, macOS and Windows cannot)."""

MOST_SECONDS = 300
"""Seconds of computing for a file of 20 MB and more; the smallest gets a tenth."""

_FULL_SECONDS_AT = 20 * MEGABYTE
# Seconds of waiting for each of computing: where the system counts those, this is for what does nothing at all.
_PATIENCE = 10 if os.name == "posix" else 1
_SECONDS_TO_START = 60
_LONGEST_REASON = 400
_HARMFUL = "It may be made to do harm. If you trust it, {}print it to a new PDF or save it anew, and ingest that."


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the child says: a document, or a problem; `spent` asks for another child for the next file."""

    problem: str = ""
    hint: str = ""
    title: str = ""
    url: str | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    spent: bool = False


_ANSWER = TypeAdapter(_Answer)


class ReadingProcess:
    """Reads files in a child that it owns, one at a time; to be used in a `with`, by one thread at a time."""

    def __init__(self, *, memory_mb: int = MEMORY_MB, most_seconds: float = MOST_SECONDS) -> None:
        self._memory_mb = memory_mb
        self._most_seconds = most_seconds
        self._child: Child | None = None
        self._under_way: Reading | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, and break off the file under way; the next would start another."""
        self._under_way = None
        if (child := self._child) is not None:
            self._child = None
            child.close()

    def begin(self, file: SourceFile) -> Reading:
        """Start reading a file and return at once; one begun before is waited for first."""
        self.finish()
        reading = Reading(file, self)
        try:
            self._ask(file)
            self._under_way = reading
        except SourceError as error:
            reading.outcome = error
        return reading

    def finish(self) -> None:
        """Wait for the file under way, if there is one."""
        if (reading := self._under_way) is not None:
            self._under_way = None
            try:
                reading.outcome = self._received(reading.file)
            except SourceError as error:
                reading.outcome = error

    def _ask(self, file: SourceFile) -> None:
        job = {
            "path": str(file.path.absolute()),
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "url": file.url,
            "kind": file.kind,
            "seconds": self._seconds(file),
        }
        try:
            self._running(file).ask(job)
        except BrokenPipeError:  # something else on the machine ended it since the last file
            self.close()
            try:
                self._running(file).ask(job)
            except BrokenPipeError as error:
                raise SourceError(file.name, "the process that reads documents is being ended", "Try again.") from error

    def _running(self, file: SourceFile) -> Child:
        """Return the child, started if need be. Raises SourceError when that is not possible."""
        if self._child is not None:
            return self._child
        hint = f"Reading needs a process of its own and {self._memory_mb:,} MB of memory; close other programs."
        try:
            self._child = Child(self._memory_mb)
        except OSError as error:
            raise SourceError(file.name, f"the process to read it cannot be started: {error}", hint) from error
        greeting = self._child.answer(_SECONDS_TO_START)
        if isinstance(greeting, Ended):
            self.close()
            raise SourceError(file.name, f"the process to read it ended at its start ({greeting.how})", hint)
        return self._child

    def _received(self, file: SourceFile) -> Document:
        """Return what the child made of a file. Raises SourceError with what went wrong."""
        payload = self._running(file).answer(_PATIENCE * self._seconds(file))
        if isinstance(payload, Ended):
            self.close()
            raise self._why(file, payload)
        try:
            answer = _ANSWER.validate_json(payload)
        except ValidationError as error:
            self.close()
            raise SourceError(file.name, "what was read of it is no document", _HARMFUL.format("")) from error
        if answer.spent:
            self.close()
        if answer.problem:
            raise SourceError(file.name, _shown(answer.problem), _shown(answer.hint))
        notes = tuple(map(_shown, answer.notes))
        return Document(file.name, answer.title, answer.sections, file.sha256, file.kind, answer.url, notes)

    def _why(self, file: SourceFile, ended: Ended) -> SourceError:
        if ended.out_of_time:
            problem = f"reading it takes more than the {self._seconds(file):.3g} seconds allowed"
            return SourceError(file.name, problem, _HARMFUL.format("set EXAM_TUTOR_MAX_PARSE_SECONDS higher, or "))
        problem = f"the reader crashed on it, or ran out of memory ({ended.how})"
        return SourceError(file.name, problem, _HARMFUL.format(""))

    def _seconds(self, file: SourceFile) -> float:
        return self._most_seconds * min(1.0, 0.1 + 0.9 * file.size / _FULL_SECONDS_AT)


class Reading:
    """A file under way: `outcome` is None until it is read, then its document or what is wrong with it."""

    def __init__(self, file: SourceFile, process: ReadingProcess) -> None:
        self.file = file
        self.outcome: Document | SourceError | None = None
        self._process = process

    def document(self) -> Document:
        """Wait for the document.

        Raises:
            SourceError: the file cannot be read, or reading it takes more than is allowed.
        """
        if self.outcome is None:
            self._process.finish()
        if isinstance(self.outcome, Document):
            return self.outcome
        raise self.outcome or SourceError(self.file.name, "reading it was broken off", "Ingest it again.")


def _shown(text: str) -> str:
    """Return a remark as a terminal may show it: what a file put into it could be anything."""
    text = printable(text)
    return text if len(text) <= _LONGEST_REASON else text[:_LONGEST_REASON] + "…"
