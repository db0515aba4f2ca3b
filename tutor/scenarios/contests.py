"""A question from a contest: who is right, who is wrong and why, proven by the trait table."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cards import Card, Fact, TraitValue
from corpus.exam_pack import ExamPack
from corpus.questions import Option, Question
from corpus.scenarios import Setting, SettingFile
from corpus.sentences import stems
from tutor.scenarios.identity import question_id
from tutor.scenarios.needs import Need, Task
from tutor.scenarios.wording import fill, fitting_phrases, gives_away, scenario, suits

WRONG = 3
SEVERAL = 2
TRIES = 8
CLOSE = 2
"""Wrong options of the right one's group that make a question closer."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who stands in a question, and by which phrases it is asked for."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    phrases: tuple[str, ...]


def contest_question(pack: ExamPack, settings: SettingFile, task: Task, rng: random.Random) -> Question | None:
    """One question of the task, or None where the draw does not lead to a sound one."""
    several = bool(task.contest.questions_several) and len(task.meeting) >= SEVERAL and rng.random() < 0.5  # noqa: PLR2004
    right = tuple(rng.sample(task.meeting, SEVERAL if several else 1))
    setting = rng.choice(settings.settings)
    wrong = _distractors(task, right, rng)
    if wrong is None:
        return None
    phrases = _phrases(pack, settings, setting, task, (right, wrong), rng)
    if phrases is None:
        return None
    return _question(pack, settings, setting, task, Cast(right, wrong, phrases), rng)


def _distractors(task: Task, right: Sequence[str], rng: random.Random) -> tuple[str, ...] | None:
    """Three cards that fail, so that every need matters: without it one of them would no longer fail.

    Among several such choices one is preferred in which the right option's length has a rank drawn at random.
    """
    failing = sorted(task.failing)
    wanted = rng.randrange(WRONG + 1)
    found: tuple[str, ...] | None = None
    for _ in range(TRIES):
        chosen = tuple(rng.sample(failing, WRONG))
        if not all(any(task.failing[card] == (need,) for card in chosen) for need in task.needs):
            continue
        found = chosen
        length = len(task.contest.options[right[0]])
        if sum(len(task.contest.options[card]) < length for card in chosen) == wanted:
            break
    return found


def _phrases(  # noqa: PLR0913
    pack: ExamPack,
    settings: SettingFile,
    setting: Setting,
    task: Task,
    cast: tuple[Sequence[str], Sequence[str]],
    rng: random.Random,
) -> tuple[str, ...] | None:
    right, wrong = ([task.contest.options[card] for card in cards] for cards in cast)
    chosen = []
    for need in task.needs:
        fitting = [
            phrase
            for phrase in fitting_phrases(pack.traits, task.contest, need)
            if suits(settings, setting, phrase) and not gives_away(phrase, right, wrong)
        ]
        if not fitting:
            return None
        chosen.append(rng.choice(fitting))
    return tuple(chosen)


def _question(  # noqa: PLR0913
    pack: ExamPack, settings: SettingFile, setting: Setting, task: Task, cast: Cast, rng: random.Random
) -> Question:
    contest, several = task.contest, len(cast.right) > 1
    asked = rng.choice(contest.questions_several) + " (Choose two.)" if several else rng.choice(contest.questions)
    options = [
        *(_right_option(pack, task, pack.cards_by_id[card], cast.phrases) for card in cast.right),
        *(_wrong_option(pack, setting, task, pack.cards_by_id[card], cast.phrases) for card in cast.wrong),
    ]
    rng.shuffle(options)
    stem = scenario(contest, setting, settings.details, cast.phrases, asked, rng)
    return Question(
        id=question_id(contest.id, stem, options),
        origin="generated",
        task=_task_of(pack, cast),
        difficulty=_difficulty(pack, task, cast),
        response="multiple" if several else "single",
        stem=stem,
        requirement=cast.phrases[0],
        trait=task.needs[0].trait,
        value=task.needs[0].value,
        options=tuple(options),
        sources=_sources(pack, options),
    )


