"""`exam-tutor fetch`: the official documents that the pack lists, downloaded and read into the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from corpus.errors import FetchError
from corpus.exam_pack import ExamPack, load_pack
from corpus.settings import Settings, load_settings
from ingest.fetch import fetching
from ingest.fetch.pipeline import WebReport, ingest_sources
from ingest.pipeline import IngestReport
from ingest.tag import Tagger
from tutor.assemble import open_library
from ui import shapes, terminal
from ui.as_json import AsJson, print_json


def fetch_sources(
    hosts: Annotated[
        list[str] | None,
        typer.Option("--allow-host", help="Another host to fetch from, where a document has moved to. Repeatable."),
    ] = None,
    as_json: AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the documents and fetch nothing.")] = False,
) -> None:
    """Download the official documents that the pack lists, and read them into the library."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    if dry_run:
        _list(settings, pack, as_json)
        return
    allowed = named_hosts(hosts or [])
    reports = []
    with closing(open_library(settings)) as library, downloading() as move:
        for report in ingest_sources(
            pack.sources,
            library,
            settings=settings,
            allowed_hosts=allowed,
            now=datetime.now(UTC),
            on_progress=move,
            tagger=Tagger(pack),
        ):
            reports.append(report)
    _show(reports, as_json)
    if any(report.fetched is None for report in reports) or IngestReport(tuple(r.ingested for r in reports)).failed:
        raise typer.Exit(1)


def named_hosts(hosts: list[str]) -> frozenset[str]:
    """The hosts that a user allowed by name; a name that is none is wrong usage."""
    try:
        return frozenset(fetching.host_of(host) for host in hosts)
    except FetchError as error:
        raise typer.BadParameter(str(error), param_hint="--allow-host") from error


@contextmanager
def downloading() -> Iterator[Callable[[fetching.Progress], None]]:
    """A bar for bytes; the block gets the callback that moves it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=terminal.err, transient=True) as progress:
        task = progress.add_task("connecting", total=None)
        current = ""

        def move(step: fetching.Progress) -> None:
            nonlocal current
            if step.url != current:
                current = step.url
                progress.reset(task, description=escape(step.url), total=step.total)
            progress.update(task, total=step.total, completed=step.received)

        yield move


def report_json(report: WebReport) -> shapes.Json:
    """As `ingest`'s `{"path", "status", "chunks", "reason"}`, and "download", "file", "sha256", "final_url" or null."""
    done, got = report.ingested, report.fetched
    return {
        "path": done.path,
        "status": str(done.status),
        "chunks": done.chunks,
        "reason": done.reason,
        "download": got.status if got else None,
        "file": str(got.file) if got else None,
        "sha256": got.sha256 if got else None,
        "final_url": got.final_url if got else None,
    }


def _show(reports: list[WebReport], as_json: bool) -> None:
    if as_json:
        print_json({"sources": [report_json(report) for report in reports]})
        return
    downloads = [report.fetched.status for report in reports if report.fetched is not None]
    counts = ", ".join(f"{downloads.count(status)} {status}" for status in sorted(set(downloads)))
    terminal.out.print(f"Downloads: {counts or 'none'}; {len(reports) - len(downloads)} failed. In the library:")
    terminal.show_ingest(IngestReport(tuple(report.ingested for report in reports)))


def _list(settings: Settings, pack: ExamPack, as_json: bool) -> None:
    folder = settings.home / "sources"
    rows = [
        {**source.model_dump(mode="json"), "here": fetching.have(str(source.url), folder)} for source in pack.sources
    ]
    if as_json:
        print_json({"sources": rows})
        return
    for row in rows:
        mark = "  (here)" if row["here"] else ""
        terminal.out.print(f"{row['title']}, {row['publisher']}{mark}\n    {row['url']}", markup=False)
    here = sum(bool(row["here"]) for row in rows)
    terminal.out.print(f"{len(rows)} documents, {here} of them here. 'exam-tutor fetch' downloads the rest.")
