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
from corpus.settings import Settings
from tests.browser.running_page import ROOT, free_port, running_page
from ui.background import Background
from ui.page import server
from ui.page.chat import ChatTab
from ui.page.conversation import Conversation, Said
from ui.page.examples import example_questions
from ui.page.parts import ALONE, UNFORESEEN, Act, Visit
from ui.page.sources_list import progress_html, sources_html
from ui.page.study import Study

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
        server.launch(_NeverServed(), "192.0.2.1", 7999, Settings())  # type: ignore[arg-type]


def test_all_ports_taken_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "FURTHER_PORTS", 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="are all taken"):
            server.launch(_NeverServed(), "127.0.0.1", taken.getsockname()[1], Settings())  # type: ignore[arg-type]


class _Failing:
    """A library in whose place something unforeseen happens."""

    def __getattr__(self, name: str) -> None:
        raise ZeroDivisionError("secret detail")


def study(library: Library, pack: ExamPack) -> Study:
    background = Background(library, pack, Settings())
    background.ready()
    return Study(Settings(), pack, library, background, None)


def test_whatever_happens_the_learner_reads_a_sentence(
    library: Library, small_pack: ExamPack, caplog: pytest.LogCaptureFixture
) -> None:
    here = study(library, small_pack)
    here.desk(ALONE).tutor.library = _Failing()  # type: ignore[assignment]
    here.desk(ALONE).tutor.words = _Failing()  # type: ignore[assignment]
    first, last, _ = ChatTab(here).ask(Visit(ALONE, Act()), " What? ", None)
    assert "Looking through the sources" in first[0]
    assert UNFORESEEN in last[0]
    assert "secret detail" not in last[0]
    assert "ZeroDivisionError" in caplog.text


def test_an_answer_follows_its_question(library: Library, small_pack: ExamPack) -> None:
    chat = ChatTab(study(library, small_pack))
    earlier = Conversation((Said(1, "Earlier?", "<p>earlier</p>"),))
    *_, (html, now, *_), _ = chat.ask(Visit(ALONE, Act()), "What is a teacup?", earlier)
    assert [said.message for said in now.said] == ["Earlier?", "What is a teacup?"]
    assert html.index("<p>earlier</p>") < html.index('id="turn-2"')


def test_examples_come_from_the_pack(small_pack: ExamPack) -> None:
    examples = example_questions(small_pack)
    assert len(examples) == len(set(examples)) == 4
    assert examples[0] == "When should I use Royal Gaiwan instead of Imperial Teapot?"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (LibraryState(0, 0, 0, None), "Reading the exam pack into the library"),
        (LibraryState(12, 4310, 1204, "m"), "1,204 of 4,310 can be found by meaning"),
        (LibraryState(1, 10, 10, "m"), "<b>1</b> source, <b>10</b> passages"),
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
    shown = sources_html([pack, record], {"/a.md": ["2"]}, lambda id_: id_ == "/a.md", lambda id_: id_ == "/a.md")
    assert shown.index("script") < shown.index("A card")
    assert "&lt;script&gt;x&lt;/script&gt;" in shown
    assert "3 passages" in shown
    assert "domain 2" in shown
    assert shown.count('data-do="forget"') == 1
