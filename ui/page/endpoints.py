"""The page's actions for programs: Gradio endpoints `/ask`, `/why_wrong`, `/quiz`, `/grade` and `/progress`.

Every other event of the page is private. A client logs in as a learner does, and acts for that learner.
"""

from __future__ import annotations

from typing import Any

from ui.actions import Actions, said
from ui.page.parts import learner_of


def build_endpoints(actions: Actions) -> None:
    """Put the endpoints onto the page under construction."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    def ask(question: str, request: object) -> Any:  # noqa: ANN401  JSON
        return said(actions.ask)(learner_of(request), question)

    def why_wrong(question: str, option: str, request: object) -> Any:  # noqa: ANN401
        return said(actions.why_wrong)(learner_of(request), question, option)

    def quiz(count: int, topic: str, choice: str, request: object) -> Any:  # noqa: ANN401
        return said(actions.quiz)(learner_of(request), count, topic, choice)

    def grade(sitting: str, question: str, chosen: str, confidence: str, request: object) -> Any:  # noqa: ANN401
        return said(actions.grade)(learner_of(request), sitting, question, chosen, confidence)

    def progress(request: object) -> Any:  # noqa: ANN401
        return said(actions.progress)(learner_of(request))

    for endpoint in (ask, why_wrong, quiz, grade, progress):
        hints = {name: int if name == "count" else str for name in endpoint.__annotations__ if name != "request"}
        endpoint.__annotations__ = {**hints, "request": gr.Request, "return": dict}
        described = (getattr(Actions, endpoint.__name__).__doc__ or "").split("\n\n        Raises:")[0]
        gr.events.api(
            endpoint, api_name=endpoint.__name__, api_description=" ".join(described.split()), concurrency_limit=8
        )
