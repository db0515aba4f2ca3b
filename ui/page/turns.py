"""One turn of the conversation as HTML: the question, and the answer, the abstention or what went wrong."""

from __future__ import annotations

from tutor.answers import Answer
from tutor.engines.grounded import NAME as GROUNDED
from ui.page.citations import escaped
from ui.page.marks import Marks, nearest_sources

SHOWN_OF_QUESTION = 1_200
"""Characters of a question that are shown: a pasted page must not push its answer off the screen."""


def waiting_turn(question: str, turn: int) -> str:
    """The question, while its answer is being looked for."""
    return _turn(question, turn, '<p class="waiting">Looking through the sources…</p>')


def answer_turn(question: str, answer: Answer, turn: int) -> str:
    """The question with its answer and the passages that this cites."""
    body = _abstention(answer, turn) if answer.abstained else _answer(answer, turn)
    note = f'<p class="note">{escaped(answer.note)}</p>' if answer.note else ""
    return _turn(question, turn, f"{note}{body}{_signature(answer)}")


def problem_turn(question: str, problem: str, turn: int) -> str:
    """The question, and in words why there is no answer."""
    return _turn(question, turn, f'<p class="problem" role="alert">{escaped(problem)}</p>')


def _turn(question: str, turn: int, body: str) -> str:
    shown = question if len(question) <= SHOWN_OF_QUESTION else question[:SHOWN_OF_QUESTION].rstrip() + " …"
    return (
        f'<article class="turn" id="turn-{turn}"><h2 class="question" dir="auto">'
        f'<span class="spoken">You asked: </span>{escaped(shown)}</h2><div class="answer">{body}</div></article>'
    )


def _answer(answer: Answer, turn: int) -> str:
    marks = Marks(str(turn))
    return "".join(marks.claim(claim) for claim in answer.claims) + marks.sources()


def _abstention(answer: Answer, turn: int) -> str:
    body = '<p class="claim">Nothing in the library supports an answer to that, so there is none.</p>'
    if missing := answer.evidence.missing:
        words = ", ".join(f"<b><bdi>{escaped(term)}</bdi></b>" for term in missing)
        body += f'<p class="missing">Not found in any passage near it: {words}.</p>'
    body += nearest_sources(answer.nearest, str(turn))
    return body + '<p class="advice">To add a source, go to Library and bring in notes or a link, then ask again.</p>'


def _signature(answer: Answer) -> str:
    """Who put the answer into words, and how sure it is."""
    who = "grounded engine · no model" if answer.engine == GROUNDED else f"{answer.engine} · checked against sources"
    level = "high" if answer.confidence >= 0.85 else "fair" if answer.confidence >= 0.65 else "low"
    return (
        f'<p class="signature"><span>{escaped(who)}</span><span class="confidence {level}">'
        f"confidence {level} ({answer.confidence:.2f})</span></p>"
    )
