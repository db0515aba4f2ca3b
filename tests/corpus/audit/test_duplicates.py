"""Stems that are the same, nearly the same, and different."""

from __future__ import annotations

from corpus.audit import duplicates
from corpus.audit.findings import Finding
from corpus.embedder import HashEmbedder
from corpus.exam_pack import ExamPack
from tests.corpus.audit.bent_pack import with_questions

STEM = "Which vessel fits a taster who compares eight short infusions of one leaf?"


def problems(pack: ExamPack, *stems: str) -> list[tuple[str, str]]:
    bent = with_questions(pack, *({"stem": stem} for stem in stems))
    return [(finding.item, finding.problem) for finding in duplicates.check(bent, HashEmbedder()).findings]


def test_the_same_words_are_found_whatever_their_marks(small_pack: ExamPack) -> None:
    assert problems(small_pack, STEM, STEM.upper() + " ") == [("q2", "the stem is that of q1")]


def test_a_near_duplicate_is_found_by_its_vector(small_pack: ExamPack) -> None:
    # The hash embedder sums words, so the same words in another order have the same vector.
    turned = "Which vessel fits a taster who compares one leaf of eight short infusions?"
    assert problems(small_pack, STEM, "How much water does a samovar boil in an hour?", turned) == [
        ("q3", "the stem is nearly that of q1: cosine 1.00")
    ]


def test_different_stems_and_a_single_one_have_no_finding(small_pack: ExamPack) -> None:
    assert problems(small_pack, STEM, "How much water does a samovar boil in an hour?") == []
    assert problems(small_pack, STEM) == []


def test_the_file_is_named_where_it_is_known(small_pack: ExamPack) -> None:
    bent = with_questions(small_pack, {"id": "other"}, {"id": "tst-1"})
    assert duplicates.check(bent, HashEmbedder()).findings == (
        Finding("duplicates", "questions/vessels.toml", "tst-1", "the stem is that of other"),
    )
