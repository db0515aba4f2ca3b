"""A file for the learner to keep, put into the page for the browser to write: it lies nowhere to be fetched."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from ui.page.citations import escaped


@dataclass(frozen=True, slots=True)
class Handed:
    """A file's name, its media type and what is in it."""

    name: str
    media_type: str
    content: bytes


def handed_html(file: Handed, now: datetime) -> str:
    """The file as an element that `parts.js` saves, once each time it is handed over."""
    mark = hashlib.sha256(f"{file.name}{now.isoformat()}".encode()).hexdigest()[:16]
    return (
        f'<span hidden data-file="{mark}" data-name="{escaped(file.name)}" data-type="{escaped(file.media_type)}" '
        f'data-content="{base64.b64encode(file.content).decode()}"></span>'
        f'<p class="note" role="status">{escaped(file.name)} is in your downloads.</p>'
    )
