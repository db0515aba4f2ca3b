"""One exam's pack, read from its folder and checked as a whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, HttpUrl

from corpus.blueprint import Exam, PackModel, Slug, Text
from corpus.cards import Card, TraitTable
from corpus.errors import PackError
from corpus.questions import Question, QuestionFile
from corpus.scenarios import CalculationFile, ContestFile, ScenarioTable, SettingFile
from corpus.toml_file import KeyPath, dotted, key_lines, line_of, load_toml, read_pack_text, validate

PACKS = Path(__file__).parent / "packs"

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class Source(PackModel):
    """An official document that `fetch` can download."""

    id: Slug
    title: Text
    publisher: Text
    url: HttpUrl
    kind: Text
    licence: Text
    tasks: tuple[str, ...] = ()


class SourceList(PackModel):
    """The whole of a pack's `sources.toml`."""

    sources: tuple[Source, ...] = ()


class NoteHeader(PackModel):
    """The front matter of a note."""

    id: Slug
    title: Text
    tasks: Annotated[tuple[str, ...], Field(min_length=1)]
    sources: tuple[HttpUrl, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A study note: its front matter and its Markdown, without the front matter."""

    header: NoteHeader
    markdown: str
    file: Path


@dataclass(frozen=True)
class ExamPack:
    """A blueprint with everything the project wrote for it. `fingerprint` changes when any file does."""

    id: str
    folder: Path
    exam: Exam
    traits: TraitTable
    cards: tuple[Card, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]
    fingerprint: str
    scenarios: ScenarioTable = field(default_factory=ScenarioTable)

    @property
    def source_prefix(self) -> str:
        """How the names of all this pack's sources in the library begin."""
        return f"pack:{self.id}/"

    def source_of_card(self, card_id: str) -> str:
        """The name of a card's source in the library."""
        return f"{self.source_prefix}cards/{card_id}"

    @cached_property
    def cards_by_id(self) -> dict[str, Card]:
        """Every card under its id."""
        return {card.id: card for card in self.cards}

    @cached_property
    def questions_by_id(self) -> dict[str, Question]:
        """Every question under its id."""
        return {question.id: question for question in self.questions}


def pack_names() -> list[str]:
    """The packs that come with the project."""
    return sorted(folder.parent.name for folder in PACKS.glob("*/blueprint.toml"))


def load_pack(name_or_folder: str | Path) -> ExamPack:
    """Read a pack by the name of a built-in one or by its folder.

    Raises:
        PackError: there is no such pack, or one of its files is wrong; names file, line and key.
    """
    folder = PACKS / name_or_folder if str(name_or_folder) in pack_names() else Path(name_or_folder)
    if not (folder / "blueprint.toml").is_file():
        raise PackError(
            folder / "blueprint.toml",
            "there is no exam pack here",
            hint=f"Packs that come with Exam Tutor: {', '.join(pack_names())}.",
        )
    loader = _Loader(folder)
    return loader.load()


class _Loader:
    """Reads the files of one folder, then checks what they say of one another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: dict[Path, dict[KeyPath, int]] = {}

    def load(self) -> ExamPack:
        exam = load_toml(self._folder / "blueprint.toml", Exam)
        traits_file = self._folder / "traits.toml"
        traits = load_toml(traits_file, TraitTable) if traits_file.is_file() else TraitTable(traits=())
        cards = {file: load_toml(file, Card) for file in self._files("cards/*.toml")}
        questions = {file: load_toml(file, QuestionFile).questions for file in self._files("questions/*.toml")}
        notes = tuple(_read_note(file) for file in self._files("notes/*.md"))
        sources_file = self._folder / "sources.toml"
        sources = load_toml(sources_file, SourceList).sources if sources_file.is_file() else ()
        pack = ExamPack(
            id=self._folder.name,
            folder=self._folder,
            exam=exam,
            traits=traits,
            cards=tuple(cards.values()),
            questions=tuple(question for several in questions.values() for question in several),
            notes=notes,
            sources=sources,
            fingerprint=_fingerprint(self._folder),
            scenarios=self._scenarios(),
        )
        self._check_cards(pack, cards)
        self._check_questions(pack, questions)
        self._check_notes(pack)
        self._check_sources(pack, sources_file)
        self._check_contests(pack)
        self._check_calculations(pack)
        return pack

    def _scenarios(self) -> ScenarioTable:
        folder = self._folder / "scenarios"
        settings, contests, calculations = (
            folder / f"{name}.toml" for name in ("settings", "contests", "calculations")
        )
        return ScenarioTable(
            settings=load_toml(settings, SettingFile) if settings.is_file() else None,
            contests=load_toml(contests, ContestFile).contests if contests.is_file() else (),
            calculations=load_toml(calculations, CalculationFile).calculations if calculations.is_file() else (),
        )

    def _files(self, pattern: str) -> list[Path]:
        return sorted(self._folder.glob(pattern))

    def _refuse(self, file: Path, problem: str, *path: str | int) -> PackError:
        if file not in self._lines:
            self._lines[file] = key_lines(read_pack_text(file))
        return PackError(file, problem, line=line_of(self._lines[file], path), key=dotted(path))

    def _check_cards(self, pack: ExamPack, cards: dict[Path, Card]) -> None:
        names: dict[str, str] = {}
        for file, card in cards.items():
            if card.id != file.stem:
                raise self._refuse(file, f"the card's id is '{card.id}', its file is named '{file.stem}'", "id")
            for task in card.tasks:
                if pack.exam.task(task) is None:
                    raise self._refuse(file, f"the blueprint has no task {task}", "tasks")
            for trait, values in card.traits.items():
                self._check_trait(pack, file, trait, values, ("traits", trait))
            self._check_contrasts(pack, file, card)
            for name in card.names:
                if (other := names.setdefault(name.casefold(), card.id)) != card.id:
                    raise self._refuse(file, f"'{name}' is also a name of the card '{other}'", "aliases")

    def _check_contrasts(self, pack: ExamPack, file: Path, card: Card) -> None:
        for index, contrast in enumerate(card.contrasts):
            if contrast.with_ not in pack.cards_by_id or contrast.with_ == card.id:
                raise self._refuse(file, f"no other card '{contrast.with_}'", "contrasts", index, "with")
            if contrast.trait is not None and pack.traits.trait(contrast.trait) is None:
                raise self._refuse(file, f"unknown trait '{contrast.trait}'", "contrasts", index, "trait")

    def _check_trait(self, pack: ExamPack, file: Path, trait_id: str, values: tuple[str, ...], path: KeyPath) -> None:
        trait = pack.traits.trait(trait_id)
        if trait is None:
            raise self._refuse(file, f"unknown trait '{trait_id}'; traits.toml lists them", *path)
        for value in values:
            if trait.value(value) is None:
                known = ", ".join(known.id for known in trait.values)
                raise self._refuse(file, f"unknown value '{value}' of '{trait_id}'; known: {known}", *path)

    def _check_questions(self, pack: ExamPack, questions: dict[Path, tuple[Question, ...]]) -> None:
        seen: set[str] = set()
        for file, several in questions.items():
            for index, question in enumerate(several):
                place: KeyPath = ("questions", index)
                if question.id in seen:
                    raise self._refuse(file, f"the id '{question.id}' stands twice", *place, "id")
                seen.add(question.id)
                if pack.exam.task(question.task) is None:
                    raise self._refuse(file, f"the blueprint has no task {question.task}", *place, "task")
                if question.trait is not None and question.value is not None:
                    self._check_trait(pack, file, question.trait, (question.value,), (*place, "value"))
                self._check_options(pack, file, question, place)

    def _check_options(self, pack: ExamPack, file: Path, question: Question, place: KeyPath) -> None:
        for number, option in enumerate(question.options):
            here: KeyPath = (*place, "options", number)
            if option.card is not None and option.card not in pack.cards_by_id:
                raise self._refuse(file, f"no card '{option.card}'", *here, "card")
            if option.trait is not None and pack.traits.trait(option.trait) is None:
                raise self._refuse(file, f"unknown trait '{option.trait}'", *here, "trait")
            for reference in option.cites:
                card_id, fact_id = reference.split("#")
                card = pack.cards_by_id.get(card_id)
                if card is None or card.fact(fact_id) is None:
                    raise self._refuse(file, f"no fact '{reference}'", *here, "cites")

    def _check_contests(self, pack: ExamPack) -> None:
        file = self._folder / "scenarios" / "contests.toml"
        for index, contest in enumerate(pack.scenarios.contests):
            place: KeyPath = ("contests", index)
            for card in (*contest.options, *contest.wrong_only):
                if card not in pack.cards_by_id:
                    raise self._refuse(file, f"no card '{card}'", *place, "options")
            for trait in contest.traits:
                if pack.traits.trait(trait) is None:
                    raise self._refuse(file, f"unknown trait '{trait}'", *place, "traits")
            for number, also in enumerate(contest.compatible):
                self._check_trait(pack, file, also.trait, (also.wanted, *also.offers), (*place, "compatible", number))

    def _check_calculations(self, pack: ExamPack) -> None:
        file = self._folder / "scenarios" / "calculations.toml"
        for index, family in enumerate(pack.scenarios.calculations):
            if pack.exam.task(family.task) is None:
                raise self._refuse(file, f"the blueprint has no task {family.task}", "calculations", index, "task")
            for reference in (*family.cites, *(cite for mistake in family.mistakes for cite in mistake.cites)):
                card_id, fact_id = reference.split("#")
                card = pack.cards_by_id.get(card_id)
                if card is None or card.fact(fact_id) is None:
                    raise self._refuse(file, f"no fact '{reference}'", "calculations", index, "cites")

    def _check_notes(self, pack: ExamPack) -> None:
        for note in pack.notes:
            for task in note.header.tasks:
                if pack.exam.task(task) is None:
                    raise PackError(note.file, f"the blueprint has no task {task}", line=2, key="tasks")

    def _check_sources(self, pack: ExamPack, file: Path) -> None:
        for index, source in enumerate(pack.sources):
            for task in source.tasks:
                if pack.exam.task(task) is None:
                    raise self._refuse(file, f"the blueprint has no task {task}", "sources", index, "tasks")


def _read_note(file: Path) -> Note:
    text = read_pack_text(file)
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise PackError(file, "a note starts with front matter between two lines of ---")
    try:
        data = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise PackError(file, f"the front matter is not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise PackError(file, "the front matter is not a list of keys and values")
    lines: dict[KeyPath, int] = {
        (line.split(":")[0].strip(),): number
        for number, line in enumerate(text.splitlines()[: match[0].count("\n")], start=1)
    }
    header = validate(file, lines, data, NoteHeader)
    return Note(header=header, markdown=text[match.end() :], file=file)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in _data_files(folder):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _data_files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.suffix in {".toml", ".md"})
