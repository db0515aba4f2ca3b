"""One turn of the conversation as HTML: the question, and the answer, the abstention or what went wrong."""

from __future__ import annotations

import string
from collections.abc import Sequence

from tutor.answers import Answer, Citation
from tutor.engines.grounded import NAME as GROUNDED
from ui.page.citations import escaped, number_button, panel, source_list

SHOWN_OF_QUESTION = 1_200
"""Characters of a question that are shown: a pasted page must not push its answer off the screen."""

LONGEST_UNBROKEN = 24
"""Characters: a longer last word may part from its numbers, so that it fits a phone."""

Marked = Sequence[tuple[str, Citation]]


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
    marked = [(str(number), citation) for number, citation in enumerate(answer.citations, start=1)]
    marks = {citation: mark for mark, citation in marked}
    claims = ""
    for claim in answer.claims:
        numbers = "".join(number_button(citation, turn, marks[citation]) for citation in claim.citations)
        claims += f'<p class="claim" dir="auto">{_ending_in(numbers, claim.text.strip())}</p>'
    return claims + _sources("Sources", marked, turn)


def _ending_in(numbers: str, text: str) -> str:
    """The text with its numbers, which stay on the line of its last word."""
    rest, space, last = text.rpartition(" ")
    if len(last) > LONGEST_UNBROKEN:
        rest, space, last = text, " ", ""
    return f'{escaped(rest + space)}<span class="cites">{escaped(last)} {numbers}</span>'


def _abstention(answer: Answer, turn: int) -> str:
    marked = list(zip(string.ascii_lowercase, answer.nearest, strict=False))
    body = '<p class="claim">Nothing in the library supports an answer to that, so there is none.</p>'
    if missing := answer.evidence.missing:
        words = ", ".join(f"<b><bdi>{escaped(term)}</bdi></b>" for term in missing)
        body += f'<p class="missing">Not found in any passage near it: {words}.</p>'
    body += _sources("The nearest passages", marked, turn) if marked else ""
    return body + (
        '<p class="advice">To add a source, run <code>exam-tutor ingest PATH</code> in a terminal, '
        "with a file or a folder for PATH, and ask again.</p>"
    )


def _sources(heading: str, marked: Marked, turn: int) -> str:
    panels = "".join(panel(citation, turn, mark) for mark, citation in marked)
    return f'<h3 class="sources-heading">{heading}</h3>{source_list(marked, turn)}{panels}'


def _signature(answer: Answer) -> str:
    """Who put the answer into words, and how sure it is."""
    who = "grounded engine · no model" if answer.engine == GROUNDED else f"{answer.engine} · checked against sources"
    level = "high" if answer.confidence >= 0.85 else "fair" if answer.confidence >= 0.65 else "low"
    return (
        f'<p class="signature"><span>{escaped(who)}</span><span class="confidence {level}">'
        f"confidence {level} ({answer.confidence:.2f})</span></p>"
    )
