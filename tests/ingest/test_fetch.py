"""Downloads from a real HTTPS server on loopback. Nothing here leaves the machine: a guard on `connect` sees to it."""

from __future__ import annotations

import itertools
import json
import socket
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FetchError, OfflineError
from corpus.exam_pack import Source
from ingest.fetch.fetching import Limits, Policy, Progress, fetch, fetch_all, have
from tests.ingest.https_server import PAGE, PDF, Getter, Web


def test_a_document_comes_whole_with_its_record(web: Web, get: Getter, folder: Path) -> None:
    web.page("/guide.pdf", PDF, "application/pdf", '"v1"', "Thu, 01 Jan 2026 00:00:00 GMT")
    steps: list[Progress] = []
    got = get("/guide.pdf", on_progress=steps.append)
    assert got.file.read_bytes() == PDF
    assert (got.status, got.file.suffix, got.sha256) == ("new", ".pdf", sha256(PDF).hexdigest())
    record = json.loads(got.file.with_suffix(".json").read_text())
    assert record == {
        "url": web.url("/guide.pdf"),
        "final_url": web.url("/guide.pdf"),
        "file": got.file.name,
        "sha256": sha256(PDF).hexdigest(),
        "content_type": "application/pdf",
        "etag": '"v1"',
        "last_modified": "Thu, 01 Jan 2026 00:00:00 GMT",
    }
    assert (steps[-1].received, steps[-1].total) == (len(PDF), len(PDF))
    assert get.files == {"pdf", "json"}
    assert have(web.url("/guide.pdf"), folder)


def test_the_request_carries_the_name_and_nothing_of_the_person(
    web: Web, get: Getter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine docs.test login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there: going by it would fail
    web.page("/page", PAGE)
    assert get("/page").status == "new"
    headers = web.requests[0].headers
    assert headers["Host"] == f"docs.test:{web.port}"
    assert not {"authorization", "cookie", "referer"} & {name.lower() for name in headers}


def test_a_second_fetch_asks_whether_it_changed(web: Web, get: Getter) -> None:
    web.page("/page", PAGE, etag='"v1"')
    first = get("/page")
    second = get("/page")
    assert (first.status, second.status) == ("new", "unchanged")
    assert second.sha256 == first.sha256
    assert web.requests[1].headers["If-None-Match"] == '"v1"'
    web.page("/page", PAGE.replace(b"Tea", b"Mate"), etag='"v2"')
    third = get("/page")
    assert (third.status, third.etag) == ("changed", '"v2"')
    assert b"Mate" in third.file.read_bytes()


def test_a_server_with_dates_only_is_asked_by_date(web: Web, get: Getter) -> None:
    web.page("/page", PAGE, modified="Thu, 01 Jan 2026 00:00:00 GMT")
    get("/page")
    assert get("/page").status == "unchanged"
    assert web.requests[1].headers["If-Modified-Since"] == "Thu, 01 Jan 2026 00:00:00 GMT"


def test_the_same_bytes_from_a_server_without_validators_are_unchanged(web: Web, get: Getter) -> None:
    web.page("/page", PAGE)
    get("/page")
    assert get("/page").status == "unchanged"


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"other")])
def test_a_file_that_is_gone_or_tampered_with_is_fetched_anew(web: Web, get: Getter, damage: Any) -> None:
    web.page("/page", PAGE, etag='"v1"')
    damage(get("/page").file)
    again = get("/page")
    assert again.file.read_bytes() == PAGE
    assert "If-None-Match" not in web.requests[1].headers


def test_a_record_that_points_elsewhere_or_is_no_json_is_not_believed(web: Web, get: Getter) -> None:
    web.page("/page", PAGE, etag='"v1"')
    record = get("/page").file.with_suffix(".json")
    outside = record.parent.parent / "outside.html"
    outside.write_bytes(PAGE)
    record.write_text(json.dumps({**json.loads(record.read_text()), "file": "../outside.html"}))
    assert get("/page").status == "new"
    record.write_text("{")
    assert get("/page").status == "new"
    assert outside.exists()


def test_a_document_that_changes_its_format_leaves_no_old_file(web: Web, get: Getter) -> None:
    web.page("/doc", PAGE)
    get("/doc")
    web.page("/doc", PDF, "application/pdf")
    assert get("/doc").status == "changed"
    assert get.files == {"pdf", "json"}


