"""Whether quotes support a claim, judged by numbers, names, turns and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.exam_pack import load_pack
from tutor.claim_support import support_of

FACT = "A Royal Gaiwan holds 100 to 150 millilitres."


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (FACT, FACT),
        ("The Royal Gaiwan holds 150 ml.", FACT),
        ("It buffers two minutes.", "It buffers for up to 2 minutes."),
        ("Up to 1,000 records a second.", "It takes up to 1000 records each second."),
        ("Recall falls.", "Precision rises while recall falls."),
        ("Streams do not deliver to S3.", "Streams don't deliver to S3 without a consumer."),
        ("SageMaker endpoints scale.", "Endpoints of Amazon SageMaker scale by a policy."),
    ],
)
def test_what_the_quote_says_is_supported(claim: str, quote: str) -> None:
    support = support_of(claim, [quote])
    assert (support.numbers, support.names, support.turned) == ((), (), False)
    assert support.score == 1.0


def test_a_number_needs_its_unit() -> None:
    assert support_of("A Royal Gaiwan holds 15 millilitres.", [FACT]).numbers == ("15 millilitres",)
    assert support_of("A Royal Gaiwan holds 150 litres.", [FACT]).numbers == ("150 litres",)
    assert support_of("A Royal Gaiwan holds two cups.", [FACT]).numbers == ("two",)


def test_names_acronyms_identifiers_addresses_and_letters_must_be_quoted() -> None:
    claim = "The Gaiwan, the Teapot and option B call the API of ml.p3.xlarge at https://tea.test by batch_size."
    quote = "The gaiwan and the option are called by batch_size."
    assert support_of(claim, [quote]).names == ("Teapot", "B", "API", "ml.p3.xlarge", "https://tea.test")


def test_a_thing_goes_by_any_of_its_names() -> None:
    renamed = ["Amazon Data Firehose", "Amazon Kinesis Data Firehose"]
    claim, quote = "The Kinesis Data Firehose buffers data.", "Amazon Data Firehose buffers data."
    assert support_of(claim, [quote]).names == ("Kinesis",)
    assert support_of(claim, [quote], [renamed]).names == ()
    assert support_of(claim, ["A stream buffers data."], [renamed]).names == ("Kinesis", "Firehose")


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Streams deliver to S3.", "Streams do not deliver to S3."),
        ("Streams cannot deliver to S3.", "Streams deliver to S3."),
        ("Streams always deliver to S3.", "Streams deliver to S3."),
        ("Recall rises.", "Precision rises while recall falls."),
        ("Precision falls while recall rises.", "Precision rises while recall falls."),
        ("Choose the pot instead of the bowl.", "Choose the bowl instead of the pot."),
        ("Scale the data after the split.", "Scale the data before the split."),
        ("Split the data before you scale it.", "Scale the data before you split it."),
        ("It costs at least a cent.", "It costs at most a cent."),
    ],
)
def test_a_statement_that_is_turned_round_is_seen(claim: str, quote: str) -> None:
    assert support_of(claim, [quote]).turned


def test_the_score_is_the_share_of_words_that_the_quotes_hold() -> None:
    # gaiwan, hold, tea, leav: two of four are in the fact; "the" and "and" are not counted
    assert support_of("The gaiwan holds tea and leaves.", [FACT]).score == 0.5
    # the second sentence has none of its words there
    assert support_of("A gaiwan holds 150 ml. Cats purr.", [FACT]).score == 0.0
    assert support_of("…", [FACT]).score == 0.0
    # a bare quantity has no words to look for; it was judged as a quantity
    assert support_of("150 ml", [FACT]).score == 1.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_judged(claim: str, quote: str) -> None:
    assert 0.0 <= support_of(claim, [quote]).score <= 1.0


def test_every_fact_of_a_pack_supports_itself() -> None:
    """With figures that stand inside names and formulas ("4XX errors", "2TP") too."""
    for card in load_pack("mls_c01").cards:
        for fact in card.facts:
            found = support_of(fact.text, [fact.text])
            assert (found.numbers, found.names, found.turned, found.score) == ((), (), False, 1.0), fact.text
