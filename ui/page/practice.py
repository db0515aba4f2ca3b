"""The Practice tab: a quiz by keyboard or by touch, with the reasons of every option at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tutor.draw import Origin
from tutor.learner.attempts import Confidence, Mode
from tutor.options import review_question
from tutor.quiz import Choice, QuizWish, draw_quiz
from tutor.sitting import Sitting
from tutor.sitting_events import Feedback
from ui.page.citations import escaped
from ui.page.journal import keep_remark, remark_html, remarks_on
from ui.page.parts import Visit, on, part
from ui.page.question_html import choices_html, confidence_html, positions, review_html, stem_html
from ui.page.quiz_form import COUNTS, quiz_form
from ui.page.study import Study

if TYPE_CHECKING:
    import gradio as gr


class PracticeTab:
    """What the tab shows and does. Where a learner is in a quiz follows from their ledger, so a reload goes on."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def show(self, visit: Visit) -> str:
        """The quiz under way, or the form that begins one."""
        sittings = self.study.sittings(visit.learner)
        unfinished = sittings.unfinished(Mode.QUIZ)
        return self._current(visit, sittings.load(unfinished[-1])) if unfinished else self._start()

    def act(self, visit: Visit) -> str:
        """Do what was tapped, and show where that leads."""
        match visit.act.do:
            case "start":
                return self._begin(visit)
            case "answer":
                return self._answer(visit)
            case "next" | "end" | "flag":
                return self._go_on(visit)
            case "remark":
                return self._remark(visit)
            case _:
                return self.show(visit)

    def begin(self, visit: Visit, wish: QuizWish) -> str:
        """Begin a quiz, and show its first question or why there is none."""
        study = self.study
        drawn = draw_quiz(wish, study.words, study.attempts(visit.learner), study.now(), study.rng, study.tutor.writer)
        if not drawn.questions:
            return self._start(" ".join(drawn.notes))
        sittings = study.sittings(visit.learner)
        sitting = sittings.begin(
            drawn.questions, mode=Mode.QUIZ, feedback=Feedback.IMMEDIATE, now=study.now(), rng=study.rng
        )
        sitting = sittings.open(sitting, sitting.questions[0].id, study.now())
        return self._current(visit, sitting, " ".join(drawn.notes))

    def begin_on(self, visit: Visit) -> str:
        """Begin what another tab proposes: `data-about` is how to choose, and behind a slash a topic."""
        choice, _, topic = visit.act.about.partition("/")
        return self.begin(
            visit, QuizWish(topic=topic, choice=Choice(choice) if choice in set(Choice) else Choice.MIXED)
        )

    def _begin(self, visit: Visit) -> str:
        act = visit.act
        chosen = act.said("choice")
        count = act.said("count")
        wish = QuizWish(
            count=int(count) if count.isdecimal() and int(count) <= max(COUNTS) else COUNTS[0],
            topic=act.said("topic") if chosen == "topic" else "",
            choice=Choice(chosen) if chosen in set(Choice) else Choice.MIXED,
            origin=Origin.GENERATED if act.said("generated") else Origin.ANY,
        )
        if chosen == "topic" and not wish.topic:
            return self._start("Name the topic that you want to practise.")
        return self.begin(visit, wish)

    def _answer(self, visit: Visit) -> str:
        sittings = self.study.sittings(visit.learner)
        sitting_id, _, question_id = visit.act.about.partition("/")
        sitting = sittings.load(sitting_id)
        shown = sitting.shown(question_id)
        chosen = positions(visit.act.fields.get("chosen", ()), shown)
        if len(chosen) != shown.select:
            said = "Choose an option first." if shown.select == 1 else f"Choose {shown.select} options."
            return self._question(sitting, question_id, said)
        sure = visit.act.said("confidence")
        step = sittings.answer(
            sitting,
            question_id,
            sitting.places(question_id, chosen),
            self.study.now(),
            Confidence(sure) if sure in set(Confidence) else None,
        )
        return self._answered(visit, step.sitting, question_id, step.note)

    def _go_on(self, visit: Visit) -> str:
        sittings = self.study.sittings(visit.learner)
        sitting_id, _, question_id = visit.act.about.partition("/")
        sitting = sittings.load(sitting_id)
        if visit.act.do == "flag":
            sitting = sittings.flag(sitting, question_id, question_id not in sitting.flags, self.study.now())
            answered = sitting.chosen(question_id)
            return self._answered(visit, sitting, question_id) if answered else self._question(sitting, question_id)
        if visit.act.do == "end" or not sitting.unanswered:
            return self._summary(visit, sittings.finish(sitting, self.study.now()).sitting)
        return self._question(sittings.open(sitting, sitting.unanswered[0], self.study.now()), sitting.unanswered[0])

    def _remark(self, visit: Visit) -> str:
        sitting_id, _, question_id = visit.act.about.partition("/")
        sitting = self.study.sittings(visit.learner).load(sitting_id)
        with self.study.desk(visit.learner).turn:
            keep_remark(self.study, visit, sitting.question(question_id).id)
        return self._answered(visit, sitting, question_id)

    def _current(self, visit: Visit, sitting: Sitting, note: str = "") -> str:
        """The question that was open: with its reasons where it is answered already."""
        last = sitting.opened[-1] if sitting.opened else sitting.questions[0].id
        if sitting.chosen(last):
            return self._answered(visit, sitting, last, note)
        return self._question(sitting, sitting.current or last, note)

    def _question(self, sitting: Sitting, question_id: str, note: str = "") -> str:
        shown = sitting.shown(question_id)
        about = f"{sitting.id}/{question_id}"
        return (
            f"{_head(sitting, question_id)}{_note(note)}"
            f'<form class="question-card" data-do="answer" data-about="{escaped(about)}" data-fresh="{escaped(about)}">'
            f"{stem_html(shown, about)}{choices_html(shown)}{confidence_html()}"
            '<div class="line end"><button type="submit" class="primary" data-key="Enter">Check '
            "<kbd aria-hidden='true'>Enter</kbd></button></div></form>"
        )

    def _answered(self, visit: Visit, sitting: Sitting, question_id: str, note: str = "") -> str:
        marked = sitting.marked(question_id)
        shown = sitting.shown(question_id)
        chosen = sitting.labels(question_id, marked.chosen)
        right = sitting.labels(question_id, marked.right)
        wrong = [label for label in chosen if label not in right]
        picked = next(iter((*wrong, *chosen)), None)  # of several, what was wrong is what there is to learn from
        review = review_question(shown, self.study.desk(visit.learner).known, picked)
        is_last = not sitting.unanswered
        verdict = "That is right." if marked.correct else "Not this time."
        about = f"{sitting.id}/{question_id}"
        written = remarks_on(self.study, visit.learner, question_id)
        return (
            f"{_head(sitting, question_id)}{_note(note)}<div class='question-card'>"
            f'<p class="stem" dir="auto">{escaped(shown.stem)}</p>'
            f'<p class="result {"right" if marked.correct else "wrong"}" role="status">{verdict} '
            f"The answer is {_and(right)}.</p>"
            f"{review_html(review, f'quiz-{len(sitting.answers)}', chosen)}"
            f"{remark_html(written, about, is_right=marked.correct)}"
            f'<div class="line end"><button type="button" class="primary" data-do="next" data-about="{escaped(about)}" '
            f'data-key="Enter" data-focus="{escaped(about)}-answered-{len(written)}">'
            f"{'See the result' if is_last else 'Next question'} "
            "<kbd aria-hidden='true'>Enter</kbd></button></div></div>"
        )

    def _summary(self, visit: Visit, sitting: Sitting) -> str:
        marked = [sitting.marked(question.id) for question in sitting.questions if sitting.chosen(question.id)]
        right = sum(one.correct for one in marked)
        rows = "".join(
            f'<li class="{"right" if one.correct else "wrong"}"><span class="sign">'
            f"{'Right' if one.correct else 'Wrong'}"
            f'</span><bdi dir="auto">{escaped(one.question.stem)}</bdi><span class="tag">task '
            f"{escaped(one.question.task)}</span>{_flagged(sitting, one.question.id)}</li>"
            for one in sorted(marked, key=lambda one: one.correct)
        )
        return (
            f'<div class="question-card"><h3 class="big" tabindex="-1" data-focus="{escaped(sitting.id)}-end">'
            f"{right} of {len(marked)} right</h3><p>What you missed comes back when it is due for review.</p>"
            f'<ul class="rows results">{rows}</ul></div>{quiz_form(self.study.pack)}'
        )

    def _start(self, note: str = "") -> str:
        return f"{_note(note)}{quiz_form(self.study.pack)}"


