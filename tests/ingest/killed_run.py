"""An ingest that ends itself with SIGKILL at its n-th step, in a process of its own.

A step is the moment before, and the moment after, each write that lasts: a transaction of the manifest, vectors into or
out of Chroma, vectors into the cache. The processes are forked from one that has imported this module, which nothing
else runs in: an import of Chroma for each of sixty would take minutes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from corpus.chroma_index import ChromaIndex
from corpus.embedder import HashEmbedder
from corpus.library import Library
from corpus.manifest import Manifest
from corpus.vector_cache import VectorCache
from ingest.pipeline import ingest_paths
from tests.conftest import NOW

LASTING: tuple[tuple[type, str], ...] = (
    (Manifest, "replace"), (Manifest, "mark_embedded"), (Manifest, "unmark_stale"), (Manifest, "set_meta"),
    (ChromaIndex, "add"), (ChromaIndex, "remove"), (VectorCache, "put"),
)  # fmt: skip

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__, "chromadb"])


def _watched(original: Callable[..., Any], step: Callable[[], None]) -> Callable[..., Any]:
    def method(*arguments: Any, **named: Any) -> Any:
        step()
        result = original(*arguments, **named)
        step()
        return result

    return method


def _run(last: int, notes: str, home: Path) -> None:
    steps = 0

    def step() -> None:
        nonlocal steps
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1

    for owner, name in LASTING:
        setattr(owner, name, _watched(getattr(owner, name), step))
    library = Library(home, HashEmbedder(), ChromaIndex)
    ingest_paths([notes], library, now=NOW, max_file_mb=1)
    library.embed_pending()
    library.close()


def start(step: int, notes: Path, home: Path) -> BaseProcess:
    """An ingest of `notes` into `home` that dies at `step`, or, at -1, goes to its end; started."""
    process = _FORKS.Process(target=_run, args=(step, str(notes), home))
    process.start()
    return process


def ended(process: BaseProcess) -> int:
    """How it ended: 0, or minus the signal that killed it."""
    process.join(timeout=120)
    assert process.exitcode is not None, "it hangs"
    return process.exitcode
