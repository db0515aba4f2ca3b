"""Does every explanation of the bank name what decides, treat every option, and never speak against the key?

"Key points" of an option are the facts that its author cited for it: each is to be quoted whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.questions import Option, Question
from evals.bench import Bench
from evals.suite import Result, Row, Suite, means
from tutor.claim_support import support_of
from tutor.option_reviews import OptionReview, QuestionReview
from tutor.options import review_question

LOWER = frozenset({"contradicts the key"})


def run(bench: Bench) -> Result:
    """Explain every question of the bank."""
    rows = tuple(_row(bench, question, review_question(question, bench.known)) for question in bench.pack.questions)
    return Result("explanations", means(rows, bench.rng()), rows, lower=LOWER)


def _row(bench: Bench, question: Question, review: QuestionReview) -> Row:
    pairs = list(zip((option for _, option in question.labelled), review.options, strict=True))
    against = [said for option, one in pairs for said in _against(option, one)]
    points = [held for option, one in pairs for held in _points(bench, option, one)]
    named = review.requirements[0]
    figures = [_figures_hold(question, one) for _, one in pairs]
    return Row(
        id=question.id,
        values={
            "requirement named": float(question.stem[named.start : named.end] == named.text == question.requirement),
            "contradicts the key": float(bool(against)),
            "every option treated": float(all(_treated(option, one) for option, one in pairs)),
            "key points covered": sum(points) / len(points),
            "figures of reasons are cited or given": sum(figures) / len(figures),
        },
        question="\n".join([question.stem, *(f"{label}. {option.text}" for label, option in question.labelled)]),
        evidence=tuple(
            citation.quote for one in review.options for claim in one.claims for citation in claim.citations
        ),
        answer=tuple(f"{one.label} {one.verdict}: {one.reason}" for one in review.options),
        verdicts=(f"key: {', '.join(question.answer)}; turns on “{question.requirement}”", *against),
    )


def _against(option: Option, one: OptionReview) -> Iterator[str]:
    """What speaks against the key: another verdict, a right option that breaks what is asked, one to be mended."""
    if (one.verdict == "right") != option.correct:
        yield f"{one.label} is called {one.verdict}"
    if option.correct and any(not check.met for check in one.checks):
        yield f"{one.label} is right and is said to break what is asked"
    if option.correct and one.right_if:
        yield f"{one.label} is right and is told what would make it right"


def _treated(option: Option, one: OptionReview) -> bool:
    return bool(one.why) and all(claim.citations for claim in one.why) and (option.correct or bool(one.right_if))


def _points(bench: Bench, option: Option, one: OptionReview) -> Iterator[float]:
    quotes = [citation.quote for claim in one.claims for citation in claim.citations]
    for reference in option.cites:
        card_id, _, fact_id = reference.partition("#")
        fact = bench.pack.cards_by_id[card_id].fact(fact_id)
        yield float(fact is not None and any(fact.text in quote for quote in quotes))


def _figures_hold(question: Question, one: OptionReview) -> float:
    """Whether each figure of the reasons stands in what they cite, or in the question."""
    given = [question.stem, *(option.text for option in question.options)]
    if question.calculation:
        return 1.0  # its figures are worked out again by the audit
    quotes = [citation.quote for claim in one.why for citation in claim.citations]
    return float(not any(support_of(claim.text, [*quotes, *given]).numbers for claim in one.why))


SUITE = Suite("explanations", "whether explanations name what decides, treat each option and agree with the key", run)
