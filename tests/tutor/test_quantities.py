"""Numbers and their units, as prose writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.quantities import quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100 to 150 millilitres", [("100", "millilitre"), ("150", "millilitre")]),
        (
            "5, 10 or 20 MB and 900 seconds",
            [("5", "megabyte"), ("10", "megabyte"), ("20", "megabyte"), ("900", "second")],
        ),
        ("a 60-second window of 1,000.50 GiB", [("60", "second"), ("1000.50", "gigabyte")]),
        ("twelve hours", [("12", "hour")]),
        ("0.95; 80% and −3 °", [("0.95", None), ("80", "percent"), ("-3", "degree")]),
        ("5 million records", [("5", "million")]),
        ("S3, p3.2xlarge and one more", []),
    ],
)
def test_quantities(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(str(quantity.value), quantity.unit) for quantity in quantities(text)] == found


@given(st.integers(0, 10**9), st.sampled_from(["", " MB", "-minute", "%"]))
def test_a_number_is_read_back_with_or_without_separators(number: int, unit: str) -> None:
    plain, grouped = quantities(f"about {number}{unit}"), quantities(f"about {number:,}{unit}")
    assert [q.value for q in plain] == [q.value for q in grouped] == [Decimal(number)]
    assert plain[0].unit == grouped[0].unit


@given(st.text())
def test_each_stands_where_it_says(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
