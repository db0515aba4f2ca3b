"""A chat model that says what it is told to: for trying an engine out, with no network and no key."""

from __future__ import annotations

from collections.abc import Iterator

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, Field

PIECE = 12
"""Characters of a piece when it streams."""


class ScriptedChatModel(BaseChatModel):
    """Gives its `replies` in order, the last one ever again; an exception in their place is raised.

    It knows no tools. `asked` holds the messages of every call.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    replies: tuple[str | Exception, ...]
    asked: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=self._reply(messages)))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> Iterator[ChatGenerationChunk]:
        reply = self._reply(messages)
        for start in range(0, len(reply), PIECE) or [0]:
            yield ChatGenerationChunk(message=AIMessageChunk(content=reply[start : start + PIECE]))

    def _reply(self, messages: list[BaseMessage]) -> str:
        self.asked.append(messages)
        reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        return reply
