"""What a child process that parses untrusted bytes takes upon itself before it begins."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import BinaryIO

try:
    import resource
except ImportError:  # Windows: only the time limit of the parent holds there
    resource = None  # type: ignore[assignment]

_FORBIDDEN = ("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NPROC")  # no dumps, no writing to files, no processes


def claim_standard_output() -> BinaryIO:
    """Return standard output for the answers alone; from now on a library that prints, prints to nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return own


def limit_memory(memory: int) -> None:
    """Allow so many bytes of memory, and no dumps, files or further processes at all."""
    if resource is None:
        return
    for name in _FORBIDDEN:
        _set_limit(name, 0)
    _set_limit("RLIMIT_AS", memory)


def limit_seconds(seconds: float) -> None:
    """Allow so many more seconds of computing; the system then ends the process, even one whose parent is gone."""
    if resource is not None:
        spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(spent + seconds), hard))


def _set_limit(name: str, value: int) -> None:
    try:
        resource.setrlimit(getattr(resource, name), (value, value))
    except (ValueError, OSError, AttributeError):
        return  # a system without this limit; macOS refuses one on address space


def peak_memory() -> int | None:
    """Bytes that this program took at most; None where the system does not tell.

    On Linux `getrusage` also counts the process that this one was forked from, which may hold a model.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, IndexError, ValueError):
        if resource is None or sys.platform == "linux":
            return None
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, kilobytes elsewhere
        return peak * (1 if sys.platform == "darwin" else 1024)
