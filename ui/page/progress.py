"""The Progress tab: how ready, how sure, where it is weak, what the guide asks for, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus.blueprint import Domain, Task
from corpus.errors import ExamTutorError
from tutor.learner.attempts import Attempt, Confidence
from tutor.learner.practice import next_task
from tutor.learner.readiness import ASSUMES, calibration, readiness
from tutor.learner.record import LearnerRecord, Mastery
from tutor.learner.schedule import due
from ui.page.citations import escaped
from ui.page.journal import JournalPart, build_journal
from ui.page.learner_plan import plan_of, record_of
from ui.page.parts import Visit, on, part
from ui.page.plan_html import no_plan_html, plan_html
from ui.page.progress_charts import mastery_bar, score_scale, trend_line
from ui.page.question_html import CONFIDENCES
from ui.page.study import Study

if TYPE_CHECKING:
    import gradio as gr

FEWEST = 10
"""Answers below which an estimate says more of its assumptions than of the learner."""


class ProgressTab:
    """What the tab shows."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def show(self, visit: Visit) -> str:
        """Everything, worked out anew."""
        study, attempts = self.study, self.study.attempts(visit.learner)
        if not attempts:
            return (
                '<div class="empty"><p><b>Nothing to show yet.</b></p><p>Answer a few questions, and this page '
                "says where "
                'you stand and what to do next.</p><button type="button" class="primary" data-do="practise">'
                "Start with 10 "
                "questions</button></div>" + self._coverage(visit, None) + self._plan(visit)
            )
        record = record_of(study, visit.learner)
        return (
            f"{self._next(attempts, record)}{self._ready(attempts, record)}{self._coverage(visit, record)}"
            f"{_trend(record)}{_calibration(attempts)}{self._plan(visit)}"
        )

    def _next(self, attempts: Sequence[Attempt], record: LearnerRecord) -> str:
        exam = self.study.pack.exam
        waiting = len(due(attempts, self.study.now()))
        task = exam.task(next_task(record, exam))
        if waiting:
            review = "question is" if waiting == 1 else "questions are"
            return _action(f"{waiting} {review} due for review", "Review now", "due", "")
        title = f"{task.id} {task.title}" if task else exam.title
        return _action(f"Practise {title}", "Start", "topic", task.id if task else "")

    def _ready(self, attempts: Sequence[Attempt], record: LearnerRecord) -> str:
        pack, form = self.study.pack, self.study.pack.exam.format
        ready = readiness(record, pack)
        if ready is None or form.scale_min is None or form.scale_max is None:
            return ""
        few = (
            f" So far there are few answers ({len(attempts)}), so the range is wide." if len(attempts) < FEWEST else ""
        )
        return (
            '<div class="question-card"><h3>Would you pass today?</h3><ul class="facts">'
            f"<li><b>{ready.passing:.0%}</b> likely to pass<br>{ready.passing_low:.0%} to {ready.passing_high:.0%}</li>"
            f"<li><b>{ready.score:.0f}</b> expected score<br>{ready.low:.0f} to {ready.high:.0f}</li>"
            f"<li><b>{len(attempts):,}</b> answers so far</li></ul>"
            f'{score_scale(form.scale_min, form.scale_max, ready)}<p class="small">{ASSUMES}{few}</p></div>'
        )

    def _coverage(self, visit: Visit, record: LearnerRecord | None) -> str:
        pack = self.study.pack
        passages: Counter[str] = Counter()
        for _, _, task, count in self.study.desk(visit.learner).library.tagged():
            passages[task or ""] += count
        questions = Counter(question.task for question in pack.questions)
        rows = "".join(row for domain in pack.exam.domains for row in _domain_rows(domain, record, passages, questions))
        return (
            '<div class="question-card"><h3>The exam guide, task by task</h3><div class="scrolls" tabindex="0" '
            'role="region" '
            'aria-label="Mastery and coverage"><table class="coverage"><thead><tr><th scope="col">Task</th>'
            '<th scope="col">Mastery</th><th scope="col" class="number">Answers</th><th scope="col" '
            'class="number">Questions'
            f'</th><th scope="col" class="number">Passages</th></tr></thead><tbody>{rows}</tbody></table></div>'
            '<p class="small">The line is the chance to answer a question of middle difficulty right, the band '
            "holds it nine "
            "times in ten. Questions and passages are those on the task; new scenarios are made besides.</p></div>"
        )

    def _plan(self, visit: Visit) -> str:
        try:
            return plan_html(plan_of(self.study, visit.learner))
        except ExamTutorError as why:
            return no_plan_html(why)


