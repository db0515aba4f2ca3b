"""The configured chat model by itself: asked the question, shown no evidence, its words taken as they come."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from corpus.errors import ModelError
from corpus.settings import Settings
from tutor.engines.chat_client import ChatClient, Way, open_client
from tutor.engines.time_limit import within

_ANSWER = "Answer the question in one sentence. If you do not know the answer, write only: I don't know."
_CHOOSE = "Answer the multiple-choice question. Write only the letters of the right options, separated by commas."
_UNKNOWN = re.compile(r"\bI (?:do not|don['’]t) know\b", re.I)
_LETTER = re.compile(r"\b[A-F]\b")


class BareModel:
    """A model without our evidence and without our door."""

    name = "bare model"

    def __init__(self, settings: Settings, open_model: Callable[[], ChatClient] | None = None) -> None:
        self._seconds = settings.model_seconds
        self._open = open_model or (lambda: open_client(settings.model, settings.model_url, settings.model_seconds))
        self._client: ChatClient | None = None

    def answer(self, question: str) -> str | None:
        """What it says to a question; None where it says that it does not know.

        Raises:
            ModelError: it did not answer, or not in time; the question is named.
        """
        said = self._ask(_ANSWER, question)
        return None if _UNKNOWN.search(said) else said

    def choose(self, stem: str, options: Sequence[tuple[str, str]]) -> frozenset[str]:
        """The letters that it names as right.

        Raises:
            ModelError: as `answer`.
        """
        said = self._ask(_CHOOSE, "\n".join([stem, *(f"{label}. {text}" for label, text in options)]))
        return frozenset(_LETTER.findall(said)) & {label for label, _ in options}

    def _ask(self, system: str, message: str) -> str:
        deadline = time.monotonic() + self._seconds
        try:
            self._client = self._client or self._open()
            client = self._client
            pieces = within(lambda: client.pieces(system, message, Way.TEXT), deadline, self._seconds)
            return "".join(piece.text for piece in pieces).strip()
        except ModelError as error:
            raise ModelError(f"The model {error.message}, asked: {message[:80]}", error.hint) from error
