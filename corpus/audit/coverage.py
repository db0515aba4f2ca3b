"""The pack has something on every objective and service, and as many questions of each sort as it should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.audit.findings import Finding, Outcome
from corpus.audit.places import BLUEPRINT, QUESTIONS
from corpus.audit.topics import Stems, card_stems, question_stems, text_stems, topics
from corpus.blueprint import Objective
from corpus.exam_pack import ExamPack

CHECK = "coverage"
QUESTIONS_PER_TASK = 12
MULTIPLE_RESPONSE = 20
"""Least share of multiple-response questions, in percent."""
DIFFICULTIES = {1: 20, 2: 50, 3: 30}
DIFFICULTY_TOLERANCE = 8
DOMAIN_TOLERANCE = 1.0
"""By how many questions a domain may miss its weight's share of the total."""

_SHORT_FORM = re.compile(r"\s*\(([^()]+)\)\s*$")


def check(pack: ExamPack) -> Outcome:
    """Whether objectives, services and the mix of questions are as they should be.

    An objective is taken apart into its topics (`topics`). A text holds a topic when it has all the stems of
    the words that matter, in any order. The objective is covered when, among what the pack has for its task,

    - one card holds at least one whole topic,
    - one question, with its options and their reasons, holds at least one whole topic,
    - one note holds at least half of the topics: a note treats a whole task, so more is asked of it.

    An objective without a topic of its own is covered by any card, note and question of the task. An in-scope
    service is covered when each of its names is a name of the same card, where the exam's `name_prefixes` do
    not count; "Amazon Elastic Block Store (Amazon EBS)" has two names.
    """
    findings = (*_objectives(pack), *_services(pack), *_amounts(pack), *_mix(pack))
    objectives = sum(len(task.objectives) for task in pack.exam.tasks)
    services = sum(len(category.names) for category in pack.exam.services.in_scope)
    return Outcome(CHECK, findings, {"objectives": objectives, "services": services, "questions": len(pack.questions)})


def _objectives(pack: ExamPack) -> Iterator[Finding]:
    cards = _by_task([(card.tasks, card_stems(card)) for card in pack.cards])
    notes = _by_task([(note.header.tasks, text_stems(note.markdown)) for note in pack.notes])
    questions = _by_task([((question.task,), question_stems(question)) for question in pack.questions])
    for task in pack.exam.tasks:
        for objective in task.objectives:
            gaps = [
                kind
                for kind, texts, share in (("card", cards, 0.0), ("note", notes, 0.5), ("question", questions, 0.0))
                if not _is_touched(objective, texts.get(task.id, ()), share)
            ]
            if gaps:
                problem = f"no {' and no '.join(gaps)} of task {task.id} is on: {objective.text}"
                yield Finding(CHECK, BLUEPRINT, objective.id, problem)


def _by_task(texts: list[tuple[tuple[str, ...], Stems]]) -> Mapping[str, list[Stems]]:
    by_task: dict[str, list[Stems]] = {}
    for tasks, found in texts:
        for task in tasks:
            by_task.setdefault(task, []).append(found)
    return by_task


def _is_touched(objective: Objective, texts: Sequence[Stems], share: float) -> bool:
    """Whether one of the texts holds this share of the objective's topics, and at least one."""
    wanted = topics(objective)
    needed = max(share * len(wanted), min(1, len(wanted)))
    return any(sum(topic <= text for topic in wanted) >= needed for text in texts)


def _services(pack: ExamPack) -> Iterator[Finding]:
    prefixes = pack.exam.name_prefixes
    cards = [{_bare(name, prefixes) for name in card.names} for card in pack.cards]
    for category in pack.exam.services.in_scope:
        for service in category.names:
            short = _SHORT_FORM.search(service)
            names = [_SHORT_FORM.sub("", service), *([short[1]] if short else [])]
            wanted = {_bare(name, prefixes) for name in names}
            if any(wanted <= known for known in cards):
                continue
            known = next((known for known in cards if wanted & known), set())
            missing = [name for name in names if _bare(name, prefixes) not in known]
            yield Finding(CHECK, BLUEPRINT, service, f"no card has the name {' and '.join(map(repr, missing))}")


def _bare(name: str, prefixes: Sequence[str]) -> str:
    """A name to compare by: small letters, without the vendor's name in front."""
    for prefix in prefixes:
        name = name.removeprefix(f"{prefix} ")
    return name.casefold()


def _amounts(pack: ExamPack) -> Iterator[Finding]:
    by_task = Counter(question.task for question in pack.questions)
    total = len(pack.questions)
    for domain in pack.exam.domains:
        for task in domain.tasks:
            if by_task[task.id] < QUESTIONS_PER_TASK:
                problem = f"{by_task[task.id]} questions, there should be {QUESTIONS_PER_TASK} or more"
                yield Finding(CHECK, QUESTIONS, f"task {task.id}", problem)
        has, due = sum(by_task[task.id] for task in domain.tasks), total * domain.weight / 100
        if abs(has - due) > DOMAIN_TOLERANCE:
            problem = f"{has} questions of {total}, its weight of {domain.weight} % asks for {due:g}"
            yield Finding(CHECK, QUESTIONS, f"domain {domain.id}", problem)


def _mix(pack: ExamPack) -> Iterator[Finding]:
    total = len(pack.questions)
    if not total:
        return
    multiple = 100 * sum(question.response == "multiple" for question in pack.questions) / total
    if multiple < MULTIPLE_RESPONSE:
        problem = f"{multiple:.1f} % are multiple response, there should be {MULTIPLE_RESPONSE} % or more"
        yield Finding(CHECK, QUESTIONS, "response", problem)
    for level, due in DIFFICULTIES.items():
        has = 100 * sum(question.difficulty == level for question in pack.questions) / total
        if abs(has - due) > DIFFICULTY_TOLERANCE:
            problem = f"{has:.1f} % of the questions, there should be {due} % give or take {DIFFICULTY_TOLERANCE}"
            yield Finding(CHECK, QUESTIONS, f"difficulty {level}", problem)
