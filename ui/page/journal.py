"""The study journal on the page: a line to write on a question that was answered, and all remarks to look through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tutor.learner.journal import LONGEST, Remark, search_remarks
from ui.page.citations import escaped
from ui.page.parts import Visit, on, part
from ui.page.study import Study

if TYPE_CHECKING:
    import gradio as gr

LISTED = 50
"""Remarks that are shown at once; words find the others."""


def remarks_on(study: Study, learner: str, question: str) -> list[Remark]:
    """What the learner wrote on a question, in the order it was written."""
    return [one for one in study.journal(learner).remarks() if one.question == question]


def keep_remark(study: Study, visit: Visit, question: str) -> None:
    """Keep what the form says of a question; the journal is then read into the library as one of the learner's notes.

    Raises:
        ExamTutorError: the remark is empty or too long.
    """
    journal = study.journal(visit.learner)
    journal.add(question, visit.act.said("remark"), study.now())
    study.background.incoming.put(visit.learner, "Study journal", str(journal.file))


def remark_html(written: Sequence[Remark], about: str, *, is_right: bool) -> str:
    """The line to write, below what was written on the question; `about` is the sitting and the question."""
    rows = "".join(f'<li><span class="when">{one.at:%d %b %Y}</span>{_text(one)}</li>' for one in written)
    kept = f'<div role="status"><ul class="rows" aria-label="In your journal">{rows}</ul></div>' if rows else ""
    asked = "What do I want to remember of it?" if is_right else "What did I get wrong here?"
    name = escaped(f"remark-{about}")
    return (
        f'<form class="remark" data-do="remark" data-about="{escaped(about)}" data-fresh="{name}-{len(written)}">{kept}'
        f'<label for="{name}">{asked}</label><div class="line"><input id="{name}" name="remark" required '
        f'maxlength="{LONGEST}" autocomplete="off" placeholder="One line for your study journal">'
        '<button type="submit" class="plain">Save</button></div></form>'
    )


class JournalPart:
    """What the part shows: the learner's own remarks, all of them or those that hold the words looked for."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def show(self, visit: Visit) -> str:
        """The remarks, the latest first; with words, the best first."""
        words = visit.act.said("words")
        written = self.study.journal(visit.learner).remarks()
        if not written:
            return _card(
                "<p>Nothing yet. Under the reasons of a question that you answered there is a line for what you want "
                "to remember of it; the tutor answers from what you write there, too.</p>"
            )
        found = search_remarks(written, words) if words else written[::-1]
        tasks = {attempt.question: attempt.task for attempt in self.study.attempts(visit.learner)}
        rows = "".join(
            f'<li><span class="when">{one.at:%d %b %Y}</span>{_text(one)}'
            f'<p dir="auto">{escaped(self._asked(one.question, tasks))}</p></li>'
            for one in found[:LISTED]
        )
        if len(found) > LISTED:
            rows += f"<li>and {len(found) - LISTED:,} more; look for words of theirs</li>"
        listed = f'<ul class="rows">{rows}</ul>' if rows else "<p>No remark on that.</p>"
        every = '<button type="button" class="quiet" data-do="all">Show all</button>' if words else ""
        return _card(f'{_search(words)}<div role="status">{listed}</div>{every}')

    def _asked(self, question_id: str, tasks: Mapping[str, str]) -> str:
        """What the question asks; of a scenario that was made for the learner only its task is known."""
        pack = self.study.pack
        if question := pack.questions_by_id.get(question_id):
            return question.stem
        task = pack.exam.task(tasks.get(question_id, ""))
        return f"A newly made scenario on {task.id} {task.title}" if task else question_id


def build_journal(journal: JournalPart, here: gr.Tab) -> None:
    """Put the part onto the page under construction."""
    shown = part("", elem_id="journal-part")
    on([here.select, shown.act], journal.show, outputs=[shown])


def _card(body: str) -> str:
    return f'<div class="question-card journal"><h3>Study journal</h3>{body}</div>'


def _search(words: str) -> str:
    return (
        f'<form data-do="search" data-fresh="{escaped(words)}"><label class="spoken" for="journal-words">Look for words'
        '</label><div class="line"><input id="journal-words" name="words" type="search" autocomplete="off" '
        f'placeholder="Look for words" value="{escaped(words)}">'
        '<button type="submit" class="plain">Find</button></div></form>'
    )


def _text(remark: Remark) -> str:
    return f'<bdi dir="auto">{escaped(remark.text)}</bdi>'
