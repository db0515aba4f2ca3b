"""From the web into the library: what is downloaded is cited by its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.exam_pack import Source
from corpus.library import Library
from corpus.settings import Settings, load_settings
from ingest.fetch.pipeline import ingest_sources, ingest_url
from ingest.pipeline import Status
from tests.conftest import NOW
from tests.ingest.https_server import PAGE, Web
from tests.pdf_maker import make_pdf


@pytest.fixture
def settings(home: Path) -> Settings:
    return load_settings()


def test_a_web_page_is_cited_by_its_address_and_its_reader_is_that_of_its_type(
    web: Web, library: Library, settings: Settings
) -> None:
    url = web.url("/dg/tea?v=1.2")  # a suffix by its looks, and no reader's
    web.page("/dg/tea?v=1.2", PAGE, etag='"v1"')
    options = {"settings": settings, "allowed_hosts": web.allowed(), "now": NOW, "policy": web.policy()}
    report = ingest_url(url, library, **options)  # type: ignore[arg-type]
    assert (report.ingested.status, report.ingested.path) == (Status.ADDED, url)
    chunk = library.search("Where does tea grow?")[0].chunk
    assert chunk.text == "Tea grows in Yunnan."
    assert (chunk.source, chunk.location.url, chunk.kind) == (url, url, "web")
    again = ingest_url(url, library, **options)  # type: ignore[arg-type]
    assert again.ingested.status is Status.UNCHANGED
    assert again.fetched is not None
    assert again.fetched.status == "unchanged"
    web.page("/dg/tea?v=1.2", PAGE.replace(b"Yunnan", b"Assam"), etag='"v2"')
    assert ingest_url(url, library, **options).ingested.status is Status.REPLACED  # type: ignore[arg-type]
    assert library.search("Where does tea grow?")[0].chunk.text == "Tea grows in Assam."


def test_a_failed_download_is_in_the_report_and_leaves_what_was_read(
    web: Web, library: Library, settings: Settings
) -> None:
    web.page("/tea", PAGE)
    options = {"settings": settings, "allowed_hosts": web.allowed(), "now": NOW}
    ingest_url(web.url("/tea"), library, policy=web.policy(), **options)  # type: ignore[arg-type]
    offline = web.policy(resolve=lambda *_: [])
    report = ingest_url(web.url("/tea"), library, policy=offline, **options)  # type: ignore[arg-type]
    assert report.ingested.status is Status.FAILED
    assert "works without one" in report.ingested.reason
    assert report.fetched is None
    assert library.search("Where does tea grow?")[0].chunk.text == "Tea grows in Yunnan."


def test_the_size_limit_is_that_of_the_settings(
    web: Web, library: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAM_TUTOR_MAX_FILE_MB", "1")
    web.page("/big", b"<p>" + b"x" * 1_000_001)
    report = ingest_url(
        web.url("/big"),
        library,
        settings=load_settings(),
        allowed_hosts=web.allowed(),
        now=NOW,
        policy=web.policy(),
    )
    assert "1.0 MB are allowed" in report.ingested.reason


def test_a_list_of_sources_comes_in_past_failures_and_bad_documents(
    web: Web, library: Library, settings: Settings
) -> None:
    web.page("/tea", PAGE)
    web.page("/guide.pdf", make_pdf([["One."], ["A gaiwan holds 120 millilitres."]]), "application/pdf")
    web.page("/bad.pdf", b"%PDF-1.7 and then nothing", "application/pdf")
    about = {"title": "T", "publisher": "P", "kind": "guide", "licence": "L"}
    listed = [
        Source.model_validate({"id": f"s{number}", "url": web.url(path), **about})
        for number, path in enumerate(["/tea", "/missing", "/bad.pdf", "/guide.pdf"])
    ]
    reports = list(ingest_sources(listed, library, settings=settings, now=NOW, policy=web.policy()))
    assert [str(report.ingested.status) for report in reports] == ["added", "failed", "failed", "added"]
    assert [report.fetched is None for report in reports] == [False, True, False, False]
    hit = library.search("How much does a gaiwan hold?")[0].chunk
    assert (hit.location.page, hit.source, hit.kind) == (2, web.url("/guide.pdf"), "guide")
