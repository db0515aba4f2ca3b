"""Downloads that are too large, too slow, break off, or are not what they say; from a real server on loopback."""

from __future__ import annotations

import pytest

from ingest.fetch.fetching import Limits, Progress
from tests.ingest.https_server import PAGE, PDF, Getter, Handler, Web

LONG = PDF + b"\n%" + b"x" * 200_000  # some chunks' worth


@pytest.mark.parametrize("announced", [True, False])
def test_what_is_too_large_is_refused_and_not_kept(web: Web, get: Getter, announced: bool) -> None:
    sent = []

    def route(handler: Handler) -> None:
        length = {"Content-Length": "100000000"} if announced else {}
        handler.begin(200, {"Content-Type": "text/html", "ETag": '"v1"', "Connection": "close"} | length)
        while not web.over.is_set() and len(sent) < 1000:
            handler.wfile.write(b"<p>endless" * 1000)
            sent.append(1)

    web.routes["/page"] = route
    said = get.refused("/page", limits=Limits(max_bytes=50_000))
    assert ("has 100.0 MB" if announced else "has more") in said
    assert "EXAM_TUTOR_MAX_FILE_MB" in said
    assert get.files == set()


def test_a_small_packed_answer_that_unpacks_large_is_refused(web: Web, get: Getter) -> None:
    import gzip

    bomb = gzip.compress(b"<p>" + b"0" * 5_000_000)
    web.routes["/page"] = lambda handler: handler.answer(
        200, bomb, {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    )
    assert "are allowed" in get.refused("/page", limits=Limits(max_bytes=1_000_000))
    assert web.requests[0].headers["Accept-Encoding"] == "identity"


def test_a_packed_answer_is_unpacked(web: Web, get: Getter) -> None:
    import gzip

    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    web.routes["/page"] = lambda handler: handler.answer(200, gzip.compress(PAGE), headers)
    assert get("/page").file.read_bytes() == PAGE
    web.routes["/page"] = lambda handler: handler.answer(200, b"not gzip", headers)
    assert "cannot be unpacked" in get.refused("/page")


@pytest.mark.parametrize("where", ["before the answer", "in the body"])
def test_a_server_that_falls_silent_is_left(web: Web, get: Getter, where: str) -> None:
    def route(handler: Handler) -> None:
        if where == "in the body":
            handler.begin(200, {"Content-Type": "text/html", "Content-Length": "1000"})
            handler.wfile.write(b"<p>and then")
        web.over.wait(5)

    web.routes["/page"] = route
    assert "sent nothing for 0.2 seconds" in get.refused("/page", limits=Limits(idle_seconds=0.2))


def test_silence_does_not_outlast_the_whole_s_time(web: Web, get: Getter) -> None:
    web.routes["/page"] = lambda _: web.over.wait(5)
    assert "longer than 0.2 seconds" in get.refused("/page", limits=Limits(idle_seconds=3, total_seconds=0.2))


@pytest.mark.parametrize("where", ["in the headers", "in the body"])
def test_a_server_that_drips_is_left_when_the_time_is_up(web: Web, get: Getter, where: str) -> None:
    def route(handler: Handler) -> None:
        if where == "in the body":
            handler.begin(200, {"Content-Type": "text/html", "Content-Length": "100000"})
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not web.over.wait(0.03):
            handler.wfile.write(b"<")

    web.routes["/page"] = route
    limits = Limits(idle_seconds=5, total_seconds=0.4)
    assert "longer than 0.4 seconds" in get.refused("/page", limits=limits)


def test_a_broken_download_is_taken_up_where_it_ended(web: Web, get: Getter) -> None:
    web.broken("/guide.pdf", LONG, 150_000, "application/pdf", '"v1"')
    said = get.refused("/guide.pdf")
    assert "broke" in said
    assert "goes on from where it broke off" in said
    assert get.files == {"part", "part.json"}
    web.page("/guide.pdf", LONG, "application/pdf", '"v1"')
    steps: list[Progress] = []
    got = get("/guide.pdf", on_progress=steps.append)
    assert got.file.read_bytes() == LONG
    asked = web.requests[-1].headers
    start = int(asked["Range"].removeprefix("bytes=").removesuffix("-"))
    assert start > 100_000
    assert asked["If-Range"] == '"v1"'
    assert (steps[0].received > start, steps[-1].total) == (True, len(LONG))
    assert get.files == {"pdf", "json"}


def test_what_changed_meanwhile_is_fetched_from_the_start(web: Web, get: Getter) -> None:
    web.broken("/guide.pdf", LONG, 150_000, "application/pdf", '"v1"')
    get.refused("/guide.pdf")
    web.page("/guide.pdf", PDF, "application/pdf", '"v2"')  # If-Range no longer fits: 200 and the whole
    assert get("/guide.pdf").file.read_bytes() == PDF
    assert "Range" in web.requests[-1].headers


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {"Content-Range": f"bytes 0-9/{len(LONG)}"}),  # a piece from elsewhere
        (206, {"Content-Range": "bytes */5"}),
        (206, {}),
        (206, {"Content-Range": f"bytes 150000-150009/{len(LONG)}", "ETag": '"v2"'}),  # a piece of another version
        (416, {"Content-Range": "bytes */10"}),
    ],
)
def test_a_server_that_goes_on_wrongly_is_asked_for_the_whole(
    web: Web, get: Getter, status: int, headers: dict[str, str]
) -> None:
    web.broken("/guide.pdf", LONG, 150_000, "application/pdf", '"v1"')
    get.refused("/guide.pdf")

    def route(handler: Handler) -> None:
        if "Range" in handler.headers:
            handler.answer(status, b"0123456789", {"Content-Type": "application/pdf", **headers})
        else:
            handler.answer(200, LONG, {"Content-Type": "application/pdf"})

    web.routes["/guide.pdf"] = route
    assert get("/guide.pdf").file.read_bytes() == LONG
    assert len(web.requests) == 3


