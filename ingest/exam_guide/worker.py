"""The child process that reads one exam guide: its bytes are as untrusted as any document's.

`python -m ingest.exam_guide.worker MEMORY_MB` takes a job on standard input, a line of JSON, and answers on standard
output with JSON behind its length: a blueprint with its remarks, or what is wrong.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from ingest.exam_guide.reading import read_guide
from ingest.process_limits import claim_standard_output, limit_memory, limit_seconds
from ingest.readers.source import RawSource
from ingest.reading_worker import send
from ingest.source_files import MEGABYTE, open_regular


def main() -> None:
    """Answer the one job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to take, and it ends this process
    answers = claim_standard_output()
    limit_memory(int(sys.argv[1]) * MEGABYTE)
    send(answers, b"")  # ready
    job = json.loads(sys.stdin.readline())
    limit_seconds(job["seconds"])
    send(answers, json.dumps(_answer(Path(job["path"]))).encode())


def _answer(path: Path) -> dict[str, Any]:
    try:
        with open_regular(path) as file:
            reading = read_guide(RawSource(str(path), file.read()))
    except SourceError as error:
        return {"problem": error.problem, "hint": error.hint}
    except MemoryError:
        return {"problem": "reading it takes too much memory", "hint": ""}
    except Exception as error:
        return {"problem": f"the reader failed on it ({type(error).__name__}: {error})", "hint": ""}
    return {"blueprint": reading.blueprint, "remarks": reading.remarks}


if __name__ == "__main__":
    main()
