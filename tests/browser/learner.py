"""A learner at the page in a browser: what tests do there, and what the browser saw meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.running_page import BROWSER_ARGS, find_browser, free_port, running_page

NO_BROWSER = "There is no Chromium on PATH. To get it: apt-get install chromium"
ANSWER_MS = 30_000
TABS = ("chat", "practice", "exam", "progress", "library", "settings")


@dataclass
class Visit:
    """A page in the browser, and what it asked for and complained of meanwhile."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, and wait for its turn to be whole."""
        box = self.page.get_by_label("Your question")
        turns = self.page.locator(".turn")
        before = turns.count()
        box.fill(question)
        box.press("Enter")
        expect(turns.nth(before).locator(".about")).to_be_visible(timeout=ANSWER_MS)

    def go(self, tab: str) -> None:
        """Open a tab."""
        self.page.locator(f"#{tab}-button").click()
        expect(self.page.locator(f"#{tab}")).to_be_visible()

    def stayed_at_home(self) -> None:
        """Nothing was asked of another machine, and the browser had nothing to complain of."""
        assert self.requests
        assert [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))] == []
        assert self.complaints == []


def need_browser() -> None:
    """Skip where there is no Chromium, or fail where one is promised."""
    if find_browser() is None:
        if os.environ.get("NEED_BROWSER") == "1":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[str]:
    """The page over a home; its address."""
    need_browser()
    with running_page(home, free_port(), *arguments) as (address, _):
        yield address


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    need_browser()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGS)
        yield chromium
        chromium.close()


def visit(chromium: Browser, address: str, **context: object) -> Visit:
    """A page of its own, with its own cookies, watched from its first request on."""
    page = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **context}).new_page()  # type: ignore[arg-type]
    watched = Visit(page, address)
    page.on("request", lambda sent: watched.requests.append(sent.url))
    page.on("console", lambda line: line.type == "error" and watched.complaints.append(line.text))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.goto(address)
    return watched
