"""Downloads: official documents into a folder, over https, from hosts that somebody allowed.

`fetch` brings one address, `fetch_all` what a pack's `sources.toml` lists. The rules are in `policy`,
the connections in `network`, the requests in `http`, the files in `store`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.errors import FetchError, OfflineError
from corpus.exam_pack import Source
from ingest.fetch.download import Download
from ingest.fetch.http import parse_address
from ingest.fetch.policy import DEFAULT_LIMITS, PUBLIC, Limits, Policy, WebAddress, check_address
from ingest.fetch.progress import OnProgress, Progress
from ingest.fetch.store import Record, Shelf

Status = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that is here now. `final_url` is where redirects led; its record is beside `file`, as JSON."""

    url: str
    final_url: str
    file: Path
    sha256: str
    content_type: str
    etag: str | None
    last_modified: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one listed source: it is here, or the error says why not."""

    source: Source
    fetched: Fetched | None = None
    error: FetchError | None = None


def fetch(  # noqa: PLR0913  all but the first are named where it is called
    url: str,
    *,
    folder: Path,
    allowed_hosts: frozenset[str],
    on_progress: OnProgress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    policy: Policy = PUBLIC,
) -> Fetched:
    """Download a document into `folder`, or find that what is there is still current.

    `allowed_hosts` are names as `host_of` gives them. A download that broke off is taken up where the server
    allows it, else begun again.

    Raises:
        OfflineError: the server cannot be reached from here.
        FetchError: a rule forbids it, or the server does not deliver; says what to do.
    """
    address = parse_address(url, url)
    check_address(url, address, allowed_hosts)
    shelf = Shelf(folder, url, address)
    try:
        with shelf.locked(limits.lock_seconds):
            old = shelf.record()
            record, same = Download(url, address, shelf, allowed_hosts, on_progress, limits, policy).run(old)
    except OSError as error:  # those of the network have been translated by now
        raise FetchError(
            url,
            f"it cannot be kept in {folder}: {error.strerror or error}",
            "Make room there, or mend its permissions.",
        ) from error
    return _fetched(folder, record, _status(old, record, same))


def fetch_all(  # noqa: PLR0913
    sources: Iterable[Source],
    *,
    folder: Path,
    allowed_hosts: frozenset[str] = frozenset(),
    on_progress: OnProgress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    policy: Policy = PUBLIC,
) -> Iterator[Outcome]:
    """Download what a pack lists, one after the other, and yield each outcome as it comes; failures do not stop it.

    The hosts of the list are allowed, and those in `allowed_hosts`. A host that cannot be reached is not tried
    again for the sources that follow: without a network the run ends at once.
    """
    listed = tuple(sources)
    hosts = allowed_hosts | {host_of(str(source.url)) for source in listed}
    unreachable: dict[str, OfflineError] = {}
    for source in listed:
        url = str(source.url)
        host = host_of(url)
        try:
            if (before := unreachable.get(host)) is not None:
                raise OfflineError(url, before.problem, before.hint)
            found = fetch(
                url, folder=folder, allowed_hosts=hosts, on_progress=on_progress, limits=limits, policy=policy
            )
        except FetchError as error:
            if isinstance(error, OfflineError):
                unreachable[host] = error
            yield Outcome(source, error=error)
        else:
            yield Outcome(source, fetched=found)


def host_of(address: str) -> str:
    """The host of an address, or of a bare `host` or `host:port`, as `allowed_hosts` has it.

    Raises:
        FetchError: there is none in it.
    """
    return _parsed(address).place


def have(url: str, folder: Path) -> bool:
    """Whether a download of this address is in the folder, whole and as it came."""
    return Shelf(folder, url, parse_address(url, url)).record() is not None


def _parsed(address: str) -> WebAddress:
    return parse_address(address, address if "://" in address else f"https://{address}/")


def _status(old: Record | None, new: Record, same: bool) -> Status:
    if old is None:
        return "new"
    return "unchanged" if same or old.sha256 == new.sha256 else "changed"


def _fetched(folder: Path, record: Record, status: Status) -> Fetched:
    return Fetched(
        url=record.url,
        final_url=record.final_url,
        file=folder / record.file,
        sha256=record.sha256,
        content_type=record.content_type,
        etag=record.etag,
        last_modified=record.last_modified,
        status=status,
    )


__all__ = ["Fetched", "Limits", "Outcome", "Policy", "Progress", "fetch", "fetch_all", "have", "host_of"]