@pytest.mark.parametrize("etag", ["", 'W/"v1"'])
def test_without_a_strong_etag_nothing_is_pieced_together(web: Web, get: Getter, etag: str) -> None:
    web.broken("/guide.pdf", LONG, 150_000, "application/pdf", etag)
    get.refused("/guide.pdf")
    web.page("/guide.pdf", LONG, "application/pdf", etag)
    assert get("/guide.pdf").file.read_bytes() == LONG
    assert "Range" not in web.requests[-1].headers


def test_what_was_there_stays_until_the_new_one_is_whole(web: Web, get: Getter) -> None:
    web.page("/guide.pdf", PDF, "application/pdf", '"v1"')
    first = get("/guide.pdf")
    web.broken("/guide.pdf", LONG, 150_000, "application/pdf", '"v2"')
    get.refused("/guide.pdf")
    assert first.file.read_bytes() == PDF
    web.page("/guide.pdf", LONG, "application/pdf", '"v2"')
    assert get("/guide.pdf").status == "changed"
    assert web.requests[-1].headers["If-None-Match"] == '"v1"'
    assert first.file.read_bytes() == LONG


@pytest.mark.parametrize(
    ("path", "body", "kind", "said"),
    [
        ("/a.zip", b"PK\x03\x04", "application/zip", "sends 'application/zip', which cannot be read"),
        ("/guide.pdf", PAGE, "text/html", "the address ends in .pdf, but the server sends 'text/html'"),
        ("/guide.pdf", PAGE, "application/pdf", "what the server sends as .pdf is a web page"),
        ("/guide.pdf", PAGE * 100, "application/octet-stream", "what the server sends as .pdf is a web page"),
        ("/page", PDF, "text/html", "is a binary file"),
        ("/page", b"", "text/html", "an empty document"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_not_kept(
    web: Web, get: Getter, path: str, body: bytes, kind: str, said: str
) -> None:
    web.page(path, body, kind, '"v1"')
    assert said in get.refused(path)
    assert get.files == set()
