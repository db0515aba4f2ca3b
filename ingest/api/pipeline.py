"""From the official API documentation inside botocore to the library, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from corpus.api_services import Api, load_api_services
from corpus.errors import SourceError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.manifest import SourceRecord
from ingest.api.marks import is_current, records_by_service, set_current
from ingest.api.models import PREFIX, api_documents, document_names
from ingest.pipeline import IngestReport, OnStep, SourceReport, Status, Step, failed, ingest_document
from ingest.tag import Tagger

EXAM = "exam"
"""Stands for every API behind the services in the exam's scope."""


def ingest_api(  # noqa: PLR0913  all but the first three are named where it is called
    service: str,
    pack: ExamPack,
    library: Library,
    *,
    now: datetime,
    on_step: OnStep | None = None,
    tagger: Tagger | None = None,
) -> IngestReport:
    """Bring a service's API reference, or with "exam" those of all services in scope, into the library.

    What has not changed is passed over, a service that has not changed at all without being parsed; what a service
    no longer has is taken out. A service that botocore does
    not have is in the report, and the others go on.

    Raises:
        PackError: the pack's `api_services.toml` is wrong.
        LibraryError: the library cannot be written.
    """
    table = load_api_services(pack)
    services = table.names if service == EXAM else (service,)
    if not services:
        error = SourceError(
            f"{PREFIX}{EXAM}", f"the exam pack '{pack.id}' names no APIs", f"Name one, for example {PREFIX}s3."
        )
        return IngestReport((failed(error.source, error),))
    tags = tagger.recipe if tagger else ""
    indexed = records_by_service(library.sources())
    current = {name for name in services if is_current(name, table.about(name), library, indexed.get(name, ()), tags)}
    total = 0
    if on_step is not None:
        total = sum(len(indexed[name]) if name in current else _count(name) for name in services)
    reports: list[SourceReport] = []
    done = 0
    for name in services:
        records = indexed.get(name, [])
        known = name in current
        about = table.about(name)
        for report in _unchanged(records) if known else _ingest_service(name, about, library, records, now, tagger):
            reports.append(report)
            done += report.status is not Status.REMOVED
            if on_step is not None:
                on_step(Step(done, total, report))
    failures = {report.path for report in reports if report.status is Status.FAILED}
    read = [name for name in services if name not in current and f"{PREFIX}{name}" not in failures]
    if read:
        indexed = records_by_service(library.sources())
        for name in read:
            set_current(name, table.about(name), library, indexed.get(name, ()), tags)
    return IngestReport(tuple(reports))


def _unchanged(records: Iterable[SourceRecord]) -> Iterator[SourceReport]:
    for record in records:
        yield SourceReport(record.id, Status.UNCHANGED, record.chunks)


def _count(service: str) -> int:
    """How many reports a service will give: one for each document, or one that it failed."""
    try:
        return len(document_names(service))
    except SourceError:
        return 1


def _ingest_service(  # noqa: PLR0913, PLR0917
    service: str,
    about: Api | None,
    library: Library,
    records: Sequence[SourceRecord],
    now: datetime,
    tagger: Tagger | None,
) -> Iterator[SourceReport]:
    current = set()
    try:
        for document in api_documents(service, about):
            current.add(document.source)
            yield ingest_document(document, library, now=now, tagger=tagger)
    except SourceError as error:
        yield failed(error.source, error)
        return
    for record in records:
        if record.id not in current:
            library.remove(record.id)
            yield SourceReport(record.id, Status.REMOVED, record.chunks)
