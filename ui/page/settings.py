"""The Settings tab: the exam day, who answers, and what is kept of a learner, to take along or to delete."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from corpus.errors import ExamTutorError
from tutor.engines.grounded import NAME as GROUNDED
from tutor.learner.attempts_csv import attempts_csv
from tutor.learner.calendar_file import calendar_file
from tutor.learner.current_plan import current_plan
from tutor.learner.exam_day import KIND, USUAL_HOURS, ExamDay, exam_day, exam_day_entry
from tutor.learner.flashcards import flashcards, missed, write_apkg
from ui.page.citations import escaped
from ui.page.feedback import forget_feedback
from ui.page.handed import Handed, handed_html
from ui.page.learner_plan import plan_of
from ui.page.parts import Visit, on, part
from ui.page.study import Study

if TYPE_CHECKING:
    import gradio as gr

CONFIRM = "delete"
"""The word to type before everything is deleted."""

_SET_BY = ", ".join(f"<code>EXAM_TUTOR_{key}</code>" for key in ("MODEL", "RERANKER", "PACK"))


class SettingsTab:
    """What the tab shows and does."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def show(self, visit: Visit) -> str:
        """The settings as they are."""
        return self._shown(visit)

    def act(self, visit: Visit) -> str:
        """Do what was tapped."""
        match visit.act.do:
            case "exam-day":
                return self._set_day(visit)
            case "export":
                return self._shown(visit, handed_html(self._file(visit), self.study.now()))
            case "delete":
                return self._delete(visit)
            case _:
                return self.show(visit)

    def _set_day(self, visit: Visit) -> str:
        study, said, hours = self.study, visit.act.said("day"), visit.act.said("hours")
        try:
            day = date.fromisoformat(said) if said else None
            wish = ExamDay(day, float(hours) if hours else USUAL_HOURS)
        except ValueError as error:
            raise ExamTutorError(
                "This is no date or no number of hours.", "Choose a day, and hours from 1 on."
            ) from error
        if not 0 < wish.hours <= 100:
            raise ExamTutorError(f"{wish.hours:g} hours a week cannot be planned.", "Give a number from 1 to 100.")
        if day is not None:  # what cannot be planned is refused, not kept
            current_plan(study.ledger, visit.learner, study.pack, wish, study.now())
        study.ledger.write(exam_day_entry(visit.learner, study.pack.exam.code, wish, study.now()))
        return self._shown(visit, '<p class="note" role="status">Saved. The plan in Progress follows it.</p>')

    def _file(self, visit: Visit) -> Handed:
        study, code = self.study, self.study.pack.exam.code.lower()
        match visit.act.about:
            case "csv":
                return Handed(f"{code}-answers.csv", "text/csv", attempts_csv(study.attempts(visit.learner)).encode())
            case "ics":
                content = calendar_file(plan_of(study, visit.learner), visit.learner, study.now())
                return Handed(f"{code}-plan.ics", "text/calendar", content)
            case "anki":
                return Handed(f"{code}.apkg", "application/octet-stream", self._deck(visit.learner))
            case _:
                lines = "\n".join(study.ledger.export(visit.learner)) + "\n"
                return Handed(f"exam-tutor-{visit.learner}.jsonl", "application/x-ndjson", lines.encode())

    def _deck(self, learner: str) -> bytes:
        study, pack = self.study, self.study.pack
        questions, cards = missed(study.attempts(learner))
        notes = list(
            flashcards(
                [pack.questions_by_id[one] for one in questions if one in pack.questions_by_id],
                [pack.cards_by_id[one] for one in cards if one in pack.cards_by_id],
                study.desk(learner).known,
            )
        )
        if not notes:
            raise ExamTutorError("There are no flashcards yet.", "They are made from what you missed in practice.")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "deck.apkg"
            write_apkg(notes, pack.exam, file, study.now())
            return file.read_bytes()

    def _delete(self, visit: Visit) -> str:
        """Delete the ledger's lines, notes, feedback and talk of this learner, for good."""
        if visit.act.said("word").casefold() != CONFIRM:
            raise ExamTutorError("Nothing was deleted.", f"Type the word {CONFIRM} to confirm it.")
        study, learner = self.study, visit.learner
        lines = study.ledger.delete(learner)
        notes = study.forget_notes(learner)
        forget_feedback(study.settings.home, learner)
        study.clear_desk(learner)
        said = f"Deleted: {lines:,} lines of your record, {notes:,} notes, your feedback and your conversation."
        return self._shown(visit, f'<p class="note" role="status">{said}</p>')

    def _shown(self, visit: Visit, told: str = "") -> str:
        study = self.study
        code = study.pack.exam.code
        chosen = exam_day(study.ledger.entries(visit.learner, code, kind=KIND))
        lines = len(study.attempts(visit.learner))
        return (
            f"{told}{_day_form(chosen)}{_engine_html(study)}"
            f'<div class="question-card"><h3>Your data</h3><p>Answers kept on this machine: {lines:,}. Nothing of it '
            "leaves it. Take it along:</p>"
            '<div class="line"><button type="button" class="plain" data-do="export" data-about="ledger">'
            "Everything (JSON "
            'lines)</button><button type="button" class="plain" data-do="export" data-about="csv">Answers '
            "(CSV)</button>"
            '<button type="button" class="plain" data-do="export" data-about="anki">Flashcards (Anki)</button>'
            '<button type="button" class="plain" data-do="export" data-about="ics">Plan (calendar)</button></div></div>'
            '<form class="question-card" data-do="delete" data-clear><h3>Delete my data</h3><p>Your answers, notes, '
            "feedback and conversation, for good. Take them along first.</p>"
            f'<div class="line"><label class="spoken" for="word">Type {CONFIRM} to confirm</label>'
            f'<input id="word" name="word" autocomplete="off" placeholder="Type {CONFIRM}">'
            '<button type="submit" class="plain danger">Delete everything of mine</button></div></form>'
            f"{_login_html(visit, study)}"
        )


