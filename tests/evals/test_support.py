"""The offline judge of claims, and its agreement with a reader."""

from collections import Counter

import pytest

from corpus.exam_pack import load_pack
from evals.claim_turns import negation_differs, order_differs
from evals.scores import kappa
from evals.suites.support import load_cases
from evals.support_verdict import LABELS, verdict

QUOTE = "A Royal Gaiwan holds 100 to 150 millilitres and is rinsed before use."


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("A Royal Gaiwan holds 100 to 150 millilitres.", "supported"),
        ("A Royal Gaiwan is not rinsed before use.", "contradicted"),
        ("A Royal Gaiwan holds 100 to 400 millilitres.", "contradicted"),
        ("Oolong grows on high mountains.", "not"),
    ],
)
def test_clear_cases(claim: str, label: str):
    assert verdict(claim, [QUOTE], []) == label


@pytest.mark.parametrize(
    ("claim", "differs"),
    [
        ("The pot is rinsed before use.", False),
        ("The pot is not rinsed before use.", True),
        ("Its lid does not hold boiling water.", False),
        ("Its lid holds boiling water.", True),
    ],
)
def test_a_not_is_looked_for_in_the_clause_that_is_spoken_of(claim: str, differs: bool):
    quote = "The pot is rinsed before use, but its lid does not hold boiling water."

    assert negation_differs(claim, [quote]) == differs


@pytest.mark.parametrize(
    ("claim", "differs"),
    [
        ("The pot is rinsed before leaves are added.", False),
        ("Leaves are added after the pot is rinsed.", False),
        ("After the pot is rinsed, leaves are added.", False),
        ("Leaves are added before the pot is rinsed.", True),
        ("Leaves are added.", False),
    ],
)
def test_what_comes_first_may_be_said_in_either_order(claim: str, differs: bool):
    assert order_differs(claim, ["Before leaves are added, the pot is rinsed."]) == differs


def test_kappa_is_agreement_beyond_chance():
    """Cohen's own kind of table: 3 of 4 agree; chance is (1/2 · 3/4) + (1/2 · 1/4) = 1/2; (3/4 − 1/2) / (1/2) = 1/2."""
    pairs = [("supported", "supported"), ("supported", "supported"), ("not", "not"), ("not", "supported")]

    assert kappa(pairs) == pytest.approx(0.5)
    assert kappa([("not", "not")] * 3) == 1.0


def test_the_labelled_pairs_are_as_they_are_described():
    """Every quote is a fact of the pack to the letter; no fact is in both halves; each half has each label 27 times."""
    cases, cards = load_cases(), load_pack("mls_c01").cards_by_id
    assert len(cases) == 216
    for case in cases:
        card, _, fact = case.fact.partition("#")
        assert cards[card].fact(fact).text == case.quote, f"{case.id}: the fact was changed; label the pair anew"
    halves = {half: {case.fact for case in cases if case.split == half} for half in ("development", "held-out")}
    assert not halves["development"] & halves["held-out"]
    counts = Counter((case.split, case.label) for case in cases)
    assert set(counts.values()) == {27}
    assert len(counts) == 2 * len(LABELS)
