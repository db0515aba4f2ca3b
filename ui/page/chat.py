"""The chat: a question goes in, the conversation grows by one cited answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import ExamTutorError
from tutor.tutor import Tutor
from ui.background import Background
from ui.page.citations import escaped
from ui.page.examples import example_questions
from ui.page.turns import answer_turn, problem_turn, waiting_turn

if TYPE_CHECKING:
    import gradio as gr

MAX_TYPED = 20_000
"""Characters the box takes; the tutor says how many of them it reads."""

CONVERSATION = '<div role="log" aria-live="polite" aria-label="Conversation">${value}</div>'
"""A template of Gradio's: it changes only what is new in the page, so that no answer is read out twice."""

TO_LATEST = "() => { [...document.querySelectorAll('.turn')].at(-1)?.scrollIntoView({block: 'start'}); }"
EMPTY = "There is no question yet. Type one, or pick one of those above."
UNFORESEEN = (
    "Something went wrong inside Exam Tutor, and this question has no answer. Ask it again, or in other words; "
    "what happened is written in the terminal where the page was started."
)

Turns = tuple[str, ...]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chat:
    """Turns a question into the conversation's next state; what is said so far is handed in and out."""

    tutor: Tutor
    background: Background

    def steps(self, question: str, turns: Turns) -> Iterator[Turns]:
        """The conversation with the question at once, then with its answer."""
        question = question.strip()
        number = len(turns) + 1
        yield (*turns, waiting_turn(question, number))
        yield (*turns, self._turn(question, number))

    def _turn(self, question: str, number: int) -> str:
        try:
            self.background.wait_for_pack()
            return answer_turn(question, self.tutor.ask(question), number)
        except ExamTutorError as error:
            _log.error("%s", error)
            return problem_turn(question, str(error), number)
        except Exception:  # the page's edge: whatever happens, the learner reads a sentence and no traceback
            _log.exception("A question could not be answered.")
            return problem_turn(question, UNFORESEEN, number)


@dataclass(frozen=True, slots=True)
class _Parts:
    conversation: gr.HTML
    turns: gr.State
    welcome: gr.Column
    question: gr.Textbox
    notice: gr.HTML
    again: gr.Button

    @property
    def outputs(self) -> list[gr.HTML | gr.State | gr.Column | gr.Textbox | gr.Button]:
        return [self.conversation, self.turns, self.welcome, self.question, self.notice, self.again]


def build_chat(chat: Chat) -> None:
    """Put the chat onto the page under construction."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    conversation = gr.HTML("", html_template=CONVERSATION, elem_id="conversation", apply_default_css=False)
    with gr.Column(elem_id="welcome") as welcome:
        gr.HTML(_welcome_html(chat), apply_default_css=False, js_on_load=None)
        with gr.Column(elem_id="examples"):
            examples = [gr.Button(question, elem_classes="example") for question in example_questions(chat.tutor.pack)]
    with gr.Column(elem_id="composer"):
        question = gr.Textbox(
            label="Your question",
            placeholder="Ask a question…",
            lines=1,
            max_lines=8,
            max_length=MAX_TYPED,
            show_label=False,
            container=False,
            submit_btn="Ask",
            autofocus=True,
            elem_id="question",
        )
        with gr.Row(elem_id="below-question"):
            notice = gr.HTML("", html_template='<p role="status">${value}</p>', elem_id="notice", js_on_load=None)
            again = gr.Button("New conversation", size="sm", visible=False, elem_id="again")
    _connect(chat, _Parts(conversation, gr.State(()), welcome, question, notice, again), examples)


def _connect(chat: Chat, parts: _Parts, examples: list[gr.Button]) -> None:
    import gradio as gr  # noqa: PLC0415  see above

    def ask(question: str, turns: Turns) -> Iterator[tuple[object, ...]]:
        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), "", EMPTY, gr.skip()
            return
        for said in chat.steps(question, tuple(turns)):
            yield "".join(said), said, gr.update(visible=False), "", "", gr.update(visible=True)

    def restart() -> tuple[object, ...]:
        return "", (), gr.update(visible=True), "", "", gr.update(visible=False)

    for trigger, source in [
        (parts.question.submit, parts.question),
        *((example.click, example) for example in examples),
    ]:
        asked = trigger(
            ask,
            [source, parts.turns],
            parts.outputs,
            show_progress="hidden",
            api_visibility="private",
            concurrency_limit=8,
        )
        asked.then(fn=None, js=TO_LATEST)
    parts.again.click(restart, None, parts.outputs, show_progress="hidden", api_visibility="private")


def _welcome_html(chat: Chat) -> str:
    exam = chat.tutor.pack.exam
    return (
        f"<h2>What would you like to understand?</h2><p>Ask about anything that {escaped(exam.code)} covers, in your "
        "own words. Every sentence of an answer carries a number that opens the passage it comes from. What the "
        "sources do not say, the tutor does not say either.</p>"
    )
