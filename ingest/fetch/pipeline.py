"""From the web to the library: a document is downloaded, kept in the home folder and read from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from corpus.errors import FetchError, SourceError
from corpus.exam_pack import Source
from corpus.library import Library
from corpus.settings import Settings
from ingest.fetch.fetching import Fetched, Limits, Policy, fetch, fetch_all
from ingest.fetch.policy import PUBLIC
from ingest.fetch.progress import OnProgress
from ingest.pipeline import SourceReport, failed, ingest_file
from ingest.reading_process import ReadingProcess
from ingest.source_files import MEGABYTE, weighed
from ingest.tag import Tagger


@dataclass(frozen=True, slots=True)
class WebReport:
    """What became of one address: the download, or None where it failed, and what the library made of it."""

    url: str
    ingested: SourceReport
    fetched: Fetched | None = None


def ingest_url(  # noqa: PLR0913  all but the first two are named where it is called
    url: str,
    library: Library,
    *,
    settings: Settings,
    allowed_hosts: frozenset[str],
    now: datetime,
    on_progress: OnProgress | None = None,
    policy: Policy = PUBLIC,
    tagger: Tagger | None = None,
) -> WebReport:
    """Download one address into `sources/` in the home folder and read it into the library, cited by that address.

    No problem with the address or the document is raised: it is in the report. Errors of the library are.
    """
    try:
        fetched = fetch(
            url,
            folder=settings.home / "sources",
            allowed_hosts=allowed_hosts,
            on_progress=on_progress,
            limits=_limits(settings),
            policy=policy,
        )
    except FetchError as error:
        return WebReport(url, failed(url, error))
    with ReadingProcess(most_seconds=settings.max_parse_seconds) as process:
        return WebReport(url, _ingest(url, fetched, "web", library, process, settings, now, tagger), fetched)


def ingest_sources(  # noqa: PLR0913
    sources: Iterable[Source],
    library: Library,
    *,
    settings: Settings,
    allowed_hosts: frozenset[str] = frozenset(),
    now: datetime,
    on_progress: OnProgress | None = None,
    policy: Policy = PUBLIC,
    tagger: Tagger | None = None,
) -> Iterator[WebReport]:
    """Download what a pack lists and read each into the library as it comes; failures do not stop it."""
    outcomes = fetch_all(
        sources,
        folder=settings.home / "sources",
        allowed_hosts=allowed_hosts,
        on_progress=on_progress,
        limits=_limits(settings),
        policy=policy,
    )
    with ReadingProcess(most_seconds=settings.max_parse_seconds) as process:
        for outcome in outcomes:
            url = str(outcome.source.url)
            if outcome.fetched is not None:
                ingested = _ingest(url, outcome.fetched, outcome.source.kind, library, process, settings, now, tagger)
                yield WebReport(url, ingested, outcome.fetched)
            elif outcome.error is not None:
                yield WebReport(url, failed(url, outcome.error))


def _limits(settings: Settings) -> Limits:
    return Limits(max_bytes=settings.max_file_mb * MEGABYTE)


def _ingest(  # noqa: PLR0913, PLR0917
    url: str,
    fetched: Fetched,
    kind: str,
    library: Library,
    process: ReadingProcess,
    settings: Settings,
    now: datetime,
    tagger: Tagger | None,
) -> SourceReport:
    try:
        file = weighed(fetched.file, settings.max_file_mb, name=url, url=url, kind=kind)
    except SourceError as error:
        hint = "Check that you may read it, and fetch again."
        return failed(url, SourceError(url, f"{fetched.file}: {error.problem}", hint))
    return ingest_file(file, library, process, now=now, tagger=tagger)
