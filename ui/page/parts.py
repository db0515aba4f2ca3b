"""Parts of the page that are drawn as HTML and answer to taps: one component, one event, one edge for errors.

A part is a text of HTML. Whatever carries `data-do` in it sends an `Act` when it is tapped or, for a form, sent; what
the page does with it comes back as the part's next HTML, of which the browser changes only what is new.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from inspect import isgeneratorfunction
from typing import TYPE_CHECKING, Any

from corpus.errors import ExamTutorError
from ui.page.citations import escaped

if TYPE_CHECKING:
    import gradio as gr

ALONE = "me"
"""The learner where nobody has to log in."""

MOST_SENT = 20_000
"""Characters of one field that are read."""

UNFORESEEN = (
    "Something went wrong inside Exam Tutor. What you did so far is kept. Try it again; "
    "what happened is written in the terminal where the page was started."
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Act:
    """What a learner did: the tapped thing's `data-do` and `data-about`, and the fields of its form."""

    do: str = ""
    about: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: object) -> Act:
        """What the browser sent, as far as it has the form; anything else is nothing done."""
        if not isinstance(data, dict):
            return cls()
        fields = data.get("fields")
        return cls(
            str(data.get("do", ""))[:100],
            str(data.get("about", ""))[:MOST_SENT],
            {
                str(name): tuple(str(value)[:MOST_SENT] for value in values)
                for name, values in (fields.items() if isinstance(fields, dict) else ())
                if isinstance(values, list)
            },
        )

    def said(self, name: str) -> str:
        """The first value of a field, or empty."""
        return next(iter(self.fields.get(name, ())), "").strip()


@dataclass(frozen=True, slots=True)
class Visit:
    """Who did it, and what."""

    learner: str
    act: Act


@cache
def asset(name: str) -> str:
    """The text of a style sheet or script that comes with the page."""
    return (files("ui.page") / "assets" / name).read_text(encoding="utf-8")


def part_script() -> str:
    """What makes parts live, for the page's head: once for all of them, since Gradio sends each part its own code."""
    return f"<script>window.livePart = (element, send, server, watch) => {{\n{asset('parts.js')}}};</script>"


def part(html: str = "", *, elem_id: str, template: str = "${value}", server: Sequence[Callable[..., Any]] = ()) -> Any:  # noqa: ANN401  its events are named at run time
    """Put a part onto the page under construction; `part.act` is its event."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    return gr.HTML(
        html,
        elem_id=elem_id,
        html_template=template,
        apply_default_css=False,
        js_on_load="livePart(element, (what) => trigger('act', what), server, watch)",
        server_functions=list(server) or None,
    )


def on(
    moments: Iterable[Any],
    handler: Callable[..., Any],
    inputs: Sequence[Any] = (),
    outputs: Sequence[Any] = (),
    **more: Any,  # noqa: ANN401  Gradio's own further arguments of an event
) -> list[gr.events.Dependency]:
    """Let `handler(visit, *inputs)` answer to events; no program may call them. A generator's values follow each other.

    Whatever it raises, the learner reads a sentence and the page stays as it was.
    """
    import gradio as gr  # noqa: PLC0415  see above

    nothing = tuple(gr.skip() for _ in outputs) if len(outputs) > 1 else gr.skip()

    def once(event: object, request: object, *values: object) -> object:
        try:
            return handler(_visit(event, request), *values)
        except Exception as error:  # the page's edge
            gr.Warning(escaped(_told(error)))
            return nothing

    def following(event: object, request: object, *values: object) -> Iterator[object]:
        try:
            yield from handler(_visit(event, request), *values)
        except Exception as error:  # the page's edge
            gr.Warning(escaped(_told(error)))
            yield nothing

    answer = following if isgeneratorfunction(handler) else once
    answer.__annotations__ = {"event": gr.EventData, "request": gr.Request}  # by these Gradio knows what to hand in
    return [
        moment(
            answer,
            list(inputs),
            list(outputs),
            **{"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 16, **more},
        )
        for moment in moments
    ]


def learner_of(request: object) -> str:
    """The name the learner logged in with, or `ALONE`."""
    return str(getattr(request, "username", None) or ALONE)


def _visit(event: object, request: object) -> Visit:
    return Visit(learner_of(request), Act.read(getattr(event, "_data", None)))


def _told(error: Exception) -> str:
    if isinstance(error, ExamTutorError):
        _log.error("%s", error)
        return str(error)
    _log.error("An action on the page failed.", exc_info=error)
    return UNFORESEEN
