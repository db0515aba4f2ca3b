"""Numbers in prose, brought to one form so that "10,000", "10 thousand" and "10000" are the same figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_MAGNITUDES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS: dict[str, tuple[str, Decimal]] = {}
"""A unit's spelling, in small letters → what it measures and its size in the smallest unit of that."""


def _spell(measures: str, size: int | str, spellings: str) -> None:
    _UNITS.update(dict.fromkeys(spellings.split(), (measures, Decimal(size))))


# AWS's pages say KB, MB, GB and mean powers of two about as often as not, so "GB" and "GiB" are one unit.
for _power, _spellings in enumerate(
    (
        "byte bytes",
        "kb kib kilobyte kilobytes",
        "mb mib megabyte megabytes mebibytes",
        "gb gib gigabyte gigabytes gibibytes",
        "tb tib terabyte terabytes tebibytes",
        "pb pib petabyte petabytes",
    )
):
    _spell("size", 1024**_power, _spellings)
_spell("time", 1, "ms millisecond milliseconds")
_spell("time", 1000, "s sec second seconds")
_spell("time", 60_000, "min minute minutes")
_spell("time", 3_600_000, "h hr hour hours")
_spell("time", 86_400_000, "day days")
_spell("time", 604_800_000, "week weeks")
_spell("share", "0.01", "% percent")

_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"""(?<![\w.])(?<![A-Za-z]-)                    # "S3", "v1.2" and "AES-256" are names
        (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
        (?:[ -]?(?P<magnitude>thousand|million|billion|trillion|k)(?![\w-]))?
        (?:[\s-]?(?P<unit>{_UNIT})(?!\w))?
        (?!(?!(?:x|st|nd|rd|th)\b)\w|\.\d)         # so is "2D", but "5x" and "2nd" are figures
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD_FIGURE = re.compile(
    rf"(?<![\w-])(?P<word>{'|'.join(_WORDS)})"
    rf"(?:[ -](?P<magnitude>thousand|million|billion|trillion)(?!\w))?(?:[\s-](?P<unit>{_UNIT})(?!\w))?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it measures ("size", "time", "share") or, when no unit stands behind it, "".

    `value` is the number as written; `amount` is the number in the smallest unit of its measure.
    """

    text: str
    value: Decimal
    amount: Decimal
    measures: str


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers in a text: in digits, or as the words zero to twelve. Digits inside names are none."""
    for match in _FIGURE.finditer(text):
        yield _quantity(match, Decimal(match["digits"].replace(",", "")))
    for match in _WORD_FIGURE.finditer(text):
        yield _quantity(match, Decimal(_WORDS.index(match["word"].lower())))


def _quantity(match: re.Match[str], number: Decimal) -> Quantity:
    value = number * _MAGNITUDES.get((match["magnitude"] or "").lower(), 1)
    measures, size = _UNITS.get((match["unit"] or "").lower(), ("", Decimal(1)))
    return Quantity(match[0].strip(), value, value * size, measures)


class Figures:
    """The numbers of a document, to look others up in."""

    def __init__(self, text: str) -> None:
        self._bare: set[Decimal] = set()
        self._measured: set[tuple[str, Decimal]] = set()
        for quantity in quantities(text):
            if quantity.measures:
                self._measured.add((quantity.measures, quantity.amount))
            else:
                self._bare.add(quantity.value)

    def has(self, wanted: Quantity) -> bool:
        """Whether the document says this number.

        A number with a unit is also found where an equal amount stands in another unit ("900 seconds" for 15
        minutes) or where the unit stands elsewhere ("from 1 to 128 MB", "a time in milliseconds; default 60000").
        """
        if wanted.value in self._bare:
            return True
        if not wanted.measures:
            return any((measures, wanted.value * size) in self._measured for measures, size in _ALL_UNITS)
        if (wanted.measures, wanted.amount) in self._measured:
            return True
        if wanted.measures == "share":
            return wanted.amount in self._bare
        converted = {wanted.amount / size for measures, size in _ALL_UNITS if measures == wanted.measures}
        return any(number in self._bare for number in converted if number >= _TELLING)


_ALL_UNITS = frozenset(_UNITS.values())
_TELLING = 60  # Below it a converted number meets one without a unit by accident.
