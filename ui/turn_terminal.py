"""How a talk's turns look in a terminal."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from rich.markup import escape

from corpus.questions import Question
from tutor.turns import Answered, Compared, Explained, Handover, Led, Marked, Plain, Posed, Reviewed, Turn
from ui import terminal
from ui.explain_terminal import show_comparison, show_explanation, show_review
from ui.terminal import out


def show_turn(turn: Turn) -> None:
    """The word that goes before, the turn, and what may be said next."""
    if turn.word:
        out.print(f"[dim]{escape(turn.word)}[/]")
    _show(turn)
    if turn.suggestions:
        out.print("[dim]You may say: " + escape(" · ".join(turn.suggestions)) + "[/]")


@singledispatch
def _show(turn: object) -> None:
    raise TypeError(f"a turn of no known kind: {type(turn).__name__}")


@_show.register
def _(turn: Answered) -> None:
    terminal.show_answer(turn.answer)


@_show.register
def _(turn: Explained) -> None:
    show_explanation(turn.explanation)


@_show.register
def _(turn: Compared) -> None:
    show_comparison(turn.comparison)


@_show.register
def _(turn: Reviewed) -> None:
    if turn.is_whole:
        show_review(turn.review)
    else:  # what the stem turns on and what to remember would tell more than was asked
        show_review(replace(turn.review, requirements=(), options=turn.options, contrast=None, remarks=()))


@_show.register
def _(turn: Posed) -> None:
    show_question(turn.question)


@_show.register
def _(turn: Marked) -> None:
    question = turn.marked.question
    right = " and ".join(question.answer)
    verdict = "[green]Right.[/]" if turn.marked.correct else f"[red]Not right.[/] It is {right}."
    out.print(f"{verdict if not turn.marked.blank else f'It is {right}.'}\n")
    if turn.review is not None:
        show_review(turn.review)
        return
    for label, option in question.labelled:
        out.print(f"[bold]{label}[/]  {escape(option.text)}\n   {escape(option.rationale)}")


@_show.register
def _(turn: Led) -> None:
    if turn.begins:
        show_question(turn.dialogue.question)
    out.print(f"[bold cyan]›[/] {escape(turn.dialogue.turn.text)}")
    for cited in turn.dialogue.turn.citations:
        out.print(f"  [dim]· {escape(cited.card.name)}, {escape(cited.fact.locator)}  {cited.source}[/]")


@_show.register
def _(turn: Handover) -> None:
    on = f" on {turn.topic.name}" if turn.topic else ""
    out.print(escape(f"That has a place of its own: {turn.intent}{on}. 'exam-tutor --help' lists the commands."))


@_show.register
def _(turn: Plain) -> None:
    out.print(escape(turn.text))


def show_question(question: Question) -> None:
    """The stem, then the options under their labels."""
    out.print(escape(question.stem))
    for label, option in question.labelled:
        out.print(f"  [bold]{label}[/]  {escape(option.text)}")
