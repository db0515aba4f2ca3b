"""The child process that reads documents, one after the other: the only place where untrusted bytes are parsed.

`python -m ingest.reading_worker MEMORY_MB` takes jobs on standard input, a line of JSON each, and answers on standard
output with JSON behind its length. Whatever else is printed here is thrown away. It ends with its standard input.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.process_limits import claim_standard_output, limit_memory, limit_seconds, peak_memory
from ingest.readers import RawSource, read
from ingest.reading_child import LENGTH_BYTES, MOST_ANSWER
from ingest.source_files import open_regular

_MEGABYTE = 1_000_000


def main() -> None:
    """Answer jobs until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to take, and it ends this process
    answers = claim_standard_output()
    memory = int(sys.argv[1]) * _MEGABYTE
    limit_memory(memory)
    send(answers, b"")  # ready
    for line in sys.stdin.buffer:
        job = json.loads(line)
        limit_seconds(job["seconds"])
        send(answers, _answer(job, memory))


def _answer(job: dict[str, Any], memory: int) -> bytes:
    """Return the document as JSON, or what is wrong. Whatever a reader raises fails its file and no other."""
    try:
        return _document_json(_read(job), memory)
    except SourceError as error:
        problem, hint = error.problem, error.hint
    except MemoryError:
        problem = f"reading it takes more than {memory // _MEGABYTE:,} MB of memory"
        hint = "It may be made to do harm. If you trust it, ingest it in parts."
    except Exception as error:
        problem = f"the reader failed on it ({type(error).__name__}: {error})"
        hint = "It may be broken. Open it in its program and save it anew, and ingest that."
    answer = {"problem": problem or "it cannot be read", "hint": hint, "spent": _is_spent(memory)}
    return json.dumps(answer, ensure_ascii=False).encode(errors="replace")


def _read(job: dict[str, Any]) -> Document:
    """Read the very bytes that were hashed."""
    path, name = Path(job["path"]), str(job["name"])
    with open_regular(path) as file:
        data = file.read(job["size"] + 1)
    if hashlib.sha256(data).hexdigest() != job["sha256"]:
        hint = "Ingest it again when nothing writes to it."
        raise SourceError(name, "it was changed while it was being read", hint)
    return read(RawSource(name, data, job["url"], job["kind"], path.suffix))


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


def send(answers: BinaryIO, answer: bytes) -> None:
    """Write one answer behind its length."""
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
