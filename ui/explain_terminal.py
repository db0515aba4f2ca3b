"""How reviews, explanations and comparisons look in a terminal."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from tutor.answers import Citation, Claim
from tutor.compare import Comparison
from tutor.explain import Explanation
from tutor.option_reviews import OptionReview, QuestionReview
from ui.terminal import out

_COLOURS = {"right": "green", "wrong": "red", "undecided": "yellow"}


class _Sources:
    """Numbers citations in the order they are first shown."""

    def __init__(self) -> None:
        self._numbers: dict[Citation, int] = {}

    def marked(self, claim: Claim) -> str:
        """The claim with the numbers of its citations, as markup."""
        numbers = [self._numbers.setdefault(citation, len(self._numbers) + 1) for citation in claim.citations]
        return f"{escape(claim.text)} [bold cyan]{escape(''.join(f'[{number}]' for number in numbers))}[/]"

    def show(self) -> None:
        """Every source under its number."""
        for citation, number in self._numbers.items():
            chunk = citation.chunk
            place = escape(f"{chunk.context} · {chunk.location.url or chunk.source}")
            out.print(f"[bold cyan]{escape(f'[{number}]')}[/] {place}\n    “{escape(citation.quote)}”")


def show_review(review: QuestionReview) -> None:
    """What the stem turns on, each option with its reason, the contrast to remember, and the sources."""
    sources = _Sources()
    if review.requirements:
        out.print(f"[bold]It turns on[/] “{escape(review.requirements[0].text)}”")
    out.print(f"Confidence: {review.confidence:.0%}\n")
    for option in review.options:
        _show_option(option, sources)
    if review.contrast is not None:
        out.print(f"[bold]Remember[/] {sources.marked(review.contrast)}\n")
    for remark in review.remarks:
        out.print(escape(remark) if isinstance(remark, str) else sources.marked(remark))
    sources.show()


def _show_option(option: OptionReview, sources: _Sources) -> None:
    colour = _COLOURS[option.verdict]
    out.print(f"[bold]{escape(f'{option.label}. {option.text}')}[/] [{colour}]{option.verdict}[/]")
    for claim in option.claims:
        out.print(f"   {sources.marked(claim)}")
    for line in (option.remark, option.right_if):
        if line:
            out.print(f"   {escape(line)}")
    out.print()


def show_explanation(explanation: Explanation) -> None:
    """The parts under their headings, and the sources."""
    sources = _Sources()
    out.print(f"[bold]{escape(explanation.card.name)}[/]")
    for part in explanation.parts:
        out.print(f"\n[bold]{part.heading}[/]")
        for claim in part.claims:
            out.print(f"   {sources.marked(claim)}")
    out.print()
    sources.show()


def show_comparison(comparison: Comparison) -> None:
    """A table of traits, then when to choose which, and the sources."""
    sources = _Sources()
    table = Table("", *(escape(card.name) for card in comparison.cards), show_lines=True)
    table.add_row("What it is", *(sources.marked(what) if what else "" for what in comparison.what))
    for row in comparison.rows:
        cells = (sources.marked(cell) if cell else "[dim]no source[/]" for cell in row.cells)
        name = f"[bold]{escape(row.trait.name)}[/]" if row.differs else escape(row.trait.name)
        table.add_row(name, *cells)
    out.print(table)
    for choice in comparison.choices:
        out.print(sources.marked(choice.claim))
    sources.show()
