"""Many learners chatting with the page at once, on loopback: how long until something is seen, and until the answer.

python -m evals.page_load [--learners 20] [--questions 5] [--pause 3.0] [--first-run]

Starts the page with an account for each learner, logs all in, and lets each ask its questions with pauses of half
to one and a half times `--pause` seconds, as reading takes. No model is asked. Speaks the protocol of Gradio's own
page: an event joins the queue, and what it yields comes as server-sent events.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

from evals.asking import FILES, load_cases
from evals.latency import quantile_score

START_SECONDS = 120
ANSWER_SECONDS = 120
WAITING = "Looking through the sources"
SHOWN = 'class=\\"answer'
"""What a turn begins with, as JSON writes it."""

_RUN = "import sys; from ui.cli import main; sys.argv = ['exam-tutor', *sys.argv[1:]]; main()"


@dataclass
class Measured:
    """What the learners waited for, in seconds, and what went wrong."""

    seen: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chat:
    """Where the chat's event is in the page: its number, and its inputs."""

    event: int
    trigger: int

    @classmethod
    def find(cls, config: dict[str, Any]) -> Chat:
        """Read it from the page's description."""
        box = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "question")
        event = next(one["id"] for one in config["dependencies"] if [box, "submit"] in one["targets"])
        return cls(event, box)


class Learner:
    """One browser: a cookie, a session, one question after the other."""

    def __init__(self, port: int, name: str, password: str) -> None:
        self._port, self._session, self._cookie = port, secrets.token_hex(6), ""
        body = urlencode({"username": name, "password": password})
        reply, _ = self._send("POST", "/login", body, "application/x-www-form-urlencoded")
        self._cookie = "; ".join(
            value.split(";")[0] for key, value in reply.getheaders() if key.lower() == "set-cookie"
        )
        _, config = self._send("GET", "/config", "", "")
        self._chat = Chat.find(json.loads(config))

    def ask(self, question: str, measured: Measured) -> None:
        """Ask, and time what comes."""
        begin = time.perf_counter()
        joined = {
            "data": [question, None, None],  # the talk and the depth are kept by the server
            "fn_index": self._chat.event,
            "session_hash": self._session,
            "trigger_id": self._chat.trigger,
            "event_data": None,
        }
        self._send("POST", "/gradio_api/queue/join", json.dumps(joined), "application/json")
        seen = answered = 0.0
        for message in self._events():
            text = json.dumps(message.get("output", {}))
            if message["msg"] == "process_generating" and not seen and WAITING in text:
                seen = time.perf_counter() - begin
            elif message["msg"] == "process_generating" and seen and not answered and SHOWN in text:
                answered = time.perf_counter() - begin
            if message["msg"] == "process_completed":
                if not message.get("success"):
                    measured.errors.append(text[:300])
                break
        if not seen or not answered:
            missing = "an answer" if seen else "anything"
            measured.errors.append(f"{missing} was not shown for: {question}")
        measured.seen.append(seen)
        measured.answered.append(answered)

    def _events(self) -> Iterator[dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_SECONDS)
        path = f"/gradio_api/queue/data?session_hash={self._session}"
        connection.request("GET", path, headers={"Cookie": self._cookie})
        for line in connection.getresponse():
            if line.startswith(b"data:"):
                yield json.loads(line[5:])
        connection.close()

    def _send(self, method: str, path: str, body: str, media: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_SECONDS)
        headers = {"Cookie": self._cookie} | ({"Content-Type": media} if media else {})
        connection.request(method, path, body or None, headers)
        reply = connection.getresponse()
        content = reply.read()
        connection.close()
        if reply.status >= 400:
            raise ConnectionError(f"{method} {path}: {reply.status} {content[:200]!r}")
        return reply, content


def run(learners: int, questions: int, pause: float, *, first_run: bool) -> tuple[Measured, float]:
    """Serve, let them ask; what was measured, and the most memory the page had, in MB."""
    asked = [case.question for case in load_cases(FILES[1], "development")]
    with tempfile.TemporaryDirectory() as home:
        if not first_run:
            _command(home, "ask", "--no-vectors", asked[0])  # puts the pack into the library
            _command(home, "embed")
        names = [f"learner-{number}" for number in range(learners)]
        file = Path(home) / "learners.txt"
        for name in names:
            _command(home, "learner", "add", name, "--auth-file", str(file), said=f"{name}-password\n")
        with _Served(home, file) as page:
            visitors = [Learner(page.port, name, f"{name}-password") for name in names]
            measured = Measured()
            threads = [
                threading.Thread(target=_chat, args=(visitor, asked, questions, pause, number, measured))
                for number, visitor in enumerate(visitors)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return measured, page.peak_memory()


def _chat(  # noqa: PLR0913, PLR0917
    visitor: Learner, asked: list[str], questions: int, pause: float, seed: int, measured: Measured
) -> None:
    rng = random.Random(seed)  # noqa: S311  pauses and choices, no secrets
    for question in rng.sample(asked, questions):
        time.sleep(pause * rng.uniform(0.5, 1.5))
        try:
            visitor.ask(question, measured)
        except (OSError, ValueError, http.client.HTTPException) as error:
            measured.errors.append(repr(error))


class _Served:
    """The page in a process of its own."""

    def __init__(self, home: str, auth_file: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own code
            [sys.executable, "-c", _RUN, "serve", "--port", "18700", "--auth-file", str(auth_file)],
            env={**os.environ, "EXAM_TUTOR_HOME": home},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.port = self._read_port()

    def __enter__(self) -> _Served:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def peak_memory(self) -> float:
        """The most this process has had in memory, in MB (Linux)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1000 if found else float("nan")

    def _read_port(self) -> int:
        for line in self._process.stderr or ():
            if match := re.search(r"is at http://127\.0\.0\.1:(\d+)", line):
                threading.Thread(target=lambda: list(self._process.stderr or ()), daemon=True).start()
                return int(match[1])
        raise TimeoutError("The page did not start.")


def _command(home: str, *arguments: str, said: str = "") -> None:
    subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", _RUN, *arguments],
        env={**os.environ, "EXAM_TUTOR_HOME": home},
        input=said,
        text=True,
        check=True,
        capture_output=True,
    )


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description="Many learners chatting with the page at once.")
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--questions", type=int, default=5)
    parser.add_argument(
        "--pause", type=float, default=3.0, help="seconds, on average, between an answer and a question"
    )
    parser.add_argument("--first-run", action="store_true", help="while the vectors of the pack are still being made")
    options = parser.parse_args()
    measured, memory = run(options.learners, options.questions, options.pause, first_run=options.first_run)
    rng = np.random.default_rng(1)
    lines = [f"{options.learners} learners, {len(measured.seen)} questions, pauses of {options.pause:g} s on average"]
    for name, seconds in (("first visible response", measured.seen), ("first words of the answer", measured.answered)):
        for share in (0.5, 0.95):
            score = quantile_score(seconds, share, rng)
            lines.append(f"{name}  p{share * 100:.0f} {score.value:.0f} ms" if score else f"{name}  not measured")
    lines += [f"errors  {len(measured.errors)}", f"peak memory of the page  {memory:,.0f} MB"]
    sys.stdout.write("\n".join([*lines, *measured.errors[:5]]) + "\n")


if __name__ == "__main__":
    main()
