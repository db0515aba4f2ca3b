"""The JSON of reviews, explanations and comparisons. Keys may be added, none renamed or removed."""

from __future__ import annotations

from tutor.answers import Claim
from tutor.compare import Comparison
from tutor.explain import Explanation
from tutor.option_reviews import OptionReview, QuestionReview
from ui.shapes import Json, citation_json


def review_json(review: QuestionReview) -> Json:
    """`{"question_id", "task", "requirements", "confidence", "options", "contrast", "remarks"}`."""
    return {
        "question_id": review.question_id,
        "task": review.task,
        "requirements": [{"text": need.text, "trait": need.trait, "value": need.value} for need in review.requirements],
        "confidence": round(review.confidence, 4),
        "options": [_option_json(option) for option in review.options],
        "contrast": _claim_json(review.contrast),
        "remarks": [
            {"text": remark, "citations": []} if isinstance(remark, str) else _claim_json(remark)
            for remark in review.remarks
        ],
    }


def explanation_json(explanation: Explanation) -> Json:
    """`{"concept", "name", "depth", "parts": [{"heading", "claims"}]}`."""
    return {
        "concept": explanation.card.id,
        "name": explanation.card.name,
        "depth": explanation.depth,
        "parts": [
            {"heading": part.heading, "claims": [_claim_json(claim) for claim in part.claims]}
            for part in explanation.parts
        ],
    }


def comparison_json(comparison: Comparison) -> Json:
    """`{"things": [{"id", "name", "what"}], "traits": [{"trait", "name", "differs", "cells"}], "choose": […]}`."""
    return {
        "things": [
            {"id": card.id, "name": card.name, "what": _claim_json(what)}
            for card, what in zip(comparison.cards, comparison.what, strict=True)
        ],
        "traits": [
            {
                "trait": row.trait.id,
                "name": row.trait.name,
                "differs": row.differs,
                "cells": [_claim_json(cell) for cell in row.cells],
            }
            for row in comparison.rows
        ],
        "choose": [
            {"thing": choice.card.id, "rather_than": choice.other.id, "when": _claim_json(choice.claim)}
            for choice in comparison.choices
        ],
    }


def _option_json(option: OptionReview) -> Json:
    citations = dict.fromkeys(citation for claim in option.claims for citation in claim.citations)
    return {
        "label": option.label,
        "text": option.text,
        "verdict": option.verdict,
        "confidence": round(option.confidence, 4),
        "what": _claim_json(option.what),
        "reason": option.reason,
        "requirements": [{"text": check.requirement.text, "met": check.met} for check in option.checks],
        "citations": [citation_json(citation) for citation in citations],
        "right_if": option.right_if,
    }


def _claim_json(claim: Claim | None) -> Json | None:
    if claim is None:
        return None
    return {"text": claim.text, "citations": [citation_json(citation) for citation in claim.citations]}
