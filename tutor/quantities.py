"""Quantities in English prose: numbers in figures or in words, with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = {
    "percent": "% percent pct",
    "millisecond": "ms msec millisecond",
    "second": "s sec second",
    "minute": "m min minute",
    "hour": "h hr hour",
    "day": "d day",
    "week": "week",
    "month": "month",
    "year": "yr year",
    "bit": "bit",
    "byte": "b byte",
    "kilobyte": "kb kilobyte kib kibibyte",
    "megabyte": "mb megabyte mib mebibyte",
    "gigabyte": "gb gigabyte gib gibibyte",
    "terabyte": "tb terabyte tib tebibyte",
    "petabyte": "pb petabyte pib pebibyte",
    "thousand": "thousand",
    "million": "million mn",
    "billion": "billion bn",
    "millilitre": "ml millilitre milliliter",
    "litre": "litre liter",
    "gram": "g gram",
    "kilogram": "kg kilogram",
    "degree": "° degree",
}
_UNIT_OF = {alias: unit for unit, aliases in _UNITS.items() for alias in aliases.split()}
_SMALL = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty""".split()
_WORDS = {word: value for value, word in enumerate(_SMALL, start=2)} | {
    word: 10 * value for value, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−](?=\d))?(?:(?P<figures>{_FIGURES})|(?P<word>\b(?:{'|'.join(_WORDS)})\b))"
    r"(?:[\s-]?(?P<unit>%|°|[^\W\d_]+))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:to|or|and|,|[-–—])?\s*(?:and|or)?\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as `text` writes it, from character `start` on; `unit` is its unit's full name, or None."""

    text: str
    start: int
    value: Decimal
    unit: str | None

    @property
    def end(self) -> int:
        """Where it ends, its unit included."""
        return self.start + len(self.text)


def quantities(text: str) -> list[Quantity]:
    """All quantities in a text; in "100 to 150 MB" both have the unit that only the last one names.

    Binary and decimal sizes (KiB, KB) count as one unit, as documents mix them up; "one" is a word, not a number.
    """
    return list(reversed(list(_backwards(text))))


def _backwards(text: str) -> Iterator[Quantity]:
    following: tuple[int, str | None] | None = None
    for match in reversed(list(_NUMBER.finditer(text))):
        unit = _unit(match["unit"] or "")
        number = match["figures"] or match["word"]
        end = match.end("figures") if match["figures"] else match.end("word")
        start, stop = match.start(), match.end() if unit else end
        if unit is None and following and _BETWEEN.fullmatch(text, end, following[0]):
            unit = following[1]
        following = (start, unit)
        value = Decimal(number.replace(",", "")) if match["figures"] else Decimal(_WORDS[number.lower()])
        yield Quantity(text[start:stop], start, -value if match["sign"] else value, unit)


def _unit(word: str) -> str | None:
    word = word.lower()
    return _UNIT_OF.get(word) or _UNIT_OF.get(word.removesuffix("s"))
