"""The text of a PDF's pages as another reader has it than the one that ingestion uses. A door to pypdfium2."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def page_texts(file: Path) -> list[str]:
    """Each page's text, the first at 0.

    Raises:
        ValueError: it cannot be read as a PDF.
    """
    import pypdfium2  # noqa: PLC0415  no other suite needs it

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"{file}: {error}") from error
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def letters(text: str) -> str:
    """Letters and figures alone, in lower case: two readers break lines and join hyphens differently."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
