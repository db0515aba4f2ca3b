"""How good are the answers to questions of one's own? `exam-tutor evals answers --questions FILE --corpus FOLDER`.

Formats and caches are those of `exam-tutor evals retrieval`. With a chat model in the settings it is the tutor's
engine, and by itself, without our evidence, one more baseline.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import Settings, load_settings
from evals.answers_suite import SUITE, Ask, best_sentence, by_itself, first_passage, first_sentences
from evals.answers_suite import run as run_answers
from evals.baselines.bare_model import BareModel
from evals.baselines.bm25 import Bm25
from evals.baselines.langchain_chroma import LangChainChroma
from evals.bench import Bench
from evals.cases_file import check_gold, load_cases
from evals.corpus_cache import CorpusCache, default_folder
from evals.corpus_folder import CorpusFolder, open_corpus
from evals.finishing import finish
from evals.retrieval import check_extra, passages_of, selected
from evals.running import run_suite
from evals.suite import Suite
from tutor.assemble import assemble, choose_reranker

BASELINES = ("bm25", "langchain")


def answers(  # noqa: PLR0913, PLR0917  Typer reads the options from here
    corpus: Annotated[Path, typer.Option(exists=True, file_okay=False, help="The folder of documents.")],
    questions: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="The questions, one JSON object a line.")
    ],
    baselines: Annotated[str, typer.Option(help="Some of bm25,langchain, or none.")] = ",".join(BASELINES),
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only the first N questions.")] = None,
    split: Annotated[str | None, typer.Option(help="Ask only the questions of this split.")] = None,
    cache: Annotated[Path | None, typer.Option(file_okay=False, help="Where built indexes are kept.")] = None,
    out: Annotated[Path, typer.Option(file_okay=False, help="Where to write the report.")] = Path("evals-out"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Measure answers on a folder and a file of questions, beside what else one would do."""
    names = [name for name in baselines.split(",") if name not in {"", "none"}]
    if strange := [name for name in names if name not in BASELINES]:
        raise typer.BadParameter(f"There is no baseline '{strange[0]}'. Known: {', '.join(BASELINES)}, none.")
    check_extra()
    settings = load_settings()
    folder, cases = open_corpus(corpus), load_cases(questions)
    check_gold(questions, cases, folder.names)
    cases = selected(questions, cases, split, limit)
    embedder, reranker = SentenceEmbedder(settings.embedding_model), choose_reranker(settings)
    kept = CorpusCache(cache or default_folder(), embedder, _say, reranker)
    pack = load_pack(settings.pack)
    library = kept.library(folder, None, now=datetime.now(UTC))
    try:
        bench = Bench(pack, assemble(settings, library, pack), say=_say)
        others = _set_ups(names, folder, library, kept, settings)
        suite = Suite(SUITE, "", lambda bench: run_answers(cases, bench, others, np.random.default_rng(0)))
        result = run_suite(suite, bench)
    finally:
        library.close()
    about = f"questions of {_end_of(questions)}, over {len(folder.names):,} documents of {_end_of(corpus)}"
    finish([replace(result, about=about)], out, "exam-tutor evals answers", as_json=as_json)


def _set_ups(
    names: list[str], folder: CorpusFolder, library: Library, kept: CorpusCache, settings: Settings
) -> dict[str, Ask]:
    found: dict[str, Ask] = {}
    if "bm25" in names:
        bm25 = Bm25(passages_of(library, folder))
        found |= {"bm25, best sentence": best_sentence(bm25), "bm25, first passage": first_passage(bm25)}
    if "langchain" in names:
        langchain = LangChainChroma(folder, kept)
        found["langchain, first sentences"] = first_sentences(langchain)
        found["langchain, best sentence"] = best_sentence(langchain)
    if settings.model:
        found["bare model"] = by_itself(BareModel(settings))
    return found


def _end_of(path: Path) -> str:
    """The last two names of a path: where it lies says nothing."""
    return "/".join(path.resolve().parts[-2:])


def _say(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stderr.flush()
