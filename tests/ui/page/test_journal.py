"""A remark on an answered question: kept as the shell keeps it, read into the library, shown to its learner alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.errors import ExamTutorError
from corpus.learner_library import JOURNAL
from tutor.learner.attempts import Mode
from tutor.mock_exam import begin_exam
from tutor.sitting_events import Feedback
from ui.accounts import Accounts
from ui.incoming import Stage
from ui.page.journal import JournalPart
from ui.page.mock_exam import ExamTab
from ui.page.parts import ALONE, Act, Visit
from ui.page.practice import PracticeTab
from ui.page.study import Study

SAID = "A gaiwan gallops while a teapot trots <b>."


def remark(learner: str, about: str, text: str) -> Visit:
    return Visit(learner, Act("remark", about, {"remark": (text,)}))


def journal(study: Study, learner: str = ALONE, words: str = "") -> str:
    return JournalPart(study).show(Visit(learner, Act("search", "", {"words": (words,)})))


def answered(study: Study, learner: str = ALONE) -> str:
    """A quiz of the small pack's one question, answered wrong; the sitting and the question."""
    sittings, (question,) = study.sittings(learner), study.pack.questions
    sitting = sittings.begin([question], mode=Mode.QUIZ, feedback=Feedback.IMMEDIATE, now=study.now(), rng=study.rng)
    wrong = next(place for place, option in enumerate(question.options) if not option.correct)
    sittings.answer(sitting, question.id, (wrong,), study.now())
    return f"{sitting.id}/{question.id}"


def test_a_line_under_the_reasons_is_kept_and_the_next_question_stays_one_key_away(study: Study) -> None:
    tab, about = PracticeTab(study), answered(study)
    before = tab.show(Visit(ALONE, Act()))
    assert "What did I get wrong here?" in before
    assert f'data-focus="{about}-answered-0"' in before

    after = tab.act(remark(ALONE, about, f"  {SAID} "))
    assert "A gaiwan gallops while a teapot trots &lt;b&gt;." in after
    assert f'data-focus="{about}-answered-1"' in after
    assert [(one.question, one.text) for one in study.journal(ALONE).remarks()] == [("tst-1", SAID)]


def test_what_cannot_be_kept_is_refused_and_nothing_written(study: Study) -> None:
    tab, about = PracticeTab(study), answered(study)
    for visit, why in (
        (remark(ALONE, about, "  "), "The remark is empty"),
        (remark(ALONE, about, "x" * 10_001), "10,000 can be kept"),
        (remark(ALONE, f"{about}-not", SAID), "has no question 'tst-1-not'"),
        (remark("bob", about, SAID), "There is no sitting"),
    ):
        with pytest.raises(ExamTutorError, match=why):
            tab.act(visit)
    assert study.journal(ALONE).remarks() == study.journal("bob").remarks() == []


def test_the_report_on_an_exam_takes_a_remark_too(study: Study) -> None:
    sittings = study.sittings(ALONE)
    sitting = sittings.finish(begin_exam(sittings, [], study.now(), study.rng).sitting, study.now()).sitting
    missed = sitting.questions[0].id
    tab = ExamTab(study)
    assert "What did I get wrong here?" not in tab.act(Visit(ALONE, Act("report", f"{sitting.id}/")))
    assert "What did I get wrong here?" in tab.act(Visit(ALONE, Act("why", f"{sitting.id}/{missed}")))
    assert "Read the stem twice" in tab.act(remark(ALONE, f"{sitting.id}/{missed}", "Read the stem twice"))


def test_the_journal_is_listed_latest_first_and_searched_by_words_in_any_form(study: Study) -> None:
    assert "Nothing yet." in journal(study)
    tab, about = PracticeTab(study), answered(study)
    for text in (SAID, "Guests get the pot"):
        tab.act(remark(ALONE, about, text))
    listed = journal(study)
    assert listed.index("Guests get the pot") < listed.index("gaiwan gallops")
    assert study.pack.questions[0].stem in listed
    found = journal(study, words="galloping")
    assert "gaiwan gallops" in found
    assert "Guests" not in found
    assert "No remark on that." in journal(study, words="zebra")


def test_the_tutor_answers_from_the_journal_and_only_to_its_learner(study: Study, tmp_path: Path) -> None:
    study.accounts = Accounts(tmp_path / "learners.txt")
    PracticeTab(study).act(remark("ada", answered(study, "ada"), SAID))
    study.background.incoming.start()
    study.background.incoming.stop()
    (job,) = study.background.incoming.jobs("ada")
    assert (job.stage, job.name) == (Stage.DONE, "Study journal")

    note = str(study.journal("ada").file)
    assert note in {record.id for record in study.desk("ada").library.sources()}
    assert note not in {record.id for record in study.desk("bob").library.sources()}
    answer = study.desk("ada").tutor.ask("Does a gaiwan gallop?")
    assert "gallops" in " ".join(claim.text for claim in answer.claims)
    assert "Nothing yet." in journal(study, "bob")

    study.forget_notes("ada")
    assert not Path(note).exists()
    assert not re.search(JOURNAL, " ".join(record.id for record in study.library.sources()))
