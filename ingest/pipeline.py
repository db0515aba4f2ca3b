"""From a file, a folder or a pack to the library. One bad file is reported; the others go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from corpus.chunks import Tags
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from ingest.pack_documents import pack_documents
from ingest.readers import RawSource, read
from ingest.split import RECIPE, TARGET_TOKENS, split
from ingest.tag import Tagger

MEGABYTE = 1_000_000


class Status(StrEnum):
    """What became of a source."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source's outcome. `path` is as the user knows it; `reason` says why it failed, or what to note."""

    path: str
    status: Status
    chunks: int = 0
    reason: str = ""


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
    """Progress: `done` of `total` files are read; `latest` is the last one's outcome."""

    done: int
    total: int
    latest: SourceReport


OnStep = Callable[[Step], None]


def ingest_paths(  # noqa: PLR0913  all but the first two are named where it is called
    paths: Sequence[str],
    library: Library,
    *,
    now: datetime,
    max_file_mb: int,
    on_step: OnStep | None = None,
    tagger: Tagger | None = None,
) -> IngestReport:
    """Read files, and all files below folders, into the library; those that have not changed are passed over.

    Below a folder, hidden files and folders and links are left out. No problem with a file is raised: it is in
    the report. Errors of the library itself are.
    """
    files = list(dict.fromkeys(_files(paths)))
    reports = []
    for number, file in enumerate(files, start=1):
        report = _ingest_file(file, library, now, max_file_mb, tagger)
        reports.append(report)
        if on_step is not None:
            on_step(Step(number, len(files), report))
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
    return SourceReport(path, Status.REPLACED if old else Status.ADDED, len(chunks), "; ".join(document.notes))


def ingest_raw(
    raw: RawSource, library: Library, *, now: datetime, path: str | None = None, tagger: Tagger | None = None
) -> SourceReport:
    """Read bytes into the library, unless it has them as they are. A source that cannot be read is not raised.

    `path` is the name for the report, where that is another than the source's.
    """
    path = path or raw.name
    old = library.source(raw.name)
    if old is not None and (old.sha256, old.recipe) == (raw.sha256, _recipe(library, tagger)):
        return SourceReport(path, Status.UNCHANGED, old.chunks)
    try:
        return ingest_document(read(raw), library, now=now, path=path, tagger=tagger)
    except SourceError as error:
        return failed(path, error)


def failed(path: str, error: SourceError) -> SourceReport:
    """The outcome of a source that could not be read."""
    return SourceReport(path, Status.FAILED, 0, f"{error.problem}. {error.hint}".strip())


def _ingest_file(file: str, library: Library, now: datetime, max_file_mb: int, tagger: Tagger | None) -> SourceReport:
    try:
        data = _bytes(Path(file), max_file_mb)
    except SourceError as error:
        return failed(file, error)
    return ingest_raw(RawSource(str(Path(file).resolve()), data), library, now=now, path=file, tagger=tagger)


def _bytes(file: Path, max_file_mb: int) -> bytes:
    try:
        size = file.stat().st_size
        if size > max_file_mb * MEGABYTE:
            raise SourceError(
                str(file),
                f"the file has {size / MEGABYTE:.0f} MB, more than the {max_file_mb} MB allowed",
                "Split it, or set EXAM_TUTOR_MAX_FILE_MB higher.",
            )
        if not file.is_file():
            raise SourceError(str(file), "this is not a regular file", "Name a file or a folder.")
        return file.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(str(file), "there is no file or folder of that name", "Check the path.") from error
    except OSError as error:
        raise SourceError(str(file), f"it cannot be read: {error.strerror}", "Check that you may read it.") from error


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if os.path.isdir(path):
            yield from _below(path)
        else:
            yield path


def _below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and not path.is_symlink():
                yield str(path)


def _recipe(library: Library, tagger: Tagger | None) -> str:
    parts = [f"split {RECIPE}, {TARGET_TOKENS} tokens of {library.embedder.name}"]
    return "; ".join(parts if tagger is None else [*parts, tagger.recipe])
