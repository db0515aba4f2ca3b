"""How answers and progress look in a terminal. Results go to standard output, all else to standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from corpus.doctor import Complaint
from corpus.library import LibraryState, Removed
from corpus.manifest import SourceRecord
from corpus.process_lock import Holder
from ingest.pipeline import IngestReport, Status, Step
from tutor.answers import Answer, Citation

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def show_answer(answer: Answer) -> None:
    """The answer with numbered citations, or what was looked for and what came nearest."""
    if answer.note:
        err.print(escape(answer.note))
    numbers = {citation: number for number, citation in enumerate(answer.citations, start=1)}
    for claim in answer.claims:
        marks = "".join(f"[{numbers[citation]}]" for citation in claim.citations)
        out.print(f"{escape(claim.text)} [bold cyan]{escape(marks)}[/]")
    if answer.abstained:
        _show_abstention(answer)
    for citation, number in numbers.items():
        _show_citation(citation, escape(f"[{number}]"))


def _show_abstention(answer: Answer) -> None:
    out.print("Nothing in the library supports an answer to that.")
    if answer.evidence.missing:
        out.print(f"Not found anywhere near: {escape(', '.join(answer.evidence.missing))}.")
    if answer.nearest:
        out.print("The nearest passages are:")
        for citation in answer.nearest:
            _show_citation(citation, "·")
    out.print("To add a source: exam-tutor ingest PATH")


def _show_citation(citation: Citation, mark: str) -> None:
    chunk = citation.chunk
    place = [chunk.context]
    if chunk.location.page is not None:
        place.append(f"page {chunk.location.page}")
    place.append(chunk.location.url or chunk.source)
    out.print(f"\n[bold cyan]{mark}[/] [bold]{escape(place[0])}[/]" + escape("".join(f" · {p}" for p in place[1:])))
    if citation.quote:
        out.print(f"    “{escape(citation.quote)}”")


def show_ingest(report: IngestReport) -> None:
    """How many sources came in, and each that did not with its reason."""
    counts = {status: sum(r.status is status for r in report.sources) for status in Status}
    said = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    out.print(f"{said or 'nothing to read'}; {report.chunks:,} passages written.")
    for failure in report.failed:
        err.print(f"[red]failed[/] {escape(failure.path)}: {escape(failure.reason)}")
    for noted in report.sources:
        if noted.reason and noted.status is not Status.FAILED:
            err.print(f"[yellow]note[/] {escape(noted.path)}: {escape(noted.reason)}")


def show_vanished(records: Sequence[SourceRecord]) -> None:
    """Which indexed files are no longer there, and how to take them out."""
    for record in records:
        err.print(f"[yellow]no longer there[/] {escape(record.id)}")
    err.print("To take them out of the library, run the same command with --prune.")


def show_complaints(complaints: Sequence[Complaint]) -> None:
    """What the doctor found, and what became of it."""
    for complaint in complaints:
        done = "mended" if complaint.mend else "not to be mended here: move the library away and ingest again"
        out.print(f"{complaint.part}: {escape(complaint.problem)} ({done})")
    out.print("The library is sound." if not complaints else "Run 'exam-tutor embed' for vectors that are missing now.")


def show_removed(removed: Sequence[Removed], left_to: Holder | None, *, as_json: bool) -> None:
    """What went with each source, and who takes its vectors out of the index, where that is another process."""
    for one in removed if not as_json else ():
        out.print(
            f"Removed {escape(one.source)}: {one.passages:,} passages, {one.vectors:,} vectors, "
            f"{one.cached:,} cache entries."
        )
    if left_to is not None:
        say(f"{left_to} has the vector index; it takes the vectors out of it in a moment.")


def say(message: str) -> None:
    """A remark beside the result."""
    err.print(message, markup=False)


def show_error(message: str) -> None:
    """An error in the words it was raised with."""
    err.print(f"[red]error[/] {escape(message)}")


@contextmanager
def _progress(*counts: ProgressColumn) -> Iterator[Progress]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *counts)
    with Progress(*columns, TimeRemainingColumn(), console=err, transient=True) as progress:
        yield progress


@contextmanager
def reading() -> Iterator[Callable[[Step], None]]:
    """A bar for files; the block gets the callback that moves it."""
    with _progress(TaskProgressColumn()) as progress:
        task = progress.add_task("reading", total=None)
        passages = 0

        def move(step: Step) -> None:
            nonlocal passages
            passages += step.latest.chunks
            # Files differ in size by thousands: what is left is told by bytes where they are known.
            by_bytes = step.bytes_total > 0
            total, done = (step.bytes_total, step.bytes_done) if by_bytes else (step.total, step.done)
            said = f"reading, {step.done:,} of {step.total:,} sources, {passages:,} passages"
            progress.update(task, total=total, completed=done, description=said)

        yield move


@contextmanager
def embedding(pending: int) -> Iterator[Callable[[LibraryState], None]]:
    """A bar for vectors; the block gets the callback that moves it."""
    with _progress(MofNCompleteColumn(), TaskProgressColumn(show_speed=True)) as progress:
        task = progress.add_task("making vectors", total=pending)

        def move(state: LibraryState) -> None:
            progress.update(task, total=max(pending, state.pending), completed=max(pending - state.pending, 0))

        yield move


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A spinner while something takes its seconds."""
    with err.status(what):
        yield
