"""Ingestion as a learner meets it, against a plain LangChain pipeline on the same files.

Every run is a process of its own over a fresh home, so that its peak memory is its own. The files are parted into
rounds, and in each round every pipeline takes its turn: what else the machine does meets all of them alike. The clock
of a run starts when its model and libraries are loaded, and stops when every passage is in its vector index.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.chroma_index import ChromaIndex
from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import Settings
from ingest.pipeline import ingest_paths
from ingest.tag import Tagger
from tutor.assemble import open_library

ROUNDS = 4
CHARACTERS = 700
"""LangChain's splitter counts characters. With so many its chunks hold as many tokens on average as ours, 150: measured
on 120 files of the AWS developer guides, where 600 give 129 and 800 give 168."""

BASELINE = "plain LangChain"
OURS = {"Exam Tutor": "torch", "Exam Tutor, openvino": "openvino", "Exam Tutor, openvino-int8": "openvino-int8"}


@dataclass(frozen=True, slots=True)
class Run:
    """What one process measured. `again` is its second run over the unchanged files, which only ours has."""

    chunks: int
    tokens: int
    seconds: float
    processor_seconds: float
    peak_mb: float
    again: float | None = None


def compare(corpus: Path, sample: int, pipelines: Sequence[str]) -> str:
    """Run every pipeline over a sample of the Markdown files (0: all of them); a Markdown table."""
    files = sorted(corpus.rglob("*.md"))
    if sample:
        files = random.Random(0).sample(files, min(sample, len(files)))  # noqa: S311  not a secret
    runs: dict[str, list[Run]] = {name: [] for name in pipelines}
    for number in range(ROUNDS):
        with _folder_of(files[number::ROUNDS]) as folder:
            for name in (*pipelines[number % len(pipelines) :], *pipelines[: number % len(pipelines)]):
                runs[name].append(_in_a_process(name, folder))
                _tell(f"round {number + 1} of {ROUNDS}, {name}: {_rate(runs[name][-1]):.1f} chunks/s")
    return _table(len(files), {name: _sum(parts) for name, parts in runs.items()}, runs)


def seconds_to_words(corpus: Path) -> tuple[float, int]:
    """From starting a process until a search by words over the whole corpus has answered; and the passages."""
    with tempfile.TemporaryDirectory() as home:
        begin = time.perf_counter()
        chunks = int(_child("words", corpus, Path(home)))
        return time.perf_counter() - begin, chunks


def run_ours(folder: Path, home: Path, backend: str) -> Run:
    """Read, split, index and embed a folder, then once more."""
    library = open_library(Settings.model_validate({"home": home, "embedding_backend": backend}))
    library.warm()
    ChromaIndex(home / "imported").close()  # the libraries are loaded by now, as the other pipeline's are
    tagger = _tagger()
    with _timed() as first:
        _ingest(folder, library, tagger)
        library.embed_pending()
    with _timed() as second:
        _ingest(folder, library, tagger)
        library.embed_pending()
    peak = _peak_mb()
    texts = [chunk.embedding_text for record in library.sources() for chunk in library.chunks_of(record.id)]
    library.close()
    return Run(len(texts), _tokens(texts), first[0], first[1], peak_mb=peak, again=second[0])


def run_langchain(folder: Path, home: Path) -> Run:
    """What LangChain's own tutorial for retrieval does, with the same model and the same vector store."""
    from langchain_chroma import Chroma  # noqa: PLC0415  the extra `evals`
    from langchain_community.document_loaders import DirectoryLoader, TextLoader  # noqa: PLC0415
    from langchain_community.embeddings import HuggingFaceEmbeddings  # noqa: PLC0415
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415

    embeddings = HuggingFaceEmbeddings(model_name=str(SentenceEmbedder().checked_weights()))
    embeddings.embed_query("warm up")
    with _timed() as first:
        loader = DirectoryLoader(
            str(folder), glob="**/*.md", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"}
        )
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=0)
        documents = splitter.split_documents(loader.load())
        Chroma.from_documents(documents, embeddings, persist_directory=str(home))
    peak = _peak_mb()
    texts = [document.page_content for document in documents]
    return Run(len(texts), _tokens(texts), first[0], first[1], peak_mb=peak)


