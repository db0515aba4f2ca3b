"""A new pack's folder: files that load, with an example of what to put into each."""

from __future__ import annotations

import json
import re
from pathlib import Path

from corpus.errors import PackError

_CODE = re.compile(r"[A-Z]{3}-[A-Z]\d{2}")

_BLUEPRINT = """\
# The exam as its official guide describes it. Word titles and objectives as the guide does.
# "packs validate" checks the form of all files, "packs audit" what they say.

code = "{code}"
title = {title}
# name_prefixes = ["Amazon", "AWS"]   # words that the names of things may be said without

# What the guide does not say is left out.
# [format]
# questions = 65          # = scored + unscored
# scored = 50
# unscored = 15
# minutes = 180
# scale_min = 100
# scale_max = 1000
# pass_mark = 750
# response_types = ["Multiple choice: one correct response and three incorrect ones"]
# scoring_rules = ["A question left unanswered counts as wrong."]

# One table for every domain; the weights of all domains add up to 100.
[[domains]]
id = "1"
title = "The first domain"
weight = 100

# One table for every task statement; its id starts with the domain's.
[[domains.tasks]]
id = "1.1"
title = "The first task statement"

# One table for every bullet below it; `points` are the bullets below that.
# [[domains.tasks.objectives]]
# id = "1.1.1"
# text = "Determine storage mediums (for example, databases)."
# points = ["Object storage"]

# [[services.in_scope]]
# category = "Storage"
# names = ["Amazon S3"]

# Where the figures come from.
# [[sources]]
# title = "The exam guide"
# url = "https://example.org/exam-guide.pdf"
# gives = ["domains"]
"""

_TRAITS = """\
# The properties on which options differ, and the phrases by which a scenario asks for a value.
# Replace the next line by tables as in the example.
traits = []

# [[traits]]
# id = "operations"
# name = "Operational effort"
# question = "Who should look after the servers?"
#
# [[traits.values]]
# id = "fully-managed"
# name = "fully managed"
# phrases = ["least operational overhead"]
#
# [[traits.values]]
# id = "self-managed"
# name = "run by the team"
# phrases = ["full control over the servers"]
"""

_SOURCES = """\
# Official documents that "exam-tutor fetch" can download.
# Replace the next line by tables as in the example.
sources = []

# [[sources]]
# id = "exam-guide"
# title = "The exam guide"
# publisher = "The publisher"
# url = "https://example.org/exam-guide.pdf"
# kind = "exam guide"
# licence = "for personal study"
# tasks = ["1.1"]
"""


def is_exam_code(code: str) -> bool:
    """Whether this is formed as an exam's code: three letters, a hyphen, a letter and two digits."""
    return _CODE.fullmatch(code) is not None


def skeleton_folder(code: str) -> Path:
    """The folder a pack is made in unless another is wanted: "MLS-C01" → `mls_c01`."""
    return Path(code.lower().replace("-", "_"))


def write_skeleton(code: str, folder: Path, title: str = "") -> Path:
    """Make a pack that loads; returns its folder. Without a title the code stands in for it.

    Raises:
        PackError: the code is not formed as one, the folder is there already or cannot be written.
    """
    blueprint = folder / "blueprint.toml"
    if not is_exam_code(code):
        raise PackError(blueprint, f"'{code}' is not an exam's code", key="code", hint="Write it as in MLS-C01.")
    if folder.exists():
        raise PackError(folder, "it exists already", hint="Name another with --folder.")
    try:
        for part in ("cards", "notes", "questions"):
            (folder / part).mkdir(parents=True)
        blueprint.write_text(_BLUEPRINT.format(code=code, title=_quoted(title.strip() or code)), encoding="utf-8")
        (folder / "traits.toml").write_text(_TRAITS, encoding="utf-8")
        (folder / "sources.toml").write_text(_SOURCES, encoding="utf-8")
    except OSError as error:
        raise PackError(folder, f"it cannot be written: {error}") from error
    return folder


def _quoted(text: str) -> str:
    """A TOML string of one line; JSON's escapes are TOML's too."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
