"""Two learners with accounts: each logs in, and sees nothing of the other."""

from __future__ import annotations

import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.learner import ANSWER_MS, Visit, browser, need_browser, served
from tests.browser.learner import visit as open_page
from tests.browser.running_page import ROOT, command_line, environment

NOTE = "# Wombat ledger\n\nThe wombat ledger keeps its totals in a bucket called cobalt-harbour.\n"
QUESTION = "Where does the wombat ledger keep its totals?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_browser()
    folder = tmp_path_factory.mktemp("home")
    for name in ("ada", "bob"):
        subprocess.run(
            command_line("learner", "add", name, "--auth-file", str(folder / "learners.txt")),
            cwd=ROOT,
            env=environment(folder),
            input=f"{name}-secret\n",
            text=True,
            check=True,
        )
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home, "--auth-file", str(home / "learners.txt")) as where:
        yield where


def log_in(visit: Visit, name: str, password: str) -> None:
    page = visit.page
    page.get_by_label("username").fill(name)
    page.get_by_label("password").fill(password)
    page.get_by_role("button", name="Login").click()


def test_a_second_learner_sees_nothing_of_the_first(address: str, tmp_path: Path) -> None:
    note = tmp_path / "wombat.md"
    note.write_text(NOTE)
    with browser() as chromium:
        ada = open_page(chromium, address)
        log_in(ada, "ada", "ada-secret")
        expect(ada.page.get_by_label("Your question")).to_be_visible(timeout=ANSWER_MS)
        ada.go("library")
        ada.page.locator("input[type=file]").first.set_input_files(note)
        expect(ada.page.locator("#library-jobs")).to_contain_text("in the library", timeout=ANSWER_MS)
        ada.go("chat")
        ada.ask(QUESTION)
        expect(ada.page.locator(".turn").last).to_contain_text("cobalt-harbour")

        bob = open_page(chromium, address)
        log_in(bob, "bob", "bob-secret")
        expect(bob.page.get_by_label("Your question")).to_be_visible(timeout=ANSWER_MS)
        assert bob.page.locator(".turn").count() == 0
        bob.ask(QUESTION)
        assert "cobalt" not in bob.page.content()
        bob.go("library")
        expect(bob.page.locator("#library-sources")).to_contain_text("Nothing of yours yet")
        assert "wombat" not in bob.page.locator("#library").inner_text().lower()
        bob.go("settings")
        expect(bob.page.locator("#settings-part")).to_contain_text("Logged in as bob")
        bob.stayed_at_home()


def test_a_wrong_password_does_not_let_in(address: str) -> None:
    with browser() as chromium:
        visit = open_page(chromium, address)
        log_in(visit, "ada", "bob-secret")
        expect(visit.page.get_by_text("Incorrect")).to_be_visible(timeout=ANSWER_MS)
        assert visit.page.get_by_label("Your question").count() == 0


@pytest.mark.parametrize(
    "path",
    ["gradio_api/info", "gradio_api/file={home}/learners.txt", "gradio_api/file={home}/learner.db", "monitoring"],
)
def test_nothing_is_reached_by_its_address_without_logging_in(address: str, home: Path, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/{path.format(home=home)}", timeout=10)  # noqa: S310  our own page
    refused.value.close()
    assert refused.value.code in {401, 403, 404}
