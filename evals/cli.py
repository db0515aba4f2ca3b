"""The command line's `evals`: how good the tutor is. Without a verb all suites are run, else the one named."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from corpus.errors import ExamTutorError
from corpus.settings import load_settings
from evals.bench import open_bench
from evals.corpus_cache import default_folder
from evals.retrieval import retrieval
from evals.running import lines, run_suites
from evals.saved import run_json
from evals.suites import SUITES, suite_named

OUT = Path("evals-out")

Documents = Annotated[Path | None, typer.Option(file_okay=False, help="Developer guides, for the suite 'tagging'.")]
Vectors = Annotated[bool, typer.Option(help="Search by meaning too; without, all is by words.")]
Cache = Annotated[Path | None, typer.Option(file_okay=False, help="Where vectors are kept for the next run.")]
Small = Annotated[bool, typer.Option("--small", help="Only the fast part of each suite, by words.")]
Out = Annotated[Path, typer.Option(file_okay=False, help="Where to write the report.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


class SuiteNames(TyperGroup):
    """A verb that is no verb is looked for among the suites, and the nearest name said."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  as typer's own
        """The verb."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            suite_named(cmd_name)
        return found


evals = typer.Typer(cls=SuiteNames, help="Measure the tutor.")


def measure(  # noqa: PLR0913, PLR0917  Typer reads the options from here
    context: typer.Context,
    documents: Documents = None,
    vectors: Vectors = True,
    cache: Cache = None,
    small: Small = False,
    out: Out = OUT,
    as_json: AsJson = False,
) -> None:
    """Run the suites: figures with their intervals, a page to open every case, a file to compare with another run."""
    name = context.info_name or "all"
    chosen = SUITES if name in {"all", "evals"} else (suite_named(name),)
    settings = load_settings()
    with open_bench(
        settings,
        vectors=vectors and not small,
        cache=cache or default_folder(),
        small=small,
        documents=documents,
        say=_say,
    ) as bench:
        results = run_suites(chosen, bench)
    command = " ".join(["exam-tutor evals", *([] if len(chosen) > 1 else [name]), *(["--small"] if small else [])])
    whole = run_json(results, command)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _say(f"wrote {out / f'{name}.json'}")
    if as_json:
        shape = run_json(results, command, rows=False) if len(chosen) > 1 else results[0].as_json(rows=False)
        sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(lines(results)) + "\n")
    if failed := [result.suite for result in results if result.problem]:
        raise ExamTutorError(f"{len(failed)} of {len(results)} suites failed: {', '.join(failed)}.", "See above.")


evals.command("all")(measure)
evals.command("retrieval")(retrieval)
for _suite in SUITES:
    if _suite.name != "retrieval":
        evals.command(_suite.name, help=f"Measure {_suite.measures}.")(measure)


@evals.callback(invoke_without_command=True)
def suites(context: typer.Context) -> None:
    """Measure the tutor: all suites, or the one that is named."""
    if context.invoked_subcommand is None:
        context.info_name = "all"
        measure(context)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
