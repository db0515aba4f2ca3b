"""Writing a file in one go."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from corpus.errors import ExamTutorError


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, and its folder where there is none; whoever reads it sees the old content or the new, never half.

    Raises:
        ExamTutorError: it cannot be written; an older file stays as it is.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as temporary:
                temporary.write(content)
                temporary.flush()
                os.fsync(temporary.fileno())
            os.replace(name, file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExamTutorError(f"{file} cannot be written: {reason}.", "Name a file that you may write.") from error
