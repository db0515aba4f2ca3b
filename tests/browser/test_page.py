"""A learner at the real page in a real browser: asks, opens a citation, is told when there is no answer."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from corpus.exam_pack import load_pack
from tests.browser.running_page import (
    BROWSER_ARGS,
    ROOT,
    command_line,
    environment,
    find_browser,
    free_port,
    running_page,
)

FROM_CARDS = "When should I use Firehose instead of Data Streams?"
FROM_BLUEPRINT = "How many questions does the exam have?"
NO_BROWSER = "There is no Chromium on PATH. To get it: apt-get install chromium"
ANSWER_MS = 30_000
VECTORS_MS = 300_000
HOSTILE_NOTE = """# Zymurgy <img src=x onerror="document.title='owned'">

Zymurgy quaffing ${document.title='owned'} and {{constructor}} needs <script>document.title='owned'</script> a
vessel of [seven litres](javascript:alert(1)) with `backticks` for zymurgy quaffing.
"""


@dataclass
class Visit:
    """A page in the browser, and what it asked for and complained of meanwhile."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        box = self.page.get_by_label("Your question")
        turns = self.page.locator(".turn")
        before = turns.count()
        box.fill(question)
        box.press("Enter")
        expect(turns.nth(before).locator(".signature")).to_be_visible(timeout=ANSWER_MS)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if find_browser() is None:
        if os.environ.get("NEED_BROWSER") == "1":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    home = tmp_path_factory.mktemp("home")
    note = home / "zymurgy.md"
    note.write_text(HOSTILE_NOTE)
    subprocess.run(command_line("ingest", "--no-vectors", str(note)), cwd=ROOT, env=environment(home), check=True)
    with running_page(home, free_port()) as (where, _):
        yield where


@pytest.fixture(params=["light", "dark"])
def visit(address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=request.param)
        visit = Visit(page)
        page.on("request", lambda sent: visit.requests.append(sent.url))
        page.on("console", lambda line: line.type == "error" and visit.complaints.append(line.text))
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.goto(address)
        expect(page.get_by_label("Your question")).to_be_visible(timeout=ANSWER_MS)
        yield visit
        browser.close()
    assert visit.requests
    assert [url for url in visit.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert visit.complaints == []


def test_a_question_is_answered_with_a_citation_that_opens(visit: Visit) -> None:
    page = visit.page
    visit.ask(FROM_CARDS if load_pack("mls_c01").cards else FROM_BLUEPRINT)
    number = page.locator(".claim").get_by_role("button", name="Source 1").first
    panel = page.locator("#passage-1-1")
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
    expect(turn).to_contain_text("Nothing in the library supports an answer")
    expect(turn).to_contain_text("sourdough")
    expect(turn).to_contain_text("exam-tutor ingest PATH")


def test_an_example_is_one_tap_and_the_conversation_can_be_left(visit: Visit) -> None:
    page = visit.page
    examples = page.locator("#examples button")
    expect(examples).to_have_count(4)
    asked = examples.first.inner_text()
    examples.first.click()
    expect(page.locator(".turn .signature")).to_be_visible(timeout=ANSWER_MS)
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


def test_the_library_line_comes_to_its_end_and_lists_the_sources(visit: Visit) -> None:
    page = visit.page
    expect(page.locator("#library-progress")).to_contain_text("by words and by meaning", timeout=VECTORS_MS)
    page.locator(".library-count").click()
    expect(page.locator("#sources-panel")).to_contain_text("Zymurgy")


def test_nothing_is_cut_off_on_a_phone(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 360, "height": 640})
    visit.ask(FROM_BLUEPRINT)
    page.locator(".claim .cite").first.click()
    box = page.locator(".passage:popover-open").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
