"""The Mock exam tab: clock, map of questions, flags, review, report. It is all in the ledger, so a reload goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.blueprint import Exam
from tutor.learner.attempts import Mode
from tutor.mock_exam import begin_exam, review_list
from tutor.mock_report import exam_report
from tutor.sitting import Sitting
from tutor.sittings import Sittings, Step
from ui.page.citations import escaped
from ui.page.exam_report_html import report_html
from ui.page.journal import keep_remark, remarks_on
from ui.page.parts import Visit, on, part
from ui.page.question_html import choices_html, positions, stem_html
from ui.page.study import Study

if TYPE_CHECKING:
    import gradio as gr

REVIEW = "review"
"""What `data-about` says, in the place of a question, for the list that is looked through before handing in."""


class ExamTab:
    """What the tab shows and does. `data-about` is a sitting's id, and behind a slash where to go."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def show(self, visit: Visit) -> str:
        """The exam under way, or the door to a new one."""
        sittings = self.study.sittings(visit.learner)
        unfinished = sittings.unfinished(Mode.EXAM)
        if not unfinished:
            return self._door(sittings)
        return self._after(visit, sittings.resume(unfinished[-1], self.study.now()))

    def act(self, visit: Visit) -> Any:  # noqa: ANN401  HTML, or Gradio's word for no change
        """Do what was tapped, and show where that leads.

        A choice and the way on may come together: they are taken one after the other, and a choice that was merely
        kept changes nothing on the page, lest it bring back a question that has been left.
        """
        import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

        with self.study.desk(visit.learner).turn:
            shown = self._acted(visit)
        return gr.skip() if shown is None else shown

    def _acted(self, visit: Visit) -> str | None:
        sittings, do = self.study.sittings(visit.learner), visit.act.do
        identity, _, where = visit.act.about.partition("/")
        if do == "begin":
            step = begin_exam(sittings, self.study.attempts(visit.learner), self.study.now(), self.study.rng)
            return self._after(visit, step)
        if do in {"report", "why", "remark"}:
            sitting = sittings.load(identity)
            if do == "remark":
                keep_remark(self.study, visit, sitting.question(where).id)
            return self._report(visit, sitting, opened=where)
        if do == "door" or not identity:
            return self._door(sittings) if do == "door" else self.show(visit)
        step = self._save(visit, sittings, sittings.load(identity))
        if do == "hand-in" or step.sitting.over(self.study.now()):
            done = sittings.finish(step.sitting, self.study.now())
            return self._report(visit, done.sitting, step.note)
        if do == "keep" and not step.note:
            return None
        return self._move(visit, sittings, step, where)

    def _save(self, visit: Visit, sittings: Sittings, sitting: Sitting) -> Step:
        """Keep what the form holds of the question that was on the screen, where that is new."""
        question_id = visit.act.said("question")
        if question_id not in sitting.by_id:
            return Step(sitting)
        shown = sitting.shown(question_id)
        chosen = sitting.places(question_id, positions(visit.act.fields.get("chosen", ()), shown)[: shown.select])
        if chosen == sitting.chosen(question_id):
            return Step(sitting)
        return sittings.answer(sitting, question_id, chosen, self.study.now())

    def _move(self, visit: Visit, sittings: Sittings, step: Step, where: str) -> str:
        sitting, now = step.sitting, self.study.now()
        match visit.act.do:
            case "flag":
                flag = where not in sitting.flags
                return self._after(visit, Step(sittings.flag(sitting, where, flag, now), step.note))
            case "review":
                return self._review(sitting, step.note)
            case "go" if where in sitting.by_id:
                return self._after(visit, Step(sittings.open(sitting, where, now), step.note))
            case _:
                return self._after(visit, step)

    def _after(self, visit: Visit, step: Step) -> str:
        sitting = step.sitting
        if sitting.over(self.study.now()):
            done = self.study.sittings(visit.learner).finish(sitting, self.study.now())
            return self._report(visit, done.sitting, step.note)
        return self._question(sitting, step.note)

    def _question(self, sitting: Sitting, note: str) -> str:
        ids = [question.id for question in sitting.questions]
        now_open = sitting.opened[-1] if sitting.opened else ids[0]
        place = ids.index(now_open)
        shown = sitting.shown(now_open)
        is_last = place == len(ids) - 1
        onward = ("review", REVIEW) if is_last else ("go", ids[place + 1])
        back = _button("go", sitting, ids[place - 1], "Back", "plain", key="ArrowLeft") if place else ""
        about = f"{sitting.id}/{now_open}"
        return (
            f'<form class="exam" data-do="{onward[0]}" data-about="{escaped(f"{sitting.id}/{onward[1]}")}" '
            f'data-fresh="{escaped(about)}" data-change="keep">'
            f'<input type="hidden" name="question" value="{escaped(now_open)}">{self._head(sitting, place, now_open)}'
            f'{_note(note)}<div class="question-card">{stem_html(shown, about)}'
            f"{choices_html(shown, sitting.labels(now_open, sitting.chosen(now_open)))}"
            f'<div class="line between">{back}<button type="submit" class="primary" data-key="Enter">'
            f"{'Review' if is_last else 'Next'} <kbd aria-hidden='true'>Enter</kbd></button></div></div>"
            f"{_map_html(sitting, now_open)}</form>"
        )

    def _head(self, sitting: Sitting, place: int, question_id: str) -> str:
        flagged = question_id in sitting.flags
        said = "Flagged" if flagged else "Flag"
        return (
            f'<div class="quiz-head"><p>Question <b>{place + 1}</b> of {len(sitting.questions)}</p>'
            f"{self._clock(sitting)}"
            f"{_button('flag', sitting, question_id, said, 'quiet flag', key='f', pressed=flagged)}"
            f"{_button('review', sitting, REVIEW, 'Review', 'quiet')}</div>"
        )

    def _clock(self, sitting: Sitting) -> str:
        left = sitting.left(self.study.now())
        if left is None:
            return ""
        return (
            f'<p class="clock"><span class="spoken">Time left: </span><span role="timer" data-seconds="{left:.1f}" '
            f'data-said="{escaped(sitting.id)}-{sitting.events}">{_hours(left)}</span></p>'
        )

    def _review(self, sitting: Sitting, note: str = "") -> str:
        lines = review_list(sitting)
        blank, flagged = sum(not line.answered for line in lines), sum(line.flagged for line in lines)
        said = f"{len(lines) - blank} answered, {blank} without an answer, {flagged} flagged."
        ask = f"Hand in with {blank} without an answer? " if blank else "Hand in the exam? "
        last = sitting.opened[-1] if sitting.opened else sitting.questions[0].id
        return (
            f'<div class="quiz-head"><p><b>Review</b></p>{self._clock(sitting)}</div>{_note(note)}'
            f'<div class="question-card"><h3 class="big" tabindex="-1" data-focus="{escaped(sitting.id)}-review-'
            f'{sitting.events}">Before you hand in</h3><p>{said} A blank counts as wrong.</p>'
            f"{_map_html(sitting, '')}"
            f'<div class="line between">{_button("go", sitting, last, "Back to the questions", "plain")}'
            f'<button type="button" class="primary" data-do="hand-in" data-about="{escaped(sitting.id)}/" '
            f'data-ask="{ask}This ends it.">Hand in</button></div></div>'
        )

    def _report(self, visit: Visit, sitting: Sitting, note: str = "", opened: str = "") -> str:
        report = exam_report(sitting, self.study.pack)
        written = remarks_on(self.study, visit.learner, opened)
        return _note(note) + report_html(report, self.study.desk(visit.learner).known, opened, written)

    def _door(self, sittings: Sittings) -> str:
        past = "".join(
            f'<li><bdi>{began:%d %B %Y, %H:%M} UTC</bdi><button type="button" class="quiet" data-do="report" '
            f'data-about="{escaped(identity)}/">Report</button></li>'
            for identity, began in reversed(sittings.finished(Mode.EXAM))
        )
        history = f'<h3>Exams you sat</h3><ul class="rows">{past}</ul>' if past else ""
        return f"{_door_html(self.study.pack.exam)}{history}"


