"""An exam pack as documents: the blueprint, every card and every note, so that the tutor can cite them.

Questions are left out: their answers must not turn up as evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from corpus.blueprint import Domain, Exam
from corpus.cards import Card
from corpus.chunks import Tags
from corpus.documents import Block, BlockKind, Document, Section
from corpus.exam_pack import ExamPack, Note
from ingest.readers import markdown
from ingest.readers.source import RawSource


def pack_documents(pack: ExamPack) -> Iterator[tuple[Document, Tags]]:
    """Every document of the pack with its tags."""
    yield _exam_document(pack), Tags()
    for card in pack.cards:
        yield card_document(pack, card), _tags(pack, card.tasks[0], (card.id,))
    for note in pack.notes:
        yield _note_document(pack, note), _tags(pack, note.header.tasks[0], ())


def card_document(pack: ExamPack, card: Card) -> Document:
    """A card as sections: what it is, each fact, each contrast.

    A fact has its official address; a contrast that of the fact it turns on. The summary is the project's own
    words about several facts and has none. Traits are left out: the facts that support them say more.
    """
    names = (f"also {', '.join(card.aliases)}",) if card.aliases else ()
    sections = [Section((Block(card.summary),), names)]
    for fact in card.facts:
        heading = (fact.id.replace("-", " ").capitalize(),)
        sections.append(Section((Block(fact.passage),), heading, url=str(fact.source)))
    for contrast in card.contrasts:
        heading = (f"{card.name} or {pack.cards_by_id[contrast.with_].name}",)
        text = f"{contrast.choose_this}\n{contrast.choose_other}"
        deciding = (str(fact.source) for fact in card.facts if contrast.trait in fact.supports)
        sections.append(Section((Block(text),), heading, url=next(deciding, None)))
    return _document(pack.source_of_card(card.id), card.name, "card", tuple(sections), None)


def _exam_document(pack: ExamPack) -> Document:
    exam = pack.exam
    url = str(exam.sources[0].url) if exam.sources else None
    sections = [Section((Block(" ".join(_format_lines(exam))),), ("The exam",))]
    if exam.status.state == "retired":
        sections.append(Section((Block(_status_line(exam)),), ("Status",)))
    sections += [section for domain in exam.domains for section in _domain_sections(domain)]
    for heading, categories in (
        ("Services in scope", exam.services.in_scope),
        ("Services out of scope", exam.services.out_of_scope),
    ):
        if categories:
            lines = "\n".join(f"- {category.category}: {', '.join(category.names)}" for category in categories)
            sections.append(Section((Block(lines, BlockKind.LIST),), (heading,)))
    return _document(
        f"{pack.source_prefix}blueprint", f"{exam.title} ({exam.code})", "exam guide", tuple(sections), url
    )


def _format_lines(exam: Exam) -> Iterator[str]:
    form = exam.format
    if form.questions and form.scored and form.unscored:
        yield (
            f"The {exam.code} exam has {form.questions} questions: {form.scored} are scored, and {form.unscored} are "
            "unscored and not marked as such."
        )
    if form.minutes:
        yield f"The exam is {form.minutes} minutes long: that is its duration and time limit."
    if form.scale_min and form.scale_max and form.pass_mark:
        yield (
            f"The passing score (pass mark) of the exam is {form.pass_mark}, on a scale from {form.scale_min} to "
            f"{form.scale_max}."
        )
    if form.response_types:
        yield f"Types of question: {'; '.join(form.response_types)}."
    yield from (rule if rule.endswith(".") else f"{rule}." for rule in form.scoring_rules)
    weights = ", ".join(f"{domain.title} {domain.weight} %" for domain in exam.domains)
    yield f"The domains of the exam and their weights are: {weights}."


def _status_line(exam: Exam) -> str:
    status = exam.status
    said = "is reported to be retired" if status.certainty == "reported" else "is retired"
    since = f" since {status.date}" if status.date else ""
    after = f" Its successors are {', '.join(status.successors)}." if status.successors else ""
    return f"The {exam.code} exam {said}{since}.{after} {status.note}".strip()


def _domain_sections(domain: Domain) -> Iterator[Section]:
    name = f"Domain {domain.id}: {domain.title}"
    yield Section((Block(f"{name} is {domain.weight} % of the scored questions."),), (name,))
    for task in domain.tasks:
        lines = []
        for objective in task.objectives:
            lines.append(f"- {objective.text}")
            lines += [f"  - {point}" for point in objective.points]
        if lines:
            heading = (name, f"Task {task.id}: {task.title}")
            yield Section((Block("\n".join(lines), BlockKind.LIST),), heading)


def _note_document(pack: ExamPack, note: Note) -> Document:
    name = f"{pack.source_prefix}notes/{note.header.id}"
    url = str(note.header.sources[0]) if note.header.sources else None
    raw = RawSource(name, note.markdown.encode(), url, "note")
    return markdown.document_of(raw, note.markdown, note.header.title)


def _document(source: str, title: str, kind: str, sections: tuple[Section, ...], url: str | None) -> Document:
    digest = hashlib.sha256()
    for section in sections:
        digest.update(repr((section.heading, section.text, section.url)).encode())
    return Document(source, title, sections, digest.hexdigest(), kind, url)


def _tags(pack: ExamPack, task: str, cards: tuple[str, ...]) -> Tags:
    domain = pack.exam.domain_of(task)
    return Tags(domain.id if domain else None, task, 1.0, cards)
