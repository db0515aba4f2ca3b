"""The plan to the exam day as HTML, or in words why there is none and what to do about it."""

from __future__ import annotations

from corpus.errors import ExamTutorError
from tutor.learner.plan import Plan, Week
from ui.page.citations import escaped


def plan_html(plan: Plan) -> str:
    """Week by week, the first one open."""
    weeks = "".join(_week(week, is_open=number == 0) for number, week in enumerate(plan.weeks))
    notes = "".join(f'<p class="note">{escaped(note)}</p>' for note in plan.notes)
    return f'<div class="question-card"><h3>Plan to {plan.exam_day:%d %B %Y}</h3>{notes}{weeks}</div>'


def no_plan_html(why: ExamTutorError) -> str:
    """Why there is no plan, with the way to where the exam day is set."""
    return (
        f'<div class="question-card"><h3>Plan</h3><p>There is no plan yet. {escaped(str(why))}</p>'
        '<div class="line"><button type="button" class="plain" data-do="tab" data-about="settings">'
        "Set your exam day</button></div></div>"
    )


def _week(week: Week, *, is_open: bool) -> str:
    rows = "".join(
        f'<li><span class="when">{activity.day:%a %d %b}</span><bdi>{escaped(activity.title)}</bdi>'
        f"{f'<span class=tag>{activity.minutes} min</span>' if activity.minutes else ''}</li>"
        for activity in week.activities
    )
    return (
        f"<details{' open' if is_open else ''}><summary>Week {week.number}, from {week.start:%d %B} "
        f'<span class="count">{week.minutes / 60:.1f} hours</span></summary><ul class="rows">{rows}</ul></details>'
    )