def run_words(folder: Path, home: Path) -> int:
    """Read and split a folder and find something in it by words; how many passages there are."""
    library = open_library(Settings(home=home))
    _ingest(folder, library, _tagger())
    if not library.search("How do I choose the number of shards of a stream?"):
        raise RuntimeError("nothing was found")
    chunks = library.state().chunks
    library.close()
    return chunks


def main() -> None:
    """In the child process: one run, its figures on standard output as JSON."""
    name, folder, home = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if name == "words":
        found = json.dumps(run_words(folder, home))
    else:
        run = run_langchain(folder, home) if name == BASELINE else run_ours(folder, home, OURS[name])
        found = json.dumps(asdict(run))
    sys.stdout.write(found + "\n")


def _tagger() -> Tagger:
    return Tagger(load_pack(Settings().pack))


def _ingest(folder: Path, library: Library, tagger: Tagger) -> None:
    """As `exam-tutor ingest` does it, with the exam's tags."""
    ingest_paths([str(folder)], library, now=datetime.now(UTC), max_file_mb=Settings().max_file_mb, tagger=tagger)


def _in_a_process(name: str, folder: Path) -> Run:
    with tempfile.TemporaryDirectory() as home:
        return Run(**json.loads(_child(name, folder, Path(home))))


def _child(name: str, folder: Path, home: Path) -> str:
    command = [sys.executable, "-W", "ignore", "-m", "evals.ingest_benchmark", name, str(folder), str(home)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  our own code
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr}")
    return done.stdout.splitlines()[-1]


@contextmanager
def _folder_of(files: Sequence[Path]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            shutil.copy(file, Path(folder, f"{number:05}-{file.name}"))
        yield Path(folder)


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Afterwards the list holds the seconds and the processor's seconds that passed."""
    measured: list[float] = []
    begin, processor = time.perf_counter(), time.process_time()
    yield measured
    measured += [time.perf_counter() - begin, time.process_time() - processor]


def _peak_mb() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)  # bytes there, kilobytes elsewhere


def _tokens(texts: Sequence[str]) -> int:
    """What the model reads of them, in its own tokens."""
    return sum(map(len, SentenceEmbedder().token_ids(texts)))


def _sum(runs: Sequence[Run]) -> Run:
    def total(value: Callable[[Run], float]) -> float:
        return sum(map(value, runs))

    return Run(
        chunks=sum(run.chunks for run in runs),
        tokens=sum(run.tokens for run in runs),
        seconds=total(lambda run: run.seconds),
        processor_seconds=total(lambda run: run.processor_seconds),
        peak_mb=max(run.peak_mb for run in runs),
        again=total(lambda run: run.again or 0.0) if runs[0].again is not None else None,
    )


def _table(files: int, totals: dict[str, Run], runs: dict[str, list[Run]]) -> str:
    lines = [
        f"{files:,} files in {ROUNDS} rounds",
        "",
        "| pipeline | chunks | tokens a chunk | seconds | chunks/s | tokens/s | processor seconds | "
        "ratio of chunks/s (by round) | peak MB | second run |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    base = totals.get(BASELINE)
    for name, run in totals.items():
        ratio = "–"
        if base is not None:
            each = [_rate(ours) / _rate(theirs) for ours, theirs in zip(runs[name], runs[BASELINE], strict=True)]
            ratio = f"{_rate(run) / _rate(base):.2f} ({min(each):.2f} to {max(each):.2f})"
        again = "–" if run.again is None else f"{run.again:.2f} s, 1 : {run.seconds / run.again:,.0f}"
        lines.append(
            f"| {name} | {run.chunks:,} | {run.tokens / run.chunks:.0f} | {run.seconds:.1f} | {_rate(run):.1f} | "
            f"{run.tokens / run.seconds:,.0f} | {run.processor_seconds:.1f} | {ratio} | {run.peak_mb:,.0f} | {again} |"
        )
    return "\n".join(lines)


def _rate(run: Run) -> float:
    return run.chunks / run.seconds


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
