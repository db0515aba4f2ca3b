"""The page escapes whatever a question or a document says, and shows the worst first."""

import numpy as np

from evals.cases_file import Case
from evals.our_tutor import Asked
from evals.retrieval_report import gold_rank, html, undue_answers, worst_misses
from evals.retrieval_suite import Found, Results, Row
from evals.retriever import Passage
from evals.scores import mean_score

ATTACK = '<script>alert("x")</script><img src=x onerror=y>'
ABOUT = {"questions": f"{ATTACK}.jsonl"}


def _row(id_: str, *sources: str, gold: str = "gold.md", confidence: float = 0.5, abstained: bool = False) -> Row:
    case = Case(id=id_, question=f"{id_} {ATTACK}", gold_sources=(gold,) if gold else (), answer=ATTACK)
    ranking = tuple(Passage(f"{source}", f"{ATTACK} & more") for source in sources)
    found = Found(ranking, (ATTACK,), 0.01, {})
    asked = Asked(ranking, (ATTACK,), abstained, confidence, 0.01, 0.01, 0.01)
    return Row(case, found, asked, {f"base{ATTACK}": found})


def _results(*rows: Row) -> Results:
    score = mean_score([0.25, 0.75], np.random.default_rng(0))
    scores = {f"mrr@10{ATTACK}": score, "mrr@10": score}
    name = f"base{ATTACK}"
    return Results(rows, scores, {name: scores}, {name: scores})


def test_everything_is_escaped():
    page = html(_results(_row("q", f"{ATTACK}.md"), _row("free", "x.md", gold="")), ABOUT)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in page
    assert page.count("<svg") == 1


def test_the_worst_comes_first_and_what_is_right_is_not_shown():
    rows = [
        _row("right", "gold.md"),
        _row("second", "x.md", "gold.md"),
        _row("unsure miss", "x.md", confidence=0.1),
        _row("sure miss", "x.md", confidence=0.9),
        _row("abstained", "x.md", gold="", abstained=True),
        _row("undue", "x.md", gold=""),
    ]
    assert [row.case.id for row in worst_misses(_results(*rows))] == ["sure miss", "unsure miss", "second"]
    assert [row.case.id for row in undue_answers(_results(*rows))] == ["undue"]
    assert [gold_rank(row, row.ours) for row in rows[:3]] == [1, 2, None]
    page = html(_results(*rows), ABOUT)
    assert "not among the first ten" in page
    assert "<h3>right" not in page


def test_the_same_results_make_the_same_page():
    assert html(_results(_row("q", "x.md")), ABOUT) == html(_results(_row("q", "x.md")), ABOUT)
