"""Whatever a model writes, a scenario that gets through has exactly one right answer by the trait table."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import pytest

from corpus.cards import Card
from corpus.embedder import HashEmbedder
from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.questions import Question
from corpus.scenarios import Contest
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.card_citations import CardCitations
from tutor.engines.replies import DraftCitation, DraftOption, DraftScenario
from tutor.engines.shown import labels
from tutor.knowledge import Knowledge
from tutor.scenarios.written import Brief, proven
from tutor.scenarios.written_stem import Fault

DRAFTS = 1_500
SHOWN = 7


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    pack = load_pack("mls_c01")
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(pack, library, now=NOW)
    yield Knowledge(pack, library)
    library.close()


def brief_of(known: Knowledge, contest: Contest, rng: random.Random) -> Brief:
    cards = [
        known.pack.cards_by_id[card] for card in rng.sample(list(contest.options), min(SHOWN, len(contest.options)))
    ]
    evidence = CardCitations("a scenario", cards, known).evidence
    return Brief(contest, {f"C{n}": card for n, card in enumerate(cards, 1)}, evidence, labels(evidence))


def option(card: Card, trait: str, brief: Brief, *, correct: bool) -> DraftOption:
    """With a true reason on the trait where the card has one, so that only the needs decide."""
    fact = next((fact for fact in card.facts if trait in fact.supports), card.facts[0])
    passages = (label for label, chunk in brief.passages.items() if fact.text in brief.evidence.chunks[chunk].text)
    cited = DraftCitation(passage=next(passages, "P1"), quote=fact.text)
    label = next(label for label, one in brief.candidates.items() if one == card)
    return DraftOption(candidate=label, correct=correct, rationale=fact.text, citations=[cited])


def at_random(known: Knowledge, brief: Brief, rng: random.Random) -> DraftScenario:
    """Four candidates, a key and one or two needs without a thought for what fits what."""
    cards = rng.sample(list(brief.candidates.values()), 4)
    traits = [trait for trait in known.pack.traits.traits if trait.id in brief.contest.traits or rng.random() < 0.02]
    asked = rng.sample(traits, min(rng.choice((1, 1, 2)), len(traits)))
    phrases = [rng.choice([phrase for value in trait.values for phrase in value.phrases]) for trait in asked]
    needs = " and ".join(f"something {phrase}" for phrase in phrases)
    options = [option(card, asked[0].id, brief, correct=card is cards[0]) for card in cards]
    return DraftScenario(stem=f"A bakery has few people for this. It asks for {needs}. What fits?", options=options)


def right_by_the_table(question: Question, known: Knowledge) -> set[str]:
    """The cards that offer every value whose phrase stands in the stem; shares no code with what is tested."""
    asked = [
        (trait.id, value.id)
        for trait in known.pack.traits.traits
        for value in trait.values
        if any(
            f"something {phrase} and" in question.stem or f"something {phrase}." in question.stem
            for phrase in value.phrases
        )
    ]
    assert asked
    offers: Mapping[str, Mapping[str, tuple[str, ...]]] = {card.id: card.traits for card in known.pack.cards}
    cards = [str(option.card) for option in question.options]
    return {card for card in cards if all(value in offers[card].get(trait, ()) for trait, value in asked)}


def test_drafts_at_random_get_through_only_with_one_right_answer(known: Knowledge) -> None:
    rng = random.Random(6)  # noqa: S311
    faults: set[Fault] = set()
    through = 0
    for _ in range(DRAFTS):
        brief = brief_of(known, rng.choice(known.pack.scenarios.contests), rng)
        made = proven(at_random(known, brief, rng), brief, known, rng)
        if isinstance(made, Fault):
            faults.add(made)
            continue
        through += 1
        key = {str(option.card) for option in made.options if option.correct}
        assert right_by_the_table(made, known) == key
        assert not key & set(brief.contest.wrong_only)

    assert through >= 10
    assert {Fault.WRONG_KEY, Fault.SEVERAL_RIGHT, Fault.UNDECIDED, Fault.GIVES_AWAY} <= faults


def test_a_card_that_cannot_be_right_is_no_key(known: Knowledge) -> None:
    """The same draft with the closed card's ban lifted gets further."""
    contest = next(one for one in known.pack.scenarios.contests if one.wrong_only)
    closed = known.pack.cards_by_id[contest.wrong_only[0]]
    cards = [closed, *(known.pack.cards_by_id[card] for card in contest.options if card != closed.id)][:4]
    evidence = CardCitations("a scenario", cards, known).evidence
    brief = Brief(contest, {f"C{n}": card for n, card in enumerate(cards, 1)}, evidence, labels(evidence))
    trait = next(trait for trait in contest.traits if closed.traits.get(trait) and trait not in contest.supporting)
    table = known.pack.traits.trait(trait)
    value = table.value(closed.traits[trait][0]) if table else None
    assert value is not None
    draft = DraftScenario(
        stem=f"A bakery asks for something {value.phrases[0]}. What fits?",
        options=[option(card, trait, brief, correct=card is closed) for card in cards],
    )

    assert proven(draft, brief, known, random.Random(1)) is Fault.CLOSED  # noqa: S311
    open_to_all = Brief(contest.model_copy(update={"wrong_only": ()}), brief.candidates, evidence, brief.passages)
    assert proven(draft, open_to_all, known, random.Random(1)) is not Fault.CLOSED  # noqa: S311
