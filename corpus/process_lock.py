"""A lock between processes, with a note beside it of who has it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import LibraryError


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has a lock, by what a person knows it as.

    `keeps_up` says that it stays, and makes the vectors of whatever others bring in meanwhile, as the page does.
    """

    name: str
    pid: int
    keeps_up: bool = False

    def __str__(self) -> str:
        return f"{self.name} (pid {self.pid})" if self.pid else self.name


UNKNOWN = Holder("Another process", 0)


class ProcessLock:
    """Had by one process at a time, by any of its threads. When the process dies the system lets go of it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._note = file.with_name(f"{file.name}.holder")
        self._lock = FileLock(file, thread_local=False)

    @property
    def is_held(self) -> bool:
        """Whether this process has it."""
        return self._lock.is_locked

    def acquire(self, holder: Holder, seconds: float = 0.0) -> Holder | None:
        """Take it as `holder`, waiting so long for another process: None, or who has it still.

        Taken more than once, it is let go of by as many releases.
        """
        try:
            self._lock.acquire(timeout=seconds)
            if self._lock.lock_counter == 1:
                self._note.write_text(json.dumps(asdict(holder)), encoding="utf-8")
        except Timeout:
            return self._holder()
        except (OSError, NotImplementedError) as error:
            raise LibraryError(
                f"The library cannot be locked with {self._file}: {error}",
                "Set EXAM_TUTOR_HOME to a folder that you can write to, on a disk that knows file locks.",
            ) from error
        return None

    def release(self) -> None:
        """Let go of it once."""
        self._lock.release()

    def _holder(self) -> Holder:
        try:
            return Holder(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):  # it has only just taken the lock
            return UNKNOWN
