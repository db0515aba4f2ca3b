"""`exam-tutor socratic`: a question worked through in the terminal, one line of the learner's at a time."""

from __future__ import annotations

import random
import sys
from typing import Annotated

import typer
from rich.markup import escape

from corpus.exam_pack import load_pack
from corpus.questions import Question
from corpus.settings import load_settings
from tutor.socratic.dialogue import CitedFact, Dialogue
from tutor.socratic.ladder import SocraticTutor
from tutor.socratic.topics import another, question_on
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.shapes import Json

_STOP = frozenset({"quit", "exit", "stop", "bye"})


def socratic(
    about: Annotated[str, typer.Argument(metavar="Q|TOPIC", help="A question's id, a task such as 1.2, or a topic.")],
    as_json: AsJson = False,
    seed: Annotated[int | None, typer.Option(help="Draw the question for a topic the same way each time.")] = None,
) -> None:
    """Be led to an answer by questions. Type your replies; "tell me" gives the answer, "quit" ends.

    Where the question's own scenario cannot be changed without giving something away, a new one follows.
    """
    pack = load_pack(load_settings().pack)
    rng = random.Random(seed)  # noqa: S311  a question is drawn, no secret
    question = question_on(pack, about, rng)
    tutor = SocraticTutor(pack)
    dialogue = tutor.begin(question)
    _begin(dialogue, as_json)
    for line in sys.stdin:
        if line.strip().lower() in _STOP:
            break
        dialogue = tutor.reply(dialogue, line)
        _show(dialogue, as_json)
        if dialogue.done:
            fresh = another(pack, question, rng) if dialogue.changed is None else None
            if fresh is None:
                break
            question, dialogue = fresh, tutor.begin(fresh)
            _begin(dialogue, as_json)


def _begin(dialogue: Dialogue, as_json: bool) -> None:
    if not as_json:
        _show_question(dialogue.question)
    _show(dialogue, as_json)


def turn_json(dialogue: Dialogue) -> Json:
    """`{"question_id", "turn", "step", "reply", "text", "revealed", "done", "citations"}`; the first has "question"."""
    shape: Json = {
        "question_id": dialogue.question.id,
        "turn": dialogue.turns,
        "step": str(dialogue.step),
        "reply": str(dialogue.turn.reply) if dialogue.turn.reply else None,
        "text": dialogue.turn.text,
        "revealed": dialogue.revealed,
        "done": dialogue.done,
        "citations": [_citation_json(cited) for cited in dialogue.turn.citations],
    }
    if dialogue.turn.reply is None:
        shape["question"] = {
            "stem": dialogue.question.stem,
            "options": [{"label": label, "text": option.text} for label, option in dialogue.question.labelled],
            "select": dialogue.question.select,
            "task": dialogue.question.task,
        }
    return shape


def _citation_json(cited: CitedFact) -> Json:
    return {
        "fact": cited.reference,
        "title": cited.card.name,
        "heading": [cited.fact.locator],
        "url": str(cited.source),
        "quote": cited.quote,
    }


def _show_question(question: Question) -> None:
    terminal.out.print(escape(question.stem))
    for label, option in question.labelled:
        terminal.out.print(f"  [bold]{label}[/]  {escape(option.text)}")
    terminal.out.print()


def _show(dialogue: Dialogue, as_json: bool) -> None:
    if as_json:
        print_json(turn_json(dialogue))
        sys.stdout.flush()
        return
    terminal.out.print(f"[bold cyan]›[/] {escape(dialogue.turn.text)}")
    for cited in dialogue.turn.citations:
        terminal.out.print(f"  [dim]· {escape(cited.card.name)}, {escape(cited.fact.locator)}  {cited.source}[/]")
