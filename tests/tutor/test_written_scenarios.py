"""With a chat model set, new scenarios are asked of it: in a quiz, in a talk, on the command line; each is counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from corpus.embedder import HashEmbedder
from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tests.tutor.engines.openai_server import Act, Server, fails, says
from tests.tutor.engines.test_scenario_writer import MODEL, Draft, draft, no_need
from tests.tutor.practising import rng
from tutor import assemble
from tutor.draw import Draw, Origin
from tutor.engines.asking import Patience
from tutor.engines.chat_client import open_client
from tutor.engines.grounded import GroundedEngine
from tutor.engines.scenario_writer import ScenarioWriter
from tutor.engines.time_limit import Limits
from tutor.knowledge import Knowledge
from tutor.pack_words import PackWords
from tutor.quiz import QuizWish, draw_quiz
from tutor.session import Session
from tutor.turns import Posed
from tutor.tutor import Tutor
from tutor.written_scenarios import MOST, SECONDS, WrittenScenarios
from ui.cli import app

TOPIC = "Amazon Data Firehose"
NO_NEED = "states no need in words of the trait table"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    pack = load_pack("mls_c01")
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(pack, library, now=NOW)
    yield Knowledge(pack, library)
    library.close()


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-tests-scenario")


def anew(known: Knowledge) -> Callable[[Draft], str]:
    """A model that writes well, and another shop each time."""
    branches = iter(range(40, 1_000))

    def bend(made: Draft, _: list[Draft]) -> None:
        made["stem"] = made["stem"].replace("40 branches", f"{next(branches)} branches")

    return draft(known, bend)


def writer(known: Knowledge, server: Server) -> ScenarioWriter:
    patience = Patience(Limits(30, 30), sleep=lambda _: None)
    return ScenarioWriter(MODEL, lambda: open_client(MODEL, server.url, 30.0), known, patience)


def drawn(known: Knowledge, *acts: Act, count: int = 3, topic: str = TOPIC) -> tuple[Draw, int]:
    """New questions with a model behind a server, and how often it was asked."""
    with Server(*acts) as server:
        wish = QuizWish(count=count, topic=topic, origin=Origin.GENERATED)
        draw = draw_quiz(wish, PackWords(known.pack), [], NOW, rng(), writer(known, server))
        return draw, len(server.requests)


def by_model(draw: Draw) -> int:
    return sum(question.id.startswith("gen-written-") for question in draw.questions)


def test_a_quiz_of_new_questions_is_written_by_the_model(known: Knowledge) -> None:
    draw, asked = drawn(known, says(anew(known)))

    assert (by_model(draw), asked) == (3, 3)
    assert draw.notes == (f"3 questions were written by {MODEL}, and proven by the trait table.",)
    assert all(any(option.card == "amazon-data-firehose" for option in question.options) for question in draw.questions)


def test_what_is_not_proven_is_counted_and_the_generator_makes_the_question(known: Knowledge) -> None:
    """The first is asked for twice and thrown away twice; the second gets through."""
    bad = says(draft(known, no_need))
    draw, asked = drawn(known, bad, bad, says(anew(known)), count=2)

    assert (len(draw.questions), by_model(draw), asked) == (2, 1, 3)
    assert draw.notes == (
        f"1 question was written by {MODEL}, and proven by the trait table.",
        f"Of what {MODEL} wrote was thrown away: 2 {NO_NEED}.",
    )


def test_a_model_that_fails_is_not_asked_again(known: Knowledge) -> None:
    draw, asked = drawn(known, fails(401))

    assert (len(draw.questions), by_model(draw), asked) == (3, 0, 1)
    (note,) = draw.notes
    assert note.startswith(MODEL)
    assert note.endswith("The other new questions were made without a model.")


def test_a_long_quiz_does_not_wait_for_the_model_all_along(known: Knowledge) -> None:
    draw, asked = drawn(known, says(anew(known)), count=MOST + 5)

    assert (len(draw.questions), by_model(draw), asked) == (MOST + 5, MOST, MOST)


def test_a_slow_model_is_not_waited_for(known: Knowledge) -> None:
    """Begun at 0 s; the first is asked for at 0 s, the second at 59 s, and at 61 s it is enough."""
    clock = iter((0.0, 0.0, SECONDS - 1, SECONDS + 1))
    with Server(says(anew(known))) as server:
        written = WrittenScenarios(writer(known, server), rng(), clock=lambda: next(clock))
        found = [written.draw({"amazon-data-firehose"}, (), ()) for _ in range(3)]

    assert [question is not None for question in found] == [True, True, False]
    assert list(written.notes()) == [f"2 questions were written by {MODEL}, and proven by the trait table."]


def test_a_quiz_without_a_topic_is_written_too(known: Knowledge) -> None:
    """On whatever competes for a job; what turns out to be of another task than was wanted waits for its turn."""
    draw, asked = drawn(known, says(anew(known)), count=4, topic="")

    assert len(draw.questions) == 4
    assert len({question.id for question in draw.questions}) == 4
    assert asked >= 4


def test_the_bank_comes_first_and_needs_no_model(known: Knowledge) -> None:
    with Server(fails(401)) as server:
        draw = draw_quiz(QuizWish(count=3), PackWords(known.pack), [], NOW, rng(), writer(known, server))
        asked = len(server.requests)

    assert (len(draw.questions), draw.notes, asked) == (3, (), 0)


def test_another_scenario_in_a_talk(known: Knowledge) -> None:
    """Also for a learner with a library of their own."""
    with Server(says(anew(known))) as server:
        tutor = Tutor(known.pack, known.library, GroundedEngine(), writer(known, server)).over(known.library)
        session = Session(tutor)
        turns = [session.say(message, NOW, rng()) for message in (f"new scenario on {TOPIC}", "another scenario")]

    for turn in turns:
        assert isinstance(turn, Posed)
        assert turn.question.id.startswith("gen-written-")
        assert turn.word == f"Written by {MODEL}, and proven by the trait table."


def test_on_the_command_line(known: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "choose_embedder", lambda _: HashEmbedder())
    with Server(says(anew(known))) as server:
        monkeypatch.setenv("EXAM_TUTOR_MODEL", MODEL)
        monkeypatch.setenv("EXAM_TUTOR_MODEL_URL", server.url)
        arguments = ["quiz", "--topic", TOPIC, "--origin", "generated", "-n", "2", "--json"]
        done = CliRunner().invoke(app, arguments)
        authored = CliRunner().invoke(app, ["quiz", "--origin", "authored", "-n", "2", "--json"])
        asked = len(server.requests)

    assert done.exit_code == 0, done.output
    shape = json.loads(done.stdout)
    assert [question["id"].startswith("gen-written-") for question in shape["questions"]] == [True, True]
    assert f"2 questions were written by {MODEL}, and proven by the trait table." in shape["notes"]
    assert authored.exit_code == 0
    assert asked == 2
