"""A real HTTPS server on loopback, with a certificate of its own making, for tests of downloads."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from corpus.errors import FetchError
from ingest.fetch.fetching import Fetched, Policy, fetch
from tests.pdf_maker import make_pdf

PDF = make_pdf([["Tea grows in Yunnan."], ["Oolong is partly oxidised."]])
PAGE = b"<!doctype html><html><body><main><h1>Tea</h1><p>Tea grows in Yunnan.</p></main></body></html>"
NAMES = ["docs.test", "files.test", "inside.test", "localhost"]


def make_certificate(folder: Path) -> Path:
    """One PEM file with key and certificate, good for NAMES; it is its own CA."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Exam Tutor's tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in NAMES]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file


class Handler(BaseHTTPRequestHandler):
    """Looks up the path in the server's routes and notes every request."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.web.requests.append(self)
        self.close_connection = True
        route = self.server.web.routes.get(self.path)
        if route is None:
            self.answer(404, b"no such page", {"Content-Type": "text/html"})
        else:
            route(self)

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.begin(status, {"Content-Length": str(len(body)), **(headers or {})})
        self.wfile.write(body)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    web: Web

    def handle_error(self, *_: Any) -> None:
        """Clients that hang up are part of these tests."""


Route = Callable[[Handler], None]


@dataclass
class Web:
    """The server as a test sees it. `hosts` is the tests' name service; `lookups` what was asked of it."""

    certificate: Path
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Handler] = field(default_factory=list)
    lookups: list[str] = field(default_factory=list)
    hosts: dict[str, list[str]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def __enter__(self) -> Web:
        self.hosts |= {name: ["127.0.0.1"] for name in NAMES}
        self._server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        # The handshake is left to the request's thread, so that no client can hold up the others.
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._server.web = self
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str, host: str = "docs.test") -> str:
        return f"https://{host}:{self.port}{path}"

    def allowed(self, *hosts: str) -> frozenset[str]:
        return frozenset(f"{host}:{self.port}" for host in hosts or NAMES)

    def resolve(self, host: str, _port: int) -> list[str]:
        self.lookups.append(host)
        return self.hosts[host]

    def policy(self, **options: Any) -> Policy:
        options = {"resolve": self.resolve, "allow_loopback_for_tests": True, **options}
        return Policy(ca_for_tests=self.certificate, **options)

    def page(self, path: str, body: bytes, kind: str = "text/html", etag: str = "", modified: str = "") -> None:
        """Serve a document as good servers do: with conditions and ranges."""
        headers = (
            {"Content-Type": kind}
            | ({"ETag": etag} if etag else {})
            | ({"Last-Modified": modified} if modified else {})
        )

        def route(handler: Handler) -> None:
            asked = handler.headers
            if (etag and asked["If-None-Match"] == etag) or (modified and asked["If-Modified-Since"] == modified):
                return handler.answer(304, b"", headers)
            if asked["Range"] and asked["If-Range"] == etag:
                start = int(asked["Range"].removeprefix("bytes=").removesuffix("-"))
                place = f"bytes {start}-{len(body) - 1}/{len(body)}"
                return handler.answer(206, body[start:], {**headers, "Content-Range": place})
            return handler.answer(200, body, headers)

        self.routes[path] = route

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        self.routes[path] = lambda handler: handler.answer(status, b"", {"Location": target})

    def broken(self, path: str, body: bytes, sent: int, kind: str, etag: str) -> None:
        """Announce the whole, send a piece and hang up."""

        def route(handler: Handler) -> None:
            handler.begin(200, {"Content-Type": kind, "Content-Length": str(len(body)), "ETag": etag})
            handler.wfile.write(body[:sent])

        self.routes[path] = route


class Getter:
    """`fetch` with the test's server, folder and policy filled in."""

    def __init__(self, web: Web, folder: Path) -> None:
        self.web = web
        self.folder = folder

    def __call__(self, path: str, host: str = "docs.test", **options: Any) -> Fetched:
        options = {"allowed_hosts": self.web.allowed(), "policy": self.web.policy(), **options}
        return fetch(self.web.url(path, host), folder=self.folder, **options)

    def refused(self, path: str, host: str = "docs.test", **options: Any) -> str:
        with pytest.raises(FetchError) as refused:
            self(path, host, **options)
        assert refused.value.hint
        return str(refused.value)

    @property
    def files(self) -> set[str]:
        """The suffixes of what is in the folder; only one address is ever fetched in these tests."""
        return {file.name.partition(".")[2] for file in self.folder.iterdir()} - {"lock"}
