"""Files that are indexed and no longer there: moved ones are recognised, the rest are named or taken out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.library import Library
from corpus.manifest import SourceRecord
from ingest.pipeline import IngestReport, SourceReport, Status


def follow_moves(report: IngestReport, library: Library) -> IngestReport:
    """After a run: a file that came in with the very bytes of one that is gone has moved.

    The old name is taken out, and the new one's reason says where it was. Its vectors come from the cache.
    """
    gone = {record.sha256: record for record in library.sources() if _is_gone(record)}
    reports = []
    for source in report.sources:
        new = library.source(str(Path(source.path).resolve())) if source.status is Status.ADDED else None
        old = gone.pop(new.sha256, None) if new is not None else None
        if old is not None:
            library.remove(old.id, keep_vectors=True)
            source = SourceReport(source.path, Status.REPLACED, source.chunks, f"It was {old.id} before.")  # noqa: PLW2901
        reports.append(source)
    return IngestReport(tuple(reports))


def vanished(paths: Sequence[str], library: Library) -> list[SourceRecord]:
    """The indexed files below these folders, or of these names, that are no longer there."""
    roots = [Path(path).resolve() for path in paths]
    return [
        record
        for record in library.sources()
        if _is_gone(record) and any(Path(record.id).is_relative_to(root) for root in roots)
    ]


def prune(records: Sequence[SourceRecord], library: Library) -> tuple[SourceReport, ...]:
    """Take these out of the library; one report each."""
    for record in records:
        library.remove(record.id)
    return tuple(SourceReport(record.id, Status.REMOVED, record.chunks) for record in records)


def _is_gone(record: SourceRecord) -> bool:
    return record.kind == "file" and Path(record.id).is_absolute() and not Path(record.id).exists()