def test_redirects_are_followed_between_allowed_hosts(web: Web, get: Getter) -> None:
    web.redirect("/old", web.url("/moved", "files.test"), 301)
    web.redirect("/moved", "here/page?x=1#part", 307)
    web.page("/here/page?x=1", PAGE)
    got = get("/old")
    assert (got.url, got.final_url) == (web.url("/old"), web.url("/here/page?x=1", "files.test"))
    assert web.lookups == ["docs.test", "files.test", "files.test"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("http://docs.test/page", "does not begin with https://"),
        ("https://elsewhere.test/page", "elsewhere.test, which is not a host of the pack's sources"),
        ("https://me:secret@docs.test/page", "a user name or password"),
        ("https://2130706433/page", "a number for a host"),
        ("https://inside.test/page", "inside.test is at 10.0.0.7, which is private"),
        ("https://169.254.169.254/latest/meta-data/", "a cloud's metadata service"),
        ("file:///etc/passwd", "not a web address"),
        ("", "not a web address"),
    ],
)
def test_each_redirect_is_judged_again(web: Web, get: Getter, target: str, said: str) -> None:
    web.hosts["inside.test"] = ["10.0.0.7"]
    web.redirect("/page", target)
    hosts = web.allowed() | {"inside.test", "169.254.169.254", "2130706433", "docs.test"}
    assert said in get.refused("/page", allowed_hosts=hosts)
    assert len(web.requests) == 1


def test_a_redirect_to_the_server_s_own_loopback_is_refused_without_the_allowance(web: Web, get: Getter) -> None:
    """Only docs.test is let through here; all else is judged as in the product."""
    web.redirect("/page", web.url("/secret", "127.0.0.1"))
    said = get.refused("/page", allowed_hosts=web.allowed() | web.allowed("127.0.0.1"), policy=_public_but_docs(web))
    assert "127.0.0.1, which is loopback" in said
    assert [request.path for request in web.requests] == ["/page"]


def _public_but_docs(web: Web) -> Policy:
    class OnlyDocs(Policy):
        def addresses(self, source: str, host: str, port: int) -> tuple[str, ...]:
            return ("127.0.0.1",) if host == "docs.test" else super().addresses(source, host, port)

    return OnlyDocs(ca_for_tests=web.certificate)


def test_redirects_have_an_end(web: Web, get: Getter) -> None:
    web.redirect("/round", "/round")
    assert "redirects more than 5 times" in get.refused("/round")
    assert len(web.requests) == 6
    for step in range(5):
        web.redirect(f"/{step}", f"/{step + 1}")
    web.page("/5", PAGE)
    assert get("/0").final_url == web.url("/5")


def test_the_address_that_was_checked_is_the_one_connected_to(web: Web, get: Getter, connected: list[str]) -> None:
    """DNS rebinding: the name points to a good address when asked first, and inside when asked again."""
    answers = itertools.chain([["127.0.0.1"]], itertools.repeat(["10.0.0.1"]))
    asked: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        asked.append(host)
        return next(answers)

    web.page("/page", PAGE)
    policy = web.policy(resolve=rebinding)
    assert get("/page", policy=policy).status == "new"
    assert (asked, connected) == (["docs.test"], ["127.0.0.1"])
    assert "10.0.0.1, which is private" in get.refused("/page", policy=policy)
    assert connected == ["127.0.0.1"]


def test_a_certificate_for_another_name_is_refused_also_on_an_address_already_connected(web: Web, get: Getter) -> None:
    web.hosts["stranger.test"] = ["127.0.0.1"]
    web.page("/page", PAGE)
    web.redirect("/old", web.url("/page", "stranger.test"))
    hosts = web.allowed() | web.allowed("stranger.test")
    for path, host in [("/page", "stranger.test"), ("/old", "docs.test")]:
        assert "cannot prove that it is stranger.test" in get.refused(path, host, allowed_hosts=hosts)
    assert [request.path for request in web.requests] == ["/old"]


def test_a_certificate_that_nobody_vouches_for_is_refused(web: Web, get: Getter) -> None:
    policy = Policy(resolve=web.resolve, allow_loopback_for_tests=True)
    assert "self-signed" in get.refused("/page", policy=policy)
    assert not web.requests


