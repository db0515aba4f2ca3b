"""An exam guide is read in a child process with limits, as documents are: a hostile PDF harms no more than that."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus.errors import SourceError
from ingest.exam_guide.reading import GuideReading
from ingest.reading_child import Child, Ended
from ingest.reading_process import MEMORY_MB
from ingest.source_files import weighed

SECONDS = 60.0
"""How long reading a guide may compute; the longest of the five in hand takes two."""

WORKER = "ingest.exam_guide.worker"
_HINT = "Open the guide in a PDF program and save it anew, and give that."


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the child says: a blueprint, or a problem; `spent` is for a child that has more to read."""

    problem: str = ""
    hint: str = ""
    blueprint: dict[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    spent: bool = False


_ANSWER = TypeAdapter(_Answer)


def read_guide_file(path: Path, max_file_mb: int, *, seconds: float = SECONDS) -> GuideReading:
    """The blueprint that an exam guide describes.

    Raises:
        SourceError: the file is not there, is too large, is no exam guide, or does harm when it is read.
    """
    file = weighed(path, max_file_mb, name=str(path))
    try:
        child = Child(MEMORY_MB, WORKER)
    except OSError as error:
        raise SourceError(str(path), f"the process to read it cannot be started: {error}", "Try again.") from error
    try:
        payload = child.answer(seconds)
        if not isinstance(payload, Ended):
            job = {"path": str(path.absolute()), "name": file.name, "size": file.size, "sha256": file.sha256}
            child.ask({**job, "seconds": seconds})
            payload = child.answer(2 * seconds)
        if isinstance(payload, Ended):
            how = f"takes more than {seconds:.0f} seconds" if payload.out_of_time else f"crashes ({payload.how})"
            raise SourceError(str(path), f"reading it {how}", _HINT)
        answer = _ANSWER.validate_json(payload)
    except (BrokenPipeError, ValidationError) as error:
        raise SourceError(str(path), "the process that reads it gave no answer", _HINT) from error
    finally:
        child.close()
    if answer.problem:
        raise SourceError(str(path), answer.problem, answer.hint or _HINT)
    return GuideReading(answer.blueprint, answer.remarks)
