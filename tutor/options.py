"""Why each option of a question is right or wrong: for the bank's questions, and for any that is pasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.cards import Card
from corpus.exam_pack import ExamPack
from corpus.questions import Option, Question
from tutor.answers import Claim
from tutor.card_citations import CardCitations, contrast_of
from tutor.knowledge import Knowledge
from tutor.option_ranking import meets
from tutor.option_reviews import Check, OptionReview, QuestionReview
from tutor.requirements import Requirement


def review_question(question: Question, known: Knowledge, chosen: str | None = None) -> QuestionReview:
    """The review of an authored or generated question; `chosen` is the option that the contrast is drawn with.

    An option without a card of its own is what its text names.
    """
    pack = known.pack
    needs = (stated_requirement(question),)
    cards = {label: _cards_of(option, known) for label, option in question.labelled}
    cited = [pack.cards_by_id[cite.partition("#")[0]] for option in question.options for cite in option.cites]
    everyone = [*cited, *(card for several in cards.values() for card in several)]
    sources = CardCitations(question.stem, everyone, known)
    options = tuple(
        OptionReview(
            label=label,
            text=option.text,
            verdict="right" if option.correct else "wrong",
            confidence=1.0 if option.correct else 0.0,
            cards=cards[label],
            what=what_it_is(sources, cards[label]),
            checks=tuple(
                check for check in checks(sources, pack, cards[label], needs) if check.met or not option.correct
            ),
            why=tuple(_authored(sources, pack, option)),
            right_if=option.right_if,
        )
        for label, option in question.labelled
    )
    contrast = contrast_to_remember(sources, options, chosen)
    return QuestionReview(
        question.id, question.task, question.stem, question.select, needs, options, 1.0, contrast,
        tuple(about_choice(options, (chosen,) if chosen else ())), sources.evidence,
    )  # fmt: skip


def stated_requirement(question: Question) -> Requirement:
    """The requirement that a question of the bank turns on, where it stands in the stem."""
    start = question.stem.index(question.requirement)
    end = start + len(question.requirement)
    return Requirement(question.requirement, question.trait, question.value, start, end, 1.0)


def what_it_is(sources: CardCitations, cards: Sequence[Card]) -> Claim | None:
    """What the first of an option's cards is, in a sentence."""
    citation = sources.summary(cards[0]) if cards else None
    return Claim(citation.quote, (citation,)) if citation else None


def checks(
    sources: CardCitations, pack: ExamPack, cards: Sequence[Card], needs: Iterable[Requirement]
) -> Iterator[Check]:
    """For each requirement that the cards' traits speak of whether they meet it, by the fact that supports it."""
    for need in needs:
        met = meets(cards, need)
        if met is None or need.trait is None:
            continue
        offering = [card for card in cards if need.value in card.traits.get(need.trait, ())] or list(cards)
        for card in offering:
            supported = next(sources.facts(card, need.trait), None)
            if supported is not None:
                said = f"{'Meets' if met else 'Breaks'} “{need.text}”: {offer(pack, card, need.trait)}."
                yield Check(need, met, Claim(said, (supported[1],)))
                break


def offer(pack: ExamPack, card: Card, trait_id: str) -> str:
    """What a card offers on a trait, in the pack's words: "Amazon EMR has Who operates it: …"."""
    trait = pack.traits.trait(trait_id)
    values = [trait.value(value) for value in card.traits[trait_id]] if trait else []
    names = "; ".join(value.name for value in values if value) or ", ".join(card.traits[trait_id])
    return f"{card.name} – {trait.name if trait else trait_id}: {names}"


def contrast_to_remember(
    sources: CardCitations, options: Sequence[OptionReview], chosen: str | None = None
) -> Claim | None:
    """When to choose the right thing and when the one chosen, else the closest of the others that is contrasted."""
    ranked = sorted(options, key=lambda option: -option.confidence)
    right = [option for option in options if option.verdict == "right"] or ranked[:1]
    others = sorted(
        (option for option in options if option not in right),
        key=lambda option: (option.label != chosen, -len([c for c in option.checks if c.met]), -option.confidence),
    )
    for other in others:
        for one, against in ((a, b) for first in right for a in first.cards for b in other.cards if a.id != b.id):
            found = contrast_of(one, against)
            if found is None:
                continue
            contrast, owner = found
            citations = [sources.quote(owner, text) for text in (contrast.choose_this, contrast.choose_other)]
            said = [citation for citation in citations if citation is not None]
            if len(said) == len(citations):
                ordered = said if owner.id == one.id else said[::-1]
                return Claim(" ".join(citation.quote for citation in ordered), tuple(ordered))
    return None


def about_choice(options: Sequence[OptionReview], chosen: Sequence[str]) -> Iterator[Claim | str]:
    """What is to be said of the learner's choice."""
    for option in options:
        if option.label in chosen:
            claims = [*option.why, *(check.claim for check in option.checks)]
            citations = claims[0].citations if claims else ()
            said = {
                "right": f"You chose {option.label}, which is right.",
                "wrong": f"You chose {option.label}, which is wrong here.",
                "undecided": f"You chose {option.label}; the evidence does not decide whether it is right.",
            }[option.verdict]
            yield Claim(said, citations) if citations else said


def _authored(sources: CardCitations, pack: ExamPack, option: Option) -> Iterator[Claim]:
    """The authored rationale with the facts it cites."""
    citations = []
    for cite in option.cites:
        card_id, _, fact_id = cite.partition("#")
        card = pack.cards_by_id[card_id]
        fact = card.fact(fact_id)
        citation = sources.quote(card, fact.passage) if fact else None
        citations += [citation] if citation else []
    if citations:
        yield Claim(option.rationale, tuple(citations))


def _cards_of(option: Option, known: Knowledge) -> tuple[Card, ...]:
    return (known.pack.cards_by_id[option.card],) if option.card else known.cards_named(option.text)
