"""What a question asks: names, words, spellings."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.card_names import CardNames
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.sentences import stems
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.question import Question, Term, read_question


@pytest.fixture
def names(small_pack: ExamPack, library: Library) -> CardNames:
    ingest_pack(small_pack, library, now=NOW)
    return CardNames(small_pack.cards, small_pack.exam.name_prefixes)


def test_a_thing_counts_as_named_under_any_of_its_names(library: Library, names: CardNames) -> None:
    asked = read_question("How long does a lidded bowl steep?", library, names)
    assert [card.id for card in asked.subjects] == ["gaiwan"]
    subject = next(term for term in asked.terms if term.is_subject)
    assert subject.is_in(frozenset(stems("A Royal Gaiwan is small.")))
    assert "Royal Gaiwan" in asked.variants


def test_a_misspelt_word_is_read_as_the_word_it_nearly_is(library: Library, names: CardNames) -> None:
    asked = read_question("How many milliliters?", library, names)  # the pack writes "millilitres"
    (term,) = asked.terms
    assert not term.is_unknown
    assert term.is_in(frozenset(stems("150 millilitres")))


def test_slips_in_everyday_words_and_in_names_are_mended(library: Library, names: CardNames) -> None:
    """“Waht” asks nothing by itself, and the card is named; what the learner wrote stays the question's text."""
    asked = read_question("Waht is a Roayl Gaiwan?", library, names)
    assert (asked.text, asked.sought) == ("Waht is a Roayl Gaiwan?", "What is a Royal Gaiwan?")
    assert [card.id for card in asked.subjects] == ["gaiwan"]
    assert asked.asks_what_it_is


def test_a_known_word_is_no_slip(library: Library, names: CardNames) -> None:
    """“Port” stands nowhere and is a letter away from “Pot”, a name of the teapot; but that letter is no double."""
    assert read_question("Which port is best?", library, names).sought == "Which port is best?"
    assert read_question("Are leaves poured?", library, names).sought == "Are leaves poured?"


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("What does RCF score?", "What does Random Cut Forest score?"),
        ("Is KDS ordered?", "Is Amazon Kinesis Data Streams ordered?"),  # the vendor's name has no letter in it
        ("Does ADASYN help?", "Does ADASYN help?"),  # of SMOTE's card, and a thing of its own
        ("Is AWS Batch one?", "Is AWS Batch one?"),
    ],
)
def test_initials_are_spelled_out(library: Library, written: str, sought: str) -> None:
    pack = load_pack("mls_c01")
    names = CardNames(pack.cards, pack.exam.name_prefixes)
    assert read_question(written, library, names).sought == sought


def test_a_word_that_stands_nowhere_is_unknown(library: Library, names: CardNames) -> None:
    asked = read_question("Which gaiwan did Napoleon own?", library, names)
    assert [term.text for term in asked.terms if term.is_unknown] == ["napoleon"]


@pytest.mark.parametrize(("written", "spoken"), [("PourOffLeaves", "pour off leaves"), ("150ml", "150 ml")])
def test_names_in_camel_case_and_figures_with_units_are_taken_apart(
    library: Library, names: CardNames, written: str, spoken: str
) -> None:
    (term,) = read_question(written, library, names).terms
    assert term.is_in(frozenset(stems(spoken)))


def test_coverage_is_the_share_of_weight() -> None:
    terms = (Term("a", 3.0, (frozenset(["a"]),)), Term("b", 1.0, (frozenset(["b"]), frozenset(["c", "d"]))))
    asked = Question("a b", (), terms)
    assert asked.coverage(frozenset(["a"])) == 0.75  # 3 of 4
    assert asked.coverage(frozenset(["c", "d"])) == 0.25  # another form of b
    assert asked.coverage(frozenset(["c"])) == 0.0
    assert Question("", (), ()).coverage(frozenset(["a"])) == 0.0


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_text_can_be_asked(library: Library, names: CardNames, text: str) -> None:
    asked = read_question(text, library, names)
    assert all(term.weight > 0 for term in asked.terms)
    assert 0.0 <= asked.coverage(frozenset(stems(text))) <= 1.0