def test_when_one_address_does_not_answer_the_next_is_tried(web: Web, get: Getter) -> None:
    web.page("/page", PAGE)
    policy = web.policy(resolve=lambda *_: ["127.0.0.1", "127.0.0.1"])
    failing = iter([True, False])
    connect = socket.socket.connect

    def once_refused(self: socket.socket, address: Any) -> None:
        if next(failing):
            raise ConnectionRefusedError(111, "Connection refused")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", once_refused)
        assert get("/page", policy=policy).status == "new"


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "may have moved"), (403, "refuses programs"), (429, "some minutes"), (500, "later"), (304, "Check")],
)
def test_an_error_s_status_is_said_with_what_to_do(web: Web, get: Getter, status: int, said: str) -> None:
    web.routes["/page"] = lambda handler: handler.answer(status, b"", {"Content-Type": "text/html"})
    message = get.refused("/page")
    assert f"status {status}" in message
    assert said in message


def _offline(*_: object) -> list[str]:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def test_offline_is_said_plainly(web: Web, get: Getter) -> None:
    with pytest.raises(OfflineError, match="there is no network") as offline:
        get("/page", policy=web.policy(resolve=_offline))
    assert "what is already in the library works without one" in str(offline.value)


def test_a_port_where_nothing_listens_is_said_plainly(web: Web, folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening
        place = f"docs.test:{taken.getsockname()[1]}"
        with pytest.raises(OfflineError, match="does not accept a connection"):
            fetch(f"https://{place}/", folder=folder, allowed_hosts=frozenset([place]), policy=web.policy())


def test_a_server_that_speaks_no_tls_is_refused(web: Web, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:
        place = f"docs.test:{plain.getsockname()[1]}"
        limits = Limits(idle_seconds=0.2)
        with pytest.raises(FetchError, match="sent nothing"):
            fetch(
                f"https://{place}/", folder=folder, allowed_hosts=frozenset([place]), limits=limits, policy=web.policy()
            )


def test_a_folder_that_cannot_be_written_is_said(web: Web, tmp_path: Path) -> None:
    web.page("/page", PAGE)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FetchError, match="cannot be kept"):
        Getter(web, tmp_path / "taken")("/page")


def test_two_at_once_do_not_write_into_one_file(web: Web, get: Getter, folder: Path) -> None:
    from filelock import FileLock

    folder.mkdir()
    with FileLock(folder / ".lock"):
        assert "another Exam Tutor" in get.refused("/page", limits=Limits(lock_seconds=0))


def test_a_path_that_climbs_stays_in_the_folder(web: Web, get: Getter, folder: Path) -> None:
    path = "/..%2f..%2f..%2fetc%2fpasswd"
    web.page(path, PAGE)
    assert get(path).file.parent == folder
    assert set(folder.parent.iterdir()) <= {folder, folder.parent / "home"}


def sources(*urls: str) -> list[Source]:
    about = {"title": "T", "publisher": "P", "kind": "guide", "licence": "L"}
    return [Source.model_validate({"id": f"s{number}", "url": url, **about}) for number, url in enumerate(urls)]


def test_all_of_a_list_is_tried_past_failures(web: Web, folder: Path) -> None:
    web.page("/a", PAGE)
    web.page("/c.pdf", PDF, "application/pdf")
    web.redirect("/d", web.url("/a", "files.test"))
    listed = sources(web.url("/a"), web.url("/b"), web.url("/c.pdf"), web.url("/d"))
    outcomes = list(fetch_all(listed, folder=folder, policy=web.policy()))
    assert [outcome.fetched is not None for outcome in outcomes] == [True, False, True, False]
    assert "status 404" in str(outcomes[1].error)
    assert f"--allow-host files.test:{web.port}" in str(outcomes[3].error)
    again = list(fetch_all(listed, folder=folder, allowed_hosts=web.allowed("files.test"), policy=web.policy()))
    assert [outcome.fetched and outcome.fetched.status for outcome in again] == ["unchanged", None, "unchanged", "new"]


def test_a_host_that_cannot_be_reached_is_asked_for_once(web: Web, folder: Path) -> None:
    asked: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return _offline()

    listed = sources(*(web.url(f"/{number}") for number in range(25)))
    outcomes = list(fetch_all(listed, folder=folder, policy=web.policy(resolve=resolve)))
    assert asked == ["docs.test"]
    assert len(outcomes) == 25
    assert all(isinstance(outcome.error, OfflineError) for outcome in outcomes)
    assert outcomes[7].error is not None
    assert outcomes[7].error.source == web.url("/7")


def test_time_left_comes_from_the_rate() -> None:
    assert Progress("u", received=25, total=100, rate=5.0).seconds_left == 15.0
    assert Progress("u", received=25, total=None, rate=5.0).seconds_left is None
    assert Progress("u", received=0, total=100, rate=0.0).seconds_left is None
