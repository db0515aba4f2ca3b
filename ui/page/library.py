"""The Library tab: notes and links go in, what the tutor answers from is listed, and can be forgotten."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import ExamTutorError, SourceError
from ingest.arguments import is_address
from ui.page.citations import escaped
from ui.page.parts import Visit, on, part
from ui.page.sources_list import jobs_html, progress_html, sources_html, status_html
from ui.page.study import Study
from ui.page.uploads import TYPES, accept

if TYPE_CHECKING:
    import gradio as gr

REFRESH_SECONDS = 2.0

_LINK_FORM = (
    '<form class="card" data-do="add-link" data-clear><h3><label for="link">Add a link</label></h3>'
    "<p>A page or a PDF on the web. It is downloaded once, and cited by its address{shared}.</p>"
    '<div class="line"><input id="link" name="link" type="url" inputmode="url" placeholder="https://…" required '
    'autocomplete="off"><button type="submit" class="primary">Add</button></div></form>'
)

_log = logging.getLogger(__name__)


class LibraryTab:
    """What the tab shows and does."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def status(self, visit: Visit) -> tuple[Any, ...]:
        """Head line, progress, what was brought in, and the timer, which runs while anything goes on."""
        import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

        background = self.study.background
        try:
            state = self.study.library.state()
        except ExamTutorError as error:
            _log.error("%s", error)
            return status_html(None, str(error)), progress_html(None, str(error)), "", gr.Timer(active=False)
        goes_on = state.chunks == 0 or state.pending > 0 or background.incoming.is_busy(visit.learner)
        return (
            status_html(state, background.problem),
            progress_html(state, background.problem, background.pace),
            jobs_html(background.incoming.jobs(visit.learner)),
            gr.Timer(active=goes_on),
        )

    def sources(self, visit: Visit) -> str:
        """What this learner's answers come from."""
        library = self.study.desk(visit.learner).library
        return sources_html(
            library.sources(),
            _domains(library.tagged()),
            lambda source: self.study.owners.owns(visit.learner, source),
            lambda source: self.study.may_forget(visit.learner, source),
        )

    def tick(self, visit: Visit, busy: bool) -> tuple[Any, ...]:
        """The status; the list of sources too, when something has just been read."""
        import gradio as gr  # noqa: PLC0415  see above

        is_busy = self.study.background.incoming.is_busy(visit.learner)
        listed = self.sources(visit) if busy and not is_busy else gr.skip()
        return (*self.status(visit), listed, is_busy)

    def add_files(self, visit: Visit, paths: Sequence[str] | str | None) -> str:
        """Take uploaded files in; what is wrong with one does not keep the others out."""
        problems = []
        for path in [paths] if isinstance(paths, str) else paths or ():
            try:
                file = accept(Path(path), self.study.owners.folder(visit.learner), self.study.settings.max_file_mb)
                if not self.study.background.incoming.put(visit.learner, file.name, str(file)):
                    problems.append("Too much is waiting to be read. Try again in a while.")
            except SourceError as error:
                problems.append(str(error))
        return _problems_html(problems)

    def act(self, visit: Visit) -> str:
        """Add a link; returns what is wrong with it."""
        address = visit.act.said("link")
        if not is_address(address):
            return _problems_html(["A link begins with https://."])
        queued = self.study.background.incoming.put(visit.learner, address, address)
        return _problems_html([] if queued else ["Too much is waiting to be read. Try again in a while."])

    def forget(self, visit: Visit) -> str:
        """Take a source out, with the file where the page brought it in; the list that is left."""
        source = visit.act.about
        if visit.act.do == "forget" and self.study.may_forget(visit.learner, source):
            self.study.library.remove(source)
            if self.study.owners.owns(visit.learner, source):
                Path(source).unlink(missing_ok=True)
            self.study.background.embed_new()
        return self.sources(visit)


def build_library(tab: LibraryTab, page: gr.Blocks, here: gr.Tab, status: gr.HTML, timer: gr.Timer) -> None:
    """Put the tab onto the page under construction; `status` and `timer` stand in the page's head.

    They must: what is in a tab is not there before the tab is first opened.
    """
    import gradio as gr  # noqa: PLC0415  see above

    gr.HTML(
        '<h2 class="title">Library</h2><p class="lead">What the tutor answers from, and nothing else.</p>',
        apply_default_css=False,
        js_on_load=None,
    )
    progress = part(progress_html(None, ""), elem_id="library-progress")
    with gr.Row(elem_id="library-add", equal_height=True):
        with gr.Column(elem_classes="card", min_width=240):
            gr.HTML(
                f"<h3>Add your notes</h3><p>PDF, Word, slides, Markdown, notebooks or text, up to "
                f"{tab.study.settings.max_file_mb} MB each. They stay on this machine{_apart(tab.study)}.</p>",
                apply_default_css=False,
                js_on_load=None,
            )
            upload = gr.UploadButton(
                "Choose files", file_count="multiple", file_types=list(TYPES), elem_id="upload", variant="primary"
            )
        link = part(
            _LINK_FORM.format(shared="" if tab.study.accounts is None else "; all learners see it"), elem_id="link-form"
        )
    notice = part("", elem_id="library-notice", template='<div role="status">${value}</div>')
    jobs = part("", elem_id="library-jobs")
    sources = part("", elem_id="library-sources")
    busy = gr.State(False)
    going = [status, progress, jobs, timer]
    on([page.load], tab.status, outputs=going, concurrency_limit=None)
    on([timer.tick], tab.tick, [busy], [*going, sources, busy], concurrency_limit=None)
    on([here.select, sources.act], tab.forget, outputs=[sources])
    for added in (
        *on([upload.upload], tab.add_files, [upload], [notice]),
        *on([link.act], tab.act, outputs=[notice]),
    ):
        on([added.then], lambda visit: (*tab.status(visit), True), outputs=[*going, busy])


def _domains(tagged: Sequence[tuple[str, str, str | None, int]]) -> Mapping[str, list[str]]:
    """The domains of each source, those of most passages first."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for source, domain, _, passages in tagged:
        counts[source][domain] += passages
    return {
        source: [domain for domain, _ in sorted(of.items(), key=lambda pair: (-pair[1], pair[0]))]
        for source, of in counts.items()
    }


def _apart(study: Study) -> str:
    return ", and only you can read them" if study.accounts is not None else ""


def _problems_html(problems: Sequence[str]) -> str:
    return "".join(f'<p class="problem">{escaped(problem)}</p>' for problem in problems)
