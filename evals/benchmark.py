"""Speed as ratios measured in one run, so that they mean something on any machine.

python -m evals.benchmark start                      the page against a bare Gradio page
python -m evals.benchmark search [--corpus FOLDER]   a search, and a ranked retrieval, against one embedding
python -m evals.benchmark ingest --corpus FOLDER     ingestion against a plain LangChain pipeline
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from corpus.library import Library
from corpus.settings import load_settings
from evals.asking import FILES, load_cases
from evals.ingest_benchmark import BASELINE, OURS, compare, seconds_to_words
from ingest.pipeline import ingest_pack, ingest_paths
from tutor.assemble import assemble, open_library

ROUNDS = 5
WARM_UP = 10
SAMPLE = 240
PIPELINES = [BASELINE, *OURS]

_BARE_PAGE = """
import sys, gradio
with gradio.Blocks() as page:
    pass
page.launch(server_port=int(sys.argv[1]), quiet=True)
"""
_OUR_PAGE = "import sys; from ui.cli import main; sys.argv = ['exam-tutor', 'serve', '--port', sys.argv[1]]; main()"


def start() -> None:
    """Time from starting the process to the first answered request, ours and a bare one in turns."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as home:
        for n in range(ROUNDS):
            bare.append(_seconds_to_page(_BARE_PAGE, 18_600 + 2 * n, home))
            ours.append(_seconds_to_page(_OUR_PAGE, 18_601 + 2 * n, home))
    _say(f"bare Gradio page  {_spread(bare)} s")
    _say(f"exam-tutor serve  {_spread(ours)} s")
    _say(f"ratio of medians  {statistics.median(ours) / statistics.median(bare):.2f}   (bar: at most 1.5)")


def search(corpus: Path | None, home: Path | None, *, embed: bool) -> None:
    """Median times of a query embedding, a search, and a retrieval with its ranking, over the same questions in turns.

    With `embed` the vectors that are missing are made first; else the library is taken as it is. The settings are the
    environment's, `EXAM_TUTOR_EMBEDDING_BACKEND` among them.
    """
    with tempfile.TemporaryDirectory() as temporary:
        settings = load_settings().model_copy(update={"home": home or Path(temporary)})
        library = open_library(settings)
        tutor = assemble(settings, library)
        ingest_pack(tutor.pack, library, now=datetime.now(UTC))
        if corpus is not None:
            ingest_paths([str(corpus)], library, now=datetime.now(UTC), max_file_mb=settings.max_file_mb)
        if embed:
            library.embed_pending()
        library.warm()
        questions = [case.question for case in load_cases(FILES[1], "development")]
        for question in questions[:WARM_UP]:
            tutor.evidence(question)
        steps = (lambda question: library.embedder.embed([question]), library.search, tutor.evidence)
        times = [[_seconds(step, question, library) for step in steps] for question in questions]
        state = library.state()
        library.close()
    embedding, *others = [statistics.median(column) for column in zip(*times, strict=True)]
    _say(f"{state.chunks:,} passages, {state.embedded:,} with vectors, {len(questions)} questions")
    _say(f"one query embedding          p50 {1000 * embedding:.1f} ms")
    for name, seconds, bar in zip(("a search", "a retrieval, ranked"), others, (2, 3), strict=True):
        _say(f"{name:28} p50 {1000 * seconds:.1f} ms, {seconds / embedding:.2f} times (bar: at most {bar})")


def _seconds(step: Callable[[str], object], question: str, library: Library) -> float:
    library.vectors.question_vectors.forget()  # each step makes the question's vector itself
    begin = time.perf_counter()
    step(question)
    return time.perf_counter() - begin


def _seconds_to_page(code: str, port: int, home: str) -> float:
    environment = {**os.environ, "EXAM_TUTOR_HOME": home, "GRADIO_ANALYTICS_ENABLED": "False"}
    begin = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  our own code
        [sys.executable, "-c", code, str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - begin < 120:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    return time.perf_counter() - begin
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        raise TimeoutError(f"no page on port {port} within two minutes")
    finally:
        process.kill()
        process.wait()


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def ingest(corpus: Path, sample: int, pipelines: list[str]) -> None:
    """The pipelines over the same files, then the whole corpus by words alone."""
    _say(compare(corpus, sample, pipelines))
    seconds, chunks = seconds_to_words(corpus)
    _say(
        f"\nFrom starting until words were found in all of it ({chunks:,} passages): {seconds:.1f} s (bar: at most 60)"
    )


def main() -> None:
    """Run the benchmark that is named."""
    parser = argparse.ArgumentParser(description="Speed as ratios measured in one run.")
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("start", help="the page against a bare Gradio page")
    searching = what.add_parser("search", help="a search against one query embedding")
    searching.add_argument("--corpus", type=Path, help="a folder to ingest beside the pack")
    searching.add_argument("--home", type=Path, help="keep the library here, so that a second run need not embed again")
    searching.add_argument("--as-is", action="store_true", help="make no vectors that are missing")
    ingesting = what.add_parser("ingest", help="ingestion against a plain LangChain pipeline")
    ingesting.add_argument("--corpus", type=Path, required=True, help="a folder with Markdown files")
    ingesting.add_argument("--sample", type=int, default=SAMPLE, help="how many of its files; 0 for all of them")
    ingesting.add_argument("--pipelines", nargs="+", default=PIPELINES, choices=PIPELINES, help="leave some out")
    options = parser.parse_args()
    if options.what == "start":
        start()
    elif options.what == "search":
        search(options.corpus, options.home, embed=not options.as_is)
    else:
        ingest(options.corpus, options.sample, options.pipelines)


if __name__ == "__main__":
    main()
