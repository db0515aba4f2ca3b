"""The Chat tab: a message goes in, the conversation grows by one turn, which comes as it is put together."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus.errors import ExamTutorError
from tutor.answers import Claim
from tutor.explain import DEPTHS, Depth
from tutor.session import Session
from ui.page.citations import escaped
from ui.page.conversation import Conversation, Said, claims_of, sources_of
from ui.page.depth_html import depth_html
from ui.page.examples import example_questions
from ui.page.feedback import record_feedback
from ui.page.parts import UNFORESEEN, Visit, on, part
from ui.page.pictures import picture_server
from ui.page.study import Study
from ui.page.turn_bodies import body_of, chips_of, partial_html, plain_html, problem_html
from ui.page.turns import STOPPED, turn_html, waiting_turn

if TYPE_CHECKING:
    import gradio as gr

MAX_TYPED = 20_000
"""Characters the box takes; the tutor says how many of them it reads."""

CONVERSATION = '<div role="log" aria-live="polite" aria-label="Conversation">${value}</div>'
"""A template of Gradio's: it changes only what is new in the page, so that no answer is read out twice."""

TO_LATEST = "() => { [...document.querySelectorAll('.turn')].at(-1)?.scrollIntoView({block: 'start'}); }"
EMPTY = "There is no question yet. Type one, or pick one of those above."

_log = logging.getLogger(__name__)


class ChatTab:
    """What the tab shows and does; the conversation is handed in and out, and its latest form lies on the desk."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def ask(
        self, visit: Visit, message: str, before: Conversation | None, depth: Depth = "exam"
    ) -> Iterator[tuple[Any, ...]]:
        """The page's next state with the message at once, then with its turn as it grows."""
        import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

        message, before = message.strip(), before or Conversation()
        if not message:
            yield gr.skip(), gr.skip(), gr.skip(), "", EMPTY, gr.skip(), gr.skip()
            return
        shown = _html(before) + waiting_turn(message, before.next_number)
        yield shown, before, gr.update(visible=False), "", "", gr.update(visible=True), gr.update(visible=True)
        for now in self._said(visit.learner, before, message, depth):
            yield _html(now), now, gr.skip(), gr.skip(), "", gr.skip(), gr.skip()
            self.study.desk(visit.learner).conversation = now
        yield (*(gr.skip() for _ in range(6)), gr.update(visible=False))

    def act(self, visit: Visit, before: Conversation | None, depth: Depth = "exam") -> Iterator[tuple[Any, ...]]:
        """Do what was tapped in the conversation."""
        before, act = before or Conversation(), visit.act
        said = before.turn(act.about)
        if act.do == "say":
            yield from self.ask(visit, act.about, before, depth)
        elif act.do == "again" and said is not None:
            yield from self.ask(visit, said.message, before, depth)
        elif act.do in {"good", "bad"} and said is not None:
            self._record(visit, said)
            yield self._state(visit.learner, before.changed(replace(said, verdict=act.do)))

    def stop(self, visit: Visit, before: Conversation | None) -> tuple[Any, ...]:
        """Leave the turn as far as it came."""
        before = before or Conversation()
        if before.said and not before.said[-1].done:
            last = before.said[-1]
            before = before.changed(replace(last, body=last.body + plain_html(STOPPED), done=True))
        return self._state(visit.learner, before)

    def restore(self, visit: Visit) -> tuple[Any, ...]:
        """The conversation and the chosen depth as the learner left them, when the page is opened anew."""
        desk = self.study.desk(visit.learner)
        return *self._state(visit.learner, desk.conversation), depth_html(desk.depth), desk.depth

    def restart(self, visit: Visit) -> tuple[Any, ...]:
        """An empty conversation."""
        return self._state(visit.learner, Conversation())

    def choose(self, visit: Visit) -> Depth:
        """Explain at the depth that was tapped from now on."""
        desk, said = self.study.desk(visit.learner), visit.act.said("depth")
        desk.depth = next((depth for depth in DEPTHS if depth == said), desk.depth)
        return desk.depth

    def _said(self, learner: str, before: Conversation, message: str, depth: Depth) -> Iterator[Conversation]:
        try:
            self.study.background.wait_for_pack()
            yield from self._turn(learner, before, message, depth)
        except ExamTutorError as error:
            _log.error("%s", error)
            yield before.with_turn(Said(before.next_number, message, problem_html(str(error))))
        except Exception:  # the page's edge: whatever happens, the learner reads a sentence and no traceback
            _log.exception("A question could not be answered.")
            yield before.with_turn(Said(before.next_number, message, problem_html(UNFORESEEN)))

    def _turn(self, learner: str, before: Conversation, message: str, depth: Depth) -> Iterator[Conversation]:
        number, claims = before.next_number, list[Claim]()
        session = Session(self.study.desk(learner).tutor, before.thread, depth)
        for piece in session.stream(message, self.study.now(), self.study.rng):
            if isinstance(piece, Claim):
                claims.append(piece)
                texts = tuple(claim.text for claim in claims)
                yield before.with_turn(Said(number, message, partial_html(claims, str(number)), texts, done=False))
                continue
            cited = claims_of(piece)
            said = Said(
                number,
                message,
                body_of(piece, str(number)),
                tuple(claim.text for claim in cited),
                tuple(sources_of(cited)),
                tuple(chips_of(piece)),
            )
            yield before.with_turn(said, session.thread)

    def _record(self, visit: Visit, said: Said) -> None:
        record_feedback(
            self.study.settings.home,
            learner=visit.learner,
            question=said.message,
            answer=list(said.texts),
            sources=list(said.sources),
            verdict=visit.act.do,
            reason=visit.act.said("reason"),
            now=self.study.now(),
        )

    def _state(self, learner: str, now: Conversation) -> tuple[Any, ...]:
        import gradio as gr  # noqa: PLC0415  see above

        self.study.desk(learner).conversation = now
        begun = bool(now.said)
        shown = gr.update(visible=begun)
        return _html(now), now, gr.update(visible=not begun), gr.skip(), "", shown, gr.update(visible=False)


