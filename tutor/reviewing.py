"""The review of a question of a sitting, which may have been drawn when the pack was another."""

from __future__ import annotations

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.knowledge import Knowledge
from tutor.option_reviews import QuestionReview
from tutor.options import review_question


def review_if_cited(question: Question, known: Knowledge, chosen: str | None = None) -> QuestionReview | None:
    """Why each option is right or wrong, with citations; None where the pack no longer has what the reasons cite.

    `chosen` is the label of the option that the contrast is drawn with.
    """
    return review_question(question, known, chosen) if _has_sources(question, known.pack) else None


def _has_sources(question: Question, pack: ExamPack) -> bool:
    proposed = {option.card for option in question.options if option.card}
    cited = (cite.split("#") for option in question.options for cite in option.cites)
    return proposed <= pack.cards_by_id.keys() and all(
        card in pack.cards_by_id and pack.cards_by_id[card].fact(fact) is not None for card, fact in cited
    )
