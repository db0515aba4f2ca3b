"""The JSON of quizzes and mock exams. Keys may be added, none renamed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from corpus.questions import Question
from tutor.knowledge import Knowledge
from tutor.learner.readiness import ASSUMES
from tutor.mock_report import ExamReport, QuestionResult, Tally, explained
from tutor.option_reviews import QuestionReview
from tutor.reviewing import review_if_cited
from tutor.scaled_score import INTERVAL_SAYS, ScaledScore
from tutor.sitting import Sitting
from ui.shapes import Json, citation_json


def quiz_json(questions: Iterable[Question], notes: Sequence[str], known: Knowledge | None) -> Json:
    """`{"questions": [{"id", "stem", "options", "select", "domain", "task", "difficulty", "origin"}], "notes"}`.

    With `known` each question has its "answer", a list of labels, and "reasons", one for each option. The options
    stand as the pack or the generator has them, so that `explain` knows them by the same labels.
    """
    return {"questions": [_drawn_json(question, known) for question in questions], "notes": list(notes)}


def _drawn_json(question: Question, known: Knowledge | None) -> Json:
    shape = {
        **_asked_json(question),
        "domain": question.task.partition(".")[0],
        "task": question.task,
        "difficulty": question.difficulty,
        "origin": question.origin,
    }
    if known is not None:
        shape["answer"] = list(question.answer)
        shape["reasons"] = reasons_json(question, review_if_cited(question, known))
    return shape


def _asked_json(question: Question) -> Json:
    return {
        "id": question.id,
        "stem": question.stem,
        "options": [{"label": label, "text": option.text} for label, option in question.labelled],
        "select": question.select,
    }


def reasons_json(question: Question, review: QuestionReview | None) -> list[Json]:
    """`[{"label", "verdict", "reason", "citations", "right_if"}]`; without a review the reasons have no citations."""
    reasons = []
    for number, (label, option) in enumerate(question.labelled):
        claims = review.options[number].claims if review else ()
        citations = dict.fromkeys(citation for claim in claims for citation in claim.citations)
        reasons.append(
            {
                "label": label,
                "verdict": "right" if option.correct else "wrong",
                "reason": review.options[number].reason if review else option.rationale,
                "citations": [citation_json(citation) for citation in citations],
                "right_if": option.right_if,
            }
        )
    return reasons


def sitting_json(sitting: Sitting, now: datetime, notes: Sequence[str]) -> Json:
    """`{"sitting", "minutes", "seconds_left", "finished", "questions", "notes", "report": null}`.

    Each question is `{"number", "id", "stem", "options", "select", "chosen", "flagged"}`, its options as this sitting
    shows them.
    """
    left = sitting.left(now)
    return {
        "sitting": sitting.id,
        "minutes": sitting.begun.minutes,
        "seconds_left": None if left is None else round(left),
        "finished": sitting.finished_at is not None,
        "questions": [
            {
                "number": number,
                **_asked_json(sitting.shown(question.id)),
                "chosen": list(sitting.labels(question.id, sitting.chosen(question.id))),
                "flagged": question.id in sitting.flags,
            }
            for number, question in enumerate(sitting.questions, start=1)
        ],
        "notes": list(notes),
        "report": None,
    }


def report_json(report: ExamReport, known: Knowledge) -> Json:
    """`{"sitting", "right", "scored", "estimate", "domains", "tasks", "errors", "changes", "times", "study", …}`."""
    return {
        "sitting": report.sitting,
        "right": report.right,
        "scored": report.scored,
        "estimate": _estimate_json(report.estimate),
        "domains": [_tally_json(tally) for tally in report.domains],
        "tasks": [_tally_json(tally) for tally in report.tasks],
        "errors": [_error_json(error, known) for error in report.errors],
        "changes": [
            {
                "id": one.question,
                "before": list(one.before),
                "after": list(one.after),
                "change": str(one.change),
                "seconds": round(one.clock, 1),
            }
            for one in report.changes
        ],
        "times": [
            {"number": one.number, "id": one.shown.id, "seconds": round(one.seconds, 1)} for one in report.results
        ],
        "study": [{**_tally_json(one.task), "cards": list(one.cards)} for one in report.study],
        "seconds": round(report.seconds, 1),
        "notes": list(report.notes),
    }


def _estimate_json(estimate: ScaledScore | None) -> Json | None:
    if estimate is None:
        return None
    return {
        "score": estimate.score,
        "low": estimate.low,
        "high": estimate.high,
        "pass_mark": estimate.pass_mark,
        "passed": estimate.passed,
        "assumes": ASSUMES,
        "interval": INTERVAL_SAYS,
    }


def _tally_json(tally: Tally) -> Json:
    return {
        "id": tally.id,
        "title": tally.title,
        "right": tally.right,
        "of": tally.of,
        "weight": round(tally.weight, 4),
    }


def _error_json(error: QuestionResult, known: Knowledge) -> Json:
    return {
        "number": error.number,
        **_asked_json(error.shown),
        "task": error.shown.task,
        "chosen": list(error.chosen),
        "answer": list(error.answer),
        "confidence": error.confidence and str(error.confidence),
        "seconds": round(error.seconds, 1),
        "counted": error.counted,
        "reasons": reasons_json(error.shown, explained(error, known)),
    }
