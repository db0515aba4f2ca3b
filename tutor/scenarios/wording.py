"""From needs and a setting to a scenario in plain English."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from corpus.cards import TraitTable
from corpus.scenarios import Contest, Details, Setting, SettingFile
from corpus.sentences import stem, words
from tutor.scenarios.needs import Need

LEADS = ("{Team} needs {ask}.", "{Team} is looking for {ask}.", "{Team} has asked for {ask}.", "{Team} wants {ask}.")
SECONDS = ("It also has to be one {phrase}.", "The head of the team insists on one {phrase}.")
THIRDS = ("Above all, it should be one {phrase}.", "The management wants one {phrase}.")
_PASSED_OVER = frozenset(
    stem(word)
    for word in (
        "a an and are as at be been before but by can each every for from has have how in into is it its less may "
        "more must no not of on one only or other out several so than that the their them they this to up use "
        "used which while who with without data training model models services service"
    ).split()
)


def fitting_phrases(traits: TraitTable, contest: Contest, need: Need) -> tuple[str, ...]:
    """The phrases that ask for a value and read well after the contest's noun."""
    trait = traits.trait(need.trait)
    value = trait.value(need.value) if trait else None
    phrases = value.phrases if value else ()
    return tuple(phrase for phrase in phrases if not any(part in phrase for part in contest.skip))


def gives_away(phrase: str, right: Sequence[str], wrong: Sequence[str]) -> bool:
    """Whether a telling word of the phrase stands in a right option and in no wrong one."""
    telling = _telling(phrase)
    said = set().union(*(_telling(text) for text in right))
    elsewhere = set().union(*(_telling(text) for text in wrong))
    return bool(telling & said - elsewhere)


def suits(settings: SettingFile, setting: Setting, phrase: str) -> bool:
    """Whether the setting has what the phrase speaks of."""
    spoken = set(words(phrase))
    return all(bound.needs in setting.has for bound in settings.bound if bound.word in spoken)


def fill(text: str, setting: Setting, figures: Mapping[str, object] | None = None) -> str:
    """The text with the setting's nouns, and figures if given; `{Who}` begins a sentence, `{who}` does not."""
    nouns = {name: getattr(setting, name) for name in ("who", "team", "data", "events", "texts", "images", "series")}
    return text.format(**nouns, Who=_capital(setting.who), Team=_capital(setting.team), **(figures or {}))


def scenario(contest: Contest, setting: Setting, details: Details, phrases: Sequence[str], rng: random.Random) -> str:
    """Where it happens, a detail or two that do not matter, and what is needed; the question follows it."""
    month, number = rng.choice(details.months), rng.choice(details.numbers)
    asides = [setting.scale, *(text.format(month=month, number=number) for text in rng.sample(details.texts, 2))]
    rng.shuffle(asides)
    lead = fill(rng.choice(LEADS), setting, {"ask": f"{contest.noun} {phrases[0]}"})
    more = [
        rng.choice(templates).format(phrase=phrase)
        for templates, phrase in zip((SECONDS, THIRDS), phrases[1:], strict=False)
    ]
    parts = [fill(rng.choice(contest.contexts), setting), asides[0], lead, *more]
    if rng.random() < 0.5:
        parts.insert(2, asides[1])
    return " ".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _telling(text: str) -> set[str]:
    return {stem(part) for word in words(text) for part in word.split("-")} - _PASSED_OVER
