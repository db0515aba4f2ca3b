"""One download from its first request to its file: redirects, conditions, ranges, limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.errors import FetchError
from ingest.fetch.content_types import HEAD_BYTES, check_head, suffix_for
from ingest.fetch.http import Answer, HttpClient, parse_address
from ingest.fetch.policy import Limits, Policy, WebAddress, check_address
from ingest.fetch.progress import Meter, OnProgress
from ingest.fetch.store import Record, Shelf

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_LATER = "Try again later; what is in the library stays as it is."
_STATUS_HINTS = {
    401: "The document is not public. Download it in a browser and ingest the file.",
    403: "The document is not public, or the server refuses programs. Download it in a browser and ingest the file.",
    404: "Check the address; the document may have moved. A search for its title finds the new place.",
    410: "The document was taken down. A search for its title may find another place.",
    429: "The server asks for fewer requests. Try again in some minutes.",
}


@dataclass(frozen=True, slots=True)
class Download:
    """One address on its way to its shelf. `source` is the address as the user gave it."""

    source: str
    address: WebAddress
    shelf: Shelf
    allowed_hosts: frozenset[str]
    on_progress: OnProgress | None
    limits: Limits
    policy: Policy

    def run(self, old: Record | None) -> tuple[Record, bool]:
        """The record of what is on the shelf now, and whether the server said it is what was there before."""
        with HttpClient(self.source, self.policy, self.limits) as client:
            for part in (self.shelf.part(), None):
                record = self._attempt(client, old, part)
                if record is not None:
                    return record, record is old
                self.shelf.drop_part()  # the server did not go on where the part ends: from the start, then
        raise FetchError(self.source, "the server sends a piece of the document where the whole was asked for", _LATER)

    def _attempt(self, client: HttpClient, old: Record | None, part: Record | None) -> Record | None:
        offset = self.shelf.part_size() if part else 0
        with self._final(client, _conditions(old, part, offset)) as (final, answer):
            if answer.status == 304 and old is not None:
                self.shelf.drop_part()
                return old
            if answer.status == 206 and part is not None and _continues(answer, part, offset):
                return self._receive(final, answer, offset)
            if answer.status in {206, 416}:
                return None
            if answer.status != 200:
                raise self._bad_status(answer.status, final)
            return self._receive(final, answer, 0)

    @contextmanager
    def _final(self, client: HttpClient, headers: dict[str, str]) -> Iterator[tuple[WebAddress, Answer]]:
        """Follow redirects by hand: each is judged as the first address was."""
        here = self.address
        for _ in range(self.limits.max_redirects + 1):
            with client.get(here, headers) as answer:
                if answer.status not in _REDIRECTS:
                    yield here, answer
                    return
                target = answer.headers.get("location", "")
            here = parse_address(self.source, target, here)
            check_address(self.source, here, self.allowed_hosts, redirected=True)
        problem = f"it redirects more than {self.limits.max_redirects} times, at last to {here.text}"
        raise FetchError(self.source, problem, "Open it in a browser and use the address where it ends.")

    def _bad_status(self, status: int, final: WebAddress) -> FetchError:
        where = "" if final == self.address else f" for {final.text}, to which it redirects"
        hint = _STATUS_HINTS.get(status, _LATER if status >= 500 else "Check the address in a browser.")
        return FetchError(self.source, f"the server answers with status {status}{where}", hint)

    def _receive(self, final: WebAddress, answer: Answer, offset: int) -> Record:
        record = Record(
            url=self.address.text,
            final_url=final.text,
            content_type=answer.headers.get("content-type", ""),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )
        encoded = answer.headers.get("content-encoding", "identity").lower() not in {"", "identity"}
        total = None if encoded else _total(answer, offset)
        suffix = suffix_for(self.source, record.content_type, final.path)
        if total is not None and total > self.limits.max_bytes:
            raise self._too_large(f"{total / 1e6:,.1f} MB")
        if offset == 0:
            # Without a strong ETag nobody can tell whether two pieces are of one document.
            strong = record.etag is not None and record.etag.startswith('"')
            self.shelf.begin(record, resumable=strong and not encoded)
        try:
            self._stream(answer, offset, total, suffix)
        except _UnusableError as error:
            self.shelf.drop_part()
            raise error.reason from None
        return self.shelf.keep(record, suffix)

    def _stream(self, answer: Answer, received: int, total: int | None, suffix: str) -> None:
        checked = False
        meter = Meter(self.source, received, total, self.policy.clock, self.on_progress)
        with self.shelf.append() as sink:
            for chunk in answer.chunks:
                received += len(chunk)
                if received > self.limits.max_bytes:
                    raise _UnusableError(self._too_large("more"))
                sink.write(chunk)
                if not checked and received >= HEAD_BYTES:
                    checked = self._check(suffix)
                meter.show(received)
        if received == 0:
            raise _UnusableError(FetchError(self.source, "the server sends an empty document", _LATER))
        if not checked:
            self._check(suffix)
        if total is not None and received != total:
            problem = f"{received:,} bytes came where {total:,} were announced"
            raise _UnusableError(FetchError(self.source, problem, _LATER))

    def _check(self, suffix: str) -> bool:
        try:
            check_head(self.source, suffix, self.shelf.head())
        except FetchError as error:
            raise _UnusableError(error) from error
        return True

    def _too_large(self, size: str) -> FetchError:
        return FetchError(
            self.source,
            f"the document has {size}, where {self.limits.max_bytes / 1e6:,.1f} MB are allowed",
            "Set EXAM_TUTOR_MAX_FILE_MB higher, or save a part of it as a file and ingest that.",
        )


class _UnusableError(Exception):
    """What came is of no use, not even to go on from."""

    def __init__(self, reason: FetchError) -> None:
        super().__init__(reason)
        self.reason = reason


def _conditions(old: Record | None, part: Record | None, offset: int) -> dict[str, str]:
    headers = {}
    if old is not None and old.etag:
        headers["If-None-Match"] = old.etag
    if old is not None and old.last_modified:
        headers["If-Modified-Since"] = old.last_modified
    if part is not None and part.etag:
        headers |= {"Range": f"bytes={offset}-", "If-Range": part.etag}
    return headers


def _continues(answer: Answer, part: Record, offset: int) -> bool:
    """Whether a piece is of the same document as the part and begins where that ends."""
    match = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
    return match is not None and int(match[1]) == offset and answer.headers.get("etag", part.etag) == part.etag


def _total(answer: Answer, offset: int) -> int | None:
    match = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
    if answer.status == 206 and match is not None:
        return int(match[2])
    length = answer.headers.get("content-length", "")
    return offset + int(length) if length.isascii() and length.isdigit() else None
