"""Notebooks: Markdown and code, headings carrying over cells."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Block, BlockKind, Document
from corpus.errors import SourceError
from ingest.readers import ipynb
from ingest.readers import read as read_any
from ingest.readers.source import RawSource

Cell = dict[str, object]


def markdown(text: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def code(text: str, *outputs: Cell) -> Cell:
    return {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": text, "outputs": list(outputs)}


def result(plain: str, **others: str) -> Cell:
    return {"output_type": "execute_result", "metadata": {}, "data": {"text/plain": [plain], **others}}


def notebook(*cells: Cell, **metadata: object) -> bytes:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def read(*cells: Cell, **metadata: object) -> Document:
    return ipynb.read(RawSource("/notes/train-model.ipynb", notebook(*cells, **metadata)))


def outcome(raw: RawSource) -> str:
    """Return the text that is read, or what to do next; any other error is a fault of the reader."""
    try:
        return read_any(raw).text
    except SourceError as error:
        return error.hint


def test_headings_carry_over_cells_and_code_is_code() -> None:
    document = read(
        markdown("# XGBoost\n\nA **boosted** tree."),
        markdown("## Training"),
        code("import xgboost\nxgboost.train()"),
        markdown("- eta\n- depth"),
        code(""),
        {"cell_type": "raw", "source": "for nbconvert"},
    )
    assert document.title == "XGBoost"
    assert [(section.heading, section.blocks, section.page) for section in document.sections] == [
        ((), (Block("A boosted tree."),), None),
        (
            ("Training",),
            (Block("import xgboost\nxgboost.train()", BlockKind.CODE), Block("- eta\n- depth", BlockKind.LIST)),
            None,
        ),
    ]


def test_short_plain_results_stay_and_other_outputs_go() -> None:
    document = read(
        code(
            "auc",
            {"output_type": "stream", "name": "stdout", "text": ["epoch 1\n"]},
            result("0.93"),
            result("<Figure size 640x480 with 1 Axes>", **{"image/png": "iVBORw0KGgo="}),
            result("x" * 401),
            {"output_type": "error", "ename": "KeyError", "traceback": []},
        )
    )
    assert [block.text for block in document.sections[0].blocks] == ["auc", "Out: 0.93"]


def test_the_title_is_stated_or_the_first_heading_or_the_file_name() -> None:
    assert read(markdown("# A\n\nText."), title="Stated").title == "Stated"
    assert read(markdown("Text."), title=7).title == "train model"


@pytest.mark.parametrize("open_end", ["```python\nx = 1", "~~~~\nx = 1", "<!-- to do"])
def test_what_a_cell_leaves_open_ends_with_it(open_end: str) -> None:
    document = read(markdown(open_end), markdown("# Next\n\nText."))
    assert document.sections[-1] == document.sections[-1].__class__((Block("Text."),))
    assert document.title == "Next"


def test_code_with_fences_in_it_stays_whole() -> None:
    assert read(code("doc = '''\n```\nx\n```\n'''")).text == "doc = '''\n```\nx\n```\n'''"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{", "not a notebook, or it is broken"),
        (b"[]", "JSON, but not a notebook"),
        (b"{}", "no list of cells"),
        (b'{"nbformat": 3, "worksheets": []}', "from before 2014"),
        (b'{"cells": [1]}', "one of its cells is not a cell"),
        (b'{"cells": []}', "there is no text in it"),
        (b"[" * 100_000, "not a notebook, or it is broken"),
        (b'{"a": ' + b"1" * 5000 + b"}", "not a notebook, or it is broken"),
    ],
)
def test_what_is_no_notebook_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        ipynb.read(RawSource("a.ipynb", data))
    assert caught.value.hint


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["source", "data", "text/plain"]), inner),
    max_leaves=5,
)


@given(
    st.lists(
        st.fixed_dictionaries({"cell_type": st.sampled_from(["markdown", "code"]), "source": _JSON, "outputs": _JSON})
    )
)
def test_any_cells_are_read_or_refused(cells: list[Cell]) -> None:
    assert outcome(RawSource("a.ipynb", notebook(*cells))).encode()  # a half of a character would fail here


def test_a_damaged_notebook_is_read_or_refused() -> None:
    whole = notebook(markdown("# A\n\nText."), code("x = 1", result("1")))
    rng = random.Random(7)  # noqa: S311  the same damage each time
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 5)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        assert outcome(RawSource("a.ipynb", bytes(data)))
