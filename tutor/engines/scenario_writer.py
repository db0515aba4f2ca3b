"""A chat model asked for a scenario question. One that the pack does not prove is thrown away, and counted."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from corpus.cards import Card
from corpus.errors import ModelError
from corpus.questions import Question
from corpus.scenarios import Contest
from tutor.answers import Usage
from tutor.card_citations import CardCitations
from tutor.engines.asking import Patience, ask
from tutor.engines.chat_client import ChatClient
from tutor.engines.replies import DraftScenario, read_scenario
from tutor.engines.shown import for_a_model, json_lines, labels, passage_lines
from tutor.knowledge import Knowledge
from tutor.prompts import prompt
from tutor.scenarios.generator import generate
from tutor.scenarios.needs import Need, breaks, meets
from tutor.scenarios.wording import fitting_phrases
from tutor.scenarios.written import Brief, proven

ATTEMPTS = 2
"""How often a model is asked for one scenario before the generator makes it."""

CANDIDATES = 7
"""How many candidates a model is shown, the topic among them."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """A question on the topic, or None where neither the model nor the generator made one.

    `by` is the model's name, or empty where the generator made it; `thrown_away` says of each scenario of the
    model's that did not get through why; `problem` what the model failed at, `note` why the generator stands in its
    place; both may be empty.
    `usage` is what the model took, without a cost, or None where the server counted nothing.
    """

    question: Question | None
    by: str = ""
    thrown_away: tuple[str, ...] = ()
    note: str = ""
    problem: str = ""
    usage: Usage | None = None


class ScenarioWriter:
    """Scenario questions in a chat model's words, as far as the trait table proves them."""

    def __init__(
        self, name: str, open_client: Callable[[], ChatClient], known: Knowledge, patience: Patience | None = None
    ) -> None:
        self.name = name
        self._open = open_client
        self._client: ChatClient | None = None
        self._known = known
        self._patience = patience or Patience()

    def topics(self, cards: Collection[str], tasks: Collection[str]) -> list[Card]:
        """What can be written on: of things that compete for a job these cards, else those of these tasks, else all."""
        pack = self._known.pack
        competing = {card for contest in pack.scenarios.contests for card in contest.options}
        return [
            card
            for card in pack.cards
            if card.id in competing and (card.id in cards if cards else not tasks or card.tasks[0] in tasks)
        ]

    def write(self, topic: Card, rng: random.Random) -> Written:
        """A scenario question in which the topic is an option; never an error about the model."""
        thrown: list[str] = []
        usage = Usage()
        problem = ""
        contests = [c for c in self._known.pack.scenarios.contests if topic.id in c.options]
        if contests:
            brief = self._brief(topic, rng.choice(contests), rng)
            try:
                for _ in range(ATTEMPTS):
                    reply, took = self._reply(brief)
                    usage = Usage(usage.input_tokens + took.input_tokens, usage.output_tokens + took.output_tokens)
                    made = proven(read_scenario(reply), brief, self._known, rng)
                    if isinstance(made, Question):
                        return Written(made, self.name, tuple(thrown), usage=_counted(usage))
                    thrown.append(str(made))
            except ModelError as error:
                problem = error.message
                _log.warning("%s %s", self.name, problem)
        question = next(generate(self._known.pack, rng, topic=topic.id, count=1), None)
        return Written(question, "", tuple(thrown), self._note(thrown, problem), problem, _counted(usage))

    def _note(self, thrown: list[str], problem: str) -> str:
        if problem:
            return f"{self.name} {problem}. This question was made without a model."
        if thrown:
            said = "; ".join(dict.fromkeys(thrown))
            return f"What {self.name} wrote was thrown away, as it {said}. This question was made without a model."
        return ""

    def _reply(self, brief: Brief) -> tuple[str, Usage]:
        self._client = self._client or self._open()
        message = json_lines(_lines(brief, self._known))
        pieces = list(ask(self._client, prompt("scenario"), message, self._patience, DraftScenario))
        took = Usage(sum(piece.input_tokens for piece in pieces), sum(piece.output_tokens for piece in pieces))
        return "".join(piece.text for piece in pieces), took

    def _brief(self, topic: Card, contest: Contest, rng: random.Random) -> Brief:
        others = [card for card in contest.options if card != topic.id]
        chosen = [topic.id, *rng.sample(others, min(CANDIDATES - 1, len(others)))]
        cards = [self._known.pack.cards_by_id[card] for card in chosen]
        evidence = for_a_model(CardCitations(topic.name, cards, self._known).evidence)
        candidates = {f"C{number}": card for number, card in enumerate(cards, start=1)}
        return Brief(contest, candidates, evidence, labels(evidence))


def _counted(usage: Usage) -> Usage | None:
    return usage if usage.input_tokens + usage.output_tokens else None


def _lines(brief: Brief, known: Knowledge) -> Iterator[Mapping[str, object]]:
    """The job and the topic, each candidate, each need with who meets and who breaks it, and the passages."""
    yield {"job": brief.contest.noun, "topic": "C1"}
    for label, card in brief.candidates.items():
        yield {"candidate": label, "name": card.name}
    yield from _need_lines(brief, known)
    yield from passage_lines(brief.evidence, brief.passages)


def _need_lines(brief: Brief, known: Knowledge) -> Iterator[Mapping[str, object]]:
    contest = brief.contest
    open_to_all = {label: card for label, card in brief.candidates.items() if card.id not in contest.wrong_only}
    for trait_id in contest.traits:
        trait = known.pack.traits.trait(trait_id)
        for value in trait.values if trait else ():
            need = Need(trait_id, value.id)
            phrases = fitting_phrases(known.pack.traits, contest, need)
            met = [label for label, card in open_to_all.items() if meets(card, need)]
            if met and phrases:
                yield {
                    "need": value.name,
                    "phrases": list(phrases),
                    "decides": trait_id not in contest.supporting,
                    "met_by": met,
                    "broken_by": [label for label, card in brief.candidates.items() if breaks(contest, card, need)],
                }
