"""Addresses taken apart, and requests for them. The one module that imports httpx."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

import httpx

from corpus.errors import FetchError
from ingest.fetch.network import Network, RawResponse
from ingest.fetch.policy import HTTPS_PORT, Limits, Policy, WebAddress

_HEADERS = {
    "User-Agent": "exam-tutor (a study tool that one person runs)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",  # so that a range of bytes is a range of the file
}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")  # a name in ASCII, or an IPv6 address
_BAD_IN_URL = re.compile(r"[\x00-\x20\x7f\\]")


def parse_address(source: str, text: str, base: WebAddress | None = None) -> WebAddress:
    """Take an address apart, or one relative to `base`; its fragment is dropped.

    Raises:
        FetchError: it is not a web address.
    """
    try:
        if not text or _BAD_IN_URL.search(text):
            raise httpx.InvalidURL("it is empty, or has a space, a backslash or a control character in it")
        url = (httpx.URL(base.text).join(text) if base else httpx.URL(text)).copy_with(fragment=None)
        host = url.raw_host.decode("ascii")
        if not _HOST.fullmatch(host):
            raise httpx.InvalidURL("it has no host, or one with signs that no host has")
        port = HTTPS_PORT if url.port is None else url.port
        if not 0 < port < 65536:
            raise httpx.InvalidURL(f"there is no port {port}")
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            source, f"'{text}' is not a web address: {error}", "An address looks like https://example.org/guide.pdf"
        ) from error
    path = url.raw_path.partition(b"?")[0].decode("ascii")
    return WebAddress(str(url), url.scheme, host, port, path, bool(url.userinfo))


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer. `headers` does not mind upper or lower case; `chunks` is the body and is read once."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class HttpClient:
    """The requests of one download. It follows no redirect by itself and takes nothing from the environment."""

    def __init__(self, source: str, policy: Policy, limits: Limits) -> None:
        self._source = source
        context = httpx.create_ssl_context(trust_env=False)
        if policy.ca_file is not None:
            context.load_verify_locations(policy.ca_file)
        self._network = Network(source, policy, limits, context)
        self._client = httpx.Client(
            transport=_Transport(self._network),
            headers=_HEADERS,
            trust_env=False,  # no proxy and no netrc: neither would be checked
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @contextmanager
    def get(self, address: WebAddress, headers: Mapping[str, str]) -> Iterator[Answer]:
        """Ask for an address; the answer's body can be read inside the block.

        Raises:
            OfflineError: the server cannot be reached from here.
            FetchError: anything else on the way, also while the body is read.
        """
        with self._network.translated(address.place):
            try:
                with self._client.stream("GET", address.text, headers=dict(headers)) as response:
                    yield Answer(response.status_code, response.headers, response.iter_bytes())
            except httpx.DecodingError as error:
                problem = f"what {address.place} sends cannot be unpacked: {error}"
                raise FetchError(self._source, problem, "Download it in a browser and ingest the file.") from error


class _Transport(httpx.BaseTransport):
    """In place of httpx's own transport, which lets nobody choose how a connection is made."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._network.send((url.raw_scheme, url.raw_host, url.port, url.raw_path), request.headers.raw)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._network.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: RawResponse) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
