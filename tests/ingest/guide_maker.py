"""Exam guides for tests: a blueprint typeset as AWS does it, in either layout, with any width and page length."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.pdf_maker import Text, make_pdf

BODY = 12.0
LOWEST = 80.0  # no text stands lower than this; the footers do


@dataclass
class Layout:
    """Where things stand. `old` is the layout of the guides of 2024 and before."""

    old: bool = False
    columns: int = 90
    rows: int = 38
    top: float = 732
    first_page: int = 114
    pages: list[list[str | Text]] = field(default_factory=lambda: [[]])
    section: str = ""
    code: str = ""
    y: float = 732
    used: int = 0

    def line(self, text: str, x: float, size: float = BODY, bold: bool = False, gap: float = 1.5) -> None:
        if self.used >= self.rows or self.y - gap * size < LOWEST:
            self.turn()
        self.y -= gap * size
        self.used += 1
        self.pages[-1].append(Text(text, size=size, bold=bold, x=x, y=self.y))

    def turn(self) -> None:
        self.running()
        self.pages.append([])
        self.y, self.used = self.top, 0

    def running(self) -> None:
        number = len(self.pages) - 1 + self.first_page
        if self.old:
            self.pages[-1].insert(0, Text(f"Version 1.0 {self.code} {len(self.pages)} | PAGE", x=72, y=42))
        else:
            self.pages[-1].insert(0, Text("AWS Certification Exam Guides", size=8, x=36, y=757))
            self.pages[-1].append(Text(f"{self.section} {number}", size=8, x=36, y=52))

    def wrapped(self, text: str, x: float, size: float = BODY, bold: bool = False, gap: float = 2.5) -> None:
        lines = textwrap.wrap(text, int(self.columns * BODY / size), break_long_words=False)
        # A heading goes over to the next page whole, as AWS's do.
        if self.used + len(lines) > self.rows or self.y - (gap + 1.5 * len(lines)) * size < LOWEST:
            self.turn()
        for index, line in enumerate(lines):
            self.line(line, x, size, bold, 1.5 if index else gap)

    def bullet(self, text: str, depth: int = 1) -> None:
        mark = "o" if self.old and depth > 1 else "•"
        start = (108.0 if self.old else 36.0) + (depth - 1) * (36 if self.old else 12)
        inside = start + (18 if self.old else 12)
        for index, line in enumerate(textwrap.wrap(text, self.columns, break_long_words=False)):
            self.line(line if index else f"{mark} {line}", inside if index else start, gap=1.5 if index else 1.9)

    def heading(self, text: str, size: float) -> None:
        self.wrapped(text, 72 if self.old else 36, size, bold=True)

    def text(self, text: str) -> None:
        self.wrapped(text, 72 if self.old else 36)


def typeset(blueprint: dict[str, Any], layout: Layout, *, scoring: str = "") -> bytes:
    """Return the guide that such a blueprint is read from; `scoring` replaces the sentences with the figures."""
    layout.section, layout.code = blueprint["title"], blueprint["code"]
    name = f"{blueprint['title'].replace('–', '-')} ({blueprint['code']})"
    layout.heading(name, 18)
    layout.text(f"The {name} exam validates a candidate's ability to do what the guide says.")
    if not layout.old:
        layout.wrapped("Topics", 36, bold=True)
        for domain in blueprint["domains"]:
            layout.bullet(f"Content Domain {domain['id']}: {domain['title']}")
    layout.heading("Exam content", 16)
    layout.text("The exam contains one or more of the following question types:")
    for kind in blueprint["format"].get("response_types", ()):
        layout.bullet(kind)
    for sentence in [scoring] if scoring else _figures(blueprint["format"]):
        layout.text(sentence)
    layout.text("The exam has the following content domains and weightings:")
    for domain in blueprint["domains"]:
        share = f" ({domain['weight']}% of scored content)" if "weight" in domain else ""
        layout.bullet(f"{'' if layout.old else 'Content '}Domain {domain['id']}: {domain['title']}{share}")
    for domain in blueprint["domains"]:
        _domain(domain, layout)
    _services(blueprint.get("services", {}), layout)
    layout.heading("Survey", 16)
    layout.text("How useful was this exam guide? Let us know by taking our survey.")
    layout.running()
    return make_pdf(layout.pages)


def _figures(table: dict[str, Any]) -> Iterator[str]:
    yield (
        f"Unanswered questions are scored as incorrect. The exam includes {table['scored']} questions that affect "
        f"your score. The exam includes {table['unscored']} unscored questions that do not affect your score."
    )
    yield (
        "Your results for the exam are reported as a scaled score of "
        f"{table['scale_min']}–{table['scale_max']:,}. The minimum passing score is {table['pass_mark']}."
    )


def _domain(domain: dict[str, Any], layout: Layout) -> None:
    word = "Task Statement" if layout.old else "Task"
    layout.heading(f"{'' if layout.old else 'Content '}Domain {domain['id']}: {domain['title']}", 16)
    layout.section = f"Content Domain {domain['id']}: {domain['title']}"
    if not layout.old:
        layout.wrapped("Tasks", 36, bold=True)
        for task in domain["tasks"]:
            layout.bullet(f"{word} {task['id']}: {task['title']}")
    for task in domain["tasks"]:
        title = f"{word} {task['id']}: {task['title']}"
        layout.text(title) if layout.old else layout.heading(title, 14)
        kind = ""
        for objective in task["objectives"]:
            if (now := objective.get("kind", "objective")) != kind:
                kind = now
                heading = {"knowledge": "Knowledge of:", "skill": "Skills in:", "objective": "Objectives:"}[kind]
                layout.wrapped(heading, 90 if layout.old else 36)
            layout.bullet(objective["text"])
            for point in objective.get("points", ()):
                layout.bullet(point, depth=2)


def _services(services: dict[str, Any], layout: Layout) -> None:
    for key, title in (("in_scope", "In-scope AWS services"), ("out_of_scope", "Out-of-scope AWS services")):
        if key not in services:
            continue
        layout.heading(f"{title} and features" if layout.old else title.title().replace("Aws", "AWS"), 16)
        layout.section = title
        scope = "in" if key == "in_scope" else "out of"
        layout.text(f"The following list contains AWS services and features that are {scope} scope for the exam.")
        if not layout.old:
            layout.wrapped("Topics", 36, bold=True)
            for category in services[key]:
                layout.bullet(category["category"])
        for category in services[key]:
            layout.text(f"{category['category']}:") if layout.old else layout.heading(category["category"], 14)
            for name in category["names"]:
                layout.bullet(name)
