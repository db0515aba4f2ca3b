"""What a user names to be read: files, folders, addresses and API models, told apart by how they begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from corpus.errors import FetchError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.settings import Settings
from ingest.api.models import PREFIX
from ingest.api.pipeline import ingest_api
from ingest.fetch.fetching import host_of
from ingest.fetch.pipeline import ingest_url
from ingest.pipeline import IngestReport, OnStep, SourceReport, failed, ingest_paths
from ingest.tag import Tagger
from ingest.vanished import follow_moves


def ingest_arguments(  # noqa: PLR0913  all but the first two are named where it is called
    arguments: Sequence[str],
    library: Library,
    *,
    pack: ExamPack,
    settings: Settings,
    now: datetime,
    on_step: OnStep | None = None,
) -> IngestReport:
    """Read `aws-api:SERVICE`, `https://…` and paths into the library, in this order of kinds.

    To name an address is to allow its host. No problem with a source is raised: it is in the report.
    """
    reports: list[SourceReport] = []
    tagger = Tagger(pack)
    for argument in arguments:
        if argument.startswith(PREFIX):
            service = argument.removeprefix(PREFIX)
            reports += ingest_api(service, pack, library, now=now, on_step=on_step, tagger=tagger).sources
        elif is_address(argument):
            reports += _from_web(argument, library, settings, now, tagger)
    if paths := file_arguments(arguments):
        files = ingest_paths(
            paths,
            library,
            now=now,
            max_file_mb=settings.max_file_mb,
            max_parse_seconds=settings.max_parse_seconds,
            on_step=on_step,
            tagger=tagger,
        )
        reports += follow_moves(files, library).sources
    return IngestReport(tuple(reports))


def is_address(argument: str) -> bool:
    """Whether it is an address on the web rather than a path."""
    return argument.startswith(("https://", "http://"))


def file_arguments(arguments: Sequence[str]) -> list[str]:
    """Those that are paths."""
    return [argument for argument in arguments if not argument.startswith(PREFIX) and not is_address(argument)]


def _from_web(
    address: str, library: Library, settings: Settings, now: datetime, tagger: Tagger
) -> Iterator[SourceReport]:
    try:
        allowed = frozenset([host_of(address)])
    except FetchError as error:
        yield failed(address, error)
        return
    yield ingest_url(address, library, settings=settings, allowed_hosts=allowed, now=now, tagger=tagger).ingested
