"""Subtitles (.srt, .vtt) as paragraphs of about a minute, their times as headings. The one import of webvtt."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError

from corpus.documents import Block, Document, Section
from corpus.errors import SourceError
from corpus.sentences import sentence_spans
from ingest.readers.source import RawSource

SHORTEST = 60
"""Seconds after which a paragraph ends at the next end of a sentence."""

LONGEST = 90
"""Seconds after which it ends anyway: automatic captions have no full stops."""

_STYLING = re.compile(r"\{\\[^{}]*\}|[♪♫]")
_SOUNDS = "music|applause|laughter|laughs|silence|inaudible|noise|cheering"
_SOUND = re.compile(rf"\[(?:{_SOUNDS})[^\[\]]{{0,40}}\]|\((?:{_SOUNDS})\)", re.IGNORECASE)
# ">> Jane:", "SPEAKER 1:", "[Jane Doe]:"; a capitalised word alone is as likely a term ("SQS: …") and stays.
_NAME = r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,2}"
_SPEAKER = re.compile(rf"^\s*(?:(?:>>+|- )\s*(?:{_NAME}:)?|(?i:speaker) ?\w{{0,2}}:|\[{_NAME}(?: \d+)?\]:?)\s*")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is newly said from `start` to `end`, in seconds."""

    start: int
    end: int
    text: str


def read(raw: RawSource) -> Document:
    """Return the subtitles as sections of about 60 to 90 seconds, each headed by its times.

    Raises:
        SourceError: it is not in the format its name says, or nothing is said in it.
    """
    text = raw.text().lstrip("\ufeff\n\t ")
    try:
        captions = WebVTT.from_buffer([text], format=raw.suffix.lstrip(".") or "vtt").captions
    except (MalformedFileError, MalformedCaptionError, ValueError, OverflowError) as error:
        starts = "the line WEBVTT" if raw.suffix == ".vtt" else "the number 1 and, below it, a line of times"
        raise SourceError(
            raw.name,
            f"these are not subtitles of type {raw.suffix}, which start with {starts} ({error})",
            "Export them again as .srt or .vtt, or rename the file to .txt to read it as plain text.",
        ) from error
    captions.sort(key=lambda caption: caption.start_in_seconds)
    cues = [(caption.start_in_seconds, caption.end_in_seconds, caption.text.split("\n")) for caption in captions]
    sections = tuple(
        Section((Block(part.text),), (f"{_clock(part.start)} – {_clock(part.end)}",), url=raw.url)
        for part in _paragraphs(_said_once(cues))
    )
    if not sections:
        raise SourceError(raw.name, "nothing is said in these subtitles", "Check that it is the file you meant.")
    return Document(raw.name, raw.stem, sections, raw.sha256, raw.kind, raw.url)


def _said_once(cues: Iterable[tuple[int, int, list[str]]]) -> Iterator[_Cue]:
    """Yield what each cue says that the one before has not: rolling captions show a line again above the next."""
    before: list[str] = []
    for start, end, raw_lines in cues:
        lines = [line for raw_line in raw_lines if (line := _line(raw_line))]
        if not lines:
            continue
        new = _new_lines(before, lines)
        before = lines
        if new:
            yield _Cue(start, max(start, end), " ".join(new))


def _new_lines(before: list[str], lines: list[str]) -> list[str]:
    """Return the lines without what the cue before shows, which may scroll up or grow word by word."""
    shown, text = " ".join(before), " ".join(lines)
    if shown and text.startswith(shown + " "):
        return [text[len(shown) + 1 :]]
    repeated = next((n for n in range(min(len(before), len(lines)), 0, -1) if before[-n:] == lines[:n]), 0)
    if not repeated and before and lines[0].startswith(before[-1] + " "):
        return [lines[0][len(before[-1]) + 1 :], *lines[1:]]
    return lines[repeated:]


def _line(text: str) -> str:
    """Return what is spoken in a line: no tags, styling, sounds or speaker."""
    text = _SOUND.sub(" ", _STYLING.sub(" ", html.unescape(text)))
    return " ".join(_SPEAKER.sub("", text).split())


def _paragraphs(cues: Iterable[_Cue]) -> Iterator[_Cue]:
    """Yield the cues joined, parted where a sentence ends, within a cue if need be."""
    start, end, texts = 0, 0, list[str]()
    for cue in cues:
        if texts and cue.end - start > LONGEST:
            yield _Cue(start, end, " ".join(texts))
            texts = []
        if not texts:
            start = cue.start
        texts.append(cue.text)
        end = cue.end
        if end - start < SHORTEST:
            continue
        said, rest = _at_sentence_end(cue.text)
        if said:
            yield _Cue(start, end, " ".join([*texts[:-1], said]))
            start, texts = cue.start, [rest] if rest else []
    if texts:
        yield _Cue(start, end, " ".join(texts))


def _at_sentence_end(text: str) -> tuple[str, str]:
    """Return the text up to its last end of a sentence and what follows; "" and all of it where there is none."""
    if _SENTENCE_END.search(text):
        return text, ""
    spans = sentence_spans(text)
    return (text[: spans[-2][1]], text[spans[-1][0] :]) if len(spans) > 1 else ("", text)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
