"""The report on a mock exam as HTML: the estimate, where marks were lost, and why."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.blueprint import ExamFormat
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Confidence
from tutor.learner.journal import Remark
from tutor.learner.readiness import ASSUMES
from tutor.mock_report import ExamReport, QuestionResult, Tally, explained
from tutor.scaled_score import INTERVAL_SAYS, ScaledScore
from ui.page.citations import escaped
from ui.page.journal import remark_html
from ui.page.progress_charts import score_scale
from ui.page.question_html import review_html

LISTED_CHANGES = 20


def report_html(report: ExamReport, known: Knowledge, opened: str = "", written: Sequence[Remark] = ()) -> str:
    """The whole report; `opened` is the question whose reasons are shown, `written` the learner's remarks on it."""
    notes = "".join(f'<p class="note">{escaped(note)}</p>' for note in report.notes)
    return (
        '<div class="question-card report"><h3 class="big" tabindex="-1" '
        f'data-focus="{escaped(report.sitting)}-report">'
        f"{_headline(report)}</h3>{notes}{_scale(report.estimate, known.pack.exam.format)}"
        f"<p>{report.right} of {report.scored} questions that count were right, in {_minutes(report.seconds)}.</p>"
        f"{_tallies('By domain', report.domains)}{_study(report, known)}</div>"
        f"{_errors(report, known, opened, written)}{_changes(report)}{_times(report)}"
        '<div class="line end"><button type="button" class="primary" data-do="door">Done</button></div>'
    )


def _headline(report: ExamReport) -> str:
    estimate = report.estimate
    if estimate is None:
        return f"{report.right} of {report.scored} right"
    if estimate.passed is None:
        return f"About {estimate.score}"
    side = "above" if estimate.passed else "below"
    return f"About {estimate.score}: {side} the pass mark{'' if estimate.clear else ', but too near to tell'}"


def _scale(estimate: ScaledScore | None, form: ExamFormat) -> str:
    if estimate is None or form.scale_min is None or form.scale_max is None:
        return ""
    return (
        f'{score_scale(form.scale_min, form.scale_max, estimate)}<p class="small">From {estimate.low} to '
        f"{estimate.high}. {ASSUMES} {INTERVAL_SAYS}</p>"
    )


def _tallies(title: str, tallies: tuple[Tally, ...]) -> str:
    rows = "".join(
        f'<li><span>{escaped(tally.title or tally.id)}</span><span class="share" style="--share:'
        f'{100 * tally.right // max(tally.of, 1)}%"></span><b>{tally.right} of {tally.of}</b></li>'
        for tally in tallies
    )
    return f'<h4>{title}</h4><ul class="shares">{rows}</ul>'


def _study(report: ExamReport, known: Knowledge) -> str:
    names = {card.id: card.name for card in known.pack.cards}
    rows = "".join(
        f"<li><b>{escaped(one.task.id)} {escaped(one.task.title)}</b>"
        f"<span>{escaped(', '.join(names.get(card, card) for card in one.cards[:6]))}</span></li>"
        for one in report.study
    )
    return f'<h4>What to study next</h4><ol class="study-next">{rows}</ol>' if rows else ""


def _errors(report: ExamReport, known: Knowledge, opened: str, written: Sequence[Remark]) -> str:
    if not report.errors:
        return '<p class="note">Nothing was wrong.</p>'
    rows = "".join(_error(report, result, known, opened, written) for result in report.errors)
    lead = '<p class="small">Where you were surest first, blanks last.</p>'
    return f'<h3>What went wrong</h3>{lead}<ul class="errors">{rows}</ul>'


def _error(report: ExamReport, result: QuestionResult, known: Knowledge, opened: str, written: Sequence[Remark]) -> str:
    chosen = " and ".join(result.chosen) if result.chosen else "no answer"
    sure = '<span class="tag failed">you were sure</span>' if result.confidence is Confidence.SURE else ""
    said = f"You: {chosen}. Right: {' and '.join(result.answer)}."
    if result.shown.id != opened:
        more = (
            f'<button type="button" class="quiet" data-do="why" data-about="{escaped(report.sitting)}/'
            f'{escaped(result.shown.id)}">Why?</button>'
        )
    else:
        review = explained(result, known)
        more = (
            review_html(review, f"exam-{result.number}", result.chosen)
            if review is not None
            else '<p class="note">The pack no longer has what the reasons cite.</p>'
        ) + remark_html(written, f"{report.sitting}/{opened}", is_right=False)
    focus = f' tabindex="-1" data-focus="{escaped(result.shown.id)}-why"' if result.shown.id == opened else ""
    return (
        f'<li><p class="said"{focus} dir="auto"><b>{result.number}.</b> {escaped(result.shown.stem)}</p>'
        f'<p class="small">{said} <span class="tag">task {escaped(result.shown.task)}</span>{sure}</p>{more}</li>'
    )


def _changes(report: ExamReport) -> str:
    numbers = {result.shown.id: result.number for result in report.results}
    rows = "".join(
        f"<li>Question {numbers[one.question]}: {' and '.join(one.before)} to {' and '.join(one.after)}, "
        f"<b>{one.change}</b></li>"
        for one in report.changes[:LISTED_CHANGES]
    )
    return (
        f"<details><summary>Changed answers <span class='count'>{len(report.changes)}</span></summary><ul>"
        f"{rows}</ul></details>"
        if rows
        else ""
    )


def _times(report: ExamReport) -> str:
    slow = sorted(report.results, key=lambda result: -result.seconds)[:10]
    rows = "".join(
        f"<li>Question {result.number}: {_minutes(result.seconds)}, {'right' if result.correct else 'wrong'}</li>"
        for result in slow
        if result.seconds >= 1
    )
    return f"<details><summary>Where the time went</summary><ul>{rows}</ul></details>" if rows else ""


def _minutes(seconds: float) -> str:
    return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
