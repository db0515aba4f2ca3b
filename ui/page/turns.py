"""One turn of the conversation as HTML: the message, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.questions import Question
from tutor.answers import Answer, Claim
from tutor.compare import Comparison
from tutor.engines.grounded import NAME as GROUNDED
from tutor.explain import Explanation
from tutor.option_reviews import QuestionReview
from tutor.socratic.dialogue import CitedFact, Dialogue
from ui.page.citations import escaped, official_link
from ui.page.marks import Marks, nearest_sources
from ui.page.question_html import review_html
from ui.page.thread import Chip, Said

__all__ = ["review_html"]

SHOWN_OF_QUESTION = 1_200
"""Characters of a question that are shown: a pasted page must not push its answer off the screen."""

LONG = 160
"""Characters from which a message is set as text rather than as a heading."""

STOPPED = "Stopped. What had come so far stands here; ask again for the whole."


def turn_html(said: Said, number: int, *, is_last: bool) -> str:
    """A turn with what can be done about it."""
    return _turn(said.message, number, f"{said.body}{_chips(said.chips) if is_last else ''}{_about(said, number)}")


def waiting_turn(question: str, turn: int) -> str:
    """The question, while its answer is being looked for."""
    return _turn(question, turn, '<p class="waiting">Looking through the sources…</p>')


def problem_turn(question: str, problem: str, turn: int) -> str:
    """The question, and in words why there is no answer."""
    return _turn(question, turn, problem_html(problem))


def answer_turn(question: str, answer: Answer, turn: int) -> str:
    """The question with its answer and the passages that this cites."""
    return _turn(question, turn, answer_html(answer, str(turn)))


def problem_html(problem: str) -> str:
    """Why there is no answer."""
    return f'<p class="problem" role="alert">{escaped(problem)}</p>'


def plain_html(words: str) -> str:
    """A plain word."""
    return f'<p class="claim" dir="auto">{escaped(words)}</p>'


def partial_html(claims: Sequence[Claim], place: str) -> str:
    """What has come so far of an answer."""
    marks = Marks(place)
    return "".join(marks.claim(claim) for claim in claims) + '<p class="waiting">…</p>'


def answer_html(answer: Answer, place: str) -> str:
    """An answer with its sources, or what is nearest where there is none."""
    body = _abstention(answer, place) if answer.abstained else _answer(answer, place)
    note = f'<p class="note">{escaped(answer.note)}</p>' if answer.note else ""
    return f"{note}{body}{_signature(answer)}"


def explanation_html(found: Explanation, place: str) -> str:
    """A thing explained, heading by heading."""
    marks = Marks(place)
    parts = "".join(
        f"<h3>{escaped(part.heading)}</h3>{''.join(marks.claim(claim) for claim in part.claims)}"
        for part in found.parts
    )
    return parts + marks.sources()


def comparison_html(found: Comparison, place: str) -> str:
    """Things side by side, and when to choose which."""
    marks = Marks(place)
    head = "".join(f'<th scope="col">{escaped(card.name)}</th>' for card in found.cards)
    what = "".join(f"<td>{marks.words(claim) if claim else ''}</td>" for claim in found.what)
    rows = "".join(
        f'<tr><th scope="row">{escaped(row.trait.name)}</th>'
        + "".join(
            f"<td>{marks.words(cell) if cell else '<span class=small>not said</span>'}</td>" for cell in row.cells
        )
        + "</tr>"
        for row in found.rows
    )
    choices = "".join(marks.claim(choice.claim) for choice in found.choices)
    return (
        '<div class="scrolls" tabindex="0" role="region" aria-label="Side by side"><table class="compared"><thead><tr>'
        f'<td></td>{head}</tr></thead><tbody><tr><th scope="row">What it is</th>{what}</tr>{rows}</tbody></table></div>'
        f"{'<h3>Choose</h3>' if choices else ''}{choices}{marks.sources()}"
    )


def verdict_html(review: QuestionReview) -> str:
    """The answer in one line, before the reasons; nothing where a remark says that the evidence does not decide."""
    if review.right:
        return f'<p class="result right">By the evidence: {" and ".join(review.right)}</p>'
    return ""


def open_question_html(question: Question) -> str:
    """A question with its options, to be talked about."""
    options = "".join(
        f'<li dir="auto"><span class="letter">{label}.</span> {escaped(option.text)}</li>'
        for label, option in question.labelled
    )
    return f'<p class="stem" dir="auto">{escaped(question.stem)}</p><ul class="plain-options">{options}</ul>'


def dialogue_html(dialogue: Dialogue) -> str:
    """What the tutor says in a dialogue, with the facts it cites."""
    cited = "".join(_fact(fact) for fact in dialogue.turn.citations)
    paragraphs = "".join(
        f'<p class="claim" dir="auto">{escaped(text)}</p>' for text in dialogue.turn.text.split("\n") if text.strip()
    )
    return f"{paragraphs}{f'<ul class=facts-cited>{cited}</ul>' if cited else ''}"


def _fact(fact: CitedFact) -> str:
    return f"<li>{escaped(fact.card.name)}: <q>{escaped(fact.quote)}</q> {official_link(str(fact.source))}</li>"


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


def _about(said: Said, number: int) -> str:
    """Copy, ask again, and whether it helped."""
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


def _answer(answer: Answer, place: str) -> str:
    marks = Marks(place)
    return "".join(marks.claim(claim) for claim in answer.claims) + marks.sources()


def _abstention(answer: Answer, place: str) -> str:
    body = '<p class="claim">Nothing in the library supports an answer to that, so there is none.</p>'
    if missing := answer.evidence.missing:
        words = ", ".join(f"<b><bdi>{escaped(term)}</bdi></b>" for term in missing)
        body += f'<p class="missing">Not found in any passage near it: {words}.</p>'
    body += nearest_sources(answer.nearest, place)
    return body + '<p class="advice">To add a source, go to Library and bring in notes or a link, then ask again.</p>'


def _signature(answer: Answer) -> str:
    """Who put the answer into words, and how sure it is."""
    who = "grounded engine · no model" if answer.engine == GROUNDED else f"{answer.engine} · checked against sources"
    level = "high" if answer.confidence >= 0.85 else "fair" if answer.confidence >= 0.65 else "low"
    return (
        f'<p class="signature"><span>{escaped(who)}</span><span class="confidence {level}">'
        f"confidence {level} ({answer.confidence:.2f})</span></p>"
    )
