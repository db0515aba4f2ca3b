"""What the tutor said in one turn, whatever it is, as HTML, and what may be tapped next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.questions import Question
from tutor.answers import Answer, Claim
from tutor.compare import Comparison
from tutor.engines.grounded import NAME as GROUNDED
from tutor.explain import Explanation
from tutor.intent import Intent
from tutor.option_reviews import QuestionReview
from tutor.socratic.dialogue import CitedFact, Dialogue
from tutor.turns import Answered, Compared, Explained, Handover, Led, Marked, Plain, Posed, Reviewed, Turn
from ui.page.citations import escaped, official_link
from ui.page.conversation import Chip
from ui.page.marks import Marks, nearest_sources
from ui.page.question_html import review_html

PLACES = {
    Intent.QUIZ: "Start the quiz",
    Intent.EXAM: "To the mock exam",
    Intent.PLAN: "To the plan",
    Intent.PROGRESS: "To my progress",
}


def body_of(turn: Turn, place: str) -> str:
    """A turn's HTML; `place` keeps its panels apart from those of other turns."""
    return plain_html(turn.word) * bool(turn.word) + _shown(turn, place)


def chips_of(turn: Turn) -> Iterator[Chip]:
    """Where it leads, then what may be said next."""
    if isinstance(turn, Handover):
        topic = turn.topic or ", ".join(turn.tasks)
        if turn.intent is Intent.QUIZ:
            yield Chip(PLACES[turn.intent], "practise", f"topic/{topic}")
        elif turn.intent in PLACES:
            yield Chip(PLACES[turn.intent], "tab", "exam" if turn.intent is Intent.EXAM else "progress")
    for suggestion in turn.suggestions:
        yield Chip(suggestion, "say", suggestion)


def _shown(turn: Turn, place: str) -> str:  # noqa: PLR0911  one for each kind of turn
    match turn:
        case Answered(answer=answer):
            return answer_html(answer, place)
        case Explained(explanation=explanation):
            return _explanation(explanation, place)
        case Compared(comparison=comparison):
            return _comparison(comparison, place)
        case Reviewed(review=review, labels=labels):
            asked = tuple(option for option in review.options if option.label in labels)
            some = len(asked) < len(review.options)
            shown = replace(review, options=asked, remarks=()) if some else review
            return ("" if some else _verdict(review)) + review_html(shown, place)
        case Posed(question=question):
            return _posed(question)
        case Marked(review=review, chosen=chosen, right=right):
            css = "right" if right else "wrong"
            said = f'<p class="result {css}">{"That is right." if right else "Not this time."}</p>' if chosen else ""
            return said + review_html(review, place, chosen)
        case Led(dialogue=dialogue):
            return _dialogue(dialogue)
        case Handover() | Plain():
            return ""


def plain_html(words: str) -> str:
    """A plain word, paragraph by paragraph."""
    return "".join(f'<p class="claim" dir="auto">{escaped(line)}</p>' for line in words.split("\n") if line.strip())


def problem_html(problem: str) -> str:
    """Why there is no answer."""
    return f'<p class="problem" role="alert">{escaped(problem)}</p>'


def partial_html(claims: Sequence[Claim], place: str) -> str:
    """What has come so far of an answer."""
    marks = Marks(place)
    return "".join(marks.claim(claim) for claim in claims) + '<p class="waiting">…</p>'


def answer_html(answer: Answer, place: str) -> str:
    """An answer with its sources, or what is nearest where there is none."""
    body = _abstention(answer, place) if answer.abstained else _answer(answer, place)
    note = f'<p class="note">{escaped(answer.note)}</p>' if answer.note else ""
    return f"{note}{body}{_signature(answer)}"


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
    who = (
        "from quoted passages · no language model"
        if answer.engine == GROUNDED
        else f"{answer.engine} · checked against sources"
    )
    level = "high" if answer.confidence >= 0.85 else "fair" if answer.confidence >= 0.65 else "low"
    return (
        f'<p class="signature"><span>{escaped(who)}</span><span class="confidence {level}">'
        f"confidence {level} ({answer.confidence:.2f})</span></p>"
    )


def _explanation(found: Explanation, place: str) -> str:
    marks = Marks(place)
    parts = "".join(
        f"<h3>{escaped(part.heading)}</h3>{''.join(marks.claim(claim) for claim in part.claims)}"
        for part in found.parts
    )
    return parts + marks.sources()


def _comparison(found: Comparison, place: str) -> str:
    marks = Marks(place)

    def row(name: str, claims: Sequence[Claim | None]) -> str:
        unsaid = '<span class="small">not said</span>'
        cells = "".join(f"<td>{marks.words(claim) if claim else unsaid}</td>" for claim in claims)
        return f'<tr><th scope="row">{escaped(name)}</th>{cells}</tr>'

    head = "".join(f'<th scope="col">{escaped(card.name)}</th>' for card in found.cards)
    rows = row("What it is", found.what) + "".join(row(one.trait.name, one.cells) for one in found.rows)
    choices = "".join(marks.claim(choice.claim) for choice in found.choices)
    return (
        '<div class="scrolls" tabindex="0" role="region" aria-label="Side by side"><table class="compared">'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{'<h3>Choose</h3>' if choices else ''}{choices}{marks.sources()}"
    )


def _verdict(review: QuestionReview) -> str:
    """The answer in one line, before the reasons; nothing where a remark says that the evidence does not decide."""
    if review.right:
        return f'<p class="result right">By the evidence: {" and ".join(review.right)}</p>'
    return ""


def _posed(question: Question) -> str:
    """A question with its options; where one is to be chosen, a tap chooses it."""
    return f'<p class="stem" dir="auto">{escaped(question.stem)}</p>' + _options(
        question, is_tapped=question.select == 1
    )


def _options(question: Question, *, is_tapped: bool) -> str:
    if is_tapped:
        rows = "".join(
            f'<li><button type="button" class="option" data-do="say" data-about="{label}" dir="auto"><span>'
            f'<span class="letter">{label}.</span> {escaped(option.text)}</span></button></li>'
            for label, option in question.labelled
        )
    else:
        rows = "".join(
            f'<li dir="auto"><span class="letter">{label}.</span> {escaped(option.text)}</li>'
            for label, option in question.labelled
        )
    several = "" if question.select == 1 else f'<p class="hint">Choose {question.select}: type their letters.</p>'
    return f'{several}<ul class="plain-options">{rows}</ul>'


def _dialogue(dialogue: Dialogue) -> str:
    """What the tutor says in a dialogue, with the facts it cites; the question stands above its first turn."""
    opening = ""
    if dialogue.turn.reply is None:
        stem = f'<p class="stem" dir="auto">{escaped(dialogue.question.stem)}</p>'
        opening = stem + _options(dialogue.question, is_tapped=False)
    cited = "".join(_fact(fact) for fact in dialogue.turn.citations)
    facts = f'<ul class="facts-cited">{cited}</ul>' if cited else ""
    return f"{opening}{plain_html(dialogue.turn.text)}{facts}"


def _fact(fact: CitedFact) -> str:
    return f"<li>{escaped(fact.card.name)}: <q>{escaped(fact.quote)}</q> {official_link(str(fact.source))}</li>"
