"""What words learned from passages that readers placed say of another passage."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from corpus.errors import PackError
from corpus.exam_pack import load_pack, pack_names
from ingest.passage_words import FILE, LEAST_LOG, LearnedWords, PassageWords, read_learned_words, write_learned_words
from ingest.tag import CLUES, NONE_CLUES, Tagger
from tests.conftest import SMALL_PACK

LEARNED = LearnedWords(
    classes=("1.1", "none"),
    bias=(0.0, 0.0),
    body={"leaf": (1.0, math.log(3), 0.0), "invoic": (1.0, 0.0, math.log(3)), "storm": (1.0, 40.0, 0.0)},
    above={"vessel": (2.0, math.log(2), 0.0)},
    weights=(1.0, 1.0, 1.0, 1.0, 1.0),
    none_weights=(1.0,) * len(NONE_CLUES),
)
WORDS = PassageWords(LEARNED, ["1.1", "2.1"])


@pytest.mark.parametrize(
    ("said", "above", "odds"),
    [
        (["leaf"], [], math.log(3)),  # 3/4 against 1/4; a word alone has weight 1, however rare it is
        (["leaf"], ["vessels"], math.log(6)),  # 6/7 against 1/7
        (["leaf", "invoice"], [], 0.0),  # each 1/√2 of a vector of length 1, and as much for as against
        (["the", "weather"], [], 0.0),  # nothing that was learned
        (["storm"], [], 0.0 - LEAST_LOG),  # e^40 to 1, but a few words prove nothing: none keeps e^−6
    ],
)
def test_words_say_how_many_times_as_probable_a_task_is_as_none(said: list[str], above: list[str], odds: float) -> None:
    assert WORDS.lean([said], [above])[0, 0] == pytest.approx(odds, abs=1e-6)


def test_a_task_that_no_passage_was_placed_in_is_as_improbable_as_can_be() -> None:
    # None has 1/4 by "leaf", so ln(1/4) is taken from the least.
    assert WORDS.lean([["leaf"]], [[]])[0, 1] == pytest.approx(LEAST_LOG - math.log(1 / 4), abs=1e-6)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_learned_words(LEARNED, tmp_path)
    assert read_learned_words(tmp_path) == LEARNED


def test_a_pack_may_come_without(tmp_path: Path) -> None:
    assert read_learned_words(tmp_path) is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"bias"', '"bais"', "bais: Extra inputs|bias: Field required"),
        ("[0.0, 0.0]", "[0.0]", "bias: 2 numbers where 3 were expected"),
        ("40.0, 0.0", "40.0", "storm: 2 numbers where 3 were expected"),
        ("40.0", '"many"', "storm.1: Input should be a valid number"),
        ("}", "", "Invalid JSON"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_the_place(tmp_path: Path, old: str, new: str, problem: str) -> None:
    write_learned_words(LEARNED, tmp_path)
    file = tmp_path / FILE
    file.write_text(file.read_text().replace(old, new, 1))
    with pytest.raises(PackError, match=problem) as error:
        read_learned_words(tmp_path)
    assert error.value.file == file


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({}, r"classes: the exam has no task 9\.9"),
        ({"classes": ("1.1", "none"), "weights": (1.0,)}, "weights: these are other clues' weights"),
    ],
)
def test_words_of_another_exam_or_for_other_clues_are_refused(
    tmp_path: Path, changed: dict[str, object], problem: str
) -> None:
    folder = shutil.copytree(SMALL_PACK, tmp_path / "pack")
    write_learned_words(LEARNED.model_copy(update={"classes": ("9.9", "none"), **changed}), folder)
    with pytest.raises(PackError, match=problem):
        Tagger(load_pack(folder))


@pytest.mark.parametrize("name", pack_names())
def test_what_packs_bring_is_about_their_own_tasks(name: str) -> None:
    pack = load_pack(name)
    learned = read_learned_words(pack.folder)
    if learned is not None:
        assert set(learned.classes[:-1]) <= {task.id for task in pack.exam.tasks}
        assert learned.classes[-1] == "none"
        assert (len(learned.weights), len(learned.none_weights)) == (len(CLUES), len(NONE_CLUES))
