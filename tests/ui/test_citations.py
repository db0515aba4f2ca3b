"""Whatever a document holds, on the page it is text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chunks import Chunk
from corpus.documents import Location
from tutor.answers import Answer, Citation, Claim
from tutor.evidence import Evidence
from tutor.question import Question
from tutor.ranking import Passage
from ui.page.citations import marked_passage, official_link
from ui.page.turns import answer_turn, problem_turn, waiting_turn

OPEN = '<mark tabindex="-1" autofocus>'
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror="alert(2)"> [click](javascript:alert(3)) '
    "${alert(4)} {{alert(5)}} `x` <b>Bold</b> & 'so' on."
)
TAG = re.compile(r"</?([a-z0-9]+)")
OURS = {
    *("article", "h2", "h3", "div", "p", "span", "b", "bdi", "button", "ol", "li", "section", "header", "footer"),
    *("blockquote", "mark", "a", "svg", "path", "code", "figure"),
}


def cited(text: str, quote: str, *, url: str | None = None, title: str = "A note") -> Citation:
    chunk = Chunk("c1", text, "/notes/a.md", title, "note", Location(0, len(text), (title, "Part"), 7, url))
    evidence = Evidence(Question("q", (), ()), (Passage(chunk, 1.0, 1.0, None),), 0.9)
    return Citation(evidence, "c1", quote)


def answer_of(citation: Citation, text: str = "A statement.") -> Answer:
    return Answer(citation.evidence, "grounded", (Claim(text, (citation,)),))


def tags(markup: str) -> set[str]:
    return set(TAG.findall(markup))


def test_a_hostile_document_stays_text_everywhere() -> None:
    citation = cited(HOSTILE, HOSTILE, url='javascript:alert("6")', title='"><script>alert(7)</script>')
    shown = answer_turn(HOSTILE, answer_of(citation, HOSTILE), 1)
    assert tags(shown) <= OURS
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>Bold" not in shown
    assert "href" not in shown
    assert not re.search(r"<[^>]*\sonerror", shown)
    assert html.escape(HOSTILE, quote=True) in shown


def test_the_quote_is_marked_and_nothing_else() -> None:
    shown = marked_passage("Before. The quoted words. After.", "The quoted words.")
    assert shown == f"Before. {OPEN}The quoted words.</mark> After."


def test_a_quote_that_looks_like_markup_is_marked_as_text() -> None:
    assert marked_passage("a <b> c", "<b>") == f"a {OPEN}&lt;b&gt;</mark> c"


@given(st.text(), st.text(), st.text())
def test_no_angle_bracket_of_a_passage_survives(before: str, quote: str, after: str) -> None:
    shown = marked_passage(before + quote + after, quote).replace(OPEN, "").replace("</mark>", "")
    assert "<" not in shown
    assert ">" not in shown
    assert shown == html.escape(before + quote + after)


@given(st.text(min_size=1).filter(str.strip))
def test_no_text_adds_an_element_to_an_answer(text: str) -> None:
    citation = cited(text, text, title=text)
    assert tags(answer_turn(text, answer_of(citation, text), 1)) == tags(
        answer_turn("q", answer_of(cited("a b", "a b"), "a b"), 1)
    )


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//no-scheme.org", "https://[bad", "", None],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert official_link(url) == ""


def test_a_link_opens_beside_the_page_and_cannot_break_out_of_its_attribute() -> None:
    link = official_link('https://docs.example.org/a?b=1&c="onclick=alert(1)')
    assert 'href="https://docs.example.org/a?b=1&amp;c=&quot;onclick=alert(1)"' in link
    assert 'target="_blank" rel="noopener noreferrer"' in link
    assert "Read it at docs.example.org" in link


def test_every_number_opens_a_panel_that_is_there() -> None:
    citation = cited("One. Two.", "One.", url="https://example.org/x")
    other = Citation(citation.evidence, "c1", "Two.")
    answer = Answer(citation.evidence, "grounded", (Claim("First", (citation,)), Claim("Second", (other, citation))))
    shown = answer_turn("q", answer, 3)
    opened = set(re.findall(r'popovertarget="([^"]+)"', shown))
    assert opened == set(re.findall(r'<section class="passage" id="([^"]+)"', shown)) == {"passage-3-1", "passage-3-2"}
    assert "Second</span>" not in shown  # the last word stands with its numbers
    assert shown.index(">[2]<") < shown.rindex(">[1]<")
    assert "page 7" in shown
    assert 'A note</bdi><span class="sep"> › </span><bdi dir="auto">Part' in shown


def test_the_signature_says_who_spoke_and_how_sure() -> None:
    shown = answer_turn("q", answer_of(cited("a b", "a b")), 1)
    assert "from quoted passages · no language model" in shown
    assert "confidence high (0.90)" in shown


def test_an_abstention_names_what_is_missing_the_nearest_and_the_next_step() -> None:
    citation = cited("Something near.", "Something near.")
    shown = answer_turn("q", Answer(citation.evidence, "grounded", nearest=(citation,), note="A <remark>."), 1)
    assert "Nothing in the library supports an answer" in shown
    assert ">[a]<" in shown
    assert f"{OPEN}Something near.</mark>" in shown
    assert "go to Library" in shown
    assert "A &lt;remark&gt;." in shown


def test_a_problem_and_a_long_question_are_shown_as_text() -> None:
    assert "&lt;b&gt;" in problem_turn("q", "<b>", 1)
    shown = waiting_turn("x" * 20_000, 1)
    assert "…" in shown
    assert len(shown) < 2_000
