"""From a file, a folder or a pack to the library. One bad file is reported; the others go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from threadpoolctl import threadpool_limits

from corpus.chunks import Tags
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from ingest.pack_documents import pack_documents
from ingest.reading_process import MOST_SECONDS, Reading, ReadingProcess
from ingest.source_files import SourceFile, encodable, listed, weighed
from ingest.split import RECIPE, TARGET_TOKENS, split
from ingest.tag import Tagger


class Status(StrEnum):
    """What became of a source."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source's outcome. `path` is as the user knows it; `reason` says why it failed, or what to note.

    `notes` are the reader's remarks one by one: what was left out, removed or is meant for a language model. They
    are those of this run, and empty for what was passed over. `title` is the document's.
    """

    path: str
    status: Status
    chunks: int = 0
    reason: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """All outcomes of a run, in the order they came."""

    sources: tuple[SourceReport, ...]

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """Those that could not be read."""
        return tuple(report for report in self.sources if report.status is Status.FAILED)

    @property
    def chunks(self) -> int:
        """Passages written."""
        return sum(r.chunks for r in self.sources if r.status in {Status.ADDED, Status.REPLACED})


@dataclass(frozen=True, slots=True)
class Step:
    """Progress: `done` of `total` files are read; `latest` is the last one's outcome.

    Bytes tell the time left better than files do, which differ in size; both are 0 where sizes are not known.
    """

    done: int
    total: int
    latest: SourceReport
    bytes_done: int = 0
    bytes_total: int = 0


OnStep = Callable[[Step], None]


def ingest_paths(  # noqa: PLR0913  all but the first two are named where it is called
    paths: Sequence[str],
    library: Library,
    *,
    now: datetime,
    max_file_mb: int,
    max_parse_seconds: float = MOST_SECONDS,
    on_step: OnStep | None = None,
    tagger: Tagger | None = None,
) -> IngestReport:
    """Read files, and all files below folders, into the library; those that have not changed are passed over.

    Below a folder, hidden files and folders and links are left out. No problem with a file is raised: it is in
    the report, as is a folder that cannot be read or has nothing to read. Errors of the library itself are.
    Files are parsed in a process of their own; while one is put into the library, the next is being read. Numpy gets
    one thread meanwhile: over matrices as small as a document's, more of them only keep the reader waiting.
    """
    found = list(dict.fromkeys(listed(paths)))
    sizes = [_size(file) for file in found]
    reports = []
    read = 0
    with ReadingProcess(most_seconds=max_parse_seconds) as process, threadpool_limits(1, user_api="blas"):
        begun = (_begin(file, library, process, max_file_mb, tagger) for file in found)
        for current, size in zip(_one_ahead(begun), sizes, strict=True):
            report = _finish(current, library, now, tagger)
            reports.append(report)
            read += size
            if on_step is not None:
                on_step(Step(len(reports), len(found), report, read, sum(sizes)))
    return IngestReport(tuple(reports))


def ingest_pack(pack: ExamPack, library: Library, *, now: datetime) -> IngestReport:
    """Bring the pack's blueprint, cards and notes into the library, and drop what the pack no longer has."""
    reports = [ingest_document(document, library, now=now, tags=tags) for document, tags in pack_documents(pack)]
    current = {report.path for report in reports}
    for record in library.sources():
        if record.id.startswith(pack.source_prefix) and record.id not in current:
            library.remove(record.id)
            reports.append(SourceReport(record.id, Status.REMOVED, record.chunks))
    return IngestReport(tuple(reports))


def ingest_document(  # noqa: PLR0913  all but the first two are named where it is called
    document: Document,
    library: Library,
    *,
    now: datetime,
    tags: Tags | None = None,
    path: str | None = None,
    tagger: Tagger | None = None,
) -> SourceReport:
    """Split a document and put it into the library, unless it is there as it is.

    Its passages get `tags` where all have the same, else those that `tagger` gives each.
    """
    old = library.source(document.source)
    path = path or document.source
    recipe = _recipe(library, tagger)
    if old is not None and (old.sha256, old.recipe) == (document.sha256, recipe):
        return SourceReport(path, Status.UNCHANGED, old.chunks)
    chunks = split(document, library.embedder, tags)
    if tagger is not None:
        chunks = tagger.tagged(chunks)
    library.replace(document, chunks, recipe=recipe, now=now)
    status, notes = Status.REPLACED if old else Status.ADDED, document.notes
    return SourceReport(path, status, len(chunks), "; ".join(notes), document.title, notes)


def ingest_file(
    file: SourceFile, library: Library, process: ReadingProcess, *, now: datetime, tagger: Tagger | None = None
) -> SourceReport:
    """Read one file into the library, unless it has it as it is. A file that cannot be read is not raised."""
    return _finish(_unless_unchanged(file, file.name, library, process, tagger), library, now, tagger)


def failed(path: str, error: SourceError) -> SourceReport:
    """The outcome of a source that could not be read."""
    return SourceReport(path, Status.FAILED, 0, f"{error.problem}. {error.hint}".strip())


_Begun = SourceReport | tuple[str, Reading]
"""What is known of a file already, or its path and that it is being read."""


def _one_ahead(begun: Iterator[_Begun]) -> Iterator[_Begun]:
    """Yield each when the next has been begun."""
    current = next(begun, None)
    while current is not None:
        following = next(begun, None)
        yield current
        current = following


def _begin(
    found: str | SourceError, library: Library, process: ReadingProcess, max_file_mb: int, tagger: Tagger | None
) -> _Begun:
    if isinstance(found, SourceError):
        return failed(encodable(found.source), found)
    try:
        file = weighed(Path(found), max_file_mb)
    except SourceError as error:
        return failed(encodable(found), error)
    return _unless_unchanged(file, found, library, process, tagger)


def _unless_unchanged(
    file: SourceFile, path: str, library: Library, process: ReadingProcess, tagger: Tagger | None
) -> _Begun:
    old = library.source(file.name)
    if old is not None and (old.sha256, old.recipe) == (file.sha256, _recipe(library, tagger)):
        return SourceReport(path, Status.UNCHANGED, old.chunks, title=old.title)
    return path, process.begin(file)


def _finish(begun: _Begun, library: Library, now: datetime, tagger: Tagger | None) -> SourceReport:
    if isinstance(begun, SourceReport):
        return begun
    path, reading = begun
    try:
        return ingest_document(reading.document(), library, now=now, path=path, tagger=tagger)
    except SourceError as error:
        return failed(path, error)


def _recipe(library: Library, tagger: Tagger | None) -> str:
    parts = [f"split {RECIPE}, {TARGET_TOKENS} tokens of {library.embedder.name}"]
    return "; ".join(parts if tagger is None else [*parts, tagger.recipe])


def _size(found: str | SourceError) -> int:
    try:
        return 0 if isinstance(found, SourceError) else os.stat(found).st_size
    except OSError:
        return 0
