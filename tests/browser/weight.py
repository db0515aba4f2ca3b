"""How heavy the page is, and how soon one can type: `python -m tests.browser.weight`, from the repository's root."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.running_page import BROWSER_ARGS, find_browser, free_port, running_page

ROUNDS = 5


def opened(browser: Browser, address: str) -> tuple[float, int, int]:
    """Seconds until the box for a question takes what is typed, requests, and bytes that came over the wire."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.get_by_label("Your question").fill("typed")
    seconds = time.perf_counter() - begin
    page.wait_for_timeout(1_500)
    context.close()
    return seconds, len(sizes), sum(sizes)


def main() -> None:
    """Open it several times with an empty cache."""
    with (
        tempfile.TemporaryDirectory() as home,
        running_page(Path(home), free_port()) as (address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGS)
        seconds, requests, weight = zip(*(opened(browser, address) for _ in range(ROUNDS)), strict=True)
        browser.close()
    sys.stdout.write(
        f"time to interactive  {statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})\n"
        f"requests  {statistics.median(requests):.0f}\nweight  {statistics.median(weight) / 1000:,.0f} kB\n"
    )


if __name__ == "__main__":
    main()
