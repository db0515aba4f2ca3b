"""When to see a question again: FSRS, worked out from the attempts.

A question becomes a review card with its first answer that was wrong or not sure. FSRS (Ye, Su & Cao 2022, A Stochastic
Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling) then puts each review where
the probability to recall has fallen to 90 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

from tutor.learner.attempts import Attempt, Confidence

# No steps of minutes, for nobody sits that long; no chance in the dates, so that the same attempts give the same ones.
_SCHEDULER = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Due:
    """A question to see again from `due_at` on, with the concepts and the task it belongs to.

    `lapses` is how often it was answered wrong; `sure_and_wrong` says that its last answer was, by one who felt sure.
    """

    question: str
    task: str
    cards: tuple[str, ...]
    due_at: datetime
    last_seen: datetime
    reviews: int
    lapses: int
    sure_and_wrong: bool


def due(attempts: Iterable[Attempt], now: datetime) -> list[Due]:
    """What to review by now, most overdue first."""
    return [review for review in schedule(attempts, now) if review.due_at <= now]


def schedule(attempts: Iterable[Attempt], now: datetime) -> list[Due]:
    """Every review card of one learner and exam, soonest first, from attempts in the order they were recorded.

    A clock that went backwards, or ahead of `now`, is read as standing still: no interval is negative.
    """
    histories: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.question in histories or not _is_sure_and_right(attempt):
            histories.setdefault(attempt.question, []).append(attempt)
    return sorted((_review(history, now) for history in histories.values()), key=lambda each: each.due_at)


def _review(history: list[Attempt], now: datetime) -> Due:
    """The review card that a question's attempts make, from the first one that called for it."""
    card, seen = Card(card_id=0), None
    for attempt in history:
        at = min(attempt.at, now) if seen is None else max(min(attempt.at, now), seen)
        seen = at.astimezone(UTC)
        card, _ = _SCHEDULER.review_card(card, _rating(attempt), seen)
    last = history[-1]
    return Due(
        question=last.question,
        task=last.task,
        cards=last.cards,
        due_at=card.due,
        last_seen=card.last_review or card.due,
        reviews=len(history) - 1,
        lapses=sum(not attempt.correct for attempt in history),
        sure_and_wrong=not last.correct and last.confidence is Confidence.SURE,
    )


def _rating(attempt: Attempt) -> Rating:
    """A right guess was not recalled any more than a wrong answer; nobody is asked how easy it was."""
    if not attempt.correct or attempt.confidence is Confidence.GUESS:
        return Rating.Again
    return Rating.Hard if attempt.confidence is Confidence.UNSURE else Rating.Good


def _is_sure_and_right(attempt: Attempt) -> bool:
    """Who was not asked how sure they were is taken at their answer."""
    return attempt.correct and attempt.confidence in {Confidence.SURE, None}
