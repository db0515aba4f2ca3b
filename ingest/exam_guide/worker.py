"""The child process that reads one exam guide: its bytes are as untrusted as any document's.

`python -m ingest.exam_guide.worker MEMORY_MB` takes and answers jobs as `ingest.reading_worker` does, with a blueprint
and its remarks in place of a document.
"""

from __future__ import annotations

import json

from ingest.exam_guide.reading import read_guide
from ingest.readers.source import RawSource
from ingest.reading_worker import Job, bytes_of, serve


def main() -> None:
    """Answer jobs until standard input ends."""
    serve(_blueprint)


def _blueprint(job: Job, _memory: int) -> bytes:
    reading = read_guide(RawSource(job["name"], bytes_of(job)))
    return json.dumps({"blueprint": reading.blueprint, "remarks": reading.remarks}).encode()


if __name__ == "__main__":
    main()
