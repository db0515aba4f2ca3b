"""From an empty home to an exam: practice by keyboard, an exam with a reload in it, notes that answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.learner import ANSWER_MS, Visit, browser, served
from tests.browser.learner import visit as open_page
from tests.browser.written_pdf import written_pdf

QUESTIONS = 65


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "not there yet"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home) as where:
        yield where


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    visit = open_page(chromium, address)
    expect(visit.page.get_by_label("Your question")).to_be_visible(timeout=ANSWER_MS)
    yield visit
    visit.page.context.close()
    visit.stayed_at_home()


def choose(place: Locator, visit: Visit) -> None:
    """As many options as are to be chosen, by their keys."""
    several = place.locator(".hint")
    count = {"two": 2, "three": 3}[several.inner_text().split()[1].rstrip(".")] if several.count() else 1
    for key in "12345"[:count]:
        visit.page.keyboard.press(key)
    expect(place.locator(".option :checked")).to_have_count(count)


def test_a_first_run_says_what_to_do_first(visit: Visit) -> None:
    page = visit.page
    expect(page.locator("#welcome")).to_contain_text("What would you like to understand?")
    visit.go("progress")
    expect(page.locator("#progress-part")).to_contain_text("Nothing to show yet")
    visit.go("library")
    expect(page.locator("#library-sources")).to_contain_text("Nothing of yours yet")
    visit.go("settings")
    expect(page.locator("#settings-part")).to_contain_text("The grounded engine")


def test_a_quiz_by_keyboard(visit: Visit, home: Path) -> None:
    page = visit.page
    visit.go("practice")
    quiz = page.locator("#quiz")
    quiz.locator("label", has_text="As in the exam").click()
    quiz.locator("#count").select_option("5")
    quiz.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    for number in range(1, 6):
        expect(quiz.locator(".quiz-head")).to_contain_text(f"Question {number} of 5")
        expect(quiz.locator("h3.stem")).to_be_focused()
        if number == 1:
            page.keyboard.press("f")
            expect(quiz.locator(".flag")).to_have_text("Flagged F")
        choose(quiz, visit)
        page.keyboard.press("s")
        page.keyboard.press("Enter")
        expect(quiz.locator(".result")).to_be_visible()
        assert quiz.locator(".reasons > li").count() >= 4
        assert quiz.locator(".reasons .cite").count() > 0
        if number == 1:
            quiz.locator(".remark input").fill("The wombat wants streaming")
            page.keyboard.press("Enter")
            expect(quiz.locator(".remark li")).to_contain_text("wombat")
            expect(quiz.locator(".remark input")).to_have_value("")
            expect(quiz.get_by_role("button", name="Next question")).to_be_focused()
        page.keyboard.press("Enter")
    expect(quiz.locator(".big")).to_contain_text("of 5 right")
    expect(quiz.locator(".results")).to_contain_text("flagged")
    visit.go("settings")
    with page.expect_download() as download:
        page.get_by_role("button", name="Everything (JSON lines)").click()
    lines = [json.loads(line) for line in Path(download.value.path()).read_text().splitlines()]
    assert sum("chosen" in str(line) and "seconds" in str(line) for line in lines) >= 5
    visit.go("progress")
    expect(page.locator("#progress-part")).to_contain_text("Would you pass today?")
    expect(page.locator("#progress-part")).to_contain_text("The day of the exam is not known.")
    expect(page.locator("#journal-part li")).to_contain_text("The wombat wants streaming")
    page.get_by_label("Look for words").fill("zebra")
    page.keyboard.press("Enter")
    expect(page.locator("#journal-part")).to_contain_text("No remark on that.")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#journal-part li")).to_contain_text("wombat")
    page.get_by_role("button", name="Set your exam day").click()
    expect(page.locator("#settings")).to_be_visible()


def test_an_exam_of_65_questions_survives_a_reload(visit: Visit) -> None:
    page = visit.page
    visit.go("exam")
    exam = page.locator("#mock")
    expect(exam).to_contain_text(f"{QUESTIONS} questions")
    exam.get_by_role("button", name="Begin the exam").click()
    for number in range(1, QUESTIONS + 1):
        expect(exam.locator(".quiz-head")).to_contain_text(f"Question {number} of {QUESTIONS}")
        choose(exam, visit)
        if number == 30:
            expect(exam.locator(".cell.answered")).to_have_count(29)
            page.wait_for_timeout(500)  # the choice is sent as it is made, and there is nothing on the page to wait for
            before = exam.locator("[role=timer]").inner_text()
            visit.reload()
            visit.go("exam")
            expect(exam.locator(".quiz-head")).to_contain_text(f"of {QUESTIONS}")
            expect(exam.locator(".cell.answered")).to_have_count(30)
            assert exam.locator("[role=timer]").inner_text() <= before
            exam.get_by_role("button", name="Question 30, answered").click()
            expect(exam.locator(".quiz-head")).to_contain_text("Question 30 of")
            expect(exam.locator(".option :checked").first).to_be_visible()
        page.keyboard.press("Enter")
    expect(exam.locator(".big")).to_contain_text("Before you hand in")
    expect(exam).to_contain_text(f"{QUESTIONS} answered, 0 without an answer")
    page.once("dialog", lambda dialog: dialog.accept())
    exam.get_by_role("button", name="Hand in").click()
    expect(exam.locator(".report")).to_contain_text("of 50 questions that count were right")
    expect(exam.locator("svg.scale")).to_be_visible()
    exam.get_by_role("button", name="Why?").first.click()
    expect(exam.locator(".errors .reasons").first).to_be_visible()


def test_a_pdf_note_is_read_and_answers_with_its_page_as_a_picture(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    note = tmp_path / "quokka protocol.pdf"
    note.write_bytes(written_pdf(["The quokka protocol retries a failed batch exactly seven times before it alerts."]))
    visit.go("library")
    page.locator("#upload input[type=file], input[type=file]").first.set_input_files(note)
    job = page.locator("#library-jobs li", has_text="quokka protocol.pdf")
    expect(job).to_contain_text("in the library", timeout=ANSWER_MS)
    expect(page.locator("#library-sources")).to_contain_text("quokka protocol")
    visit.go("chat")
    visit.ask("How often does the quokka protocol retry a failed batch?")
    turn = page.locator(".turn").last
    expect(turn).to_contain_text("exactly seven times")
    turn.locator(".claim .cite").first.click()
    picture = page.locator(".passage:popover-open figure img")
    expect(picture).to_be_visible(timeout=ANSWER_MS)
    assert (picture.get_attribute("src") or "").startswith("data:image/png;base64,")
    page.keyboard.press("Escape")
    visit.go("library")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget quokka").click()
    expect(page.locator("#library-sources")).not_to_contain_text("quokka")


def test_what_cannot_be_read_is_said_in_words(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing more")
    visit.go("library")
    page.locator("input[type=file]").first.set_input_files(broken)
    expect(page.locator("#library-jobs")).to_contain_text("not added", timeout=ANSWER_MS)
    page.get_by_label("Add a link").fill("https://127.0.0.1:9/a.pdf")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#library-jobs li").first).to_contain_text("not added", timeout=ANSWER_MS)
