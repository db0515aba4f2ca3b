"""The library for one command, and the command's turn at the vector index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from corpus.errors import EmbedderError, RerankerError
from corpus.exam_pack import ExamPack
from corpus.learner_library import Owners
from corpus.library import Library
from corpus.process_lock import Holder
from corpus.settings import Settings
from ingest.pipeline import ingest_pack
from tutor.assemble import open_library
from tutor.knowledge import Knowledge
from ui import terminal

WAIT_SECONDS = 1.0
"""How long to wait before looking who has the index now."""


@contextmanager
def opened_library(settings: Settings, command: str) -> Iterator[Library]:
    """The library, closed at the end; other commands that wait for this one are told its name."""
    library = open_library(settings)
    library.announce(f"'exam-tutor {command}'")
    try:
        yield library
    finally:
        library.close()


@contextmanager
def opened_for_learner(settings: Settings, pack: ExamPack, learner: str, command: str) -> Iterator[Library]:
    """The library with the pack read in, as the learner reads it: nobody else's notes and remarks are found."""
    with opened_library(settings, command) as library:
        ingest_pack(pack, library, now=datetime.now(UTC))
        yield Owners.of(settings).view(library, learner)


@contextmanager
def opened_knowledge(settings: Settings, pack: ExamPack, learner: str, command: str) -> Iterator[Knowledge]:
    """What reasons and explanations are made from, for the learner."""
    with opened_for_learner(settings, pack, learner, command) as library:
        yield Knowledge(pack, library)


def vectors_turn(library: Library) -> Holder | None:
    """Wait, and say so, until the vector index is this process's: None, or the page, which does what is due itself."""
    told: Holder | None = None
    while (other := library.vectors.own(WAIT_SECONDS if told else 0.0)) is not None and not other.keeps_up:
        if other != told:
            terminal.say(f"{other} has the vector index; waiting for it. Ctrl-C leaves the vectors for later.")
            told = other
    return other


def make_vectors(library: Library) -> int:
    """Make the vectors that are missing, or leave them to the page that is open; returns how many were made here."""
    library.vectors.check_model()
    if not library.vectors.due():
        return 0
    if page := vectors_turn(library):
        terminal.say(f"{page} has the vector index; it makes the vectors that are missing.")
        return 0
    with terminal.embedding(library.state().pending) as move:
        return library.embed_pending(on_progress=move)


def note_on_search(library: Library, vectors: bool) -> str:
    """Load the models that the search can use; what to tell about a search without them, or ""."""
    if not vectors:
        return "Searched by words only, as --no-vectors says."
    return " ".join(filter(None, (_note_on_meaning(library), _note_on_reranker(library))))


def _note_on_meaning(library: Library) -> str:
    state = library.state()
    if not state.embedded:
        return "Searched by words only: no passage has its vector yet. 'exam-tutor embed' makes them."
    try:
        with terminal.waiting("loading the embedding model"):
            library.embedder.embed(["warm up"])
    except EmbedderError as error:
        return f"Searched by words only. {error}"
    if state.pending:
        return f"{state.pending:,} of {state.chunks:,} passages were searched by words only: they have no vector yet."
    return ""


def _note_on_reranker(library: Library) -> str:
    if library.reranker is None:
        return ""
    try:
        with terminal.waiting("loading the reranker"):
            library.reranker.scores("warm up", ["warm up"])
    except RerankerError as error:
        return f"Ranked without the reranker. {error}"
    return ""
