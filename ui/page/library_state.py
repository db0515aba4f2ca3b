"""What the library holds and how far its vectors are: a line under the header that keeps itself current."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import ExamTutorError
from corpus.library import Library, LibraryState
from corpus.manifest import SourceRecord
from ui.background import Background
from ui.page.citations import escaped

if TYPE_CHECKING:
    import gradio as gr

REFRESH_SECONDS = 2.0
LISTED = 200
"""Sources the list shows; the command line shows all."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LibraryView:
    """Reads the library for the page."""

    library: Library
    background: Background

    def refresh(self) -> tuple[str, str, gr.Timer]:
        """The progress line, the list of sources, and the timer, which runs until every passage has its vector."""
        import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

        try:
            state, sources = self.library.state(), self.library.sources()
        except ExamTutorError as error:
            _log.error("%s", error)
            return progress_html(None, str(error)), "", gr.Timer(active=False)
        problem = self.background.problem
        wait = state.chunks == 0 or (state.pending > 0)
        return progress_html(state, problem, self.background.pace), sources_html(sources), gr.Timer(active=wait)


def build_library_state(page: gr.Blocks, view: LibraryView) -> None:
    """Put the line onto the page under construction, and keep it current."""
    import gradio as gr  # noqa: PLC0415  see above

    progress = gr.HTML(progress_html(None, ""), elem_id="library-progress", apply_default_css=False, js_on_load=None)
    sources = gr.HTML("", elem_id="library-sources", apply_default_css=False, js_on_load=None)
    timer = gr.Timer(REFRESH_SECONDS)
    for moment in (page.load, timer.tick):
        moment(
            view.refresh,
            None,
            [progress, sources, timer],
            show_progress="hidden",
            api_visibility="private",
            concurrency_limit=None,
        )


def progress_html(state: LibraryState | None, problem: str, pace: float = 0.0) -> str:
    """`12 sources · 340 passages · 120 of 340 passages have vectors`, a bar, and in words what stopped it.

    `pace` is how many vectors are made a second, 0 while that is not known; with it the time left is told.
    """
    told = f'<p class="problem" role="alert">{escaped(problem)}</p>' if problem else ""
    if state is None:
        return f"{'' if told else '<p>Opening the library…</p>'}{told}"
    if state.chunks == 0:
        return f"<p>Reading the exam pack into the library…</p>{told}"
    held = (
        f'<button type="button" class="library-count" popovertarget="sources-panel">{state.sources:,} '
        f"{'source' if state.sources == 1 else 'sources'}, {state.chunks:,} passages</button>"
    )
    if state.pending == 0:
        return f"<p>{held} · found by words and by meaning</p>{told}"
    bar = (
        f'<progress max="{state.chunks}" value="{state.embedded}" aria-label="Passages with vectors"></progress>'
        f"<span>{state.embedded:,} of {state.chunks:,} passages have vectors{_time_left(state.pending, pace)}</span>"
    )
    meanwhile = "" if problem else " · found by words so far"
    return f"<p>{held} · {bar}{meanwhile}</p>{told}"


def _time_left(pending: int, pace: float) -> str:
    if pace <= 0:
        return ""
    minutes = math.ceil(pending / pace / 60)
    return f", {pace:.0f} a second, {minutes} {'minute' if minutes == 1 else 'minutes'} left"


def sources_html(sources: Sequence[SourceRecord]) -> str:
    """The panel that lists the sources, the learner's own first, opened by the count in the progress line."""
    rows = "".join(
        f'<li><bdi dir="auto">{escaped(record.title)}</bdi><span class="tag">{escaped(record.kind)}</span>'
        f'<span class="tag">{record.chunks:,} {"passage" if record.chunks == 1 else "passages"}</span></li>'
        for record in sorted(sources, key=_own_first)[:LISTED]
    )
    if len(sources) > LISTED:
        rows += f"<li>and {len(sources) - LISTED:,} more: <code>exam-tutor sources</code> lists them all</li>"
    return (
        '<section class="passage" id="sources-panel" popover role="dialog" aria-labelledby="sources-title" '
        'tabindex="-1" autofocus><header><h3 id="sources-title">What the tutor answers from</h3>'
        '<button type="button" class="close" popovertarget="sources-panel" popovertargetaction="hide" '
        'aria-label="Close"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 3.5l9 9m0-9l-9 9"/></svg>'
        f'</button></header><ul class="library-list">{rows}</ul>'
        "<footer><p>To add a source: <code>exam-tutor ingest PATH</code></p></footer></section>"
    )


def _own_first(record: SourceRecord) -> tuple[bool, str]:
    return record.id.startswith("pack:"), record.title.casefold()
