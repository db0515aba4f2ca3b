"""A file that a learner sends: checked, then moved into their own folder, from which it is read."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from corpus.errors import SourceError
from ingest.readers import READERS
from ingest.source_files import MEGABYTE

TYPES = tuple(sorted(suffix for suffix in READERS if suffix))
"""Endings of the files that can be read."""

MOST_FILES = 500
"""How many files one learner may have."""

LONGEST_NAME = 120


def accept(uploaded: Path, folder: Path, max_file_mb: int) -> Path:
    """Move a file into the folder under its own name, in the place of an older one of that name; returns where it is.

    Raises:
        SourceError: its type cannot be read, it is empty or too large, or the folder is full.
    """
    name = safe_name(uploaded.name)
    size = uploaded.stat().st_size
    if Path(name).suffix.lower() not in TYPES:
        raise SourceError(name, "files of this type cannot be read", f"Send one of: {' '.join(TYPES)}.")
    if size == 0:
        raise SourceError(name, "the file is empty", "Check that it was saved to the end.")
    if size > max_file_mb * MEGABYTE:
        raise SourceError(
            name, f"the file has {size / MEGABYTE:.0f} MB, more than the {max_file_mb} MB allowed", "Split it."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / name
    if not target.exists() and sum(1 for _ in folder.iterdir()) >= MOST_FILES:
        raise SourceError(name, f"you have {MOST_FILES} files already", "Forget some of them first.")
    os.replace(uploaded, target)
    return target


def safe_name(name: str) -> str:
    """A name that is one part of a path on any system and still the learner's own: letters of any script stay."""
    name = unicodedata.normalize("NFC", Path(name.replace("\\", "/")).name)
    name = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "-", name).strip(" .")
    stem, suffix = os.path.splitext(name)
    stem = stem.encode()[: LONGEST_NAME - len(suffix)].decode(errors="ignore").strip(" .")
    return f"{stem or 'note'}{suffix}"
