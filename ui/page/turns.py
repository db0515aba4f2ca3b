"""One turn of the conversation as HTML: the message, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.answers import Answer
from ui.page.citations import escaped
from ui.page.conversation import Chip, Said
from ui.page.turn_bodies import answer_html, problem_html

SHOWN_OF_QUESTION = 1_200
"""Characters of a question that are shown: a pasted page must not push its answer off the screen."""

LONG = 160
"""Characters from which a message is set as text rather than as a heading."""

STOPPED = "Stopped. What had come so far stands here; ask again for the whole."


def turn_html(said: Said, *, is_last: bool) -> str:
    """A turn with what can be done about it."""
    return _turn(said.message, said.number, f"{said.body}{_chips(said.chips) if is_last else ''}{_about(said)}")


def waiting_turn(question: str, turn: int) -> str:
    """The question, while its answer is being looked for."""
    return _turn(question, turn, '<p class="waiting">Looking through the sources…</p>')


def problem_turn(question: str, problem: str, turn: int) -> str:
    """The question, and in words why there is no answer."""
    return _turn(question, turn, problem_html(problem))


def answer_turn(question: str, answer: Answer, turn: int) -> str:
    """The question with its answer and the passages that this cites."""
    return _turn(question, turn, answer_html(answer, str(turn)))


def _turn(question: str, turn: int, body: str) -> str:
    shown = question if len(question) <= SHOWN_OF_QUESTION else question[:SHOWN_OF_QUESTION].rstrip() + " …"
    long = " long" if "\n" in shown or len(shown) > LONG else ""
    return (
        f'<article class="turn" id="turn-{turn}"><h2 class="question{long}" dir="auto">'
        f'<span class="spoken">You asked: </span>{escaped(shown)}</h2><div class="answer">{body}</div></article>'
    )


def _chips(chips: Sequence[Chip]) -> str:
    buttons = "".join(
        f'<button type="button" class="chip" data-do="{chip.do}" data-about="{escaped(chip.about)}">'
        f"{escaped(chip.words)}</button>"
        for chip in chips
    )
    return f'<div class="chips" role="group" aria-label="Follow up">{buttons}</div>' if buttons else ""


def _about(said: Said) -> str:
    """Copy, ask again, and whether it helped."""
    number = said.number
    if not said.done:
        return ""
    thanks = '<span class="small" role="status">Thank you, noted.</span>'
    judge = (
        f'<button type="button" class="quiet" data-do="good" data-about="{number}" aria-label="This helped">'
        f'Helpful</button><button type="button" class="quiet" popovertarget="why-{number}" '
        'aria-label="This did not help">Not helpful</button>'
        f'<form class="passage reason" id="why-{number}" popover data-do="bad" data-about="{number}" data-clear>'
        f'<h3><label for="reason-{number}">What was wrong with it?</label></h3><textarea id="reason-{number}" '
        'name="reason" rows="3" maxlength="2000"></textarea><div class="line end"><button type="button" class="plain" '
        f'popovertarget="why-{number}" popovertargetaction="hide">Cancel</button><button type="submit" '
        'class="primary">Send</button></div></form>'
    )
    return (
        f'<div class="about"><button type="button" class="quiet" data-copy="#turn-{number} .answer">Copy</button>'
        f'<button type="button" class="quiet" data-do="again" data-about="{number}">Ask again</button>'
        f"{thanks if said.verdict else judge if said.texts else ''}</div>"
    )
