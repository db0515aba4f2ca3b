"""A page of a cited PDF as a picture, the quote marked; drawn by a child process with limits, as documents are read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from ingest.reading_child import ENVIRONMENT, ROOT

SECONDS = 20.0
"""How long a picture may take, the start of the child among it."""

_turns = BoundedSemaphore(2)


def page_picture(file: Path, sha256: str, page: int, quote: str) -> bytes:
    """A PNG of the page (from 1) of the PDF with that hash; empty where it cannot be drawn, or the file changed."""
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    job = {"path": str(file), "sha256": sha256, "page": page, "quote": quote}
    with _turns:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "ingest.page_picture_worker"],
                env=kept | {"PYTHONPATH": str(ROOT)},
                input=json.dumps(job).encode(errors="replace"),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return b""
    return done.stdout
