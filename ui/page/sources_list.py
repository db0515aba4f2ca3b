"""The library as HTML: how far it is, what was just brought in, and what it holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from corpus.library import LibraryState
from corpus.manifest import SourceRecord
from ui.incoming import Job, Stage
from ui.page.citations import escaped, official_link

LISTED = 100
"""Sources that a group shows; the command line shows all."""

_STAGES = {
    Stage.WAITING: "waiting",
    Stage.READING: "being read",
    Stage.DONE: "in the library",
    Stage.FAILED: "not added",
}


def status_html(state: LibraryState | None, problem: str) -> str:
    """One line for the head of the page: nothing is to be said of a library that is ready."""
    if problem:
        return '<p class="status bad">Searching by words only</p>'
    if state is None or state.chunks == 0:
        return '<p class="status"><span class="dot"></span>Opening the library</p>'
    if state.pending:
        return f'<p class="status"><span class="dot"></span>Preparing: {_percent(state)} %</p>'
    return '<p class="status ready"><span class="dot"></span>Library ready</p>'


def progress_html(state: LibraryState | None, problem: str, pace: float = 0.0) -> str:
    """How much there is, how much of it can be found by meaning, and in words what stopped that.

    `pace` is how many vectors are made a second, 0 while that is not known; with it the time left is told.
    """
    told = f'<p class="problem" role="alert">{escaped(problem)}</p>' if problem else ""
    if state is None:
        return f"{'' if told else '<p>Opening the library…</p>'}{told}"
    if state.chunks == 0:
        return f"<p>Reading the exam pack into the library…</p>{told}"
    held = f"<b>{state.sources:,}</b> {_plural(state.sources, 'source')}, <b>{state.chunks:,}</b> passages"
    if state.pending == 0:
        return f"<p>{held}, found by words and by meaning.</p>{told}"
    return (
        f"<p>{held}, found by words{' so far' if not problem else ''}.</p>"
        f'<p class="bar"><progress max="{state.chunks}" value="{state.embedded}" aria-label="Passages with vectors">'
        f"</progress><span>{state.embedded:,} of {state.chunks:,} can be found by meaning too"
        f"{_time_left(state.pending, pace)}</span></p>{told}"
    )


def jobs_html(jobs: Sequence[Job]) -> str:
    """What was brought in since the page was started, the latest first."""
    if not jobs:
        return ""
    rows = "".join(
        f'<li class="{job.stage}"><bdi dir="auto">{escaped(job.name)}</bdi><span class="tag {job.stage}">'
        f"{_STAGES[job.stage]}</span>{_outcome(job)}</li>"
        for job in jobs
    )
    return f'<h3>Just brought in</h3><ul class="rows" aria-live="polite">{rows}</ul>'


def _outcome(job: Job) -> str:
    said = f"{job.chunks:,} {_plural(job.chunks, 'passage')}. " if job.chunks else ""
    return f"<p>{escaped(said + job.reason)}</p>" if said or job.reason else ""


def sources_html(
    sources: Sequence[SourceRecord],
    domains: Mapping[str, Iterable[str]],
    is_own: Callable[[str], bool],
    may_forget: Callable[[str], bool],
) -> str:
    """What the tutor answers from, in three groups: the learner's own, documents, and the exam pack."""
    own = [record for record in sources if is_own(record.id)]
    pack = [record for record in sources if record.id.startswith("pack:")]
    taken = {record.id for record in (*own, *pack)}
    others = [record for record in sources if record.id not in taken]
    empty = "<p class='empty'>Nothing of yours yet. Add notes or a link above, and the tutor answers from them too.</p>"

    def group(title: str, records: Sequence[SourceRecord], *, is_open: bool) -> str:
        rows = "".join(_row(record, domains.get(record.id, ()), may_forget(record.id)) for record in records[:LISTED])
        if len(records) > LISTED:
            rows += f"<li>and {len(records) - LISTED:,} more; <code>exam-tutor sources</code> lists them all</li>"
        return (
            f"<details {'open' if is_open else ''}><summary>{title} <span class='count'>{len(records):,}</span>"
            f"</summary><ul class='rows'>{rows}</ul></details>"
        )

    return (
        (group("Yours", own, is_open=True) if own else empty)
        + (group("Documents", others, is_open=True) if others else "")
        + (group("Exam pack", pack, is_open=False) if pack else "")
    )


def _row(record: SourceRecord, domains: Iterable[str], may_forget: bool) -> str:
    tags = "".join(f'<span class="tag" title="Exam domain">domain {escaped(domain)}</span>' for domain in domains)
    forget = (
        f'<button type="button" class="quiet" data-do="forget" data-about="{escaped(record.id)}" '
        f'data-ask="Forget {escaped(record.title)}? Its passages leave the library." '
        f'aria-label="Forget {escaped(record.title)}">Forget</button>'
        if may_forget
        else ""
    )
    return (
        f'<li><bdi dir="auto">{escaped(record.title)}</bdi><span class="tags"><span class="tag">{escaped(record.kind)}'
        f'</span><span class="tag">{record.chunks:,} {_plural(record.chunks, "passage")}</span>{tags}</span>'
        f"{official_link(record.url)}{forget}</li>"
    )


def _percent(state: LibraryState) -> int:
    return state.embedded * 100 // max(state.chunks, 1)


def _time_left(pending: int, pace: float) -> str:
    if pace <= 0:
        return ""
    minutes = math.ceil(pending / pace / 60)
    return f", {pace:.0f} a second, {minutes} {_plural(minutes, 'minute')} left"


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
