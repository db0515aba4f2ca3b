"""The suites, one module each, in the order they are run."""

from __future__ import annotations

import difflib

from corpus.errors import ExamTutorError
from evals.suite import Suite
from evals.suites import (
    abstention,
    citations,
    explanations,
    followups,
    intents,
    learners,
    mcq,
    pages,
    question_parts,
    questions,
    requirements,
    retrieval,
    robustness,
    socratic,
    support,
    tagging,
)

SUITES: tuple[Suite, ...] = (
    retrieval.SUITE,
    abstention.SUITE,
    citations.SUITE,
    support.SUITE,
    explanations.SUITE,
    socratic.SUITE,
    questions.SUITE,
    mcq.SUITE,
    requirements.SUITE,
    intents.SUITE,
    followups.SUITE,
    question_parts.SUITE,
    learners.SUITE,
    robustness.SUITE,
    tagging.SUITE,
    pages.SUITE,
)


def suite_named(name: str) -> Suite:
    """The suite of a name.

    Raises:
        ExamTutorError: there is none; the nearest name is said.
    """
    found = {suite.name: suite for suite in SUITES}
    if name not in found:
        near = difflib.get_close_matches(name, found, n=1, cutoff=0)[0]
        raise ExamTutorError(f"There is no suite '{name}'.", f"Did you mean '{near}'? Known: {', '.join(found)}.")
    return found[name]
