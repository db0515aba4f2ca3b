"""The real page in a process of its own, and the system's browser: for the browser tests and the screenshots."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 90
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command_line(*arguments: str) -> list[str]:
    """`exam-tutor` with these arguments, by this Python."""
    return [sys.executable, "-c", "from ui.cli import main; main()", *arguments]


def environment(home: Path, **more: str) -> dict[str, str]:
    """This process's, without its settings of the tutor, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXAM_TUTOR_")}
    return {**kept, "EXAM_TUTOR_HOME": str(home), "COLUMNS": "200", **more}


@contextmanager
def running_page(home: Path, port: int, *arguments: str, **more: str) -> Iterator[tuple[str, list[str]]]:
    """The page's address as it says it, and what it has said so far; ended by Ctrl-C, as a user would."""
    process = subprocess.Popen(
        command_line("serve", "--port", str(port), *arguments),
        cwd=ROOT,
        env=environment(home, **more),
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts behind itself ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    said: list[str] = []
    ready = threading.Event()

    def listen() -> None:
        for line in process.stderr or ():
            said.append(line.rstrip())
            if line.startswith("Exam Tutor is at "):
                ready.set()
        ready.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        ready.wait(START_SECONDS)
        address = next((line.split()[-1] for line in said if line.startswith("Exam Tutor is at ")), None)
        assert address, f"The page did not start: {said}"
        yield address, said
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        listener.join(10)
        if process.stderr:
            process.stderr.close()
