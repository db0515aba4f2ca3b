"""Objectives, services and the mix of questions, on the small pack bent one way at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.audit import coverage
from corpus.audit.findings import Finding
from corpus.audit.topics import topics
from corpus.blueprint import Objective
from corpus.exam_pack import ExamPack, load_pack
from tests.corpus.audit.bent_pack import edit, with_questions

NOTE = "Match a leaf to a vessel: the gaiwan for many infusions, the teapot for one.\n"


def found(pack: ExamPack, file: str) -> list[tuple[str, str]]:
    return [(finding.item, finding.problem) for finding in coverage.check(pack).findings if finding.file == file]


@pytest.mark.parametrize(
    ("text", "points", "expected"),
    [
        # "determine", "for", "example" say nothing of the topic; brackets, commas and "and" part topics.
        ("Determine storage (for example, disks and S3).", (), [{"storag"}, {"disk"}, {"s3"}]),
        ("Interpret confusion matrices.", (), [{"confus", "matrix"}]),
        # "model" counts where nothing else is left, and not beside another word.
        ("Understand ML models.", (), [{"model"}]),
        ("Initialize models.", (), [{"initi"}]),
        ("Follow AWS best practices.", (), []),
        ("Perform regularization.", ("Dropout", "L1/L2"), [{"regular"}, {"dropout"}, {"l1", "l2"}]),
    ],
)
def test_topics_are_the_words_that_matter(text: str, points: tuple[str, ...], expected: list[set[str]]) -> None:
    objective = Objective(id="1", text=text, points=points)
    assert [set(topic) for topic in topics(objective)] == expected


def test_an_objective_needs_a_card_a_question_and_half_its_topics_in_a_note(folder: Path) -> None:
    # Topics: match vessel, leaf, gaiwan, teapot. The small pack's note has none of them whole.
    assert found(load_pack(folder), "blueprint.toml") == [
        ("1.1.1", "no note of task 1.1 is on: Match a vessel to a leaf")
    ]
    note = folder / "notes" / "vessels.md"
    note.write_text(note.read_text() + "A gaiwan is small.\n")
    assert len(found(load_pack(folder), "blueprint.toml")) == 1
    note.write_text(note.read_text() + NOTE)
    assert found(load_pack(folder), "blueprint.toml") == []
    edit(folder / "blueprint.toml", '"Match a vessel to a leaf"\npoints = ["Gaiwan", "Teapot"]', '"Choose a kettle"')
    assert found(load_pack(folder), "blueprint.toml") == [
        ("1.1.1", "no card and no note and no question of task 1.1 is on: Choose a kettle")
    ]


def test_a_service_is_known_by_every_name_with_or_without_the_vendor(folder: Path) -> None:
    edit(folder / "blueprint.toml", 'code = "TST-C01"', 'code = "TST-C01"\nname_prefixes = ["Royal", "Imperial"]')
    services = (
        '[[services.in_scope]]\ncategory = "Vessels"\nnames = ["Gaiwan (GW)", "Royal Lidded Bowl (Royal LB)", "Jar"]'
    )
    (folder / "blueprint.toml").write_text((folder / "blueprint.toml").read_text() + services)
    assert found(load_pack(folder), "blueprint.toml")[1:] == [
        ("Royal Lidded Bowl (Royal LB)", "no card has the name 'Royal LB'"),
        ("Jar", "no card has the name 'Jar'"),
    ]


def test_the_mix_of_one_easy_question_is_far_off(folder: Path) -> None:
    assert found(load_pack(folder), "questions") == [
        ("task 1.1", "1 questions, there should be 12 or more"),
        ("task 2.1", "0 questions, there should be 12 or more"),
        ("response", "0.0 % are multiple response, there should be 20 % or more"),
        ("difficulty 1", "100.0 % of the questions, there should be 20 % give or take 8"),
        ("difficulty 2", "0.0 % of the questions, there should be 50 % give or take 8"),
        ("difficulty 3", "0.0 % of the questions, there should be 30 % give or take 8"),
    ]


def test_a_right_mix_has_no_finding_and_one_question_off_is_still_right(folder: Path) -> None:
    # 30 questions; weights of 60 and 40 ask for 18 and 12. Difficulty 6/15/9; 6 of 30 are multiple response.
    pack = load_pack(folder)
    changes = [
        {
            "task": "1.1" if n < 18 else "2.1",
            "difficulty": 1 if n < 6 else 2 if n < 21 else 3,
            "response": "multiple" if n % 5 == 0 else "single",
        }
        for n in range(30)
    ]
    assert found(with_questions(pack, *changes), "questions") == []
    changes[12]["task"] = "2.1"
    assert found(with_questions(pack, *changes), "questions") == []
    changes[13]["task"] = "2.1"
    assert found(with_questions(pack, *changes), "questions") == [
        ("domain 1", "16 questions of 30, its weight of 60 % asks for 18"),
        ("domain 2", "14 questions of 30, its weight of 40 % asks for 12"),
    ]


def test_a_finding_names_check_file_and_item(folder: Path) -> None:
    outcome = coverage.check(load_pack(folder))
    problem = "no note of task 1.1 is on: Match a vessel to a leaf"
    assert outcome.findings[0] == Finding("coverage", "blueprint.toml", "1.1.1", problem)
    assert outcome.counts == {"objectives": 1, "services": 0, "questions": 1}
