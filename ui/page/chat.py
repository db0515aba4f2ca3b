"""The Chat tab: a message goes in, the conversation grows by one turn, which comes as it is put together."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus.errors import ExamTutorError
from ui.page.citations import escaped
from ui.page.examples import example_questions
from ui.page.feedback import record_feedback
from ui.page.parts import UNFORESEEN, Visit, on, part
from ui.page.pictures import picture_server
from ui.page.study import Study
from ui.page.talk import read_depth
from ui.page.thread import Said, Thread
from ui.page.turns import STOPPED, plain_html, problem_html, turn_html, waiting_turn

if TYPE_CHECKING:
    import gradio as gr

MAX_TYPED = 20_000
"""Characters the box takes; the tutor says how many of them it reads."""

MOST_TURNS = 100
"""A conversation longer than this loses its oldest turns, so that a page open for weeks stays light."""

CONVERSATION = '<div role="log" aria-live="polite" aria-label="Conversation">${value}</div>'
"""A template of Gradio's: it changes only what is new in the page, so that no answer is read out twice."""

TO_LATEST = "() => { [...document.querySelectorAll('.turn')].at(-1)?.scrollIntoView({block: 'start'}); }"
EMPTY = "There is no question yet. Type one, or pick one of those above."

_log = logging.getLogger(__name__)


class ChatTab:
    """What the tab shows and does; the thread is handed in and out, and its latest form lies on the learner's desk."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def ask(self, visit: Visit, message: str, thread: Thread | None) -> Iterator[tuple[Any, ...]]:
        """The page's next state with the message at once, then with its turn as it grows."""
        import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

        message, thread = message.strip(), thread or Thread()
        if not message:
            yield gr.skip(), gr.skip(), gr.skip(), "", EMPTY, gr.skip(), gr.skip()
            return
        shown = self._html(thread) + waiting_turn(message, len(thread.said) + 1)
        yield shown, thread, gr.update(visible=False), "", "", gr.update(visible=True), gr.update(visible=True)
        for now in self._said(visit.learner, thread, message):
            yield (*self._state(visit.learner, now)[:2], gr.skip(), gr.skip(), "", gr.skip(), gr.skip())
        yield gr.skip(), gr.skip(), gr.skip(), gr.skip(), "", gr.skip(), gr.update(visible=False)

    def act(self, visit: Visit, thread: Thread | None) -> Iterator[tuple[Any, ...]]:
        """Do what was tapped in the conversation."""
        thread, act = thread or Thread(), visit.act
        if act.do == "say":
            yield from self.ask(visit, act.about, thread)
        elif act.do == "again" and (said := _turn(thread, act.about)) is not None:
            yield from self.ask(visit, said.message, thread)
        elif act.do in {"good", "bad"}:
            yield self._state(visit.learner, self._judged(visit, thread))
        else:
            yield self._state(visit.learner, self._followed(visit, thread))

    def stop(self, visit: Visit, thread: Thread | None) -> tuple[Any, ...]:
        """Leave the turn as far as it came."""
        thread = thread or Thread()
        if thread.said and not thread.said[-1].done:
            last = thread.said[-1]
            stopped = replace(last, body=last.body + plain_html(STOPPED), done=True)
            thread = replace(thread, said=(*thread.said[:-1], stopped))
        return self._state(visit.learner, thread)

    def restore(self, visit: Visit) -> tuple[Any, ...]:
        """The conversation as the learner left it, when the page is opened anew."""
        return self._state(visit.learner, self.study.desk(visit.learner).thread)

    def restart(self, visit: Visit) -> tuple[Any, ...]:
        """An empty conversation."""
        return self._state(visit.learner, Thread())

    def _said(self, learner: str, thread: Thread, message: str) -> Iterator[Thread]:
        try:
            self.study.background.wait_for_pack()
            yield from self.study.desk(learner).talk.say(thread, message)
        except ExamTutorError as error:
            _log.error("%s", error)
            yield thread.with_turn(Said(message, problem_html(str(error))))
        except Exception:  # the page's edge: whatever happens, the learner reads a sentence and no traceback
            _log.exception("A question could not be answered.")
            yield thread.with_turn(Said(message, problem_html(UNFORESEEN)))

    def _followed(self, visit: Visit, thread: Thread) -> Thread:
        talk, act = self.study.desk(visit.learner).talk, visit.act
        if act.do == "depth" and (found := read_depth(act.about)) and found[1] in self.study.pack.cards_by_id:
            return talk.explained(thread, self.study.pack.cards_by_id[found[1]], found[0])
        if act.do == "lead":
            return talk.led(thread, act.about)
        if act.do == "leave":
            return talk.leave(thread)
        return thread

    def _judged(self, visit: Visit, thread: Thread) -> Thread:
        said = _turn(thread, visit.act.about)
        if said is None:
            return thread
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
        return thread.with_verdict(int(visit.act.about), visit.act.do)

    def _state(self, learner: str, thread: Thread) -> tuple[Any, ...]:
        import gradio as gr  # noqa: PLC0415  see above

        thread = replace(thread, said=thread.said[-MOST_TURNS:])
        self.study.desk(learner).thread = thread
        begun = bool(thread.said)
        return (
            self._html(thread),
            thread,
            gr.update(visible=not begun),
            gr.skip(),
            "",
            gr.update(visible=begun),
            gr.update(visible=False),
        )

    def _html(self, thread: Thread) -> str:
        last = len(thread.said)
        return "".join(turn_html(said, n, is_last=n == last) for n, said in enumerate(thread.said, start=1))


def _turn(thread: Thread, number: str) -> Said | None:
    place = int(number) if number.isdecimal() else 0
    return thread.said[place - 1] if 1 <= place <= len(thread.said) else None


@dataclass(frozen=True, slots=True)
class _Parts:
    conversation: Any
    thread: gr.State
    welcome: gr.Column
    question: gr.Textbox
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
            placeholder="Ask, or paste a question with its options…",
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
            stop = gr.Button("Stop", size="sm", visible=False, elem_id="stop")
            again = gr.Button("New conversation", size="sm", visible=False, elem_id="again")
    _connect(tab, page, _Parts(conversation, gr.State(None), welcome, question, notice, again, stop), examples)
    return conversation


def _connect(tab: ChatTab, page: gr.Blocks, parts: _Parts, examples: list[gr.Button]) -> None:
    sources = [(parts.question.submit, parts.question), *((example.click, example) for example in examples)]
    asked = [
        event for trigger, source in sources for event in on([trigger], tab.ask, [source, parts.thread], parts.outputs)
    ]
    asked += on([parts.conversation.act], tab.act, [parts.thread], parts.outputs)
    for event in asked:
        event.then(fn=None, js=TO_LATEST)
    on([parts.stop.click], tab.stop, [parts.thread], parts.outputs, cancels=asked)
    on([parts.again.click], tab.restart, outputs=parts.outputs)
    on([page.load], tab.restore, outputs=parts.outputs)


def _welcome_html(study: Study) -> str:
    exam = study.pack.exam
    return (
        f"<h2>What would you like to understand?</h2><p>Ask about anything that {escaped(exam.code)} covers, in your "
        "own words. Every sentence of an answer carries a number that opens the passage it comes from. What the "
        "sources do not say, the tutor does not say either.</p>"
    )
