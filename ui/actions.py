"""What programs can ask for, as JSON: over HTTP through the page, and as tools of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from corpus.errors import ExamTutorError
from tutor.learner.attempts import Confidence, Mode
from tutor.learner.mastery import replay
from tutor.learner.practice import next_task
from tutor.learner.readiness import calibration, readiness
from tutor.learner.schedule import due
from tutor.options import review_question
from tutor.pasted_options import review_pasted
from tutor.pasted_question import parse_question
from tutor.quiz import Choice, QuizWish, draw_quiz
from tutor.reviewing import review_if_cited
from tutor.sitting_events import Feedback
from ui.explain_shapes import review_json
from ui.page.question_html import positions
from ui.page.study import Study
from ui.progress_shapes import progress_json
from ui.shapes import Json, answer_json, error_json
from ui.sitting_shapes import reasons_json, sitting_json

MOST_QUESTIONS = 50
"""Of one quiz."""

Given = ParamSpec("Given")


def said(action: Callable[Given, Json]) -> Callable[Given, Json]:
    """An action whose errors, where raised on purpose, come as `{"error", "hint"}`."""

    @wraps(action)
    def answered(*args: Given.args, **kwargs: Given.kwargs) -> Json:
        try:
            return action(*args, **kwargs)
        except ExamTutorError as error:
            return error_json(error)

    return answered


class Actions:
    """The five things, each for one learner; shapes as on the command line, where keys may be added."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def ask(self, learner: str, question: str) -> Json:
        """A cited answer, or what is nearest where nothing supports one."""
        return answer_json(self._study.desk(learner).tutor.ask(question))

    def why_wrong(self, learner: str, question: str, option: str = "") -> Json:
        """Why each option of a question is right or wrong, or only one of them.

        `question` is the text of a question with its options, or the id of one in the bank.

        Raises:
            QuestionError: the text is no question.
        """
        known = self._study.desk(learner).known
        ours = known.pack.questions_by_id.get(question.strip())
        review = (
            review_question(ours, known, option or None) if ours else review_pasted(parse_question(question), known)
        )
        shape = review_json(review)
        if option:
            label = option.strip().upper()
            shape["options"] = [one for one in shape["options"] if one["label"] == label]
        return shape

    def quiz(self, learner: str, count: int = 5, topic: str = "", choice: str = "mixed") -> Json:
        """Begin a quiz: its `sitting` and its `questions`, without their answers.

        `choice` is mixed, weak or due; `topic` is in the learner's own words, or empty for the whole exam.

        Raises:
            ExamTutorError: there is nothing on the topic, or nothing to begin with.
        """
        study = self._study
        if choice not in set(Choice):
            raise ExamTutorError(f"'{choice}' is no way to choose questions.", f"Give one of {', '.join(Choice)}.")
        if not 1 <= count <= MOST_QUESTIONS:
            raise ExamTutorError(f"A quiz has 1 to {MOST_QUESTIONS} questions, not {count}.", "Give another number.")
        wish = QuizWish(count=count, topic=topic, choice=Choice(choice))
        drawn = draw_quiz(wish, study.words, study.attempts(learner), study.now(), study.rng, study.tutor.writer)
        sitting = study.sittings(learner).begin(
            drawn.questions,
            mode=Mode.QUIZ,
            feedback=Feedback.IMMEDIATE,
            now=study.now(),
            rng=study.rng,
            about="program",
        )
        return sitting_json(sitting, study.now(), drawn.notes)

    def grade(self, learner: str, sitting: str, question: str, chosen: str, confidence: str = "") -> Json:
        """Mark the answer to a question of a quiz, keep it, and say why each option is right or wrong.

        `chosen` are letters as the quiz shows the options ("B", "A C"); `confidence` is guess, unsure or sure.

        Raises:
            ExamTutorError: there is no such quiz, question or option.
        """
        study = self._study
        sittings = study.sittings(learner)
        before = sittings.load(sitting)
        shown = before.shown(question)
        letters = [letter for letter in chosen.upper() if letter.isalpha()]
        places = positions(letters, shown)
        if len(places) != shown.select or len(places) != len(letters):
            raise ExamTutorError(
                f"'{chosen}' does not choose {shown.select} of the options.",
                f"Give {shown.select} of {', '.join(label for label, _ in shown.labelled)}.",
            )
        sure = Confidence(confidence) if confidence in set(Confidence) else None
        step = sittings.answer(before, question, before.places(question, places), study.now(), sure)
        marked = step.sitting.marked(question)
        if not step.sitting.unanswered:
            sittings.finish(step.sitting, study.now())
        return {
            "question_id": question,
            "correct": marked.correct,
            "chosen": list(step.sitting.labels(question, marked.chosen)),
            "answer": list(step.sitting.labels(question, marked.right)),
            "reasons": reasons_json(shown, review_if_cited(shown, study.desk(learner).known)),
            "unanswered": list(step.sitting.unanswered),
            "note": step.note,
        }

    def progress(self, learner: str) -> Json:
        """How ready the learner is, what they master, what is due and what to practise next."""
        study, pack = self._study, self._study.pack
        attempts = study.attempts(learner)
        record = replay(attempts, pack.exam, study.now())
        return progress_json(
            record,
            pack,
            calibration(attempts),
            readiness(record, pack),
            len(due(attempts, study.now())),
            next_task(record, pack.exam),
            len(attempts),
        )
