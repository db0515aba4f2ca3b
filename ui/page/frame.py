"""The page's frame: the head with the exam and the library's state, and the six tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.blueprint import Exam, Status
from ui.actions import Actions
from ui.page.chat import ChatTab, build_chat
from ui.page.citations import escaped
from ui.page.endpoints import build_endpoints
from ui.page.library import REFRESH_SECONDS, LibraryTab, build_library
from ui.page.mock_exam import ExamTab, build_exam
from ui.page.parts import Visit, on, part
from ui.page.practice import PracticeTab, build_practice
from ui.page.progress import ProgressTab, build_progress
from ui.page.settings import SettingsTab, build_settings
from ui.page.sources_list import status_html
from ui.page.study import Study

if TYPE_CHECKING:
    import gradio as gr

TEMPORARY_SECONDS = 3600
"""How long what was sent and not taken in stays in the folder for temporary files."""


TABS = ("chat", "practice", "exam", "progress", "library", "settings")


def build_page(study: Study) -> gr.Blocks:
    """The page, not yet served."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is wanted

    exam = study.pack.exam
    page = gr.Blocks(
        title=f"Exam Tutor · {exam.code}",
        analytics_enabled=False,
        delete_cache=(TEMPORARY_SECONDS, TEMPORARY_SECONDS),
    )
    with page:
        with gr.Row(elem_id="masthead"):
            gr.HTML(_head_html(exam), apply_default_css=False, js_on_load=None, elem_id="exam-title")
            status = part(status_html(None, ""), elem_id="library-status")
            timer = gr.Timer(REFRESH_SECONDS)
        with gr.Tabs(elem_id="places", overflow_behavior="wrap") as tabs:
            with gr.Tab("Chat", id="chat", elem_id="chat"):
                conversation = build_chat(ChatTab(study), page)
            with gr.Tab("Practice", id="practice", elem_id="practice") as here:
                practice = PracticeTab(study)
                quiz = build_practice(practice, here)
            with gr.Tab("Mock exam", id="exam", elem_id="exam") as here:
                build_exam(ExamTab(study), here)
            with gr.Tab("Progress", id="progress", elem_id="progress") as here:
                progress = build_progress(ProgressTab(study), here)
            with gr.Tab("Library", id="library", elem_id="library") as here:
                build_library(LibraryTab(study), page, here, status, timer)
            with gr.Tab("Settings", id="settings", elem_id="settings") as here:
                build_settings(SettingsTab(study), here)
        build_endpoints(Actions(study))
        on([progress.act, conversation.act], _Elsewhere(practice).follow, outputs=[tabs, quiz])
    return page


class _Elsewhere:
    """What is tapped in one tab and happens in another."""

    def __init__(self, practice: PracticeTab) -> None:
        self._practice = practice

    def follow(self, visit: Visit) -> tuple[Any, Any]:
        """The tab to go to, and the quiz where one begins."""
        import gradio as gr  # noqa: PLC0415  see above

        match visit.act.do:
            case "practise":
                return gr.Tabs(selected="practice"), self._practice.begin_on(visit)
            case "tab" if visit.act.about in TABS:
                return gr.Tabs(selected=visit.act.about), gr.skip()
            case _:
                return gr.skip(), gr.skip()


def _head_html(exam: Exam) -> str:
    return (
        '<header class="masthead"><h1>Exam Tutor</h1>'
        f'<p>{escaped(exam.title)} <span class="code">{escaped(exam.code)}</span>{_status_tag(exam.status)}</p>'
        "</header>"
    )


def _status_tag(status: Status) -> str:
    if status.state != "retired":
        return ""
    said = "reported retired" if status.certainty == "reported" else "retired"
    since = f" {status.date}" if status.date else ""
    return f'<span class="tag" title="{escaped(status.note)}">{escaped(said + since)}</span>'
