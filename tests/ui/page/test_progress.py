"""The Progress tab says what the plan is, or in words why there is none and what to do next."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.cross_encoder import CrossEncoderReranker
from corpus.errors import ExamTutorError
from tests.conftest import NOW
from tutor.learner.exam_day import ExamDay, exam_day_entry
from ui.page.parts import ALONE, Act, Visit
from ui.page.progress import ProgressTab
from ui.page.settings import SettingsTab
from ui.page.study import Study

HERE = Visit(ALONE, Act())
TO_SETTINGS = 'data-do="tab" data-about="settings"'


def set_day(study: Study, day: date | None, hours: float = 6.0) -> None:
    study.ledger.write(exam_day_entry(ALONE, study.pack.exam.code, ExamDay(day, hours), NOW))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (None, "The day of the exam is not known. Give the day"),
        (date(2026, 1, 1), "The exam date 01 January 2026 is past. Give a day from today on."),
        (date(2028, 12, 31), "31 December 2028 is 1,094 days ahead; a plan covers two years. Give an earlier day."),
    ],
)
def test_why_there_is_no_plan_stands_there_with_the_way_on(study: Study, day: date | None, why: str) -> None:
    """The clock says 2 January 2026; 2026 and 2027 have 365 days each, so 31 December 2028 is 363 + 365 + 366 ahead."""
    set_day(study, day)
    shown = ProgressTab(study).show(HERE)
    assert f"There is no plan yet. {why}" in shown
    assert TO_SETTINGS in shown


def test_a_plan_is_shown_before_the_first_answer_too(study: Study) -> None:
    set_day(study, date(2026, 1, 9))
    shown = ProgressTab(study).show(HERE)
    assert "Nothing to show yet" in shown
    assert "Plan to 09 January 2026" in shown
    assert "Week 1, from 02 January" in shown
    assert TO_SETTINGS not in shown


def test_settings_keep_no_day_that_cannot_be_planned_to(study: Study) -> None:
    settings = SettingsTab(study)

    def save(day: str) -> str:
        return settings.act(Visit(ALONE, Act("exam-day", "", {"day": (day,), "hours": ("6",)})))

    assert "Saved." in save("2026-01-09")
    for day, why in (("2026-01-01", "is past"), ("2028-12-31", "covers two years"), ("soon", "no date")):
        with pytest.raises(ExamTutorError, match=why):
            save(day)
    assert 'value="2026-01-09"' in settings.show(HERE)


def test_settings_name_the_reranker_where_there_is_one(study: Study) -> None:
    assert "Reranker" not in SettingsTab(study).show(HERE)
    study.library.reranker = CrossEncoderReranker("somebody/a<b")
    assert "<dt>Reranker</dt><dd>a&lt;b: it ranks what is found too.</dd>" in SettingsTab(study).show(HERE)
    study.background.reranker_problem = "It is not on this machine."
    assert "a&lt;b: it could not be loaded, and passages are ranked without it.</dd>" in SettingsTab(study).show(HERE)


def test_a_calendar_without_a_day_says_what_is_missing(study: Study) -> None:
    with pytest.raises(ExamTutorError, match="day of the exam is not known"):
        SettingsTab(study).act(Visit(ALONE, Act("export", "ics")))
