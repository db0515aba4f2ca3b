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
from ingest.pipeline import MEGABYTE, SourceReport, failed, ingest_raw
from ingest.readers import RawSource
from ingest.tag import Tagger


@dataclass(frozen=True, slots=True)
class WebReport:
    """What became of one address: the download, or None where it failed, and what the library made of it."""

    url: str
    ingested: SourceReport
    fetched: Fetched | None = None


@dataclass(frozen=True)
class _WebSource(RawSource):
    """A download, named by its address. The suffix is that of its file, since an address can end in anything."""

    file_suffix: str = ""

    @property
    def suffix(self) -> str:
        """The suffix of the file that was written, in lower case, with its dot."""
        return self.file_suffix


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
    return WebReport(url, _ingest(url, fetched, library, now, "web", tagger), fetched)


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
    for outcome in outcomes:
        url = str(outcome.source.url)
        if outcome.fetched is not None:
            ingested = _ingest(url, outcome.fetched, library, now, outcome.source.kind, tagger)
            yield WebReport(url, ingested, outcome.fetched)
        elif outcome.error is not None:
            yield WebReport(url, failed(url, outcome.error))


def _limits(settings: Settings) -> Limits:
    return Limits(max_bytes=settings.max_file_mb * MEGABYTE)


def _ingest(  # noqa: PLR0913, PLR0917
    url: str, fetched: Fetched, library: Library, now: datetime, kind: str, tagger: Tagger | None
) -> SourceReport:
    try:
        data = fetched.file.read_bytes()
    except OSError as error:
        problem = f"{fetched.file} cannot be read: {error.strerror}"
        return failed(url, SourceError(url, problem, "Check that you may read it, and fetch again."))
    raw = _WebSource(url, data, url, kind, file_suffix=fetched.file.suffix)
    return ingest_raw(raw, library, now=now, tagger=tagger)
