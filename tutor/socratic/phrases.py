"""What all wordings of a dialogue share."""

from __future__ import annotations

OVER = (
    "That was the whole way: what is asked, what decides, what each option offers. Take another question when you like."
)
BARE = "Which is it, and why?"
"""What is asked where every other way of asking would give something away: it has no word that could."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def turned(number: int, *variants: str) -> tuple[str, ...]:
    """The variants, beginning with another one at each number, so that turns do not sound alike."""
    first = number % len(variants)
    return (*variants[first:], *variants[:first])
