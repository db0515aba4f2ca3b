"""Which addresses are public, which URLs are taken, what files are called, what first bytes show."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path

import pytest

from corpus.errors import FetchError
from ingest.fetch.addresses import is_disguised_address, why_not_public
from ingest.fetch.content_types import check_head, suffix_for
from ingest.fetch.fetching import Policy, fetch, host_of
from ingest.fetch.http import parse_address
from ingest.fetch.policy import system_resolve
from ingest.fetch.store import safe_stem


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.3.4", "loopback"),
        ("::1", "loopback"),
        ("0.0.0.0", "unspecified"),  # noqa: S104
        ("::", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fc00::1", "private"),
        ("fec0::1", "reserved"),  # site-local, given up, still routed in places
        ("100.64.0.1", "reserved"),  # shared by a provider's customers
        ("169.254.1.1", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("240.0.0.1", "private"),
        ("255.255.255.255", "private"),
        ("192.0.2.1", "private"),  # documentation
        ("2001:db8::1", "private"),
        ("3fff::1", "reserved"),
        ("198.18.0.1", "private"),  # benchmarks
        ("169.254.169.254", "a cloud's metadata service"),
        ("100.100.100.200", "a cloud's metadata service"),
        ("168.63.129.16", "a cloud's metadata service"),
        ("fd00:ec2::254", "a cloud's metadata service"),
        ("192.0.0.192", "reserved"),
        ("::ffff:127.0.0.1", "loopback (127.0.0.1 inside IPv6)"),
        ("::ffff:10.0.0.1", "private (10.0.0.1 inside IPv6)"),
        ("::127.0.0.1", "loopback (127.0.0.1 inside IPv6)"),
        ("64:ff9b::7f00:1", "loopback (127.0.0.1 inside IPv6)"),
        ("64:ff9b::a9fe:a9fe", "a cloud's metadata service (169.254.169.254 inside IPv6)"),
        ("64:ff9b:1::808:808", "reserved"),
        ("2002:7f00:1::", "loopback (127.0.0.1 inside IPv6)"),
        ("2002:c0a8:101::1", "private (192.168.1.1 inside IPv6)"),
        ("2a00::5efe:a00:1", "private (10.0.0.1 inside IPv6)"),  # ISATAP
        ("8.8.8.8", None),
        ("52.94.236.248", None),
        ("2600:9000:2000::1", None),
        ("64:ff9b::808:808", None),  # how a network that has only IPv6 reaches 8.8.8.8
    ],
)
def test_only_public_addresses_pass(address: str, why: str | None) -> None:
    assert why_not_public(ip_address(address)) == why


@pytest.mark.parametrize("host", ["0x7f.1", "2130706433", "127.1", "017700000001", "0x7f000001", "127.0.0.1.", "1.0x1"])
def test_numbers_that_c_libraries_take_for_addresses_are_seen(host: str) -> None:
    assert is_disguised_address(host)


@pytest.mark.parametrize("host", ["docs.aws.amazon.com", "127.0.0.1", "::1", "1and1.com", "0x7f.example"])
def test_names_and_plain_addresses_are_not_disguised(host: str) -> None:
    assert not is_disguised_address(host)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://127.0.0.1/a.pdf", "127.0.0.1, which is loopback"),
        ("https://127.0.0.1:443/a.pdf", "127.0.0.1, which is loopback"),
        ("https://[::1]/a.pdf", "::1, which is loopback"),
        ("https://[::ffff:127.0.0.1]/a.pdf", "loopback (127.0.0.1 inside IPv6)"),
        ("https://[::ffff:7f00:1]/a.pdf", "loopback (127.0.0.1 inside IPv6)"),
        ("https://169.254.169.254/latest/meta-data", "a cloud's metadata service"),
        ("https://localhost/a.pdf", "which is loopback"),
        ("https://0x7f.1/a.pdf", "a number for a host"),
        ("https://0x7f000001/a.pdf", "a number for a host"),
        ("https://2130706433/a.pdf", "a number for a host"),
        ("https://017700000001/a.pdf", "a number for a host"),
        ("https://127.1/a.pdf", "a number for a host"),
        ("https://127.0.0.1./a.pdf", "a number for a host"),
        ("https://0177.0.0.1/a.pdf", "not a web address"),
        ("https://127。0。0。1/a.pdf", "127.0.0.1, which is loopback"),  # IDNA reads these dots as dots
        ("https://[fe80::1%25eth0]/a.pdf", "not a web address"),
        ("https://docs.example@127.0.0.1/a.pdf", "a user name or password in it"),
        ("https://me:secret@docs.example/a.pdf", "a user name or password in it"),
        ("https://docs.example\\@127.0.0.1/a.pdf", "not a web address"),
        ("https://docs.example /a.pdf", "not a web address"),
        ("https://docs.example/a\r\nHost: evil", "not a web address"),
        ("https://docs.example:99999/a.pdf", "not a web address"),
        ("https:///a.pdf", "not a web address"),
        ("", "not a web address"),
        ("http://docs.example/a.pdf", "does not begin with https://"),
        ("file:///etc/passwd", "not a web address"),
        ("ftp://docs.example/a.pdf", "does not begin with https://"),
        ("https://elsewhere.example/a.pdf", "--allow-host elsewhere.example"),
        ("https://docs.example:8443/a.pdf", "--allow-host docs.example:8443"),
        ("https://docs.example.elsewhere.example/a.pdf", "--allow-host docs.example.elsewhere.example"),
    ],
)
def test_addresses_that_are_refused_before_a_byte_is_sent(tmp_path: Path, url: str, said: str) -> None:
    """All literal hosts are allowed here by name: the address alone must be enough to refuse them."""
    # fmt: off
    hosts = frozenset([
        "docs.example", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "localhost",
        "0x7f.1", "0x7f000001", "2130706433", "017700000001", "127.1", "127.0.0.1.", "0177.0.0.1",
    ])
    # fmt: on
    with pytest.raises(FetchError) as refused:
        fetch(url, folder=tmp_path, allowed_hosts=hosts)
    assert said in str(refused.value)
    assert refused.value.hint
    assert refused.value.source == url


def test_one_private_address_among_public_ones_is_enough() -> None:
    policy = Policy(resolve=lambda *_: ["8.8.8.8", "192.168.0.7"])
    with pytest.raises(FetchError, match=r"192\.168\.0\.7, which is private"):
        policy.addresses("https://docs.example/", "docs.example", 443)


def test_the_allowance_for_tests_covers_loopback_and_nothing_else() -> None:
    policy = Policy(resolve=lambda *_: ["10.0.0.1"], allow_loopback_for_tests=True)
    assert policy.addresses("x", "127.0.0.1", 443) == ("127.0.0.1",)
    with pytest.raises(FetchError):
        policy.addresses("x", "docs.example", 443)


def test_no_code_of_the_product_uses_the_allowances_for_tests() -> None:
    root = Path(__file__).parents[2]
    users = [
        file.relative_to(root).as_posix()
        for floor in ("corpus", "ingest", "tutor", "ui", "evals")
        for file in (root / floor).rglob("*.py")
        if "for_tests" in file.read_text(encoding="utf-8")
    ]
    assert users == ["ingest/fetch/policy.py"]


def test_the_system_resolver_gives_addresses_as_text() -> None:
    assert "127.0.0.1" in system_resolve("localhost", 443)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://Docs.AWS.amazon.com/a?b#c", "docs.aws.amazon.com"),
        ("docs.aws.amazon.com", "docs.aws.amazon.com"),
        ("docs.example:8443", "docs.example:8443"),
        ("https://docs.example:443/", "docs.example"),
        ("https://[2600::1]:8443/", "[2600::1]:8443"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_a_host_is_named_in_one_way(text: str, host: str) -> None:
    assert host_of(text) == host


@pytest.mark.parametrize(
    "path",
    [
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/a%00b.pdf",
        "/" + "x" * 5000,
        "/CON",
        "/a:b*c?.pdf",
        "/.hidden",
        "/ünï/☃.pdf",
        "",
    ],
)
def test_file_names_are_safe_and_short(path: str) -> None:
    stem = safe_stem(parse_address("", f"https://docs.example{path}"))
    assert re.fullmatch(r"docs-example[a-z0-9_-]*-[0-9a-f]{12}", stem)
    assert len(stem) < 100


def test_addresses_that_read_alike_have_names_of_their_own() -> None:
    urls = ["https://a.example/b/c", "https://a.example/b-c", "https://a.example/B/C", "https://a.example/b/c?d=1"]
    assert len({safe_stem(parse_address("", url)) for url in urls}) == 4


@pytest.mark.parametrize(
    ("kind", "path", "suffix"),
    [
        ("application/pdf", "/guide.pdf", ".pdf"),
        ("Application/PDF; version=1", "/download", ".pdf"),
        ("text/html; charset=utf-8", "/dg/page.html", ".html"),
        ("text/html", "/README.md", ".html"),  # what GitHub shows of a file is a page
        ("text/plain", "/README.md", ".md"),
        ("text/plain", "/notes", ".txt"),
        ("text/plain", "/page.html", ".txt"),
        ("binary/octet-stream", "/guide.pdf", ".pdf"),
        ("binary/octet-stream", "/notes.md", ".md"),
        ("application/octet-stream", "/download", ".pdf"),
        ("", "/guide.pdf", ".pdf"),
    ],
)
def test_the_reader_is_chosen_by_type_and_where_that_says_little_by_name(kind: str, path: str, suffix: str) -> None:
    assert suffix_for("u", kind, path) == suffix


@pytest.mark.parametrize(
    ("kind", "path"),
    [("image/png", "/a.png"), ("application/zip", "/a.zip"), ("video/mp4", "/a"), ("text/html", "/guide.pdf")],
)
def test_types_that_no_reader_takes_and_pages_in_a_file_s_place_are_refused(kind: str, path: str) -> None:
    with pytest.raises(FetchError, match=re.escape(kind)):
        suffix_for("u", kind, path)


@pytest.mark.parametrize(
    ("suffix", "head", "seen"),
    [
        (".pdf", b"<!DOCTYPE html><html>", "a web page"),
        (".pdf", b"\n%PDF-1.7", "something else"),
        (".html", b"%PDF-1.7 <", "a binary file"),
        (".html", b"\x00\x01<", "a binary file"),
        (".html", b"just words", "plain text"),
        (".md", b"\xef\xbb\xbf <HTML lang=en>", "a web page"),
        (".txt", b"PK\x03\x04", "a binary file"),
        (".pdf", b"%PDF-1.7", None),
        (".html", b"<!doctype html>", None),
        (".md", b"# Title", None),
        (".txt", "ein Wort".encode("utf-16"), None),
    ],
)
def test_first_bytes_must_fit(suffix: str, head: bytes, seen: str | None) -> None:
    if seen is None:
        check_head("u", suffix, head)
    else:
        with pytest.raises(FetchError, match=f"is {seen}, by its first bytes"):
            check_head("u", suffix, head)
