"""What tests of the chat model share: a tutor whose engine asks a server on loopback, and words for its replies."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from corpus.exam_pack import ExamPack
from corpus.library import Library
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tests.tutor.engines.openai_server import Server
from tutor.engines.asking import Patience
from tutor.engines.chat_client import open_client
from tutor.engines.chat_model import ChatModelEngine, Prices
from tutor.engines.time_limit import Limits
from tutor.tutor import Tutor

KEY = "sk-tests-4b1d-never-to-be-seen"
MODEL = "openai:tea-master"
QUESTION = "How many millilitres does a Royal Gaiwan hold?"
FACT = "A Royal Gaiwan holds 100 to 150 millilitres."
STEEPING = "Leaves in a Royal Gaiwan steep for 10 to 30 seconds and are poured off at once."

MakeTutor = Callable[..., Tutor]


def reply(*claims: tuple[str, str]) -> Callable[[dict[str, Any]], str]:
    """The claims, each with its quote, as a well-behaved model writes them: it takes the labels from the request."""
    return lambda body: json.dumps({"claims": [_claim(text, quote, _label(body, quote)) for text, quote in claims]})


def _claim(text: str, quote: str, label: str) -> dict[str, Any]:
    return {"text": text, "citations": [{"passage": label, "quote": quote}]}


def _label(body: dict[str, Any], quote: str) -> str:
    """The label of the first passage that holds the quote, else of the first passage."""
    return next((p["passage"] for p in shown(body) if quote in p["text"]), "P1")


def shown(body: dict[str, Any]) -> list[dict[str, str]]:
    """The passages that a request holds, as the model is to read them."""
    lines = [json.loads(line) for line in body["messages"][-1]["content"].splitlines()]
    return [line for line in lines if "passage" in line]


@pytest.fixture
def make_tutor(small_pack: ExamPack, library: Library, monkeypatch: pytest.MonkeyPatch) -> MakeTutor:
    """A tutor over the small pack that asks the model behind a server or an address."""
    ingest_pack(small_pack, library, now=NOW)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def make(
        at: Server | str,
        *,
        limits: Limits = Limits(whole=30, idle=30),  # noqa: B008
        waits: list[float] | None = None,
        prices: Prices | None = None,
    ) -> Tutor:
        url = at.url if isinstance(at, Server) else at
        sleep = (lambda _: None) if waits is None else waits.append
        engine = ChatModelEngine(
            MODEL,
            lambda: open_client(MODEL, url, limits.idle),
            patience=Patience(limits, sleep=sleep),
            prices=prices,
        )
        return Tutor(small_pack, library, engine)

    return make
