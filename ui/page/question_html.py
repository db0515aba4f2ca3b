"""A question as HTML: to be answered, and with the reasons of all its options once it is."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Sequence

from corpus.questions import Question
from tutor.answers import Claim
from tutor.learner.attempts import Confidence
from tutor.option_reviews import OptionReview, QuestionReview
from ui.page.citations import escaped
from ui.page.marks import Marks

CONFIDENCES = {Confidence.GUESS: "A guess", Confidence.UNSURE: "Unsure", Confidence.SURE: "Sure"}


def stem_html(question: Question, focus: str = "") -> str:
    """The stem as a heading that takes the focus; paragraphs stay paragraphs."""
    return f'<h3 class="stem" tabindex="-1" data-focus="{escaped(focus)}" dir="auto">{escaped(question.stem)}</h3>'


def choices_html(question: Question, chosen: Collection[str] = ()) -> str:
    """The options to choose from: one or several, with the keys 1 to 6; `chosen` are labels."""
    kind = "radio" if question.select == 1 else "checkbox"
    several = f'<p class="hint">Choose {_count(question.select)}.</p>' if question.select > 1 else ""
    rows = "".join(
        f'<label class="option"><input type="{kind}" name="chosen" value="{label}" data-key="{number}"'
        f"{' checked' if label in chosen else ''}><kbd aria-hidden='true'>{number}</kbd>"
        f'<span dir="auto"><span class="letter">{label}.</span> {escaped(option.text)}</span></label>'
        for number, (label, option) in enumerate(question.labelled, start=1)
    )
    return f'<fieldset class="options"><legend class="spoken">Options</legend>{several}{rows}</fieldset>'


def confidence_html(chosen: Confidence | None = None) -> str:
    """How sure one is, in one tap."""
    rows = "".join(
        f'<label><input type="radio" name="confidence" value="{level}" data-key="{level[0]}"'
        f"{' checked' if level is chosen else ''}><span>{name} <kbd aria-hidden='true'>{level[0].upper()}</kbd>"
        f"</span></label>"
        for level, name in CONFIDENCES.items()
    )
    return f'<fieldset class="sureness"><legend>How sure are you?</legend>{rows}</fieldset>'


def positions(labels: Iterable[str], question: Question) -> tuple[int, ...]:
    """The places on the screen of options by their letters; what is no option's letter is passed over."""
    letters = string.ascii_uppercase[: len(question.options)]
    return tuple(sorted({letters.index(label) for label in labels if len(label) == 1 and label in letters}))


def review_html(review: QuestionReview, place: str, chosen: Collection[str] = ()) -> str:
    """All options with their verdicts and reasons, the sources below; `chosen` are the learner's labels."""
    marks = Marks(place)
    needs = "".join(f"<li><q>{escaped(need.text)}</q></li>" for need in review.requirements)
    asked = f'<div class="needs"><span>What it asks for</span><ul>{needs}</ul></div>' if needs else ""
    options = "".join(_option(option, marks, option.label in chosen) for option in review.options)
    contrast = marks.claim(review.contrast, "contrast") if review.contrast else ""
    remarks = "".join(_remark(remark, marks) for remark in review.remarks)
    return f'{remarks}{asked}<ul class="reasons">{options}</ul>{contrast}{marks.sources()}'


_VERDICTS = {"right": "Right", "wrong": "Wrong", "undecided": "Open"}


def _option(option: OptionReview, marks: Marks, is_chosen: bool) -> str:
    said = "".join(marks.claim(claim) for claim in _once(option.claims))
    remark = f'<p class="claim">{escaped(option.remark)}</p>' if option.remark else ""
    right_if = f'<p class="right-if">In another scenario: {escaped(option.right_if)}</p>' if option.right_if else ""
    yours = '<span class="tag">your choice</span>' if is_chosen else ""
    return (
        f'<li class="{option.verdict}{" chosen" if is_chosen else ""}"><p class="verdict">'
        f'<span class="sign">{_VERDICTS[option.verdict]}</span>{yours}</p>'
        f'<p class="said" dir="auto"><span class="letter">{escaped(option.label)}.</span> {escaped(option.text)}</p>'
        f"{said}{remark}{right_if}</li>"
    )


def _once(claims: Sequence[Claim]) -> list[Claim]:
    return list({claim.text: claim for claim in claims}.values())


def _remark(remark: Claim | str, marks: Marks) -> str:
    if isinstance(remark, Claim):
        return marks.claim(remark, "note")
    return f'<p class="note">{escaped(remark)}</p>'


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five"}.get(number, str(number))
