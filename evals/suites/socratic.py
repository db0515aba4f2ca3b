"""Does a dialogue lead without telling? Every question of the bank, with seven kinds of learner."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.questions import Question
from evals.bench import Bench
from evals.leak_check import LeakCheck, shown
from evals.scripted_learners import GET_THERE, SCRIPTS, Script, play
from evals.suite import Result, Row, Suite, means
from tutor.socratic.dialogue import Dialogue, Step
from tutor.socratic.ladder import SocraticTutor

EVERY = 8
"""The fast part takes every eighth question."""

LOWER = frozenset({"turns that leak", "told without asking"})
_RUNGS = list(Step)


def run(bench: Bench) -> Result:
    """Lead every learner through every question."""
    tutor, check = SocraticTutor(bench.pack), LeakCheck(bench.pack)
    questions = bench.pack.questions[:: EVERY if bench.small else 1]
    rows = tuple(_row(bench, tutor, check, question, script) for question in questions for script in SCRIPTS)
    return Result("socratic", means(rows, bench.rng()), rows, lower=LOWER)


def _row(bench: Bench, tutor: SocraticTutor, check: LeakCheck, question: Question, script: Script) -> Row:
    states = list(play(tutor, question, script(bench.pack, question)))
    dialogues = [dialogue for _, dialogue in states]
    before = [dialogue for dialogue in dialogues if not dialogue.revealed]
    leaks = list(_leaks(check, question, before))
    told = before != dialogues
    rungs = [_RUNGS.index(dialogue.step) for dialogue in dialogues]
    values = {
        "turns that leak": len({turn for turn, _ in leaks}) / max(1, len(before)),
        "ladder climbed in order": float(rungs == sorted(rungs)),
    }
    if script in GET_THERE:
        values["led to the answer"] = float(told)
    else:
        values["told without asking"] = float(told)
    return Row(
        id=f"{question.id} {script.__name__}",
        values=values,
        question=question.stem,
        answer=tuple(f"{message!r} → {dialogue.turn.text}" for message, dialogue in states),
        verdicts=tuple(leak for _, leak in leaks),
    )


def _leaks(check: LeakCheck, question: Question, dialogues: list[Dialogue]) -> Iterator[tuple[int, str]]:
    said: set[str] = set()
    for number, dialogue in enumerate(dialogues):
        said |= dialogue.found
        for leak in check(question, set(question.answer) - said, dialogue.turn):
            yield number, f"{leak} in {shown(dialogue.turn)!r}"


SUITE = Suite("socratic", "whether a dialogue leads to the answer and never gives it away", run)
