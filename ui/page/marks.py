"""The numbers of one answer's citations: each claim ends in its numbers, and below stand the sources they open."""

from __future__ import annotations

import string
from collections.abc import Iterable

from tutor.answers import Citation, Claim
from ui.page.citations import escaped, number_button, panel, source_list

LONGEST_UNBROKEN = 24
"""Characters: a longer last word may part from its numbers, so that it fits a phone."""


class Marks:
    """Numbers citations from 1 as they come; `place` keeps the panels of one answer apart from all others'."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._marks: dict[Citation, str] = {}

    def claim(self, claim: Claim, css: str = "claim") -> str:
        """A paragraph: the claim's text with its numbers, which stay on the line of its last word."""
        return f'<p class="{css}" dir="auto">{self.words(claim)}</p>'

    def words(self, claim: Claim) -> str:
        """The claim's text with its numbers, to stand in a line."""
        rest, space, last = claim.text.strip().rpartition(" ")
        if len(last) > LONGEST_UNBROKEN:
            rest, space, last = claim.text.strip(), " ", ""
        return f'{escaped(rest + space)}<span class="cites">{escaped(last)} {self.numbers(claim.citations)}</span>'

    def numbers(self, citations: Iterable[Citation]) -> str:
        """The numbers alone."""
        return "".join(number_button(one, self._place, self._number(one)) for one in citations)

    def sources(self, heading: str = "Sources") -> str:
        """Every source cited so far, and the panels that the numbers open."""
        return sources(heading, [(mark, citation) for citation, mark in self._marks.items()], self._place)

    def _number(self, citation: Citation) -> str:
        return self._marks.setdefault(citation, str(len(self._marks) + 1))


def nearest_sources(citations: Iterable[Citation], place: str) -> str:
    """Passages that came closest, under letters rather than numbers: they support nothing."""
    return sources("The nearest passages", list(zip(string.ascii_lowercase, citations, strict=False)), place)


def sources(heading: str, marked: list[tuple[str, Citation]], place: str) -> str:
    """A list of the sources behind marks, with their panels; nothing where there are none."""
    if not marked:
        return ""
    panels = "".join(panel(citation, place, mark) for mark, citation in marked)
    return f'<h3 class="sources-heading">{heading}</h3>{source_list(marked, place)}{panels}'
