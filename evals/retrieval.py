"""Does the tutor find the right document? `exam-tutor evals retrieval`, or `python -m evals.retrieval`.

    exam-tutor evals retrieval --corpus FOLDER --questions FILE.jsonl

Builds a library of the folder and of nothing else, asks every question of the tutor and of the set-ups a user would
otherwise pick, and reports. The pack's names still help the tutor to understand a question; its documents are in the
library only with `--with-pack`, and never in a ranking.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from corpus.errors import ExamTutorError
from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import Settings, load_settings
from evals.baselines.bm25 import Bm25
from evals.baselines.fusion import Fusion
from evals.baselines.langchain_chroma import LangChainChroma
from evals.cases_file import Case, check_gold, load_cases
from evals.corpus_cache import CorpusCache, default_folder
from evals.corpus_folder import CorpusFolder, open_corpus
from evals.our_tutor import OurTutor
from evals.retrieval_report import lines, results_json, save
from evals.retrieval_suite import run
from evals.retriever import Passage, Retriever
from tutor.assemble import assemble, choose_reranker

BASELINES = ("bm25", "langchain", "fusion")


def retrieval(  # noqa: PLR0913, PLR0917  Typer reads the options from here
    corpus: Annotated[Path, typer.Option(exists=True, file_okay=False, help="The folder of documents.")],
    questions: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="The questions, one JSON object a line.")
    ],
    baselines: Annotated[str, typer.Option(help="Some of bm25,langchain,fusion, or none.")] = ",".join(BASELINES),
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only the first N questions.")] = None,
    split: Annotated[str | None, typer.Option(help="Ask only the questions of this split.")] = None,
    with_pack: Annotated[bool, typer.Option(help="Put the exam pack's own documents into the library too.")] = False,
    cache: Annotated[Path | None, typer.Option(file_okay=False, help="Where built indexes are kept.")] = None,
    out: Annotated[Path, typer.Option(file_okay=False, help="Where to write the report.")] = Path("evals-out"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Measure retrieval, quotes and abstention on a folder and a file of questions, beside the baselines."""
    names = _baseline_names(baselines)
    check_extra()
    settings = load_settings()
    folder, cases = open_corpus(corpus), load_cases(questions)
    check_gold(questions, cases, folder.names)
    cases = selected(questions, cases, split, limit)
    embedder, reranker = SentenceEmbedder(settings.embedding_model), choose_reranker(settings)
    kept = CorpusCache(cache or default_folder(), embedder, _say, reranker)
    pack = load_pack(settings.pack)
    library = kept.library(folder, pack if with_pack else None, now=datetime.now(UTC))
    try:
        ours = OurTutor(assemble(settings, library, pack), folder.names)
        results = run(cases, ours, _built(names, folder, library, kept), rng=np.random.default_rng(0), say=_say)
        about = _about(corpus, questions, folder, library, settings, len(cases), with_pack)
    finally:
        library.close()
    for file in save(results, out, about):
        _say(f"wrote {file}")
    if as_json:
        sys.stdout.write(json.dumps(results_json(results, about), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(lines(results)) + "\n")


def _baseline_names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip() not in {"", "none"}))
    for name in names:
        if name not in BASELINES:
            raise typer.BadParameter(f"There is no baseline '{name}'. Known: {', '.join(BASELINES)}, none.")
    return names


def check_extra() -> None:
    """Say at once, not after an hour of building, that a library is missing."""
    from importlib.util import find_spec  # noqa: PLC0415

    for module in ("bm25s", "ir_measures", "jinja2", "langchain_chroma", "langchain_text_splitters"):
        if find_spec(module) is None:
            raise ExamTutorError(f"The evals need {module}, which is not installed.", "pip install 'exam-tutor[evals]'")


def selected(file: Path, cases: Sequence[Case], split: str | None, limit: int | None) -> list[Case]:
    """The questions of a split, the first of them.

    Raises:
        ExamTutorError: there is none; the splits that there are are named.
    """
    chosen = [case for case in cases if split is None or case.split == split][:limit]
    if not chosen:
        splits = ", ".join(sorted({case.split for case in cases if case.split})) or "none"
        raise ExamTutorError(f"{file}: no question is of the split '{split}'.", f"Its splits: {splits}.")
    return chosen


def _built(names: Sequence[str], folder: CorpusFolder, library: Library, kept: CorpusCache) -> list[Retriever]:
    """The baselines that are asked for. Fusion is of the other two, whether they are reported or not."""
    parts: dict[str, Retriever] = {}
    if "bm25" in names or "fusion" in names:
        parts["bm25"] = Bm25(passages_of(library, folder))
    if "langchain" in names or "fusion" in names:
        parts["langchain"] = LangChainChroma(folder, kept)
    if "fusion" in names:
        parts["fusion"] = Fusion([parts["bm25"], parts["langchain"]])
    return [parts[name] for name in BASELINES if name in names]


def passages_of(library: Library, folder: CorpusFolder) -> list[tuple[str, Passage]]:
    """The library's passages of the corpus, indexed with their heading lines as the library indexes them."""
    chunks = [chunk for name in folder.names for chunk in library.chunks_of(name)]
    return [(chunk.embedding_text, Passage(chunk.source, chunk.text)) for chunk in chunks]


def _about(  # noqa: PLR0913, PLR0917
    corpus: Path, questions: Path, folder: CorpusFolder, library: Library, settings: Settings, asked: int, packed: bool
) -> dict[str, str | int]:
    state = library.state()
    return {
        "corpus": str(corpus),
        "corpus sha256": folder.sha256,
        "documents": state.sources,
        "passages": state.chunks,
        "questions": str(questions),
        "asked": asked,
        "model": library.embedder.name,
        "reranker": library.reranker.name if library.reranker else "none",
        "pack": f"{settings.pack}, its documents {'in' if packed else 'not in'} the library",
    }


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> None:
    """Run it by itself; errors raised on purpose are said in their own words and end with status 1."""
    try:
        typer.run(retrieval)
    except ExamTutorError as error:
        _say(f"error {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