def build_progress(tab: ProgressTab, here: gr.Tab) -> Any:  # noqa: ANN401  its events are named at run time
    """Put the tab onto the page under construction; what its buttons begin is for the frame to connect."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    gr.HTML('<h2 class="title">Progress</h2>', apply_default_css=False, js_on_load=None)
    shown = part("", elem_id="progress-part")
    on([here.select], tab.show, outputs=[shown])
    build_journal(JournalPart(tab.study), here)
    return shown


def _action(title: str, words: str, choice: str, topic: str) -> str:
    return (
        f'<div class="question-card next"><div><p class="small">Next</p><h3>{escaped(title)}</h3></div>'
        f'<button type="button" class="primary" data-do="practise" data-about="{escaped(f"{choice}/{topic}")}">{words}'
        "</button></div>"
    )


def _domain_rows(
    domain: Domain, record: LearnerRecord | None, passages: Mapping[str, int], questions: Mapping[str, int]
) -> Iterator[str]:
    tasks = [task.id for task in domain.tasks]
    mastery = record.domains.get(domain.id) if record else None
    yield (
        f'<tr class="domain"><th scope="rowgroup">{escaped(domain.title)} <span class="tag">{domain.weight} '
        f"%</span></th>"
        f"{_mastery_cell(mastery)}<td class='number'>{sum(questions[task] for task in tasks):,}</td>"
        f"<td class='number'>{sum(passages[task] for task in tasks):,}</td></tr>"
    )
    for task in domain.tasks:
        known = record.tasks.get(task.id) if record else None
        yield (
            f'<tr><th scope="row">{_task(task)}</th>{_mastery_cell(known)}'
            f"{_count_cell(questions[task.id])}{_count_cell(passages[task.id])}</tr>"
        )


def _task(task: Task) -> str:
    points = "".join(f"<li>{escaped(objective.text)}</li>" for objective in task.objectives)
    title = f"{escaped(task.id)} {escaped(task.title)}"
    return f"<details><summary>{title}</summary><ul>{points}</ul></details>" if points else title


def _mastery_cell(mastery: Mastery | None) -> str:
    if mastery is None or not mastery.answers:
        return '<td><span class="small">not met yet</span></td><td class="number">0</td>'
    said = f"{mastery.mean:.0%} <span class='small'>({mastery.low:.0%} to {mastery.high:.0%})</span>"
    return f'<td>{mastery_bar(mastery)}{said}</td><td class="number">{mastery.answers:,}</td>'


def _count_cell(count: int) -> str:
    return f'<td class="number{"" if count else " none"}">{count:,}</td>'


def _trend(record: LearnerRecord) -> str:
    line = trend_line(record.trend)
    return f'<div class="question-card"><h3>Over time</h3>{line}</div>' if line else ""


def _calibration(attempts: Sequence[Attempt]) -> str:
    found = calibration(attempts)
    rows = "".join(
        f'<li><span>{CONFIDENCES[word]}</span><span class="share" style="--share:{one.share:.0%}"></span>'
        f"<b>{one.right} of {one.answers}</b></li>"
        for word in reversed(Confidence)
        if (one := found.get(word)) is not None
    )
    if not rows:
        return ""
    return (
        f'<div class="question-card"><h3>How right you are when you feel sure</h3><ul class="shares">{rows}</ul>'
        '<p class="small">Sure and wrong is what costs most in an exam: those questions come back first.</p></div>'
    )
