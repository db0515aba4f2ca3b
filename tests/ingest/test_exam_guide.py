"""The guide importer: exact on AWS's own guides where they are at hand, and on guides typeset here in both layouts.

What is expected of AWS's guides is in tests/data/guides. It was taken from `pdftotext -layout` and read through by
eye; objectives are there as counts and one hash a task, so that no long official text is copied.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blueprint import Exam
from corpus.errors import SourceError
from corpus.exam_pack import load_pack
from ingest.exam_guide.reading import GuideReading, read_guide, shortfalls, to_toml
from ingest.readers.source import RawSource
from tests.ingest.guide_maker import Layout, typeset
from tests.pdf_maker import Text, make_pdf

GUIDES = Path(__file__).parents[2].parent / "shared" / "data" / "exam-guides"
EXPECTED = Path(__file__).parents[1] / "data" / "guides"
NAMES = ["AIF-C01", "DEA-C01", "MLA-C01", "MLA-C01-2024-layout", "MLS-C01"]
at_hand = pytest.mark.skipif(not GUIDES.is_dir(), reason="AWS's guides are not at ../shared/data/exam-guides")

BLUEPRINT: dict[str, Any] = {
    "code": "TST-C02",
    "title": "AWS Certified Test Builder – Professional",
    "format": {
        "questions": 75,
        "scored": 65,
        "unscored": 10,
        "scale_min": 100,
        "scale_max": 1000,
        "pass_mark": 750,
        "response_types": [
            "Multiple choice: Has one correct response and three incorrect responses (distractors).",
            "Ordering: Has a list of 3–5 responses to complete a specified task.",
        ],
    },
    "domains": [
        {
            "id": "1",
            "title": "Design, Build, and Operation of Long-Running Tests for Complex Organizations",
            "weight": 58,
            "tasks": [
                {
                    "id": "1.1",
                    "title": "Choose a test framework that fits the organization’s skills, its budget, and the "
                    "time it has",
                    "objectives": [
                        {"id": "1.1.1", "text": "Kinds of tests (for example, unit, end-to-end)", "kind": "knowledge"},
                        {
                            "id": "1.1.2",
                            "text": "Differences between pre- and post-deployment tests, read/write tests, and tests "
                            "of domain 1: skills, tasks, and objectives",
                            "kind": "knowledge",
                        },
                        {
                            "id": "1.1.3",
                            "text": "Running tests on AWS Lambda",
                            "kind": "skill",
                            "points": ["With layers", "Without layers (for example, in container images that are big)"],
                        },
                        {"id": "1.1.4", "text": "Reading their logs", "kind": "skill"},
                    ],
                },
                {
                    "id": "1.2",
                    "title": "Keep tests fast",
                    "objectives": [{"id": "1.2.1", "text": "Finish within 15 minutes of a 180-minute pipeline."}],
                },
            ],
        },
        {
            "id": "2",
            "title": "Repair",
            "weight": 42,
            "tasks": [
                {"id": "2.1", "title": "Find faults", "objectives": [{"id": "2.1.1", "text": "Bisect a history."}]}
            ],
        },
    ],
    "services": {
        "in_scope": [
            {
                "category": "Application Integration",
                "names": ["Amazon Managed Workflows for Apache Airflow (Amazon MWAA)", "Amazon SQS"],
            },
            {"category": "Security, Identity, and Compliance", "names": ["AWS Identity and Access Management (IAM)"]},
        ],
        "out_of_scope": [{"category": "Internet of Things (IoT)", "names": ["FreeRTOS", "AWS IoT 1-Click"]}],
    },
}


def read(pdf: bytes) -> GuideReading:
    return read_guide(RawSource("guides/some.pdf", pdf))


def real(name: str) -> GuideReading:
    return read(GUIDES.joinpath(f"{name}.pdf").read_bytes())


def tasks(reading: GuideReading) -> dict[str, Any]:
    return {task["id"]: task for domain in reading.blueprint["domains"] for task in domain["tasks"]}


def digest(task: dict[str, Any]) -> dict[str, Any]:
    """What tests/data/guides keeps of a task."""
    objectives = task["objectives"]
    lines = [line for o in objectives for line in (o["text"], *o.get("points", ()))]
    return {
        "id": task["id"],
        "title": task["title"],
        "kinds": dict(Counter(o.get("kind", "objective") for o in objectives)),
        "points": sum(len(o.get("points", ())) for o in objectives),
        "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    }


@at_hand
@pytest.mark.parametrize("name", NAMES)
def test_the_official_guides_are_read_exactly(name: str) -> None:
    reading, expected = real(name), json.loads(EXPECTED.joinpath(f"{name}.json").read_text(encoding="utf-8"))
    found = reading.blueprint
    types = found["format"].pop("response_types")

    assert found["format"] == expected["format"]
    assert [kind.split(":")[0] for kind in types] == expected["response_types"]
    assert [d | {"tasks": [digest(t) for t in d["tasks"]]} for d in found["domains"]] == expected["domains"]
    lists = {scope: {c["category"]: c["names"] for c in table} for scope, table in found["services"].items()}
    assert lists == expected["services"]
    assert [list(table) for table in lists.values()] == [list(table) for table in expected["services"].values()]
    head = ("code", "title", "version")
    assert {k: found[k] for k in head if k in found} == {k: expected[k] for k in head if k in expected}


@at_hand
@pytest.mark.parametrize("name", NAMES)
def test_the_official_guides_make_valid_blueprints_with_numbered_objectives(name: str) -> None:
    reading = real(name)
    exam = Exam.model_validate(reading.blueprint)

    for task in exam.tasks:
        assert [o.id for o in task.objectives] == [f"{task.id}.{n}" for n in range(1, len(task.objectives) + 1)]
    assert Exam.model_validate(tomllib.loads(to_toml(reading.blueprint))) == exam


@at_hand
def test_the_reading_of_mls_c01_equals_the_blueprint_made_by_hand() -> None:
    exam, by_hand = Exam.model_validate(real("MLS-C01").blueprint), load_pack("mls_c01").exam

    assert (exam.code, exam.title) == (by_hand.code, by_hand.title)
    assert exam.domains == by_hand.domains
    assert exam.services == by_hand.services


@at_hand
def test_what_a_guide_says_of_earlier_versions_is_not_read_again() -> None:
    # "Skill 1.2.10", "Skills removed" and "Services removed from the in-scope list" stand in its Revisions section.
    reading = real("DEA-C01")

    assert not [remark for remark in reading.remarks if "twice" in remark]
    assert "AWS Cloud9" not in json.dumps(reading.blueprint)


@pytest.mark.parametrize("old", [False, True])
def test_both_layouts_give_what_was_typeset(old: bool) -> None:
    reading = read(typeset(BLUEPRINT, Layout(old=old)))

    assert {k: v for k, v in reading.blueprint.items() if k != "version"} == BLUEPRINT
    assert reading.blueprint.get("version") == ("1.0" if old else None)
    # 65 scored and 10 unscored questions are stated, 75 is their sum; "180-minute" is an objective's, not the exam's.
    assert reading.remarks == (
        "No time limit was found.",
        "The total of 75 questions is the sum of 65 scored and 10 unscored ones.",
    )


@settings(max_examples=25, deadline=None)
@given(old=st.booleans(), columns=st.integers(28, 95), rows=st.integers(9, 40), first_page=st.integers(1, 300))
def test_neither_the_line_ends_nor_the_page_breaks_matter(old: bool, columns: int, rows: int, first_page: int) -> None:
    pdf = typeset(BLUEPRINT, Layout(old=old, columns=columns, rows=rows, first_page=first_page))

    assert {k: v for k, v in read(pdf).blueprint.items() if k != "version"} == BLUEPRINT


@pytest.mark.parametrize("old", [False, True])
def test_missing_weights_are_left_out_and_told(old: bool) -> None:
    domains = [{k: v for k, v in BLUEPRINT["domains"][0].items() if k != "weight"}, BLUEPRINT["domains"][1]]
    reading = read(typeset(BLUEPRINT | {"domains": domains}, Layout(old=old)))

    assert "weight" not in reading.blueprint["domains"][0]
    assert reading.blueprint["domains"][1]["weight"] == 42
    assert "No weight of domain 1 was found." in reading.remarks
    assert shortfalls(reading.blueprint) == ("domains.0.weight: Field required",)


def test_weights_that_do_not_add_up_are_told() -> None:
    domains = [BLUEPRINT["domains"][0], BLUEPRINT["domains"][1] | {"weight": 41}]

    assert (
        "The domains' weights add up to 99%, not 100%."
        in read(typeset(BLUEPRINT | {"domains": domains}, Layout())).remarks
    )  # 58 + 41


@pytest.mark.parametrize(
    ("scoring", "figures", "remark"),
    [
        ("The exam includes 65 questions that affect your score.", {"scored": 65}, "No passing score was found."),
        ("There are 65 questions.", {}, "No total number of questions was found."),
        ("The exam contains 65 questions.", {"questions": 65}, "No number of scored questions was found."),
        ("You have 130 minutes to complete the exam.", {"minutes": 130}, "No total number of questions was found."),
        ("The passing score is 700. The passing score is 720.", {}, "The passing score is given as 700 and as 720"),
        (
            "The exam includes 60 questions. Of them, 50 questions that affect your score and 15 unscored questions.",
            {"scored": 50, "unscored": 15},
            "The guide says 60 questions, but 50 scored and 15 unscored",
        ),
        (
            "It is a scaled score from 100 to 1,000.",
            {"scale_min": 100, "scale_max": 1000},
            "No passing score was found.",
        ),
        ("Plan 30 minutes for the check-in. Bring 2 documents.", {}, "No time limit was found."),
    ],
)
def test_no_figure_is_made_up(scoring: str, figures: dict[str, int], remark: str) -> None:
    reading = read(typeset(BLUEPRINT, Layout(), scoring=scoring))

    assert {k: v for k, v in reading.blueprint["format"].items() if k != "response_types"} == figures
    assert any(told.startswith(remark) for told in reading.remarks)


def test_a_page_of_plain_lines_without_indents_will_do() -> None:
    # One font, one margin: only the words tell a bullet's second line from the heading that follows it.
    first = ["AWS Certified Developer - Associate (DVA-C02)", "Domain 1: Security (100% of scored content)"]
    second = ["Domain 1: Security", "Task Statement 1: Implement access for applications hosted on", "AWS."]
    third = [
        "Knowledge of:",
        "• Federation (for example, SAML,",
        "OpenID)",
        "Skills in:",
        "• Using AWS",
        "Lambda roles",
    ]
    last = ["In-scope AWS services and features", "Compute:", "• AWS Lambda", "Survey", "How useful was it?"]
    reading = read(make_pdf([first, second + third, last]))

    assert tasks(reading) == {
        "1.1": {
            "id": "1.1",
            "title": "Implement access for applications hosted on AWS.",
            "objectives": [
                {"id": "1.1.1", "text": "Federation (for example, SAML, OpenID)", "kind": "knowledge"},
                {"id": "1.1.2", "text": "Using AWS Lambda roles", "kind": "skill"},
            ],
        }
    }
    assert reading.blueprint["services"] == {"in_scope": [{"category": "Compute", "names": ["AWS Lambda"]}]}
    assert "No list of services out of scope was found." in reading.remarks


def test_bullets_on_three_levels_become_an_objective_with_points() -> None:
    lines = [
        Text("Domain 1: Design", bold=True, size=16, x=36),
        Text("Task 1.1: Plan", bold=True, size=14, x=36),
        *(
            Text(text, x=x)
            for text, x in [("• A", 36), ("• B", 48), ("• C and", 60), ("D", 72), ("• E", 48), ("• F", 36)]
        ),
    ]

    assert tasks(read(make_pdf([lines])))["1.1"]["objectives"] == [
        {"id": "1.1.1", "text": "A", "points": ["B", "C and D", "E"]},
        {"id": "1.1.2", "text": "F"},
    ]


def test_a_table_of_weights_and_a_footnote_in_a_bullet() -> None:
    table = [Text("Domain 1: Design", y=600), Text("60%", x=400, y=600)]
    table += [Text("Domain 2: Repair", y=580), Text("40%", x=400, y=580)]
    before = [Text("Domain 1: Design", bold=True, y=500), Text("Task 1.1: Plan", y=480), Text("• Tests of the", y=460)]
    note = [Text("1", size=6, x=150, y=464), Text("1 Not in the beta exam.", y=90), Text("which started in May.", y=76)]
    after = [Text("first kind", x=90), Text("Domain 2: Repair", bold=True), "Task 2.1: Find", "• Bisect"]
    reading = read(make_pdf([[*table, *before, *note], after]))

    assert [domain["weight"] for domain in reading.blueprint["domains"]] == [60, 40]
    assert tasks(reading)["1.1"]["objectives"] == [{"id": "1.1.1", "text": "Tests of the first kind"}]


def test_a_task_that_is_only_listed_is_kept_and_told() -> None:
    reading = read(make_pdf([["Content Domain 1: Design", "Tasks", "• Task 1.1: Plan", "• Task 1.2: Draw", "Task 1.1: Plan", "• A"]]))  # fmt: skip  # noqa: E501

    assert tasks(reading)["1.2"] == {"id": "1.2", "title": "Draw"}
    assert "Task 1.2 stands in a list of tasks only; nothing is said below it." in reading.remarks


@pytest.mark.parametrize(
    "lines",
    [
        ["A whitepaper", "on domain 1: data, which is no heading."],
        ["AWS Certified Nothing - Specialty (NOT-C01)", "Domain 1: Design (100% of scored content)"],
    ],
)
def test_what_is_no_exam_guide_is_refused_with_what_was_looked_for(lines: list[str]) -> None:
    with pytest.raises(SourceError, match=r"some\.pdf: this is no AWS exam guide: .*'Task Statement 1\.1: …'"):
        read(make_pdf([lines]))


def test_the_guides_of_two_exams_in_one_file_are_refused() -> None:
    pages: list[list[str]] = [
        [f"The {name} (X{n}X-C01) exam has a pass or fail designation.", f"Domain 1: {name}", "Task 1.1: Plan", "• A"]
        for n, name in (("A", "Art"), ("B", "Botany"))
    ]

    with pytest.raises(SourceError, match="holds the guides of 2 exams: XAX-C01, XBX-C01"):
        read(make_pdf(pages))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"plain text"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        read(data)


def test_the_blueprint_names_where_it_came_from_when_there_is_an_address() -> None:
    reading = read_guide(RawSource("some.pdf", typeset(BLUEPRINT, Layout()), url="https://example.org/guide.pdf"))

    assert [source["url"] for source in reading.blueprint["sources"]] == ["https://example.org/guide.pdf"]
    assert not shortfalls(reading.blueprint)


_WORDS = ["Domain 1: Design", "Content Domain 2: Repair (40% of scored content)", "Task 1.1: Plan", "Tasks", "Topics"]
_WORDS += ["Task Statement 9: X", "Knowledge of:", "• Skill 1.1.1: Y", "o Z", "- dash", "In-scope AWS services", "40%"]
_WORDS += ["Analytics:", "AWS Certified X (ABC-C01)", "The passing score is 99999999", "7", "1 note[1]", "Revisions"]
_LINE = st.one_of(st.sampled_from(_WORDS), st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"])))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_LINE, max_size=12), min_size=1, max_size=4))
def test_any_text_gives_a_reading_or_a_source_error(pages: list[list[str]]) -> None:
    printable = [[line.encode("cp1252", "ignore").decode("cp1252") for line in lines] for lines in pages]
    try:
        reading = read(make_pdf(printable))
    except SourceError:
        return
    assert tomllib.loads(to_toml(reading.blueprint)) == reading.blueprint
    shortfalls(reading.blueprint)
