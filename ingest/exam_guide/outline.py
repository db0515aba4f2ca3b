"""The content of an exam guide: its domains with their weights, task statements and objectives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.exam_guide.lines import DOMAIN, KIND, TASK, Entry, is_complete

# "(28% of scored content)" after a domain's title, or the "28%" of a table.
_WEIGHT = re.compile(r"\s*[(\[:–-]?\s*(\d{1,3})\s*%[^%]*$")
_COVERS = re.compile(r"(?:content )?domain\s+(\d+)\s+covers\b[^%]*?\b(\d{1,3})\s*% of (?:the )?scored", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,3})\s*%")
_SKILL = re.compile(r"(skill|knowledge|objective)\s+(\d+(?:\.\d+)+)\s*[:.–-]?\s+(\S.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d+)\.(\d+)[:.]?\s+(\S.*)")
# What these head may repeat or quote tasks of an earlier version.
_AFTERWORD = re.compile(r"(?:revisions|change history|changes to .*)\s*:?", re.IGNORECASE)

Table = dict[str, Any]


@dataclass
class _Task:
    id: str
    title: str
    objectives: list[Table] = field(default_factory=list)
    listed_only: bool = False


@dataclass
class Outline:
    """What is found while the entries are gone through."""

    titles: dict[str, str] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    tasks: dict[str, _Task] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    _listed: dict[str, str] = field(default_factory=dict)
    _domain: str = ""
    _named: str = ""  # the domain in the entry above: a table has its weight in the next cell
    _task: _Task | None = None
    _kind: str = "objective"

    def domains(self) -> list[Table]:
        """Return the domains as blueprint tables, those with tasks only, in the order of their numbers."""
        self._add_listed()
        ids = sorted({task_id.split(".")[0] for task_id in self.tasks}, key=int)
        for number in sorted(set(self.titles) - set(ids), key=int):
            self.remarks.append(f"Domain {number} is named, but no task statement of it was found; it is left out.")
        return [self._domain_table(number) for number in ids]

    def _domain_table(self, number: str) -> Table:
        table: Table = {"id": number}
        if title := self.titles.get(number):
            table["title"] = title
        else:
            self.remarks.append(f"No title of domain {number} was found.")
        if weight := self.weights.get(number):
            table["weight"] = weight
        else:
            self.remarks.append(f"No weight of domain {number} was found.")
        tasks = self._tasks_of(number)
        tasks.sort(key=lambda task: int(task.id.split(".")[1]))
        table["tasks"] = [self._task_table(task) for task in tasks]
        return table

    def _tasks_of(self, number: str) -> list[_Task]:
        return [task for task in self.tasks.values() if task.id.split(".")[0] == number]

    def _task_table(self, task: _Task) -> Table:
        if task.listed_only:
            self.remarks.append(f"Task {task.id} stands in a list of tasks only; nothing is said below it.")
        elif not task.objectives:
            self.remarks.append(f"No objectives of task {task.id} were found.")
        return {"id": task.id, "title": task.title} | ({"objectives": task.objectives} if task.objectives else {})

    def _add_listed(self) -> None:
        for number, title in self._listed.items():
            if number not in self.tasks:
                self.tasks[number] = _Task(number, title, listed_only=True)

    def read(self, entries: Sequence[Entry]) -> None:
        """Go through the guide's entries in order."""
        numbered = not any(TASK.fullmatch(entry.text) for entry in entries if not entry.level)
        for entry in entries:
            self._named, named = "", self._named
            if not entry.level and _AFTERWORD.fullmatch(entry.text) and self.tasks:
                return
            if covers := _COVERS.search(entry.text):
                self.weights.setdefault(covers[1], int(covers[2]))
            elif match := DOMAIN.fullmatch(entry.text):
                self._meet_domain(match, entry)
            elif match := TASK.fullmatch(entry.text) or (_NUMBERED.fullmatch(entry.text) if numbered else None):
                self._meet_task(match, entry, numbered)
            elif (share := _SHARE.fullmatch(entry.text)) and named:
                self._weigh(named, int(share[1]))
            elif self._task:
                self._meet_content(entry, self._task)

    def _meet_domain(self, match: re.Match[str], entry: Entry) -> None:
        number, title = match.groups()
        if weight := _WEIGHT.search(title):
            title = title[: weight.start()]
            self._weigh(number, int(weight[1]))
        elif not entry.level and not any(task.objectives for task in self._tasks_of(number)):
            self.titles[number] = title.strip()  # the last heading above the tasks: others are of a table
        if not entry.level:
            self._domain, self._task, self._named = number, None, number
        self.titles.setdefault(number, title.strip())

    def _weigh(self, number: str, weight: int) -> None:
        if self.weights.setdefault(number, weight) != weight:
            self.remarks.append(
                f"Domain {number} has two weights, {self.weights[number]}% and {weight}%; the first is kept."
            )

    def _meet_task(self, match: re.Match[str], entry: Entry, numbered: bool) -> None:
        """Start a task; one in a bullet is an entry of a list of tasks. "Task 2" is the current domain's second."""
        domain, number = (match[1], match[2]) if match[2] else (self._domain, match[1])
        if not domain or (numbered and domain != self._domain):
            return
        task_id, title = f"{int(domain)}.{int(number)}", match[3]
        if entry.level:
            self._listed.setdefault(task_id, title)
            return
        # One without objectives is a line of a table of contents, or of a list without bullets.
        if task_id in self.tasks and self.tasks[task_id].objectives:
            self.remarks.append(f"Task {task_id} stands twice; the first is kept: {self.tasks[task_id].title}")
            self._task = None
            return
        self._task, self._kind = _Task(task_id, title), "objective"
        self.tasks[task_id] = self._task

    def _meet_content(self, entry: Entry, task: _Task) -> None:
        """Take what stands below a task: a heading that says the kind, a bullet, or the end of the task."""
        if match := KIND.fullmatch(entry.text):
            self._kind = match[1].lower()
        elif entry.level:
            _add(task, entry, self._kind)
        elif is_complete(entry.text):
            self._task = None
        elif entry.text.endswith(":"):
            self._kind = "objective"
        elif entry.close and task.objectives:
            _extend(task.objectives[-1], entry.text)
        elif entry.bold or not entry.text.endswith("."):
            self._task = None  # a heading of another section; a sentence is a note


def _add(task: _Task, entry: Entry, kind: str) -> None:
    """Add a bullet: an objective, or a point of the one above; deeper bullets are points too."""
    if entry.level > 1 and task.objectives:
        task.objectives[-1].setdefault("points", []).append(entry.text)
        return
    text, number = entry.text, f"{task.id}.{len(task.objectives) + 1}"
    if match := _SKILL.fullmatch(text):
        kind, number, text = match[1].lower(), match[2], match[3]
    objective: Table = {"id": number, "text": text}
    task.objectives.append(objective if kind == "objective" else objective | {"kind": kind})


def _extend(objective: Table, text: str) -> None:
    """Add a line that wraps without an indent, as only its place right under the bullet shows."""
    if points := objective.get("points"):
        points[-1] += f" {text}"
    else:
        objective["text"] += f" {text}"
