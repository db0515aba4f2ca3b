"""A concept at three depths, and things side by side: everything that is said has its citation."""

from __future__ import annotations

import pytest

from corpus.errors import QuestionError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.compare import compare
from tutor.explain import card_called, explain
from tutor.knowledge import Knowledge


@pytest.fixture
def tea(small_pack: ExamPack, library: Library) -> Knowledge:
    ingest_pack(small_pack, library, now=NOW)
    return Knowledge(small_pack, library)


def test_in_a_sentence(tea: Knowledge) -> None:
    explanation = explain(card_called("GW", tea), tea, "sentence")
    assert [claim.text for claim in explanation.claims] == [
        "The Royal Gaiwan is a lidded bowl in which leaves are steeped many times for a few seconds each."
    ]


def test_for_the_exam_and_in_depth(tea: Knowledge) -> None:
    """The volume supports no trait, so the exam does not turn on it: it is said only in depth."""
    card = card_called("lidded bowl", tea)
    exam, deep = explain(card, tea, "exam"), explain(card, tea, "deep")
    assert [part.heading for part in exam.parts] == ["What it is", "What decides on the exam", "Choose it when"]
    assert [claim.text for claim in exam.parts[1].claims] == [
        "Leaves in a Royal Gaiwan steep for 10 to 30 seconds and are poured off at once."
    ]
    assert exam.claims == deep.claims[: len(exam.claims)]
    assert "A Royal Gaiwan holds 100 to 150 millilitres." in [claim.text for claim in deep.claims]


def test_side_by_side_a_cell_is_cited_and_a_choice_quoted(tea: Knowledge) -> None:
    pot, bowl = card_called("pot", tea), card_called("gaiwan", tea)
    comparison = compare([pot, bowl], tea)
    (row,) = comparison.rows
    assert row.differs
    assert [(cell.text, cell.citations[0].quote) for cell in row.cells if cell] == [
        ("ready within minutes", "An Imperial Teapot steeps for 3 to 5 minutes."),
        ("ready within seconds", "Leaves in a Royal Gaiwan steep for 10 to 30 seconds and are poured off at once."),
    ]
    assert [(choice.card.id, choice.claim.text) for choice in comparison.choices] == [
        ("teapot", "Choose the Imperial Teapot when one long infusion serves several guests."),
        ("gaiwan", "Choose the Royal Gaiwan when many short infusions of one leaf are to be compared."),
    ]


def test_a_trait_without_a_supporting_fact_has_no_cell(tea: Knowledge) -> None:
    bare = tea.pack.cards_by_id["teapot"]
    bare = bare.model_copy(update={"facts": tuple(f.model_copy(update={"supports": ()}) for f in bare.facts)})
    (row,) = compare([bare, tea.pack.cards_by_id["gaiwan"]], tea).rows
    assert row.cells[0] is None
    assert row.cells[1] is not None


def test_what_cannot_be_explained_or_compared_is_told(tea: Knowledge) -> None:
    pot = card_called("pot", tea)
    with pytest.raises(QuestionError, match=r"The pack has no card called 'Samovar'\. Ask about it instead"):
        card_called("Samovar", tea)
    with pytest.raises(QuestionError, match=r"no card called 'imperial palace'\. Near: Imperial Teapot\."):
        card_called("imperial palace", tea)
    with pytest.raises(QuestionError, match=r"1 things cannot be compared\. Name 2 to 4 of them\."):
        compare([pot], tea)
    with pytest.raises(
        QuestionError, match=r"Two of the names mean the same: Imperial Teapot\. It is also called Pot\."
    ):
        compare([pot, pot], tea)
