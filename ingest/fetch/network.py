"""Connections that go to checked addresses only. The one module that imports httpcore.

The check sits where a connection is made: `_CheckedBackend` is what httpcore's pool calls to open a socket.
It resolves the name once, has every address judged, and connects to one of those by number. The request keeps
the name, so Host, SNI and the certificate's check are those of any other request, and the pool can never hand
one host's encrypted connection to another that has the same address.
"""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore

from corpus.errors import FetchError, OfflineError
from ingest.fetch.policy import OFFLINE_HINT, Limits, Policy

_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}
_AGAIN = "Run the same command again; where the server allows it, the download goes on from where it broke off."
_SOON = 0.05  # a timer may go off a little before its time

Headers = Sequence[tuple[bytes, bytes]]
RawResponse = httpcore.Response


class Network:
    """The connections of one download: one policy for all of them and one deadline over all of them."""

    def __init__(self, source: str, policy: Policy, limits: Limits, context: ssl.SSLContext) -> None:
        self._source = source
        self._limits = limits
        self._deadline = _Deadline(policy, limits.total_seconds)
        backend = _CheckedBackend(source, policy, self._deadline)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend)

    def send(self, url: tuple[bytes, bytes, int | None, bytes], headers: Headers) -> RawResponse:
        """GET a URL given as scheme, host, port and target. The caller closes the response."""
        scheme, host, port, target = url
        idle = self._limits.idle_seconds
        timeouts = {"connect": idle, "read": idle, "write": idle, "pool": idle}
        return self._pool.handle_request(
            httpcore.Request(
                "GET",
                httpcore.URL(scheme=scheme, host=host, port=port, target=target),
                headers=headers,
                extensions={"timeout": timeouts},
            )
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    @contextmanager
    def translated(self, place: str) -> Iterator[None]:
        """Turn httpcore's exceptions into ours, inside the block; `place` is the host to name.

        Raises:
            OfflineError: the server cannot be reached from here.
            FetchError: it can, and something else went wrong.
        """
        try:
            yield
        except httpcore.TimeoutException as error:
            if self._deadline.left() < _SOON:
                problem = f"the download took longer than {self._limits.total_seconds:g} seconds"
            else:
                problem = f"{place} sent nothing for {self._limits.idle_seconds:g} seconds"
            raise FetchError(self._source, problem, _AGAIN) from error
        except httpcore.ConnectError as error:
            # The pool has cut the chain; what went wrong below is the argument.
            raise self._not_connected(place, error.args[0] if error.args else None) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(self._source, f"the connection to {place} broke: {error}", _AGAIN) from error

    def _not_connected(self, place: str, cause: object) -> FetchError:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or cause
            return FetchError(
                self._source,
                f"{place} cannot prove that it is {place} ({reason})",
                "Check the address, and this machine's clock. Nothing was fetched.",
            )
        if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
            return OfflineError(self._source, f"there is no network on the way to {place}", OFFLINE_HINT)
        return OfflineError(self._source, f"{place} does not accept a connection ({cause})", OFFLINE_HINT)


class _Deadline:
    """The end of the time for a whole download."""

    def __init__(self, policy: Policy, seconds: float) -> None:
        self._clock = policy.clock
        self._end = policy.clock() + seconds

    def left(self) -> float:
        return self._end - self._clock()

    def cap(self, timeout: float | None) -> float:
        """The time for one step. A server that drips a byte now and then is so held to the whole's end."""
        left = self.left()
        if left <= 0:
            raise httpcore.ReadTimeout("no time is left")
        return left if timeout is None else min(left, timeout)


class _CheckedBackend(httpcore.NetworkBackend):
    """Opens sockets for the pool, to addresses that the policy has let pass."""

    def __init__(self, source: str, policy: Policy, deadline: _Deadline) -> None:
        self._source = source
        self._policy = policy
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failed: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._policy.addresses(self._source, host, port):
            try:
                seconds = self._deadline.cap(timeout)
                stream = self._plain.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = failed or error
            else:
                return _TimedStream(stream, self._deadline)
        raise failed or httpcore.ConnectError("no address")


class _TimedStream(httpcore.NetworkStream):
    """A socket whose every step ends with the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        encrypted = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _TimedStream(encrypted, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  (httpcore's signature)
        return self._stream.get_extra_info(info)
