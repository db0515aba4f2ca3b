"""Which engine the settings choose, and that a learner has answers whatever they say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.errors import SettingsError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.settings import Settings, load_settings
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.assemble import assemble, choose_engine
from tutor.engines.chat_client import ChatClient
from tutor.engines.chat_model import ChatModelEngine, Prices
from tutor.engines.grounded import GroundedEngine
from tutor.engines.scripted_chat_model import ScriptedChatModel
from tutor.tutor import Tutor

QUESTION = "How many millilitres does a Royal Gaiwan hold?"


def test_with_no_model_set_the_engine_needs_none() -> None:
    assert isinstance(choose_engine(Settings()), GroundedEngine)


def test_a_model_is_one_string(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAM_TUTOR_MODEL", "ollama:qwen3:4b")
    assert choose_engine(load_settings()).name == "ollama:qwen3:4b"


@pytest.mark.parametrize(
    ("key", "value"),
    [("model", "gpt"), ("model", "openai: gpt"), ("model_url", "localhost:8080"), ("model_seconds", "0")],
)
def test_an_impossible_setting_is_named(monkeypatch: pytest.MonkeyPatch, key: str, value: str) -> None:
    monkeypatch.setenv(f"EXAM_TUTOR_{key.upper()}", value)
    with pytest.raises(SettingsError, match=key):
        load_settings()


def test_a_cost_needs_both_prices() -> None:
    assert Prices.of(Decimal(1), None) is None
    assert Prices.of(Decimal(1), Decimal(2)) == Prices(Decimal(1), Decimal(2))


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ("anthropic:claude", "cannot be reached: its package is not installed. Install it: pip install"),
        ("nobody:model", "cannot be opened (ValueError)"),
        ("openai:gpt", "needs a key. Put it into the environment variable OPENAI_API_KEY."),
    ],
)
def test_a_model_that_cannot_be_opened_is_named_and_the_answer_is_there(
    small_pack: ExamPack, library: Library, monkeypatch: pytest.MonkeyPatch, model: str, why: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    ingest_pack(small_pack, library, now=NOW)
    if model.startswith("anthropic"):
        monkeypatch.setitem(__import__("sys").modules, "langchain_anthropic", None)
    answer = assemble(Settings(model=model), library, small_pack).ask(QUESTION)
    assert answer.engine == "grounded"
    assert answer.claims
    assert f"{model} {why}" in answer.note


def test_a_scripted_model_stands_in_for_any(small_pack: ExamPack, library: Library) -> None:
    ingest_pack(small_pack, library, now=NOW)
    scripted = ScriptedChatModel(replies=("no JSON", ConnectionResetError()))
    engine = ChatModelEngine("scripted:tea", lambda: ChatClient("scripted:tea", scripted))
    answer = Tutor(small_pack, library, engine).ask(QUESTION)
    assert "scripted:tea wrote something that is not the JSON it was asked for." in answer.note
    assert QUESTION in str(scripted.asked[0][1].content)
