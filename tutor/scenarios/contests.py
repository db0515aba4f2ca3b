"""A question from a contest: who is right, who is wrong and why, proven by the trait table."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.cards import Card, Fact, TraitValue
from corpus.exam_pack import ExamPack
from corpus.questions import Option, Question
from corpus.scenarios import Setting, SettingFile
from corpus.sentences import stems
from tutor.scenarios.citing import sources_of
from tutor.scenarios.identity import Draft, question_id
from tutor.scenarios.needs import Case, Need
from tutor.scenarios.wording import fill, fitting_phrases, gives_away, scenario, suits

WRONG = 3
SEVERAL = 2
TRIES = 8
CLOSE = 2
"""So many wrong options that the pack contrasts with the right one make a question harder."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who stands in a question, and by which phrases it is asked for."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The pack, all that its settings say, and the setting that was drawn."""

    pack: ExamPack
    settings: SettingFile
    setting: Setting


def contest_question(pack: ExamPack, settings: SettingFile, case: Case, rng: random.Random) -> Draft | None:
    """One question of the case, or None where the draw does not lead to a sound one."""
    several = bool(case.contest.questions_several) and len(case.meeting) >= SEVERAL and rng.random() < 0.5
    right = tuple(rng.sample(case.meeting, SEVERAL if several else 1))
    place = Place(pack, settings, rng.choice(settings.settings))
    wrong = _distractors(case, right, rng)
    if wrong is None:
        return None
    phrases = _phrases(place, case, (right, wrong), rng)
    if phrases is None:
        return None
    question = _question(place, case, Cast(right, wrong, phrases), rng)
    return Draft(question, (case.contest.id, case.needs, frozenset(right), frozenset(wrong), place.setting.who))


def _distractors(case: Case, right: Sequence[str], rng: random.Random) -> tuple[str, ...] | None:
    """Three cards that fail, so that every need matters: without it one of them would no longer fail.

    Among several such choices one is preferred in which the right option's length has a rank drawn at random.
    """
    failing = sorted(case.failing)
    wanted = rng.randrange(WRONG + 1)
    found: tuple[str, ...] | None = None
    for _ in range(TRIES):
        chosen = tuple(rng.sample(failing, WRONG))
        if not all(any(case.failing[card] == (need,) for card in chosen) for need in case.needs):
            continue
        found = chosen
        length = len(case.contest.options[right[0]])
        if sum(len(case.contest.options[card]) < length for card in chosen) == wanted:
            break
    return found


def _phrases(
    place: Place, case: Case, cast: tuple[Sequence[str], Sequence[str]], rng: random.Random
) -> tuple[str, ...] | None:
    right, wrong = ([case.contest.options[card] for card in cards] for cards in cast)
    chosen = []
    for need in case.needs:
        fitting = [
            phrase
            for phrase in fitting_phrases(place.pack.traits, case.contest, need)
            if suits(place.settings, place.setting, phrase) and not gives_away(phrase, right, wrong)
        ]
        if not fitting:
            return None
        chosen.append(rng.choice(fitting))
    return tuple(chosen)


def _question(place: Place, case: Case, cast: Cast, rng: random.Random) -> Question:
    pack, setting = place.pack, place.setting
    contest, several = case.contest, len(cast.right) > 1
    asked = rng.choice(contest.questions_several) + " (Choose two.)" if several else rng.choice(contest.questions)
    options = [
        *(_right_option(pack, case, pack.cards_by_id[card], cast.phrases) for card in cast.right),
        *(_wrong_option(pack, setting, case, pack.cards_by_id[card], cast.phrases) for card in cast.wrong),
    ]
    rng.shuffle(options)
    stem = " ".join((scenario(contest, setting, place.settings.details, cast.phrases, rng), asked))
    return Question(
        id=question_id(contest.id, stem, options),
        origin="generated",
        task=_task_of(pack, cast),
        difficulty=_difficulty(pack, case, cast),
        response="multiple" if several else "single",
        stem=stem,
        requirement=cast.phrases[0],
        trait=case.needs[0].trait,
        value=case.needs[0].value,
        options=tuple(options),
        sources=sources_of(pack, options),
    )


def _right_option(pack: ExamPack, case: Case, card: Card, phrases: Sequence[str]) -> Option:
    facts = dict.fromkeys(_fact(card, need, _value(pack, need)) for need in case.needs)
    asked = " and ".join(phrases)
    return Option(
        text=case.contest.options[card.id],
        correct=True,
        card=card.id,
        trait=case.needs[0].trait,
        cites=tuple(f"{card.id}#{fact.id}" for fact in facts),
        rationale=f"{_said(tuple(facts))} That meets the need: {case.contest.noun} {asked}.",
    )


def _wrong_option(pack: ExamPack, setting: Setting, case: Case, card: Card, phrases: Sequence[str]) -> Option:
    broken = case.failing[card.id]
    need, phrase = next((n, p) for n, p in zip(case.needs, phrases, strict=True) if n in broken)
    offered = _value(pack, Need(need.trait, card.traits[need.trait][0]))
    fact = _fact(card, need, offered)
    return Option(
        text=case.contest.options[card.id],
        correct=False,
        card=card.id,
        trait=need.trait,
        cites=(f"{card.id}#{fact.id}",),
        rationale=(
            f"{_said((fact,))} {card.name} is for another need ({offered.name}), "
            f"while the scenario asks for {case.contest.noun} {phrase}."
        ),
        right_if=_right_if(pack, setting, case, card, broken),
    )


def _right_if(pack: ExamPack, setting: Setting, case: Case, card: Card, broken: Sequence[Need]) -> str:
    """The needs it breaks, replaced by what it offers."""
    offered = [Need(need.trait, card.traits[need.trait][0]) for need in broken]
    phrases = [next(iter(fitting_phrases(pack.traits, case.contest, offer)), None) for offer in offered]
    if all(phrases):
        return fill(f"Right if {{team}} needed {case.contest.noun} ", setting) + " and ".join(map(str, phrases)) + "."
    names = " and ".join(f"'{_value(pack, offer).name}'" for offer in offered)
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


def _task_of(pack: ExamPack, cast: Cast) -> str:
    """The task statement that most of the cards have in common; the right one's order settles ties."""
    tasks = [task for card in (*cast.right, *cast.wrong) for task in pack.cards_by_id[card].tasks]
    return max(pack.cards_by_id[cast.right[0]].tasks, key=tasks.count)


def _difficulty(pack: ExamPack, case: Case, cast: Cast) -> Literal[1, 2, 3]:
    """1 for one need; one more for each further need, for two right options, and for close rivals."""
    rivals = sum(_close(pack.cards_by_id[cast.right[0]], pack.cards_by_id[card]) for card in cast.wrong)
    level = len(case.needs) + (len(cast.right) > 1) + (rivals >= CLOSE)
    return 1 if level == 1 else 2 if level == 2 else 3


def _close(card: Card, other: Card) -> bool:
    """Whether the pack tells the two apart by a contrast: they are easily taken for one another."""
    return any(
        contrast.with_ == that.id for this, that in ((card, other), (other, card)) for contrast in this.contrasts
    )
