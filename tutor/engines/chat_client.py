"""LangChain's chat models: any of them by one string, `provider:model`; their errors become ours here."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from corpus.errors import ModelError, ModelRequestError
from tutor.engines.provider_errors import translated
from tutor.engines.replies import CitedAnswer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MAX_REPLY = 48_000
"""Characters of a reply: many times what a few statements with their quotes need."""

_KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "google_genai": "GOOGLE_API_KEY"}
_TAKES_TIMEOUT = {"openai", "anthropic", "google_genai"}
_PROVIDERS = {"bedrock": "bedrock_converse", "google": "google_genai"}
"""What people call a provider, and LangChain's name for the best door to it."""


class Way(Enum):
    """How a reply is asked for, the best way first: what a server does not know, it may do without."""

    TOOL = "a tool's arguments, streamed"
    TEXT = "text, streamed"
    WHOLE = "text, at once"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reply, perhaps empty, and the tokens that the server has counted for it."""

    text: str = ""
    input_tokens: int = 0
    output_tokens: int = 0


class ChatClient:
    """A chat model under the name that answers are signed with."""

    def __init__(self, name: str, model: BaseChatModel) -> None:
        self.name = name
        self._model = model

    def pieces(self, system: str, message: str, way: Way, form: type[BaseModel] = CitedAnswer) -> Iterator[Piece]:
        """Ask once and yield the reply in the pieces it comes in; `form` is what a tool's arguments look like.

        Raises:
            ModelBusyError: it may answer another time.
            ModelRequestError: it does not take a request of this form.
            ModelError: anything else.
        """
        asked = [("system", system), ("human", message)]
        try:
            if way is Way.WHOLE:
                yield _piece(self._model.invoke(asked), tool=False)
            elif way is Way.TEXT:
                yield from _bounded(_piece(part, tool=False) for part in self._model.stream(asked))
            else:
                yield from _bounded(self._tool_pieces(asked, form))
        except ModelError:
            raise
        except Exception as error:
            raise translated(error) from None  # its text and its request may hold a key

    def _tool_pieces(self, asked: list[tuple[str, str]], form: type[BaseModel]) -> Iterator[Piece]:
        """The tool's arguments; where the model wrote text in its place, that text at the end."""
        try:
            model = self._model.bind_tools([form], tool_choice="any")
        except NotImplementedError:
            raise ModelRequestError("knows no tools") from None
        instead: list[str] = []
        called, length = False, 0
        for part in model.stream(asked):
            piece = _piece(part, tool=True)
            called = called or bool(piece.text)
            instead.append(str(part.text))
            yield piece
            length += len(part.text)
            if length > MAX_REPLY:
                raise _too_long()
        if not called:
            yield Piece("".join(instead))


def open_client(name: str, url: str, seconds: float) -> ChatClient:
    """The chat model that `provider:model` names; with a `url`, on a server there that speaks OpenAI's protocol.

    `seconds` is how long its socket may stay silent, where the provider's client can be told.

    Raises:
        ModelError: its package is not installed, there is no such provider, or its key is not in the environment.
    """
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - takes a second to import

    provider, _, model = name.partition(":")
    provider = _PROVIDERS.get(provider, provider)
    options: dict[str, Any] = {}
    if provider in _TAKES_TIMEOUT:  # we retry ourselves
        options |= {"timeout": seconds, "max_retries": 0}
    if url:
        options["base_url"] = url
    if provider == "openai":
        options["stream_usage"] = True
        if url and not os.environ.get("OPENAI_API_KEY"):
            options["api_key"] = "none-needed"
    try:
        return ChatClient(name, init_chat_model(model, model_provider=provider, **options))
    except ImportError:
        extra = provider.partition("_")[0]
        raise ModelError(
            "cannot be reached: its package is not installed", f"Install it: pip install 'exam-tutor[{extra}]'."
        ) from None
    except Exception as error:
        key = _KEYS.get(provider)
        if key and not os.environ.get(key):
            raise ModelError("needs a key", f"Put it into the environment variable {key}.") from None
        raise ModelError(
            f"cannot be opened ({type(error).__name__})", "Check the settings model and model_url."
        ) from None


def _bounded(pieces: Iterator[Piece]) -> Iterator[Piece]:
    length = 0
    for piece in pieces:
        length += len(piece.text)
        if length > MAX_REPLY:
            raise _too_long()
        yield piece


def _too_long() -> ModelError:
    return ModelError(f"wrote more than {MAX_REPLY:,} characters")


def _piece(part: Any, *, tool: bool) -> Piece:  # noqa: ANN401 - messages of any provider
    usage = part.usage_metadata or {}
    return Piece(
        _arguments(part) if tool else str(part.text), usage.get("input_tokens", 0), usage.get("output_tokens", 0)
    )


def _arguments(part: Any) -> str:  # noqa: ANN401
    chunks = getattr(part, "tool_call_chunks", None)
    if chunks is not None:
        return "".join(chunk.get("args") or "" for chunk in chunks)
    return "".join(json.dumps(call["args"]) for call in part.tool_calls)
