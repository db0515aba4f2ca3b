"""The real command line, and the page's background without its page, over the embedder that needs no model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

_COMMAND = """
import sys
from corpus.embedder import HashEmbedder
from tutor import assemble
assemble.choose_embedder = lambda _: HashEmbedder()
from ui.cli import main
main()
"""

_PAGE = """
import sys
from corpus.chroma_index import ChromaIndex
from corpus.embedder import HashEmbedder
from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.settings import load_settings
from ui import background

background.POLL_SECONDS = 0.2
settings = load_settings()
library = Library(settings.library_folder, HashEmbedder(), ChromaIndex)
page = background.Background(library, load_pack(settings.pack), settings)
page.start()
page.wait_for_pack()
print("ready", flush=True)
sys.stdin.read()
page.stop()
library.close()
print(page.problem, flush=True)
"""


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """`exam-tutor` with these arguments, started and not waited for."""
    return _start(_COMMAND, arguments, environment)


def finished(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """What a started process printed and how it ended."""
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def start_page() -> subprocess.Popen[str]:
    """What goes on behind an open page; closing its standard input closes it, and it prints what stopped it, or ""."""
    process = _start(_PAGE, (), {})
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def _start(code: str, arguments: tuple[str, ...], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "400", **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
