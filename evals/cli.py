"""The command line's `evals`: how good the tutor is. Without a verb all suites are run, else the one named."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from typer.core import TyperGroup

from corpus.exam_pack import load_pack
from corpus.settings import load_settings
from evals.answers import answers
from evals.baselines.bare_model import BareModel
from evals.bench import open_bench
from evals.compare import compare
from evals.compare import lines as compared_lines
from evals.corpus_cache import default_folder
from evals.feedback import candidates, read_thumbs
from evals.feedback import lines as candidate_lines
from evals.finishing import finish, print_json
from evals.mcq import read_cases
from evals.recorded import record, regressions
from evals.retrieval import retrieval
from evals.running import run_suites
from evals.saved import load_run
from evals.scorecard import scorecard
from evals.suite import Suite
from evals.suites import SUITES, mcq, suite_named

OUT = Path("evals-out")
ALL = "all"
OWN = {"retrieval": "retrieval-of-documents", "mcq": "mcq-of-questions"}
"""Suites that take questions of one's own, and the commands that do it."""

Documents = Annotated[Path | None, typer.Option(file_okay=False, help="Developer guides, for the suite 'tagging'.")]
Pdfs = Annotated[Path | None, typer.Option(file_okay=False, help="PDFs, for the suite 'pages'.")]
Vectors = Annotated[bool, typer.Option(help="Search by meaning too; without, all is by words.")]
Cache = Annotated[Path | None, typer.Option(file_okay=False, help="Where vectors are kept for the next run.")]
Small = Annotated[bool, typer.Option("--small", help="Only the fast part of each suite, by words.")]
Record = Annotated[bool, typer.Option("--record", help="Keep the figures as those not to fall behind.")]
Out = Annotated[Path, typer.Option(file_okay=False, help="Where to write the report.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


class SuiteNames(TyperGroup):
    """Without a verb all suites are run; a verb that is none is looked for among the suites, the nearest being said."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  as typer's own
        """Options alone are those of all suites."""
        if "--help" not in args and (not args or args[0].startswith("-")):
            args = [ALL, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """The verb; on questions of one's own, a suite is another command than on those that come along."""
        name, *rest = args
        if name in OWN and any(arg.startswith(("--corpus", "--questions")) for arg in rest):
            return name, super().get_command(ctx, OWN[name]), rest
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """The verb of a name."""
        return super().get_command(ctx, cmd_name) or suite_named(cmd_name)


evals = typer.Typer(cls=SuiteNames, help="Measure the tutor.")


def measure(  # noqa: PLR0913, PLR0917  Typer reads the options from here
    context: typer.Context,
    documents: Documents = None,
    pdfs: Pdfs = None,
    vectors: Vectors = True,
    cache: Cache = None,
    small: Small = False,
    record_them: Record = False,
    out: Out = OUT,
    as_json: AsJson = False,
) -> None:
    """Run the suites: figures with their intervals, a page to open every case, a file to compare with another run."""
    name = context.info_name or ALL
    chosen = SUITES if name == ALL else (suite_named(name),)
    settings = load_settings()
    with open_bench(
        settings,
        vectors=vectors and not small,
        cache=cache or default_folder(),
        small=small,
        documents=documents,
        pdfs=pdfs,
        say=_say,
    ) as bench:
        results = run_suites(chosen, bench)
    given = {name: name != ALL, "--small": small, "--documents GUIDES": documents, "--pdfs PDFS": pdfs}
    given["--no-vectors"] = not vectors
    command = " ".join(["exam-tutor evals", *(word for word, is_given in given.items() if is_given)])
    if record_them:
        _say(f"recorded in {record(results, small=small)}")
    for regression in regressions(results, small=small):
        _say(f"worse than recorded: {regression}")
    finish(results, out, command, as_json=as_json, small=small, name=name)


def mcq_questions(
    questions: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="One JSON object a line.")],
    vectors: Vectors = True,
    cache: Cache = None,
    out: Out = OUT,
    as_json: AsJson = False,
) -> None:
    """Judge multiple-choice questions from outside with their keys hidden."""
    cases, settings = read_cases(questions), load_settings()
    model = BareModel(settings) if settings.model else None
    with open_bench(settings, vectors=vectors, cache=cache or default_folder(), say=_say) as bench:
        suite = Suite("mcq", f"options of {len(cases)} questions", lambda bench: mcq.run_file(bench, cases, model))
        results = run_suites([suite], bench)
    finish(results, out, "exam-tutor evals mcq --questions FILE", as_json=as_json)


def compare_runs(
    first: Annotated[Path, typer.Argument(dir_okay=False, help="A run's JSON file.")],
    second: Annotated[Path, typer.Argument(dir_okay=False, help="Another run's.")],
    as_json: AsJson = False,
) -> None:
    """What changed from one run to another, by paired bootstrap where both have the same cases."""
    changes = list(compare(load_run(first), load_run(second), np.random.default_rng(0)))
    if as_json:
        print_json({"changes": [{**asdict(change), "verdict": change.verdict} for change in changes]})
    else:
        sys.stdout.write("\n".join(compared_lines(changes)) + "\n")


def write_scorecard(
    runs: Annotated[list[Path], typer.Argument(dir_okay=False, help="JSON files that runs have written.")],
    to: Annotated[Path, typer.Option(dir_okay=False, help="Where to write it.")] = Path("docs/SCORECARD.md"),
) -> None:
    """Make the scorecard of saved runs."""
    text = scorecard(runs)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, encoding="utf-8")
    _say(f"wrote {to}")


def candidates_from_feedback(
    with_text: Annotated[bool, typer.Option("--with-text", help="With what learners wrote: private text.")] = False,
    out: Out = OUT,
) -> None:
    """Make candidates for cases of the thumbs that learners gave on the page."""
    settings = load_settings()
    thumbs, bad = read_thumbs(settings.home)
    for problem in bad:
        _say(f"left out {problem}")
    found = list(candidates(thumbs, load_pack(settings.pack), with_text=with_text))
    out.mkdir(parents=True, exist_ok=True)
    file = out / "feedback-candidates.jsonl"
    file.write_text(candidate_lines(found), encoding="utf-8")
    _say(f"wrote {len(found)} candidates to {file}")


evals.command(ALL)(measure)
evals.command("compare")(compare_runs)
evals.command("answers")(answers)
evals.command("scorecard")(write_scorecard)
evals.command("feedback")(candidates_from_feedback)
evals.command(OWN["retrieval"], hidden=True)(retrieval)
evals.command(OWN["mcq"], hidden=True)(mcq_questions)
for _suite in SUITES:
    evals.command(_suite.name, help=f"Measure {_suite.measures}.")(measure)


@evals.callback()
def suites() -> None:
    """Measure the tutor: all suites, or the one that is named."""


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
