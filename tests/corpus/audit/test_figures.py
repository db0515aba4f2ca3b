"""Figures of facts against copies of their sources, on the small pack with a copy of its two pages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.audit import figures
from corpus.audit.api_descriptions import reference
from corpus.audit.findings import Outcome
from corpus.audit.plain_text import plain_text
from corpus.audit.quantities import Figures, quantities
from corpus.errors import PackError
from corpus.exam_pack import load_pack
from tests.corpus.audit.bent_pack import edit

GUIDES = '[[guides]]\nurl_prefix = "https://example.org/"\nfolder = "tea"\n'
# A fact's source in the small pack has no ".html"; its anchor (gaiwan#steeping) does not count.
GAIWAN = "1. A gaiwan\n\nIt holds 100\\-150 ml\\. Pour off between 10 and 30 seconds\\.\n"
TEAPOT = "Leave for three to [five](https://example.org/7) minutes.\n"


@pytest.fixture
def documents(folder: Path, tmp_path: Path) -> Path:
    (folder / "documents.toml").write_text(GUIDES)
    (tmp_path / "docs" / "tea").mkdir(parents=True)
    (tmp_path / "docs" / "tea" / "gaiwan.md").write_text(GAIWAN)
    (tmp_path / "docs" / "tea" / "teapot.md").write_text(TEAPOT)
    return tmp_path / "docs"


def found(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(finding.file, finding.item, finding.problem) for finding in outcome.findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10,000 parts of 5 MiB", [("10000", ""), ("5", "size")]),
        ("two million rows, 100K cells", [("100000", ""), ("2000000", "")]),
        ("S3, ml.p3.2xlarge, AES-256 and v1.2", []),
        ("a 15-minute wait, 1.5-fold, 80%", [("15", "time"), ("1.5", ""), ("80", "share")]),
        ("From 5 to 10, .5 of it.", [("5", ""), ("10", ""), ("0.5", "")]),
        ("Twelve one-hot columns", [("12", ""), ("1", "")]),
        ("a 2D map, 5x as fast, 1e-5, the 25th percentile", [("5", ""), ("25", "")]),
    ],
)
def test_numbers_are_brought_to_one_form(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(quantity.value, quantity.measures) for quantity in quantities(text)] == [
        (Decimal(value), measures) for value, measures in expected
    ]


@pytest.mark.parametrize(
    ("fact", "document", "is_found"),
    [
        ("15 minutes", "900 seconds", True),
        ("60 seconds", "interval in milliseconds: 60000", True),
        ("128 MB", "from 1 to 128", True),
        ("5 GB", "5 MB", False),
        ("5 GB", "5 GiB", True),
        ("80 percent", "a ratio of 0.8", True),
        ("5", "5 minutes", True),
        ("two", "2 of them", True),
        ("3 hours", "180 pages and 3 days", True),  # 180 without a unit may be minutes
        ("1 hour", "60 of them", True),
        ("7", "17, 70 and 0.7", False),
    ],
)
def test_a_figure_is_found_across_units(fact: str, document: str, is_found: bool) -> None:
    (quantity,) = quantities(fact)
    assert Figures(document).has(quantity) == is_found


def test_what_is_not_read_is_no_figure() -> None:
    assert plain_text('2. See [99\\.9%](page-7.md)<a name="x-8"></a>').split() == ["See", "[99.9%"]


def test_figures_that_stand_in_the_copy_are_found(folder: Path, documents: Path) -> None:
    outcome = figures.check(load_pack(folder), documents)
    assert found(outcome) == []
    assert outcome.counts == {"facts": 3, "with figures": 3, "available": 3, "found": 3, "waived": 0}


def test_a_figure_that_is_missing_is_a_finding_unless_it_is_waived(folder: Path, documents: Path) -> None:
    edit(folder / "cards" / "gaiwan.toml", "100 to 150 millilitres", "90 to 150 millilitres")
    where = ("cards/gaiwan.toml", "gaiwan#volume")
    assert found(figures.check(load_pack(folder), documents)) == [
        (*where, "not in the copy of https://example.org/gaiwan: '90'")
    ]
    (folder / "waivers.toml").write_text('[[waivers]]\nfact = "gaiwan#volume"\nreason = "Measured again."\n')
    outcome = figures.check(load_pack(folder), documents)
    assert found(outcome) == []
    assert outcome.counts == {"facts": 3, "with figures": 3, "available": 3, "found": 2, "waived": 1}


def test_a_waiver_that_waives_nothing_is_a_finding(folder: Path, documents: Path) -> None:
    edit(folder / "cards" / "gaiwan.toml", "holds 100 to 150 millilitres", "holds one cup")
    (folder / "waivers.toml").write_text(
        "".join(
            f'[[waivers]]\nfact = "{fact}"\nreason = "So."\n' for fact in ("gaiwan#volume", "teapot#steeping", "jar#x")
        )
    )
    assert found(figures.check(load_pack(folder), documents)) == [
        ("waivers.toml", "gaiwan#volume", "the waiver is not needed: nothing is missing"),
        ("waivers.toml", "teapot#steeping", "the waiver is not needed: nothing is missing"),
        ("waivers.toml", "jar#x", "the waiver is for a fact that does not exist"),
    ]


def test_a_fact_without_a_copy_is_counted_and_its_waiver_left_alone(folder: Path, documents: Path) -> None:
    (documents / "tea" / "teapot.md").unlink()
    (folder / "waivers.toml").write_text('[[waivers]]\nfact = "teapot#steeping"\nreason = "So."\n')
    outcome = figures.check(load_pack(folder), documents)
    assert found(outcome) == []
    assert outcome.counts == {"facts": 3, "with figures": 3, "available": 2, "found": 2, "waived": 0}


def test_without_documents_it_is_skipped(folder: Path) -> None:
    outcome = figures.check(load_pack(folder), None)
    assert outcome == Outcome("figures", skipped="no folder of documents was given")


def test_a_waiver_needs_a_reason(folder: Path) -> None:
    (folder / "waivers.toml").write_text('[[waivers]]\nfact = "gaiwan#volume"\nreason = " "\n')
    with pytest.raises(PackError, match=r"waivers\.toml:3: waivers\[0\]\.reason"):
        figures.check(load_pack(folder), None)


TEA_MODEL = {
    "operations": {"Steep": {"documentation": "<p>Up to 3 pots.</p>", "input": {"shape": "SteepRequest"}}},
    "shapes": {
        "SteepRequest": {"members": {"Wait": {"shape": "Seconds", "documentation": "The wait."}}},
        "Seconds": {"min": 60, "max": 900},
    },
}


class TeaApi:
    """Descriptions of one API."""

    def text(self, service: str, name: str) -> str | None:
        return reference(TEA_MODEL, name) if service == "tea" else None


def test_an_api_reference_is_looked_up_in_the_service_model(folder: Path, documents: Path) -> None:
    (folder / "documents.toml").write_text('[[apis]]\nurl_prefix = "https://example.org/api/"\nservice = "tea"\n')
    edit(folder / "cards" / "teapot.toml", "https://example.org/teapot", "https://example.org/api/API_Steep.html")
    edit(folder / "cards" / "teapot.toml", "3 to 5 minutes", "15 minutes, 3 pots, or 7 cups")
    assert found(figures.check(load_pack(folder), documents, TeaApi())) == [
        ("cards/teapot.toml", "teapot#steeping", "not in the copy of https://example.org/api/API_Steep.html: '7'")
    ]
    assert figures.check(load_pack(folder), documents).counts["available"] == 0
    assert reference(TEA_MODEL, "Pour") is None
