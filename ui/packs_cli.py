"""The command line's `packs`: list the exam packs, begin a new one, check one's form and what it says."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from corpus.audit import AuditReport, Outcome, audit
from corpus.exam_pack import load_pack, pack_names
from corpus.pack_skeleton import is_exam_code, skeleton_folder, write_skeleton
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import load_settings
from ingest.tag import Tagger
from ui import terminal
from ui.as_json import AsJson, print_json
from ui.shapes import Json

packs = typer.Typer(no_args_is_help=True, help="Exam packs: list them, begin one, or check one.")

Pack = Annotated[str, typer.Argument(help="A pack's name or folder.")]


@packs.command("list")
def packs_list(as_json: AsJson = False) -> None:
    """List the packs that come with Exam Tutor."""
    loaded = [load_pack(name) for name in pack_names()]
    if as_json:
        rows = [{"id": p.id, "code": p.exam.code, "title": p.exam.title, "cards": len(p.cards)} for p in loaded]
        print_json({"packs": rows})
        return
    for pack in loaded:
        terminal.out.print(
            f"{pack.id}  {pack.exam.title} ({pack.exam.code}): {len(pack.cards)} cards, {len(pack.notes)} notes, "
            f"{len(pack.questions)} questions"
        )


@packs.command("validate")
def packs_validate(pack: Pack, as_json: AsJson = False) -> None:
    """Check every file of a pack; the first mistake is named with file, line and key."""
    found = load_pack(pack)
    Tagger(found)  # reads what the pack brings for tagging
    counts = {"cards": len(found.cards), "notes": len(found.notes), "questions": len(found.questions)}
    if as_json:
        print_json({"pack": found.id, "valid": True, **counts})
    else:
        terminal.out.print(f"{found.id} is valid: " + ", ".join(f"{n} {what}" for what, n in counts.items()) + ".")


@packs.command("audit")
def packs_audit(
    pack: Pack,
    documents: Annotated[Path | None, typer.Option(help="A folder of official documents to check against.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check what a pack says: coverage, duplicates, bias, figures, rationales, calculations, overlap."""
    found = load_pack(pack)
    with terminal.waiting("auditing"):
        report = audit(found, embedder=SentenceEmbedder(load_settings().embedding_model), documents=documents)
    if as_json:
        print_json(_audit_json(report))
    else:
        _show_audit(report)
    if report.findings:
        raise typer.Exit(1)


@packs.command("new")
def packs_new(
    code: Annotated[str, typer.Argument(help="The exam's code, as MLS-C01.")],
    title: Annotated[str, typer.Option(help="The exam's title.")] = "",
    folder: Annotated[Path | None, typer.Option(help="Where to make it; else a folder here, named after it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Begin a new pack: a folder of files that load, with examples to replace."""
    if not is_exam_code(code):
        raise typer.BadParameter(f"'{code}' is not an exam's code. Write it as in MLS-C01.")
    made = write_skeleton(code, folder or skeleton_folder(code), title)
    if as_json:
        print_json({"pack": made.name, "folder": str(made)})
    else:
        terminal.out.print(f"Made {made}. Fill it, then: exam-tutor packs validate {made}", markup=False)


def _audit_json(report: AuditReport) -> Json:
    checks = {
        outcome.check: {
            "findings": len(outcome.findings),
            "skipped": outcome.skipped or None,
            "counts": dict(outcome.counts),
        }
        for outcome in report.outcomes
    }
    findings = [
        {"check": finding.check, "file": finding.file, "item": finding.item, "problem": finding.problem}
        for finding in report.findings
    ]
    return {"pack": report.pack, "findings": findings, "checks": checks}


def _show_audit(report: AuditReport) -> None:
    """The findings under their checks and files, what each check looked at, and a line with the sum."""
    for outcome in report.outcomes:
        terminal.out.print(f"[bold]{outcome.check}[/]  {escape(_looked_at(outcome))}")
        for file, findings in groupby(outcome.findings, key=lambda finding: finding.file):
            terminal.out.print(f"  {escape(file)}")
            for finding in findings:
                terminal.out.print(f"    {escape(finding.item)}: {escape(finding.problem)}")
    total, skipped = len(report.findings), len(report.skipped)
    said = f"{total} finding{'' if total == 1 else 's'} in {len(report.outcomes) - skipped} checks"
    terminal.out.print(f"{report.pack}: {said}, {skipped} skipped.", markup=False)


def _looked_at(outcome: Outcome) -> str:
    if outcome.skipped:
        return f"skipped: {outcome.skipped}"
    counts = ", ".join(f"{count:,} {what}" for what, count in outcome.counts.items())
    return f"{len(outcome.findings)} found; {counts}"
