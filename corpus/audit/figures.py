"""Every figure in a fact stands in the document that the fact cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.audit.api_descriptions import ApiDescriptions
from corpus.audit.cited import WAIVERS, CitedDocuments, load_waivers
from corpus.audit.findings import Finding, Outcome
from corpus.audit.places import card_file
from corpus.audit.quantities import Figures, Quantity, quantities
from corpus.cards import Card, Fact
from corpus.exam_pack import ExamPack

CHECK = "figures"


def check(pack: ExamPack, documents: Path | None, descriptions: ApiDescriptions | None = None) -> Outcome:
    """Look up the numbers of every fact in the copy of its source.

    Thousands separators, units of one kind (15 minutes, 900 seconds), percent and fractions, and the words two
    to twelve are brought to one form. "One" counts with a unit only: elsewhere it is a pronoun. `exam_view`,
    which says what other material held true, is not looked up. A fact whose source has no copy is counted as
    unavailable; a waiver is used by a fact whose figures are missing, and is a finding when there is nothing
    it waives.

    Raises:
        PackError: `documents.toml` or `waivers.toml` is wrong.
    """
    waivers = load_waivers(pack.folder)
    if documents is None:
        return Outcome(CHECK, skipped="no folder of documents was given")
    cited = CitedDocuments(pack.folder, documents, descriptions)
    reasons = {waiver.fact: waiver.reason for waiver in waivers}
    counts: Counter[str] = Counter(dict.fromkeys(("facts", "with figures", "available", "found", "waived"), 0))
    findings: list[Finding] = []
    settled: set[str] = set()
    for card in pack.cards:
        for fact in card.facts:
            reference = f"{card.id}#{fact.id}"
            verdict, missing = _look_up(fact, cited)
            counts.update(_counted(verdict, reference in reasons))
            if verdict == "missing" and reference not in reasons:
                findings.append(_not_found(card, reference, missing, fact))
            if verdict in {"found", "no figures"}:
                settled.add(reference)
    findings.extend(_idle_waivers(pack, reasons, settled))
    return Outcome(CHECK, tuple(findings), counts)


def figures_of(fact: Fact) -> list[Quantity]:
    """The numbers in a fact's text that have to stand in its source."""
    return [quantity for quantity in quantities(fact.text) if quantity.measures or quantity.text.lower() != "one"]


def _look_up(fact: Fact, cited: CitedDocuments) -> tuple[str, list[str]]:
    wanted = figures_of(fact)
    if not wanted:
        return "no figures", []
    text = cited.text(str(fact.source))
    if text is None:
        return "unavailable", []
    figures = Figures(text)
    missing = [quantity.text for quantity in wanted if not figures.has(quantity)]
    return ("missing", missing) if missing else ("found", [])


def _counted(verdict: str, waived: bool) -> dict[str, int]:
    available = verdict in {"found", "missing"}
    return {
        "facts": 1,
        "with figures": verdict != "no figures",
        "available": available,
        "found": verdict == "found",
        "waived": verdict == "missing" and waived,
    }


def _not_found(card: Card, reference: str, missing: list[str], fact: Fact) -> Finding:
    figures = ", ".join(f"'{text}'" for text in dict.fromkeys(missing))
    return Finding(CHECK, card_file(card), reference, f"not in the copy of {fact.source}: {figures}")


def _idle_waivers(pack: ExamPack, reasons: Mapping[str, str], settled: set[str]) -> Iterator[Finding]:
    known = {f"{card.id}#{fact.id}" for card in pack.cards for fact in card.facts}
    for reference in reasons:
        if reference not in known:
            yield Finding(CHECK, WAIVERS, reference, "the waiver is for a fact that does not exist")
        elif reference in settled:
            yield Finding(CHECK, WAIVERS, reference, "the waiver is not needed: nothing is missing")