def build_settings(tab: SettingsTab, here: gr.Tab) -> None:
    """Put the tab onto the page under construction."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    gr.HTML('<h2 class="title">Settings</h2>', apply_default_css=False, js_on_load=None)
    shown = part("", elem_id="settings-part")
    on([here.select], tab.show, outputs=[shown])
    on([shown.act], tab.act, outputs=[shown])


def _day_form(chosen: ExamDay) -> str:
    day = chosen.day.isoformat() if chosen.day else ""
    return (
        f'<form class="question-card" data-do="exam-day" data-fresh="{day}-{chosen.hours:g}"><h3>Your exam</h3>'
        "<p>With a day, Progress has a plan for every week until then.</p>"
        '<div class="line fields"><label for="day">Exam day</label><input id="day" name="day" type="date" '
        f'value="{day}">'
        f'<label for="hours">Hours a week</label><input id="hours" name="hours" type="number" min="1" max="100" '
        f'step="0.5" value="{chosen.hours:g}"><button type="submit" class="primary">Save</button></div></form>'
    )


def _engine_html(study: Study) -> str:
    exam, name = study.pack.exam, study.engine.name
    engine = (
        "The grounded engine: answers are put together from quoted passages, with no model and no network."
        if name == GROUNDED
        else f"{name}: its sentences are checked against quoted passages, and dropped where those do not hold them."
    )
    return (
        '<div class="question-card"><h3>Who answers</h3><dl class="facts-list">'
        f"<dt>Engine</dt><dd>{escaped(engine)}</dd>{_reranker_html(study)}"
        f"<dt>Exam pack</dt><dd>{escaped(exam.title)} ({escaped(exam.code)})"
        f"{f', version {escaped(exam.version)}' if exam.version else ''}</dd></dl>"
        f'<p class="small">Set where the page is started: {_SET_BY}.</p></div>'
    )


def _reranker_html(study: Study) -> str:
    """The model that ranks too, by the last part of its name: where it lies on the machine is not the learners' to see.

    Nothing where there is none.
    """
    reranker, problem = study.library.reranker, study.background.reranker_problem
    if reranker is None:
        return ""
    name = escaped(PurePath(reranker.name).name)
    said = "it could not be loaded, and passages are ranked without it" if problem else "it ranks what is found too"
    return f"<dt>Reranker</dt><dd>{name}: {said}.</dd>"


def _login_html(visit: Visit, study: Study) -> str:
    if study.accounts is None:
        return ""
    return f'<p class="small">Logged in as <b>{escaped(visit.learner)}</b>. <a href="/logout">Log out</a></p>'
