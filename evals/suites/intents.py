"""Is a message taken for what it is? The figures are the held-out messages'."""

from __future__ import annotations

from evals.bench import Bench
from evals.intents import measure, read_cases
from evals.suite import Result, Row, Suite
from tutor.intent import Context, IntentRouter
from tutor.pack_words import PackWords


def run(bench: Bench) -> Result:
    """Route every held-out message."""
    router = IntentRouter(PackWords(bench.pack), bench.tutor.library.vectors.question_vectors)
    held_out = read_cases("held-out")
    rows = []
    for case in held_out:
        found = router.route(case.message, Context(case.context))
        rows.append(
            Row(
                id=case.id,
                values={"routed right": float(str(found.intent) == case.intent)},
                question=case.message,
                answer=(str(found.intent),),
                verdicts=(f"wanted: {case.intent}, after: {case.context}",),
                held_out=True,
            )
        )
    return Result("intents", measure(held_out, router), tuple(rows))


SUITE = Suite("intents", "whether a message is routed to what it asks for", run)
