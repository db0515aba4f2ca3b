"""What learners bring in through the page: read into the library one after the other, behind the page."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.settings import Settings
from ingest.arguments import ingest_arguments
from ingest.pipeline import SourceReport, Status

KEPT = 50
"""How many outcomes are remembered, of all learners together."""

MOST_WAITING = 200

_log = logging.getLogger(__name__)


class Stage(StrEnum):
    """How far a source is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One source that a learner brought in. `name` is what they call it, `argument` the path or address to read.

    `chunks` are the passages it gave, `reason` says why it failed or what to note.
    """

    number: int
    learner: str
    name: str
    argument: str
    stage: Stage = Stage.WAITING
    chunks: int = 0
    reason: str = ""


class Incoming:
    """A queue with one reader. A source that cannot be read is reported, and the next one follows."""

    def __init__(self, library: Library, pack: ExamPack, settings: Settings, after: Callable[[], None]) -> None:
        self._library, self._pack, self._settings, self._after = library, pack, settings, after
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)
        self._queue: queue.Queue[int | None] = queue.Queue()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="incoming", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the source that is being read."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def put(self, learner: str, name: str, argument: str) -> bool:
        """Queue a path or an address; False where too much waits already."""
        with self._lock:
            if self._queue.qsize() >= MOST_WAITING:
                return False
            job = Job(next(self._numbers), learner, name, argument)
            self._jobs[job.number] = job
            for number in [key for key, old in self._jobs.items() if old.stage in {Stage.DONE, Stage.FAILED}][:-KEPT]:
                del self._jobs[number]
        self._queue.put(job.number)
        return True

    def jobs(self, learner: str) -> list[Job]:
        """What this learner brought in since the page was started, the latest first."""
        with self._lock:
            return sorted((job for job in self._jobs.values() if job.learner == learner), key=lambda job: -job.number)

    def is_busy(self, learner: str) -> bool:
        """Whether anything of theirs is still to be read."""
        return any(job.stage in {Stage.WAITING, Stage.READING} for job in self.jobs(learner))

    def forget(self, learner: str) -> None:
        """Remember nothing of this learner's."""
        with self._lock:
            self._jobs = {number: job for number, job in self._jobs.items() if job.learner != learner}

    def _run(self) -> None:
        while (number := self._queue.get()) is not None:
            with self._lock:
                job = self._jobs.get(number)
            if job is not None:
                with self._settled(job):
                    self._read(job)
                self._after()

    def _read(self, job: Job) -> None:
        self._note(replace(job, stage=Stage.READING))
        report = ingest_arguments(
            [job.argument], self._library, pack=self._pack, settings=self._settings, now=datetime.now(UTC)
        )
        self._note(_outcome(job, report.sources))

    @contextmanager
    def _settled(self, job: Job) -> Iterator[None]:
        try:
            yield
        except ExamTutorError as error:
            self._note(replace(job, stage=Stage.FAILED, reason=str(error)))
        except Exception:  # the thread's edge: it goes on with the next source
            _log.exception("A source could not be read.")
            self._note(replace(job, stage=Stage.FAILED, reason="Something went wrong inside Exam Tutor."))

    def _note(self, job: Job) -> None:
        with self._lock:
            if job.number in self._jobs:
                self._jobs[job.number] = job


def _outcome(job: Job, reports: tuple[SourceReport, ...]) -> Job:
    failed = [report.reason for report in reports if report.status is Status.FAILED]
    reasons = failed or [report.reason for report in reports if report.reason]
    said = " ".join(reasons).replace(job.argument, job.name)
    if not reports:
        said, failed = "There was nothing to read in it.", ["nothing"]
    if all(report.status is Status.UNCHANGED for report in reports) and reports:
        said = said or "It was in the library already."
    stage = Stage.FAILED if failed else Stage.DONE
    return replace(job, stage=stage, chunks=sum(report.chunks for report in reports), reason=said)
