"""The rules of a download: how much, how long, and where it may go."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from corpus.errors import FetchError, OfflineError
from ingest.fetch.addresses import is_disguised_address, literal_address, why_not_public

OFFLINE_HINT = (
    "If there is no network, connect and run the same command again; what is already in the library works without one."
)
HTTPS_PORT = 443

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one download may take. Bytes are counted as they come; `idle_seconds` is the longest silence."""

    max_bytes: int = 64_000_000
    total_seconds: float = 600
    idle_seconds: float = 20
    max_redirects: int = 5
    lock_seconds: float = 30


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address taken apart by the parser that also makes the request, so that no two readings can differ.

    `host` is in ASCII and lower case; `path` is still percent-encoded.
    """

    text: str
    scheme: str
    host: str
    port: int
    path: str
    has_login: bool

    @property
    def place(self) -> str:
        """The host as `allowed_hosts` names it; with its port where that is not 443."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS_PORT else f"{host}:{self.port}"


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, from the operating system."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Policy:
    """Where a download may go. The product has one, `PUBLIC`; the arguments are there for tests.

    Nothing but a test's own code can pass them: no setting, no environment variable and no option leads here.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = system_resolve,
        clock: Callable[[], float] = time.monotonic,
        ca_for_tests: Path | None = None,
        allow_loopback_for_tests: bool = False,
    ) -> None:
        self.clock = clock
        self.ca_file = ca_for_tests
        self._resolve = resolve
        self._allow_loopback = allow_loopback_for_tests

    def addresses(self, source: str, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, all of them public: connect to these and resolve no second time.

        Raises:
            OfflineError: the name cannot be resolved.
            FetchError: one of the addresses is not public. One is enough: a name that has any points inside.
        """
        found = self._look_up(source, host, port)
        for text in found:
            why = self._why_not(text)
            if why is not None:
                raise FetchError(
                    source,
                    f"{host} is at {text}, which is {why}; only public addresses are fetched from",
                    "If the document is on this machine or network, save it as a file and ingest that.",
                )
        return found

    def _look_up(self, source: str, host: str, port: int) -> tuple[str, ...]:
        if literal_address(host) is not None:
            return (host,)
        try:
            found = tuple(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise OfflineError(
                source,
                f"there is no network, or no host of the name {host}",
                f"Check the address. {OFFLINE_HINT}",
            ) from error
        if not found:
            raise OfflineError(source, f"the host {host} has no address", f"Check the address. {OFFLINE_HINT}")
        return found

    def _why_not(self, text: str) -> str | None:
        try:
            address = ip_address(text)
        except ValueError:
            return "no internet address"
        if self._allow_loopback and address.is_loopback:
            return None
        return why_not_public(address)


PUBLIC = Policy()


def check_address(source: str, address: WebAddress, allowed_hosts: frozenset[str], *, redirected: bool = False) -> None:
    """Refuse an address that is not https, hides what it is, or is on a host that nobody allowed.

    Raises:
        FetchError: says which, and what to do.
    """
    what = f"it redirects to {address.text}, and that" if redirected else "the address"
    if address.scheme != "https":
        raise FetchError(
            source,
            f"{what} does not begin with https://",
            "Look for an address that does; most sites have one. Nothing is fetched unencrypted.",
        )
    if address.has_login:
        raise FetchError(
            source, f"{what} has a user name or password in it", "Leave out everything between https:// and the @."
        )
    if is_disguised_address(address.host):
        raise FetchError(
            source, f"{what} has a number for a host ({address.host})", "Write the host's name in the address."
        )
    if address.place not in allowed_hosts:
        raise FetchError(
            source,
            f"{what} is on {address.place}, which is not a host of the pack's sources nor one that you named",
            f"If you trust it, allow it by name: --allow-host {address.place}",
        )
