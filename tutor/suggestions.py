"""What a learner may tap next; each is a message that the session takes to the letter for what it says."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.cards import Card
from corpus.exam_pack import ExamPack
from tutor.card_citations import contrast_of
from tutor.intent import Intent
from tutor.option_reviews import QuestionReview

QUIZ_ME = "Quiz me on this"
NEXT = "Next question"
LEAD_ME = "Lead me there"
TELL_ME = "Just tell me"
HINT = "Give me a hint"
STOP = "Stop"
BACK = "Back to it"
IN_DEPTH = "In depth"
SHORTER = "Shorter"
EVERY_OPTION = "Explain every option"
PLAN = "Make me a study plan"
QUIZ = "Quiz me"
NEW_SCENARIO = "A new scenario on this"

MEANT = {
    QUIZ_ME: Intent.QUIZ,
    NEXT: Intent.QUIZ,
    QUIZ: Intent.QUIZ,
    LEAD_ME: Intent.SOCRATIC,
    IN_DEPTH: Intent.EXPLAIN,
    SHORTER: Intent.EXPLAIN,
    EVERY_OPTION: Intent.WHY_WRONG,
    PLAN: Intent.PLAN,
    NEW_SCENARIO: Intent.SCENARIO,
}
"""What a suggestion means wherever it stands; the others are read by what they answer to."""


def meant(message: str) -> Intent | None:
    """What a message means that is one of the suggestions, whatever its case and marks; None for any other."""
    return _BY_TEXT.get(message.strip().rstrip(".!").casefold())


_BY_TEXT = {text.casefold(): intent for text, intent in MEANT.items()}


def after_talk(cards: Sequence[Card], pack: ExamPack, *extra: str) -> tuple[str, ...]:
    """Behind an answer or an explanation: a question on it, more of it, its closest rival beside it."""
    if not cards:
        return ()
    rival = next((card for card in pack.cards if card not in cards and contrast_of(cards[0], card)), None)
    compare = (f"How does it differ from {rival.name}?",) if rival and len(cards) == 1 else ()
    return (*extra, QUIZ_ME, *compare)


def after_marking(review: QuestionReview, chosen: Sequence[str]) -> tuple[str, ...]:
    """Behind a marked question: why what was chosen is wrong; where nothing was, whether another is ever right."""
    wrong = _wrong(review)
    mine = [label for label in wrong if label in chosen]
    return tuple(f"Why is {label} wrong?" for label in mine) or tuple(f"Is {label} ever right?" for label in wrong[:1])


def after_review(review: QuestionReview, shown: Sequence[str]) -> tuple[str, ...]:
    """Behind reasons for some options: when the first of them would be right, and the next wrong one."""
    wrong = _wrong(review)
    ever = next((label for label in wrong if label in shown), None)
    other = next((label for label in wrong if label not in shown), None)
    return (*((f"Is {ever} ever right?",) if ever else ()), *((f"Why is {other} wrong?",) if other else ()))


def _wrong(review: QuestionReview) -> list[str]:
    return [option.label for option in review.options if option.verdict == "wrong"]
