"""A chat model words the scenario of a proven question anew; what does not pass the proof again is thrown away."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import ModelError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from corpus.sentences import sentence_spans
from tutor.engines.asking import Patience, ask
from tutor.engines.chat_client import ChatClient, Way
from tutor.pack_words import PackWords
from tutor.prompts import prompt
from tutor.scenarios.identity import family_of, question_id
from tutor.scenarios.proof import objections, stated_needs


@dataclass(frozen=True, slots=True)
class Worded:
    """The question to be shown, and why it is not the model's wording, empty where it is."""

    question: Question
    refused: tuple[str, ...] = ()


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid")

    scenario: str


def word_anew(question: Question, words: PackWords, client: ChatClient, patience: Patience) -> Worded:
    """The question with its scenario in a model's words; as it was, with the reasons, where that fails in any way.

    The sentence that asks, the options, their reasons and the facts they cite are not the model's.
    """
    spans = sentence_spans(question.stem)
    asking = question.stem[spans[-1][0] :]
    try:
        scenario = _written(question, words.pack, client, patience)
    except ModelError as error:
        return Worded(question, (error.message,))
    stem = f"{' '.join(scenario.split())} {asking}"
    if refused := tuple(objections(words, question, stem)):
        return Worded(question, refused)
    identity = question_id(family_of(question.id), stem, question.options)
    return Worded(question.model_copy(update={"id": identity, "stem": stem}))


def _written(question: Question, pack: ExamPack, client: ChatClient, patience: Patience) -> str:
    scenario = question.stem[: sentence_spans(question.stem)[-1][0]]
    kept = [
        phrase
        for trait in pack.traits.traits
        for value in trait.values
        for phrase in value.phrases
        if (trait.id, value.id) in stated_needs(pack, question.stem) and f" {phrase}" in question.stem
    ]
    message = json.dumps({"scenario": scenario, "keep": [question.requirement, *kept]}, ensure_ascii=False)
    text = "".join(
        piece.text for piece in ask(client, prompt("scenario"), message, patience, ways=(Way.TEXT, Way.WHOLE))
    )
    try:
        return _Reply.model_validate_json(text.strip()).scenario
    except ValidationError as error:
        raise ModelError("wrote something that is not the JSON it was asked for") from error
