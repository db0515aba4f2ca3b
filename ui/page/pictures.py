"""The printed page behind a citation, for the panel that shows the passage."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.fetch.store import kept_file
from ingest.page_picture import page_picture
from ui.page.parts import learner_of
from ui.page.study import Study


def picture_of(study: Study, learner: str, wanted: str) -> str:
    """A `data:` address of the page that `wanted`, a passage's id with the quote's start and end, asks for; else empty.

    Only what the learner may read is drawn, and only from the very bytes that were read into the library.
    """
    chunk_id, start, end = [*wanted.split(":"), "", ""][:3]
    library = study.desk(learner).library
    chunk = library.chunk(chunk_id)
    record = library.source(chunk.source) if chunk is not None else None
    if chunk is None or record is None or chunk.location.page is None or not (start + end).isdecimal():
        return ""
    quote = chunk.text[int(start) : int(end)]
    file = kept_file(study.settings.home / "sources", record.id) or Path(record.id)
    if not file.is_absolute() or not file.is_file():
        return ""
    picture = page_picture(file, record.sha256, chunk.location.page, quote)
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}" if picture else ""


def picture_server(study: Study) -> Callable[..., str]:
    """The function that the browser calls for a picture."""
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is built

    def page_picture(wanted: object, request: object) -> str:
        return picture_of(study, learner_of(request), wanted if isinstance(wanted, str) else "")

    page_picture.__annotations__ = {"wanted": Any, "request": gr.Request}
    return page_picture
