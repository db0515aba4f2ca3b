"""A learner chats at the real page in a real browser: asks, opens a citation, is told when there is no answer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from corpus.exam_pack import load_pack
from tests.browser.learner import ANSWER_MS, TABS, Visit, browser, need_browser, served
from tests.browser.learner import visit as open_page
from tests.browser.running_page import ROOT, command_line, environment

FROM_CARDS = "When should I use Firehose instead of Data Streams?"
FROM_BLUEPRINT = "How many questions does the exam have?"
HOSTILE_NOTE = """# Zymurgy <img src=x onerror="document.title='owned'">

Zymurgy quaffing ${document.title='owned'} and {{constructor}} needs <script>document.title='owned'</script> a
vessel of [seven litres](javascript:alert(1)) with `backticks` for zymurgy quaffing.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_browser()
    folder = tmp_path_factory.mktemp("home")
    note = folder / "zymurgy.md"
    note.write_text(HOSTILE_NOTE)
    subprocess.run(command_line("ingest", "--no-vectors", str(note)), cwd=ROOT, env=environment(folder), check=True)
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home) as where:
        yield where


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture
def visit(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A page with no conversation, and none left behind; in the light scheme unless the test asks for another."""
    visit = open_page(chromium, address, color_scheme=getattr(request, "param", "light"))
    expect(visit.page.get_by_label("Your question")).to_be_visible(timeout=ANSWER_MS)
    expect(visit.page.locator("#depth form")).to_be_visible(timeout=ANSWER_MS)  # what was left is put back
    yield visit
    if visit.page.locator(".turn").count():
        visit.page.keyboard.press("Escape")
        visit.page.get_by_role("button", name="New conversation").click()
        expect(visit.page.locator(".turn")).to_have_count(0)
    visit.page.context.close()
    visit.stayed_at_home()


def test_a_question_is_answered_with_a_citation_that_opens(visit: Visit) -> None:
    page = visit.page
    visit.ask(FROM_CARDS if load_pack("mls_c01").cards else FROM_BLUEPRINT)
    number = page.locator(".claim .cite").first
    panel = page.locator(f"#{number.get_attribute('popovertarget')}")
    expect(panel).to_be_hidden()
    number.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    assert panel.locator("mark").inner_text().strip()
    expect(panel.locator("mark")).to_be_focused()
    link = panel.get_by_role("link")
    assert (link.get_attribute("href") or "").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(number).to_be_focused()


def test_a_question_off_the_subject_gets_no_answer(visit: Visit) -> None:
    visit.ask("How long do I bake sourdough bread?")
    turn = visit.page.locator(".turn").first
    expect(turn).to_contain_text("outside of what MLS-C01 covers")
    assert turn.locator(".cite").count() == 0


def test_an_example_is_one_tap_and_the_conversation_can_be_left(visit: Visit) -> None:
    page = visit.page
    examples = page.locator("#examples button")
    expect(examples).to_have_count(4)
    asked = examples.first.inner_text()
    examples.first.click()
    expect(page.locator(".turn").get_by_role("heading", name="Sources")).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator(".question")).to_contain_text(asked)
    expect(examples.first).to_be_hidden()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(examples.first).to_be_visible()


def test_an_empty_question_gets_a_gentle_word(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Ask").click()
    expect(visit.page.get_by_role("status").filter(has_text="no question yet")).to_be_visible()
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_shift_enter_makes_a_line_and_the_question_is_shown_as_typed(visit: Visit) -> None:
    box = visit.page.get_by_label("Your question")
    box.type("<b>one</b>")
    box.press("Shift+Enter")
    box.type("two ${1+1}")
    assert box.input_value() == "<b>one</b>\ntwo ${1+1}"
    visit.ask(box.input_value())
    assert visit.page.locator(".question").inner_text().endswith("<b>one</b>\ntwo ${1+1}")


def test_a_hostile_note_stays_text(visit: Visit) -> None:
    visit.ask("What vessel does zymurgy quaffing need?")
    page = visit.page
    page.locator(".turn .source-name").first.click()
    panel = page.locator(".passage:popover-open")
    expect(panel).to_contain_text("${document.title='owned'}")
    expect(panel.locator("script, img")).to_have_count(0)
    assert "owned" not in page.title()


def test_a_pasted_question_is_reviewed_and_an_option_asked_about(visit: Visit) -> None:
    page = visit.page
    question = next(one for one in load_pack("mls_c01").questions if one.answer == ("C",))
    options = "\n".join(f"{label}. {option.text}" for label, option in question.labelled)
    visit.ask(f"{question.stem}\n{options}")
    reasons = page.locator(".turn").last.locator(".reasons > li")
    expect(reasons).to_have_count(len(question.options))
    expect(reasons.nth(2)).to_contain_text("Right")
    visit.ask("Why is B wrong?")
    told = page.locator(".turn").last.locator(".reasons > li")
    expect(told).to_have_count(1)
    expect(told).to_contain_text(question.options[1].text)
    expect(told.locator(".cite").first).to_be_visible()


def test_a_follow_up_is_one_tap_and_feedback_lands_in_the_file(visit: Visit, home: Path) -> None:
    page = visit.page
    visit.ask("What is Amazon Athena?")
    page.get_by_role("button", name="In depth").click()
    expect(page.locator(".turn").nth(1)).to_contain_text("What decides on the exam")
    page.locator(".turn").nth(1).get_by_role("button", name="This did not help").click()
    page.get_by_role("textbox", name="What was wrong with it?").fill("Too long for me")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".turn").nth(1)).to_contain_text("Thank you")
    said = [json.loads(line) for line in (home / "feedback.jsonl").read_text().splitlines()]
    assert said[-1]["verdict"] == "bad"
    assert said[-1]["reason"] == "Too long for me"
    assert said[-1]["sources"]


def test_how_deep_things_are_explained_is_chosen_beside_the_box(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("radio", name="In a sentence").check()
    visit.ask("Explain Amazon Athena")
    expect(page.locator(".turn").first.locator("h3").first).to_have_text("In a sentence")
    visit.reload()
    expect(page.locator(".turn")).to_have_count(1, timeout=ANSWER_MS)
    expect(page.get_by_role("radio", name="In a sentence")).to_be_checked()
    page.get_by_role("radio", name="For the exam").check()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("radio", name="For the exam")).to_be_checked()


def test_a_quiz_question_in_the_talk_can_be_led_to_its_answer_and_left(visit: Visit) -> None:
    page = visit.page
    visit.ask("What is Amazon Athena?")
    page.get_by_role("button", name="Quiz me on this").click()
    expect(page.locator(".turn").nth(1).locator(".plain-options li").first).to_be_visible()
    page.get_by_role("button", name="Lead me there").click()
    expect(page.locator(".turn").nth(2).locator(".claim").first).to_be_visible()
    page.get_by_role("button", name="Give me a hint").click()
    expect(page.locator(".turn").nth(3).locator(".claim").first).to_be_visible()
    page.locator(".chip", has_text="Stop").click()
    expect(page.locator(".turn").last).to_contain_text("back to it")


def test_a_conversation_outlives_a_reload(visit: Visit) -> None:
    visit.ask(FROM_BLUEPRINT)
    visit.reload()
    expect(visit.page.locator(".turn .question")).to_contain_text(FROM_BLUEPRINT, timeout=ANSWER_MS)


@pytest.mark.parametrize("visit", ["light", "dark"], indirect=True)
@pytest.mark.parametrize("tab", TABS)
def test_nothing_serious_stands_in_the_way_of_anyone(visit: Visit, tab: str) -> None:
    """axe-core, WCAG 2.2 A and AA, on each tab as it opens; on the chat with an answer and its open passage."""
    if tab == "chat":
        visit.ask(FROM_BLUEPRINT)
        visit.page.locator(".claim .cite").first.click()
    else:
        visit.go(tab)
    visit.page.wait_for_timeout(800)
    found = Axe().run(visit.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    grave = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
    assert grave == [], [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in grave]


@pytest.mark.parametrize("tab", TABS)
def test_nothing_is_cut_off_on_a_phone(visit: Visit, tab: str) -> None:
    """360 pixels wide, which is also a window of 720 at 200 % zoom."""
    page = visit.page
    page.set_viewport_size({"width": 360, "height": 640})
    if tab == "chat":
        visit.ask(FROM_BLUEPRINT)
        page.locator(".claim .cite").first.click()
        box = page.locator(".passage:popover-open").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    else:
        visit.go(tab)
        page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
