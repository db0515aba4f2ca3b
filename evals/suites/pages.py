"""Does what is quoted from a PDF stand on the page that is cited, by another reader's account of that page?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.chunks import Chunk
from corpus.sentences import sentence_spans
from evals.bench import Bench
from evals.pdf_pages import letters, page_texts
from evals.suite import Result, Row, Suite, means
from ingest.readers import RawSource, read
from ingest.split import split

SHORT, LONG = 20, 600
"""Characters of a sentence that may be quoted, as `tutor.quotes` has it."""


def run(bench: Bench) -> Result:
    """Look up every quotable sentence of every PDF in a folder."""
    if bench.pdfs is None or not bench.pdfs.is_dir():
        return Result("pages", skipped="it needs PDFs: name their folder with --pdfs")
    rows = [row for file in sorted(bench.pdfs.rglob("*.pdf")) for row in _rows(bench, file)]
    return Result("pages", means(rows, bench.rng()), tuple(rows))


def _rows(bench: Bench, file: Path) -> Iterator[Row]:
    pages = [letters(text) for text in page_texts(file)]
    document = read(RawSource(file.name, file.read_bytes()))
    for number, chunk in enumerate(split(document, bench.tutor.library.embedder), start=1):
        if sentences := list(_quotable(chunk)):
            yield _row(f"{file.stem}-{number:03}", chunk, sentences, pages)


def _quotable(chunk: Chunk) -> Iterator[str]:
    for start, end in sentence_spans(chunk.text):
        if SHORT <= end - start <= LONG:
            yield chunk.text[start:end]


def _row(row_id: str, chunk: Chunk, sentences: Sequence[str], pages: Sequence[str]) -> Row:
    cited = chunk.location.page
    here = pages[cited - 1] if cited is not None and 0 < cited <= len(pages) else ""
    missing = [sentence for sentence in sentences if letters(sentence) not in here]
    elsewhere = [sentence for sentence in missing if any(letters(sentence) in page for page in pages)]
    return Row(
        id=row_id,
        values={
            "on the cited page": 1 - len(missing) / len(sentences),
            "in the document": 1 - (len(missing) - len(elsewhere)) / len(sentences),
        },
        question=f"{chunk.source}, page {cited}",
        answer=tuple(missing),
        verdicts=(f"{len(elsewhere)} sentences on another page, {len(missing) - len(elsewhere)} on none",),
    )


SUITE = Suite("pages", "whether what is quoted from a PDF stands on the cited page", run)
