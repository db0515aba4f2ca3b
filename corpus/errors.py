"""Every error Exam Tutor raises on purpose, in one tree.

    ExamTutorError            catch this to catch them all
    ├── SettingsError         a setting is unknown or has an impossible value
    ├── PackError             a file of an exam pack is wrong: names file, line and key
    ├── SourceError           a document cannot be read: names it and says what to do
    │   └── FetchError            it cannot be downloaded, or may not be
    │       └── OfflineError      its server cannot be reached from here
    ├── EmbedderError         the embedding model cannot be found or loaded
    ├── RerankerError         the reranker cannot be found or loaded, or fails
    ├── LibraryError          the library cannot be opened or written
    │   ├── ModelMismatchError    its vectors were made by another model
    │   └── LibraryBusyError      another process is writing to it, or has its vector index
    ├── ModelError            a chat model cannot be asked, or what it wrote cannot be used
    │   ├── ModelBusyError        it may answer when it is asked again
    │   └── ModelRequestError     it does not take a request in this form
    ├── LedgerError           a learner's ledger cannot be opened, written or imported into
    ├── QuestionError         a pasted text cannot be read as one question: says what to paste instead
    └── GroundingError        a claim or a citation that the evidence does not hold

An error's text is for the person who meets it. It says what happened and to what; `hint` says what to do
next. Exceptions of outside libraries are translated into these where the library is called.
"""

from __future__ import annotations

from pathlib import Path


class ExamTutorError(Exception):
    """Base of all errors raised on purpose; `hint` is the next step to take, or empty."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class SettingsError(ExamTutorError):
    """A setting is unknown, or its value cannot be used."""


class PackError(ExamTutorError):
    """A file of an exam pack is wrong; the text starts with `file:line: key:`."""

    def __init__(self, file: Path, problem: str, *, line: int = 1, key: str = "", hint: str = "") -> None:
        place = f"{file}:{line}: {key}: " if key else f"{file}:{line}: "
        super().__init__(place + problem, hint)
        self.file = file
        self.line = line
        self.key = key


class SourceError(ExamTutorError):
    """A document cannot be read. `source` is the path or address as the user gave it."""

    def __init__(self, source: str, problem: str, hint: str = "") -> None:
        super().__init__(f"{source}: {problem}", hint)
        self.source = source
        self.problem = problem


class FetchError(SourceError):
    """A document cannot be downloaded, or a rule forbids it; `source` is the address as the user gave it."""


class OfflineError(FetchError):
    """There is no network, or the server's name or address cannot be reached through it."""


class EmbedderError(ExamTutorError):
    """The embedding model cannot be found, is not the one expected, or fails to load."""


class RerankerError(ExamTutorError):
    """The reranker cannot be found, is a model of another kind, fails to load, or fails."""


class LibraryError(ExamTutorError):
    """The library on disk cannot be opened, read or written."""


class ModelMismatchError(LibraryError):
    """The library's vectors come from another embedding model than the one in the settings."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library, or has its vector index."""


class ModelError(ExamTutorError):
    """A chat model cannot be asked, or what it wrote cannot be used.

    The message goes on from the model's name ("… did not answer in time"). It never holds a provider's own words,
    which may quote a key.
    """


class ModelBusyError(ModelError):
    """It may answer when it is asked again, after `retry_after` seconds where it said so."""

    def __init__(self, message: str, hint: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class ModelRequestError(ModelError):
    """It does not take a request in this form."""


class LedgerError(ExamTutorError):
    """A learner's ledger cannot be opened, read or written, or a file cannot be imported into it."""


class QuestionError(ExamTutorError):
    """A pasted text cannot be read as one multiple-choice question."""


class GroundingError(ExamTutorError):
    """A claim without a citation, or a citation that this question's evidence does not hold."""
