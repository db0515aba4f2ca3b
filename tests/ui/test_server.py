"""The page's server: light to import, takes the next port, answers on loopback, ends on Ctrl-C."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.exam_pack import ExamPack
from corpus.library import Library, LibraryState
from corpus.manifest import SourceRecord
from tests.browser.running_page import ROOT, free_port, running_page
from tutor.engines.grounded import GroundedEngine
from tutor.tutor import Tutor
from ui.page import server
from ui.page.chat import UNFORESEEN, Chat
from ui.page.examples import example_questions
from ui.page.library_state import progress_html, sources_html

NOW = datetime(2026, 1, 2, tzinfo=UTC)
HEAVY = ("torch", "sentence_transformers", "chromadb", "gradio", "pandas")


def test_importing_the_page_loads_nothing_heavy() -> None:
    names = [f"ui.page.{file.stem}" for file in (ROOT / "ui" / "page").glob("*.py") if file.stem != "__init__"]
    code = f"import sys, {', '.join(names)}; print([name for name in {HEAVY!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_a_taken_port_gives_the_next_and_the_page_answers_there(home: Path) -> None:
    """A web proxy in the environment, here one that refuses, must not stand between the page and its own server."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        proxy = f"http://127.0.0.1:{free_port()}"
        with running_page(home, port, HTTP_PROXY=proxy, http_proxy=proxy) as (address, said):
            assert said[0].startswith(f"Port {port} is taken; using ")
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(address, timeout=10) as response:
                page = response.read().decode()
                assert response.status == 200
            with pytest.raises(urllib.error.HTTPError) as refused:
                opener.open(f"{address}/monitoring", timeout=10)
            refused.value.close()
            assert refused.value.code in {403, 404}
    assert int(address.rsplit(":", 1)[1]) > port
    assert "Exam Tutor" in page
    assert "fonts.googleapis.com" not in page
    assert said[-1] == "Stopping."


class _NeverServed:
    """A page that must not be asked to serve."""


def test_an_address_that_is_not_this_machines_is_said_in_words() -> None:
    with pytest.raises(SettingsError, match=r"cannot listen on 192\.0\.2\.1, port 7999"):
        server.launch(_NeverServed(), "192.0.2.1", 7999)  # type: ignore[arg-type]


def test_all_ports_taken_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "FURTHER_PORTS", 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="are all taken"):
            server.launch(_NeverServed(), "127.0.0.1", taken.getsockname()[1])  # type: ignore[arg-type]


class _Failing:
    """A tutor in whose place something unforeseen happens."""

    def ask(self, question: str) -> None:
        raise ZeroDivisionError("secret detail")


class _Ready:
    """A background that has the pack at once."""

    problem = ""

    def wait_for_pack(self) -> None:
        return


def test_whatever_happens_the_learner_reads_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    first, last = Chat(_Failing(), _Ready()).steps(" What? ", ())  # type: ignore[arg-type]
    assert "Looking through the sources" in first[0]
    assert UNFORESEEN in last[0]
    assert "secret detail" not in last[0]
    assert "ZeroDivisionError" in caplog.text


def test_an_answer_follows_its_question(library: Library, small_pack: ExamPack) -> None:
    tutor = Tutor(small_pack, library, GroundedEngine())
    *_, turns = Chat(tutor, _Ready()).steps("What is a teacup?", ("<article>earlier</article>",))  # type: ignore[arg-type]
    assert turns[0] == "<article>earlier</article>"
    assert 'id="turn-2"' in turns[1]


def test_examples_come_from_the_pack(small_pack: ExamPack) -> None:
    examples = example_questions(small_pack)
    assert len(examples) == len(set(examples)) == 4
    assert examples[0] == "When should I use Royal Gaiwan instead of Imperial Teapot?"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (LibraryState(0, 0, 0, None), "Reading the exam pack into the library"),
        (LibraryState(12, 4310, 1204, "m"), "1,204 of 4,310 passages have vectors"),
        (LibraryState(1, 10, 10, "m"), "1 source, 10 passages"),
    ],
)
def test_the_library_line_says_how_far_it_is(state: LibraryState, expected: str) -> None:
    assert expected in progress_html(state, "")


def test_the_time_left_is_told_where_the_pace_is_known() -> None:
    # 3,106 are left; 20 a second make them in 155.3 seconds, which is begun on the third minute
    assert "20 a second, 3 minutes left" in progress_html(LibraryState(12, 4310, 1204, "m"), "", pace=20.0)


def test_a_problem_is_told_as_text() -> None:
    assert "No model &lt;here&gt;" in progress_html(LibraryState(1, 10, 0, None), "No model <here>")


def test_the_list_of_sources_escapes_titles_and_puts_the_learners_own_first() -> None:
    record = SourceRecord("/a.md", "<script>x</script>", "note", None, "0", "r", NOW, 3)
    pack = SourceRecord("pack:p/cards/a", "A card", "card", None, "0", "r", NOW, 1)
    shown = sources_html([pack, record])
    assert shown.index("script") < shown.index("A card")
    assert "&lt;script&gt;x&lt;/script&gt;" in shown
    assert "3 passages" in shown
