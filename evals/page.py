"""Templates into pages: one file each, without scripts or links to fetch. The one door to Jinja2.

Jinja2 escapes whatever is put in: questions and passages are somebody's text.
"""

from __future__ import annotations

from pathlib import Path


def render(template: str, **values: object) -> str:
    """The page that a template of this folder makes of values; a value that is missing is an error."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  it is in the extra 'evals'

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = (Path(__file__).parent / template).read_text(encoding="utf-8")
    return environment.from_string(source).render(**values)
