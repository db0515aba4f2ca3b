"""`exam-tutor explain` and `compare`: why options are right or wrong, what a concept is, things side by side."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from corpus.errors import QuestionError
from corpus.exam_pack import load_pack
from corpus.settings import load_settings
from tutor.compare import compare
from tutor.explain import DEPTHS, Depth, card_called, explain
from tutor.knowledge import Knowledge
from tutor.option_reviews import QuestionReview
from tutor.options import review_question
from tutor.pasted_options import review_pasted
from tutor.pasted_question import parse_question
from ui import explain_shapes, explain_terminal
from ui.as_json import AsJson, print_json
from ui.opened_ledger import ME, LearnerName
from ui.opened_library import opened_knowledge


def explain_question(
    about: Annotated[str, typer.Argument(metavar="Q", help="A question's id, - to paste one, or a concept's name.")],
    option: Annotated[str | None, typer.Option(help="Only this option: the one you chose.")] = None,
    depth: Annotated[str, typer.Option(help="For a concept: sentence, exam or deep.")] = "exam",
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Explain why each option of a question is right or wrong, or what a concept is."""
    chosen_depth = _depth(depth)
    pasted = parse_question(sys.stdin.read()) if about == "-" else None
    settings = load_settings()
    with opened_knowledge(settings, load_pack(settings.pack), learner, "explain") as known:
        if pasted is not None:
            review = review_pasted(pasted, known)
        elif about in known.pack.questions_by_id:
            chosen = option.upper() if option else None
            review = review_question(known.pack.questions_by_id[about], known, chosen)
        else:
            _explain_concept(about, known, chosen_depth, as_json=as_json)
            return
    review = _only(review, option) if option else review
    if as_json:
        print_json(explain_shapes.review_json(review))
    else:
        explain_terminal.show_review(review)


def _explain_concept(name: str, known: Knowledge, depth: Depth, *, as_json: bool) -> None:
    explanation = explain(card_called(name, known), known, depth)
    if as_json:
        print_json(explain_shapes.explanation_json(explanation))
    else:
        explain_terminal.show_explanation(explanation)


def compare_things(
    names: Annotated[list[str], typer.Argument(help="Two to four services, algorithms or techniques, by any name.")],
    learner: LearnerName = ME,
    as_json: AsJson = False,
) -> None:
    """Put two to four things side by side, and say when to choose which."""
    settings = load_settings()
    with opened_knowledge(settings, load_pack(settings.pack), learner, "compare") as known:
        comparison = compare([card_called(name, known) for name in names], known)
    if as_json:
        print_json(explain_shapes.comparison_json(comparison))
    else:
        explain_terminal.show_comparison(comparison)


def _depth(name: str) -> Depth:
    for depth in DEPTHS:
        if depth == name:
            return depth
    raise typer.BadParameter(f"'{name}' is none of {', '.join(DEPTHS)}.", param_hint="--depth")


def _only(review: QuestionReview, label: str) -> QuestionReview:
    option = review.option(label)
    if option is None:
        labels = ", ".join(option.label for option in review.options)
        raise QuestionError(f"The question has no option {label}.", f"Its options are {labels}.")
    return replace(review, options=(option,))