def _right_option(pack: ExamPack, task: Task, card: Card, phrases: Sequence[str]) -> Option:
    facts = dict.fromkeys(_fact(card, need, _value(pack, need)) for need in task.needs)
    asked = " and ".join(phrases)
    return Option(
        text=task.contest.options[card.id],
        correct=True,
        card=card.id,
        trait=task.needs[0].trait,
        cites=tuple(f"{card.id}#{fact.id}" for fact in facts),
        rationale=f"{_said(tuple(facts))} That meets the need: {task.contest.noun} {asked}.",
    )


def _wrong_option(pack: ExamPack, setting: Setting, task: Task, card: Card, phrases: Sequence[str]) -> Option:
    broken = task.failing[card.id]
    need, phrase = next((n, p) for n, p in zip(task.needs, phrases, strict=True) if n in broken)
    offered = _value(pack, Need(need.trait, card.traits[need.trait][0]))
    fact = _fact(card, need, offered)
    return Option(
        text=task.contest.options[card.id],
        correct=False,
        card=card.id,
        trait=need.trait,
        cites=(f"{card.id}#{fact.id}",),
        rationale=(
            f"{_said((fact,))} {card.name} is for another need ({_small(offered.name)}), "
            f"while the scenario asks for {task.contest.noun} {phrase}."
        ),
        right_if=_right_if(pack, setting, task, card, broken),
    )


def _right_if(pack: ExamPack, setting: Setting, task: Task, card: Card, broken: Sequence[Need]) -> str:
    """The needs it breaks, replaced by what it offers."""
    offered = [Need(need.trait, card.traits[need.trait][0]) for need in broken]
    phrases = [next(iter(fitting_phrases(pack.traits, task.contest, offer)), None) for offer in offered]
    if all(phrases):
        return fill(f"Right if {{team}} needed {task.contest.noun} ", setting) + " and ".join(map(str, phrases)) + "."
    names = " and ".join(f"'{_small(_value(pack, offer).name)}'" for offer in offered)
    return f"Right if the scenario asked for {names} instead."


def _fact(card: Card, need: Need, value: TraitValue) -> Fact:
    """Of the facts that support the trait, the one whose words are nearest to the value's; of equals the first."""
    vocabulary = set(stems(" ".join((value.name, *value.phrases))))
    supporting = [fact for fact in card.facts if need.trait in fact.supports]
    return max(supporting, key=lambda fact: (fact.exam_view is None, len(vocabulary & set(stems(fact.text)))))


def _said(facts: Sequence[Fact]) -> str:
    """The facts' own words; a single one with what the exam held true."""
    return facts[0].passage if len(facts) == 1 else " ".join(fact.text for fact in facts)


def _value(pack: ExamPack, need: Need) -> TraitValue:
    trait = pack.traits.trait(need.trait)
    value = trait.value(need.value) if trait else None
    if value is None:
        raise KeyError(need)
    return value


def _small(name: str) -> str:
    """With a small first letter, unless it is a name or an abbreviation."""
    head = name.split()[0]
    return name[0].lower() + name[1:] if head[1:].islower() and head not in _NAMES else name


_NAMES = frozenset({"Apache", "Bayesian"})


def _task_of(pack: ExamPack, cast: Cast) -> str:
    """The task statement that most of the cards have in common; the right one's order settles ties."""
    tasks = [task for card in (*cast.right, *cast.wrong) for task in pack.cards_by_id[card].tasks]
    return max(pack.cards_by_id[cast.right[0]].tasks, key=tasks.count)


def _difficulty(pack: ExamPack, task: Task, cast: Cast) -> int:
    """1 for one need; one more for each further need, for two right options, and for rivals of the same group."""
    group = pack.cards_by_id[cast.right[0]].group
    rivals = sum(pack.cards_by_id[card].group == group for card in cast.wrong)
    return min(3, len(task.needs) + (len(cast.right) > 1) + (rivals >= CLOSE and len(task.needs) > 1))


def _sources(pack: ExamPack, options: Sequence[Option]) -> tuple[str, ...]:
    cited = (reference.split("#") for option in options for reference in option.cites)
    facts = (pack.cards_by_id[card].fact(fact) for card, fact in cited)
    return tuple(dict.fromkeys(str(fact.source) for fact in facts if fact))