def _html(now: Conversation) -> str:
    last = now.said[-1].number if now.said else 0
    return "".join(turn_html(said, is_last=said.number == last) for said in now.said)


@dataclass(frozen=True, slots=True)
class _Parts:
    conversation: Any
    thread: gr.State
    welcome: gr.Column
    question: gr.Textbox
    depth: gr.State
    depths: Any
    notice: gr.HTML
    again: gr.Button
    stop: gr.Button

    @property
    def outputs(self) -> list[Any]:
        return [self.conversation, self.thread, self.welcome, self.question, self.notice, self.again, self.stop]


def build_chat(tab: ChatTab, page: gr.Blocks) -> Any:  # noqa: ANN401  its events are named at run time
    """Put the chat onto the page under construction; returns the conversation, whose taps may lead elsewhere."""
    import gradio as gr  # noqa: PLC0415  see above

    conversation = part("", elem_id="conversation", template=CONVERSATION, server=[picture_server(tab.study)])
    with gr.Column(elem_id="welcome") as welcome:
        gr.HTML(_welcome_html(tab.study), apply_default_css=False, js_on_load=None)
        with gr.Column(elem_id="examples"):
            examples = [gr.Button(question, elem_classes="example") for question in example_questions(tab.study.pack)]
    with gr.Column(elem_id="composer"):
        question = gr.Textbox(
            label="Your question",
            placeholder="Ask, or paste a question…",
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
            depths = part("", elem_id="depth")
            stop = gr.Button("Stop", size="sm", visible=False, elem_id="stop")
            again = gr.Button("New conversation", size="sm", visible=False, elem_id="again")
    thread, depth = gr.State(None), gr.State("exam")
    parts = _Parts(conversation, thread, welcome, question, depth, depths, notice, again, stop)
    _connect(tab, page, parts, examples)
    return conversation


def _connect(tab: ChatTab, page: gr.Blocks, parts: _Parts, examples: list[gr.Button]) -> None:
    sources = [(parts.question.submit, parts.question), *((example.click, example) for example in examples)]
    talk = [parts.thread, parts.depth]
    asked = [event for trigger, source in sources for event in on([trigger], tab.ask, [source, *talk], parts.outputs)]
    asked += on([parts.conversation.act], tab.act, talk, parts.outputs)
    for event in asked:
        event.then(fn=None, js=TO_LATEST)
    on([parts.stop.click], tab.stop, [parts.thread], parts.outputs, cancels=asked)
    on([parts.again.click], tab.restart, outputs=parts.outputs)
    on([parts.depths.act], tab.choose, outputs=[parts.depth])
    on([page.load], tab.restore, outputs=[*parts.outputs, parts.depths, parts.depth])


def _welcome_html(study: Study) -> str:
    exam = study.pack.exam
    return (
        f"<h2>What would you like to understand?</h2><p>Ask about anything that {escaped(exam.code)} covers, in your "
        "own words. Every sentence of an answer carries a number that opens the passage it comes from. What the "
        "sources do not say, the tutor does not say either.</p>"
    )
