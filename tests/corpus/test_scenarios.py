"""A pack's material for scenario questions is checked against its cards, traits and facts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import PackError
from corpus.exam_pack import load_pack
from tests.conftest import SMALL_PACK

SETTINGS = """
[[settings]]
who = "a tea house"
team = "the kitchen team"
data = "recipes"
events = "orders"
texts = "letters"
images = "pictures"
series = "daily counts"
scale = "It has two rooms."
[details]
months = ["May"]
numbers = ["two"]
"""
CONTESTS = """
[[contests]]
id = "vessel"
noun = "a vessel"
contexts = ["{Who} buys."]
questions = ["Which?"]
traits = ["speed"]
options = {gaiwan = "G", teapot = "T", kettle = "K", bowl = "B"}
"""
CALCULATION = """
[[calculations]]
id = "sum"
task = "1.1"
difficulty = 1
stems = ["Add {a} and one. What is the sum?"]
requirement = "the sum"
answer = "a + 1"
option = "{value}"
rationale = "Add one. It is {value}."
cites = ["gaiwan#volume"]
draw = {a = {low = 1, high = 9}}
[[calculations.mistakes]]
expression = "a"
rationale = "Nothing added. One is missing."
right_if = "Right if nothing were added."
[[calculations.mistakes]]
expression = "a + 2"
rationale = "Two added. One is too much."
right_if = "Right if two were added."
[[calculations.mistakes]]
expression = "a * 10"
rationale = "Multiplied. It says add."
right_if = "Right if it were multiplied."
"""


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))
    (folder / "scenarios").mkdir()
    return folder


def test_a_pack_needs_no_scenarios() -> None:
    assert load_pack(SMALL_PACK).scenarios.contests == ()


def test_settings_and_calculations_are_read(pack_folder: Path) -> None:
    (pack_folder / "scenarios" / "settings.toml").write_text(SETTINGS)
    (pack_folder / "scenarios" / "calculations.toml").write_text(CALCULATION)

    table = load_pack(pack_folder).scenarios

    assert table.settings is not None
    assert table.settings.settings[0].team == "the kitchen team"
    assert table.calculations[0].draw["a"].high == 9


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("contests", CONTESTS, "no card 'kettle'"),
        ("contests", CONTESTS.replace('"speed"', '"sped"').replace("kettle", "x").replace("bowl", "y"), "no card 'x'"),
        ("calculations", CALCULATION.replace("#volume", "#weight"), "no fact 'gaiwan#weight'"),
        ("calculations", CALCULATION.replace('"1.1"', '"9.9"'), "the blueprint has no task 9.9"),
        ("calculations", CALCULATION.replace('"the sum"', '"the total"'), "requirement is not found"),
        ("calculations", CALCULATION.replace("high = 9", "high = 0"), "high (0) is below low (1)"),
        ("calculations", CALCULATION.replace('expression = "a"', 'option = "a"'), "mistakes have an expression"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(pack_folder: Path, file: str, text: str, says: str) -> None:
    (pack_folder / "scenarios" / f"{file}.toml").write_text(text)

    with pytest.raises(PackError) as refused:
        load_pack(pack_folder)

    assert says in str(refused.value)
    assert f"{file}.toml" in str(refused.value)
