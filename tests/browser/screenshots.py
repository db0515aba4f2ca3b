"""Takes the pictures in docs/: `python -m tests.browser.screenshots`, from the repository's root."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, expect, sync_playwright

from corpus.exam_pack import load_pack
from corpus.settings import Settings
from tests.browser.running_page import BROWSER_ARGS, ROOT, find_browser, free_port, running_page
from ui.page.examples import example_questions

VECTORS_MS = 600_000


@dataclass(frozen=True)
class Picture:
    """One picture: which scheme, how large, how sharp."""

    name: str
    scheme: Literal["light", "dark"]
    width: int
    height: int
    sharpness: float = 1.5


PICTURES = (
    Picture("page-light.png", "light", 1360, 850),
    Picture("page-dark.png", "dark", 1360, 850),
    Picture("page-phone.png", "light", 390, 844, 2.0),
)


def take(picture: Picture, browser: Browser, address: str, question: str) -> None:
    """Ask, open the first citation, and write the picture."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        device_scale_factor=picture.sharpness,
    )
    page.goto(address)
    expect(page.locator("#library-progress")).to_contain_text("by meaning", timeout=VECTORS_MS)
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    expect(page.locator(".turn .signature")).to_be_visible(timeout=60_000)
    page.locator(".claim .cite").first.click()
    page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / picture.name)
    page.close()


def main(*arguments: str) -> None:
    """Start the page with a home of its own, and take every picture; a question may be given."""
    question = arguments[0] if arguments else example_questions(load_pack(Settings.model_fields["pack"].default))[0]
    (ROOT / "docs").mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        running_page(Path(home), free_port()) as (address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGS)
        for picture in PICTURES:
            take(picture, browser, address, question)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