def build_exam(tab: ExamTab, here: gr.Tab) -> Any:  # noqa: ANN401  its events are named at run time
    """Put the tab onto the page under construction."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    gr.HTML('<h2 class="title">Mock exam</h2>', apply_default_css=False, js_on_load=None)
    exam = part("", elem_id="mock")
    on([here.select], tab.show, outputs=[exam])
    on([exam.act], tab.act, outputs=[exam], trigger_mode="multiple")  # an answer and the way on may come together
    return exam


def _door_html(exam: Exam) -> str:
    form = exam.format
    facts = [
        (str(form.questions or "?"), "questions"),
        (str(form.minutes or "?"), "minutes"),
        (f"{form.pass_mark or '?'}", f"to pass, of {form.scale_max or '?'}"),
    ]
    told = "".join(f"<li><b>{figure}</b> {escaped(words)}</li>" for figure, words in facts)
    domains = "".join(
        f'<li><span>{escaped(domain.title)}</span><span class="share" style="--share:{domain.weight}%"></span>'
        f"<b>{domain.weight} %</b></li>"
        for domain in exam.domains
    )
    unscored = f" {form.unscored} of them do not count, and are not marked as such." if form.unscored else ""
    return (
        f'<p class="lead">As {escaped(exam.code)} is sat: the clock runs on while the page is closed, and you can come '
        f'back to where you were.</p><div class="question-card"><ul class="facts">{told}</ul>'
        f'<ul class="shares">{domains}</ul><p>Several right options count only together, and a blank is '
        f"wrong.{unscored}"
        '</p><div class="line end"><button type="button" class="primary" data-do="begin">Begin the exam</button>'
        "</div></div>"
    )


def _button(  # noqa: PLR0913, PLR0917  what a button says and does
    do: str, sitting: Sitting, where: str, words: str, css: str, key: str = "", pressed: bool | None = None
) -> str:
    return (
        f'<button type="button" class="{css}" data-do="{do}" data-about="{escaped(f"{sitting.id}/{where}")}"'
        f"{f' data-key={chr(34)}{key}{chr(34)}' if key else ''}"
        f"{f' aria-pressed={chr(34)}{str(pressed).lower()}{chr(34)}' if pressed is not None else ''}>{words}</button>"
    )


def _map_html(sitting: Sitting, now_open: str) -> str:
    cells = "".join(
        '<li><button type="button" '
        f'class="cell{" answered" if line.answered else ""}{" flagged" if line.flagged else ""}" '
        f'data-do="go" data-about="{escaped(f"{sitting.id}/{line.question}")}"'
        f"{' aria-current=step' if line.question == now_open else ''} "
        f'aria-label="Question {line.number}, {"answered" if line.answered else "not answered"}'
        f'{", flagged" if line.flagged else ""}">{line.number}</button></li>'
        for line in review_list(sitting)
    )
    return f'<nav class="map" aria-label="Questions"><ol>{cells}</ol></nav>'


def _note(note: str) -> str:
    return f'<p class="note" role="status">{escaped(note)}</p>' if note else ""


def _hours(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
