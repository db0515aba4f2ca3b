"""Takes the pictures in docs/screenshots: `python -m tests.browser.screenshots`, from the repository's root.

Every tab as a learner in the middle of it sees it: light, dark, and on a phone.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from corpus.exam_pack import ExamPack, load_pack
from corpus.settings import Settings
from tests.browser.running_page import BROWSER_ARGS, ROOT, find_browser, free_port, running_page
from tutor.learner.attempts import Attempt, Confidence, Mode
from tutor.learner.ledger import Ledger
from tutor.sittings import cards_tested
from ui.page.examples import example_questions

FOLDER = ROOT / "docs" / "screenshots"
VECTORS_MS = 600_000
ANSWERS = 80
COLOURS = 128
"""A page of text and a few tints needs no more, and takes a third of the room."""


@dataclass(frozen=True)
class Look:
    """Which scheme, how large, how sharp."""

    name: str
    scheme: Literal["light", "dark"]
    width: int
    height: int
    sharpness: float


LOOKS = (
    Look("light", "light", 1280, 860, 1.25),
    Look("dark", "dark", 1280, 860, 1.25),
    Look("phone", "light", 390, 844, 2.0),
)


def chat(page: Page) -> None:
    """Ask, and open the first citation."""
    again = page.get_by_role("button", name="New conversation")
    if again.is_visible():
        again.click()
        expect(page.locator(".turn")).to_have_count(0)
    page.get_by_label("Your question").fill(example_questions(load_pack(Settings.model_fields["pack"].default))[0])
    page.get_by_label("Your question").press("Enter")
    expect(page.locator(".turn .about")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(500)
    page.locator(".claim .cite").first.click()


def practice(page: Page) -> None:
    """Answer a question, so that the reasons stand there."""
    if page.locator("#quiz button", has_text="Next question").is_visible():
        return
    if page.locator("#quiz button", has_text="Start").is_visible():
        page.locator("#quiz label", has_text="As in the exam").click()
        page.locator("#quiz button", has_text="Start").click()
    page.locator("#quiz .option").first.wait_for()
    several = page.locator("#quiz .hint")
    for key in {"Choose two.": "23", "Choose three.": "234"}[several.inner_text()] if several.count() else "2":
        page.keyboard.press(key)
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.locator("#quiz .reasons").wait_for()


def exam(page: Page) -> None:
    """Some questions into a mock exam."""
    if page.locator("#mock button", has_text="Begin").is_visible():
        page.locator("#mock button", has_text="Begin").click()
        for key in ("1", "3", "2"):
            page.locator("#mock .option").first.wait_for()
            page.keyboard.press(key)
            page.keyboard.press("Enter")
            page.wait_for_timeout(400)
        page.keyboard.press("f")
    page.locator("#mock .map").wait_for()


def settled(page: Page) -> None:
    """Nothing to be done but to look."""
    page.wait_for_timeout(500)


TABS: dict[str, Callable[[Page], None]] = {
    "chat": chat,
    "practice": practice,
    "exam": exam,
    "progress": settled,
    "library": settled,
    "settings": settled,
}


def take(look: Look, browser: Browser, address: str) -> None:
    """Go through all tabs in one look, and write a picture of each."""
    page = browser.new_page(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,
        device_scale_factor=look.sharpness,
    )
    page.goto(address)
    expect(page.locator("#library-status")).to_contain_text("ready", timeout=VECTORS_MS)
    for tab, do in TABS.items():
        page.locator(f"#{tab}-button").click()
        page.wait_for_timeout(1_200)
        do(page)
        page.wait_for_timeout(700)
        file = FOLDER / f"{tab}-{look.name}.png"
        page.screenshot(path=file)
        Image.open(file).convert("RGB").quantize(COLOURS).save(file, "PNG", optimize=True)
        if tab == "chat":
            page.keyboard.press("Escape")
    page.close()


def fill(home: Path, pack: ExamPack) -> None:
    """A record to look at: answers over four weeks by a learner who gets better, from a fixed seed."""
    rng = random.Random(7)  # noqa: S311  a record to look at, no secret
    ledger = Ledger(home / "learner.db")
    now = datetime.now(UTC)
    for number in range(ANSWERS):
        question = rng.choice(pack.questions)
        is_right = rng.random() < 0.45 + 0.4 * number / ANSWERS
        right = tuple(place for place, option in enumerate(question.options) if option.correct)
        wrong = next(place for place, option in enumerate(question.options) if not option.correct)
        ledger.record(
            Attempt(
                id=f"picture-{number}",
                learner="me",
                exam=pack.exam.code,
                pack_version=pack.fingerprint,
                question=question.id,
                task=question.task,
                difficulty=question.difficulty,
                cards=cards_tested(question),
                chosen=right if is_right else (wrong,),
                correct=is_right,
                confidence=rng.choice(list(Confidence)),
                seconds=60.0,
                mode=Mode.QUIZ,
                at=now - timedelta(days=28 * (1 - number / ANSWERS)),
            )
        )
    ledger.close()


def main(*looks: str, kept: Path | None = None) -> None:
    """Start the page, and take every picture, or those of the looks named; `kept` is a home with vectors made."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        home = kept or Path(made)
        fill(home, load_pack(Settings.model_fields["pack"].default))
        with running_page(home, free_port()) as (address, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGS)
            for look in LOOKS:
                if not looks or look.name in looks:
                    take(look, browser, address)
            browser.close()


if __name__ == "__main__":
    folder = os.environ.get("SCREENSHOTS_HOME")
    main(*sys.argv[1:], kept=Path(folder) if folder else None)