def build_practice(tab: PracticeTab, here: gr.Tab) -> Any:  # noqa: ANN401  its events are named at run time
    """Put the tab onto the page under construction."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    gr.HTML(
        '<h2 class="title">Practice</h2><p class="lead">Answer, and see at once why each option is right or wrong.</p>',
        apply_default_css=False,
        js_on_load=None,
    )
    quiz = part("", elem_id="quiz")
    on([here.select], tab.show, outputs=[quiz])
    on([quiz.act], tab.act, outputs=[quiz])
    return quiz


def _head(sitting: Sitting, question_id: str) -> str:
    number = [question.id for question in sitting.questions].index(question_id) + 1
    flagged = question_id in sitting.flags
    about = escaped(f"{sitting.id}/{question_id}")
    return (
        f'<div class="quiz-head"><p>Question <b>{number}</b> of {len(sitting.questions)}</p>'
        f'<progress max="{len(sitting.questions)}" value="{len(sitting.answers)}" aria-label="Answered"></progress>'
        f'<button type="button" class="quiet flag" data-do="flag" data-about="{about}" data-key="f" '
        f'aria-pressed="{str(flagged).lower()}">{"Flagged" if flagged else "Flag"} <kbd aria-hidden="true">'
        f"F</kbd></button>"
        f'<button type="button" class="quiet" data-do="end" data-about="{about}">End quiz</button></div>'
    )


def _note(note: str) -> str:
    return f'<p class="note" role="status">{escaped(note)}</p>' if note else ""


def _and(labels: tuple[str, ...]) -> str:
    return " and ".join(labels)


def _flagged(sitting: Sitting, question_id: str) -> str:
    return '<span class="tag">flagged</span>' if question_id in sitting.flags else ""
