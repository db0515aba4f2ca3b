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
        out.print(escape(turn.word))
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
    shown = tuple(option for option in turn.review.options if option.label in turn.labels)
    if len(shown) == len(turn.review.options):
        show_review(turn.review)
    else:  # what the stem turns on and what to remember would tell more than was asked
        show_review(replace(turn.review, requirements=(), options=shown, contrast=None))


@_show.register
def _(turn: Posed) -> None:
    show_question(turn.question)


@_show.register
def _(turn: Marked) -> None:
    right = f"It is {' and '.join(turn.question.answer)}."
    verdict = "[green]Right.[/]" if turn.right else f"[red]Not right.[/] {right}"
    out.print(f"{verdict if turn.chosen else right}\n")
    show_review(turn.review)


@_show.register
def _(turn: Led) -> None:
    if turn.dialogue.turns == 1:
        show_question(turn.dialogue.question)
    out.print(f"[bold cyan]›[/] {escape(turn.dialogue.turn.text)}")
    for cited in turn.dialogue.turn.citations:
        out.print(f"  [dim]· {escape(cited.card.name)}, {escape(cited.fact.locator)}  {cited.source}[/]")


@_show.register
def _(turn: Handover) -> None:
    out.print(f"In the terminal: [bold]exam-tutor {turn.intent}[/]")


@_show.register
def _(turn: Plain) -> None:
    """The word is all there is."""


def show_question(question: Question) -> None:
    """The stem, then the options under their labels."""
    out.print(escape(question.stem))
    for label, option in question.labelled:
        out.print(f"  [bold]{label}[/]  {escape(option.text)}")
