"""What learners mean by a topic: a task, a domain, things by their names, a group of things, or words of the exam."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.blueprint import Domain, Task
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.pack_words import PackWords, word_stems

NEAREST = 4
"""How many topics are named to a learner whose topic is not found."""
FEWEST = 2
"""How many questions must hold all words of a topic that has no name of its own."""

_NUMBER = re.compile(r"(?:task|domain|section)?\s*(\d+(?:\.\d+)?)\.?", re.IGNORECASE)
_IDLE = word_stems("topic question quiz test exam practice practise subject thing stuff basics everything")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to practise: the questions of some tasks, or on some cards, or some questions by their ids.

    A topic without any of the three is the whole exam.
    """

    name: str
    tasks: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()

    def covers(self, question: Question) -> bool:
        """Whether a question is on the topic."""
        if not (self.tasks or self.cards or self.questions):
            return True
        return (
            question.task in self.tasks
            or question.id in self.questions
            or (bool(self.cards) and not self.cards.isdisjoint(cards_at_stake(question)))
        )


def cards_at_stake(question: Question) -> Iterator[str]:
    """The cards that a question's options propose; where one proposes none, those whose facts decide about it."""
    for option in question.options:
        yield from (option.card,) if option.card else (cite.partition("#")[0] for cite in option.cites)


def whole_exam(pack: ExamPack) -> Topic:
    """Everything that the exam asks."""
    return Topic(pack.exam.title)


def find_topic(text: str, words: PackWords) -> Topic:
    """The topic that a learner's words mean; the narrowest where several fit.

    Raises:
        ExamTutorError: there is nothing on that; names the nearest topics.
    """
    pack = words.pack
    text = " ".join(text.split())
    number = _NUMBER.fullmatch(text)
    found = _numbered(pack, number[1]) if number else None
    found = found or _named(words, text) or _worded(words, text) or _in_stems(words, text)
    if found is None:
        near = ", ".join(f"'{name}'" for name in nearest_topics(text, pack))
        raise ExamTutorError(f"There are no questions on '{text}'.", f"The nearest topics: {near}.")
    return found


def nearest_topics(text: str, pack: ExamPack) -> list[str]:
    """The names of topics that look most like a text."""
    names = {name.casefold(): name for name in _all_names(pack)}
    alike = difflib.get_close_matches(text.casefold(), names, n=NEAREST, cutoff=0.0)
    return [names[name] for name in alike]


def _numbered(pack: ExamPack, number: str) -> Topic | None:
    for domain in pack.exam.domains:
        if domain.id == number:
            return _of_domain(domain)
        for task in domain.tasks:
            if task.id == number:
                return _of_task(task)
    return None


def _named(words: PackWords, text: str) -> Topic | None:
    """Things called by a name, in small letters too."""
    pack = words.pack
    if text in pack.cards_by_id:
        return Topic(pack.cards_by_id[text].name, cards=frozenset([text]))
    mentions = words.names.find(text) or words.names.find(text.title())
    cards = {mention.card.id: mention.card.name for mention in mentions}
    return Topic(", ".join(cards.values()), cards=frozenset(cards)) if cards else None


def _worded(words: PackWords, text: str) -> Topic | None:
    """The group, task or domain that is described by all the words; of several, the one described in fewest words."""
    said = word_stems(text) - _IDLE - words.vendor
    if not said:
        return None
    fitting = [(len(described), topic) for topic, described in _described(words.pack) if said <= described]
    return min(fitting, key=lambda one: one[0])[1] if fitting else None


def _in_stems(words: PackWords, text: str) -> Topic | None:
    """The questions whose texts hold all the words, where the words are not those of every question."""
    said = word_stems(text) - _IDLE - words.of_every_stem
    holding = frozenset(
        question.id
        for question in words.pack.questions
        if said and said <= word_stems(" ".join((question.stem, *(option.text for option in question.options))))
    )
    return Topic(f"questions that speak of '{text}'", questions=holding) if len(holding) >= FEWEST else None


def _described(pack: ExamPack) -> Iterator[tuple[Topic, frozenset[str]]]:
    groups: dict[str, set[str]] = {}
    for card in pack.cards:
        groups.setdefault(card.group, set()).add(card.id)
    for group, cards in groups.items():
        yield Topic(_spaced(group), cards=frozenset(cards)), word_stems(_spaced(group))
    for domain in pack.exam.domains:
        for task in domain.tasks:
            said = (text for objective in task.objectives for text in (objective.text, *objective.points))
            yield _of_task(task), word_stems(" ".join((task.title, *said)))
        yield _of_domain(domain), word_stems(domain.title)


def _of_task(task: Task) -> Topic:
    return Topic(f"{task.id} {task.title}", tasks=frozenset([task.id]))


def _of_domain(domain: Domain) -> Topic:
    return Topic(f"{domain.id} {domain.title}", tasks=frozenset(task.id for task in domain.tasks))


def _all_names(pack: ExamPack) -> Iterator[str]:
    for domain in pack.exam.domains:
        yield domain.title
        yield from (task.title for task in domain.tasks)
    for card in pack.cards:
        yield from card.names
        yield _spaced(card.group)


def _spaced(slug: str) -> str:
    return slug.replace("-", " ")
