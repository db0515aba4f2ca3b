"""What models are told: one file a task."""

from __future__ import annotations

from importlib.resources import files


def prompt(task: str) -> str:
    """The text of a task's prompt."""
    return (files(__name__) / f"{task}.md").read_text(encoding="utf-8")
