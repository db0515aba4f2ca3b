"""What goes on behind the page: the pack is indexed, then the model is loaded, then vectors are made.

Each step is usable as soon as it is done, so that the first question waits for none of the later ones. After that
the page keeps up with what other commands put into the library and take out of it. What learners bring in through
the page is read by a thread of its own, so that a note need not wait for vectors.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

from corpus.errors import ExamTutorError, RerankerError
from corpus.exam_pack import ExamPack
from corpus.library import Library, LibraryState
from corpus.settings import Settings
from ingest.pipeline import ingest_pack
from ui.incoming import Incoming

POLL_SECONDS = 2.0
"""How soon what others brought in gets its vectors."""

RETRY_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Background:
    """One thread that gets the library ready and keeps it so, and `incoming`, which reads what learners bring.

    `problem` is what stopped the vectors, in words for the learner, or empty; searching by words goes on.
    `reranker_problem` is what keeps the reranker from ranking, or empty; all else goes on without it.
    """

    def __init__(self, library: Library, pack: ExamPack, settings: Settings) -> None:
        self.problem = ""
        self.reranker_problem = ""
        self.incoming = Incoming(library, pack, settings, self.embed_new)
        self.pace = 0.0
        library.announce("The page", keeps_up=True)
        self._library = library
        self._pack = pack
        self._is_warm = False
        self._pack_ready = threading.Event()
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="library", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()
        self.incoming.start()

    def wait_for_pack(self, seconds: float = 60.0) -> None:
        """Wait until the built-in pack can be searched: about a second, once after an update."""
        self._pack_ready.wait(seconds)

    def ready(self) -> None:
        """Say that the pack can be searched."""
        self._pack_ready.set()

    def embed_new(self) -> None:
        """Say that sources have been added: their vectors will be made."""
        self._wake.set()

    def stop(self) -> None:
        """End after the batch under way; what is left is taken up by the next start."""
        self._stop.set()
        self._wake.set()
        self.incoming.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            ingest_pack(self._pack, self._library, now=datetime.now(UTC))
        except ExamTutorError as error:
            self._report(error)
        finally:
            self.ready()
        while not self._stop.is_set():
            self._wake.wait(POLL_SECONDS if self._keep_up() else RETRY_SECONDS)
            self._wake.clear()

    def _keep_up(self) -> bool:
        """Do what there is to do, as far as this process has the vector index; False where something stopped it."""
        vectors = self._library.vectors
        try:
            if not self._is_warm:
                self._is_warm = self._warm()
            if vectors.own() is None and vectors.due():
                self._embed()
        except ExamTutorError as error:
            self._report(error)
            return False
        self.problem = ""
        return self._is_warm

    def _warm(self) -> bool:
        """Load the models; False where the reranker did not load, which keeps no vector from being made."""
        try:
            self._library.warm()
        except RerankerError as error:
            self.reranker_problem = str(error)
            _log.error("%s", error)
            return False
        self.reranker_problem = ""
        return True

    def _embed(self) -> None:
        begun, before = time.monotonic(), self._library.state().embedded

        def measure(state: LibraryState) -> None:
            self.pace = max(state.embedded - before, 0) / max(time.monotonic() - begun, 0.001)

        try:
            self._library.embed_pending(on_progress=measure, stop=self._stop)
        finally:
            self.pace = 0.0

    def _report(self, error: ExamTutorError) -> None:
        self.problem = str(error)
        _log.error("%s", error)
