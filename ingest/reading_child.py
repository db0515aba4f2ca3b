"""One child process that reads what is untrusted: how it is started, asked, waited for and ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import Any

LENGTH_BYTES = 8
"""An answer follows its length, in so many bytes."""

MOST_ANSWER = 32_000_000
"""Bytes of one document's text; a book of 1,000 pages has 3 million. Splitting takes many times its memory."""

ROOT = Path(__file__).resolve().parents[1]
# The rest of the environment, keys of chat models among it, is none of a document's business.
ENVIRONMENT = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_OUT_OF_TIME = {-signal.SIGXCPU} if hasattr(signal, "SIGXCPU") else set()


@dataclass(frozen=True, slots=True)
class Ended:
    """A child that gave no answer: it took too long, or ended with this status (the signal's number, negative)."""

    out_of_time: bool
    status: int

    @property
    def how(self) -> str:
        """The signal's name, or the status."""
        return signal.Signals(-self.status).name if self.status < 0 else f"status {self.status}"


class Child:
    """A running child. Starting it raises OSError when the system does not let it."""

    def __init__(self, memory_mb: int, module: str = "ingest.reading_worker") -> None:
        kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-P", "-m", module, str(memory_mb)],  # -P: nothing from this folder
            env=kept | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, job: dict[str, Any]) -> None:
        """Hand over a job. Raises BrokenPipeError when the child has ended."""
        pipe = self._process.stdin
        if pipe is not None:
            pipe.write(json.dumps(job).encode() + b"\n")
            pipe.flush()

    def answer(self, seconds: float) -> bytes | Ended:
        """Wait for the next answer; one longer than allowed comes as if empty. What has ended is to be closed."""
        expired = Event()

        def expire() -> None:
            expired.set()
            self._process.kill()

        timer = Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            answer = self._frame()
        finally:
            timer.cancel()
        timer.join()  # from here on it has fired, or never will
        if answer is not None and not expired.is_set():
            return answer
        self._process.kill()
        status = self._process.wait()
        return Ended(expired.is_set() or status in _OUT_OF_TIME, status)

    def close(self) -> None:
        """End the process. It holds nothing that could be lost."""
        self._process.kill()
        with suppress(BrokenPipeError), self._process:  # leaving it closes the pipes and waits
            pass

    def _frame(self) -> bytes | None:
        """Return the bytes behind their length, or None where the pipe ends before them."""
        pipe = self._process.stdout
        head = pipe.read(LENGTH_BYTES) if pipe is not None else b""
        length = int.from_bytes(head)
        if pipe is None or len(head) < LENGTH_BYTES:
            return None
        if length > MOST_ANSWER:
            return b""
        answer = pipe.read(length)
        return answer if len(answer) == length else None
