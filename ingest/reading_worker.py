"""The child process that reads documents, one after the other: the only place where untrusted bytes are parsed.

`python -m ingest.reading_worker MEMORY_MB` takes jobs on standard input, a line of JSON each, and answers on standard
output with JSON behind its length. Whatever else is printed here is thrown away. It ends with its standard input.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.process_limits import claim_standard_output, limit_memory, limit_seconds, peak_memory
from ingest.readers import RawSource, read
from ingest.reading_child import LENGTH_BYTES, MOST_ANSWER
from ingest.source_files import open_regular

_MEGABYTE = 1_000_000

Job = dict[str, Any]
"""What the parent says of a file: see `ReadingProcess`."""


def main() -> None:
    """Read documents until standard input ends."""
    serve(lambda job, memory: _document_json(_read(job), memory))


def serve(answer: Callable[[Job, int], bytes]) -> None:
    """Answer jobs until standard input ends; `answer` also gets the bytes of memory that there are."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to take, and it ends this process
    answers = claim_standard_output()
    memory = int(sys.argv[1]) * _MEGABYTE
    limit_memory(memory)
    _send(answers, b"")  # ready
    for line in sys.stdin.buffer:
        job = json.loads(line)
        limit_seconds(job["seconds"])
        _send(answers, _answer_or_problem(answer, job, memory))


def _answer_or_problem(answer: Callable[[Job, int], bytes], job: Job, memory: int) -> bytes:
    """Return the answer, or what is wrong as JSON. Whatever a reader raises fails its file and no other."""
    try:
        return answer(job, memory)
    except SourceError as error:
        problem, hint = error.problem, error.hint
    except MemoryError:
        problem = f"reading it takes more than {memory // _MEGABYTE:,} MB of memory"
        hint = "It may be made to do harm. If you trust it, give it in parts."
    except Exception as error:
        problem = f"the reader failed on it ({type(error).__name__}: {error})"
        hint = "It may be broken. Open it in its program and save it anew, and give that."
    said = {"problem": problem or "it cannot be read", "hint": hint, "spent": _is_spent(memory)}
    return json.dumps(said, ensure_ascii=False).encode(errors="replace")


def bytes_of(job: Job) -> bytes:
    """Return the very bytes that were hashed. Raises SourceError when the file has changed since."""
    with open_regular(Path(job["path"])) as file:
        data = file.read(job["size"] + 1)
    if hashlib.sha256(data).hexdigest() != job["sha256"]:
        hint = "Try again when nothing writes to it."
        raise SourceError(job["name"], "it was changed while it was being read", hint)
    return data


def _read(job: Job) -> Document:
    return read(RawSource(job["name"], bytes_of(job), job["url"], job["kind"], Path(job["path"]).suffix))


def _document_json(document: Document, memory: int) -> bytes:
    answer = {
        "title": document.title,
        "url": document.url,
        "notes": document.notes,
        "sections": document.sections,
        "spent": _is_spent(memory),
    }
    text = json.dumps(answer, ensure_ascii=False, default=_fields).encode(errors="replace")
    if len(text) > MOST_ANSWER:
        problem = (
            f"its text has {len(text) / _MEGABYTE:.0f} MB, more than the {MOST_ANSWER // _MEGABYTE} MB of a document"
        )
        raise SourceError(document.source, problem, "Split it, and ingest the parts.")
    return text


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(len(answer).to_bytes(LENGTH_BYTES) + answer)
    answers.flush()


def _fields(value: object) -> dict[str, Any]:
    """Return a dataclass with slots as JSON takes it."""
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]


def _is_spent(memory: int) -> bool:
    """Return whether this process is to be replaced: what a large file leaves in memory counts against the next."""
    peak = peak_memory()
    return peak is not None and peak > memory / 2


if __name__ == "__main__":
    main()
