"""A pasted text made plain: bounded, without mark-up, and in a language that the sources are in."""

from __future__ import annotations

import html
import re
import unicodedata

from corpus.errors import QuestionError

MAX_TEXT = 20_000
"""Characters; a long scenario with its options and an explanation has about 3,000."""

FEW_WORDS = 8
"""With fewer words than this no language is told."""

_DROPPED = re.compile(r"<(script|style|head|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_BLOCK = (
    "p|div|br|hr|ul|ol|tr|table|tbody|thead|h[1-6]|section|article|form|fieldset|label|option|select|header|"
    "footer|main|body|html|pre|blockquote|dl|dt|dd"
)
_INLINE = "span|b|i|u|em|strong|a|code|small|sup|sub|td|th|font|input|button|img|svg|iframe|meta|link|mark"
_ATTRIBUTES = r"(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>"
_ITEM_TAG = re.compile(rf"<li{_ATTRIBUTES}", re.I)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK}){_ATTRIBUTES}|</li\s*>", re.I)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}", re.I)
_BOLD = re.compile(r"\*\*(\S(?:[^\n*]*\S)?)\*\*|__(\S(?:[^\n_]*\S)?)__")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

_ENGLISH = frozenset(
    """the of to and is which with for that are must what should from this it be on by has have wants needs will a in
    how an at can as or not its best when does most data model company""".split()
)
_OTHERS = frozenset(
    """der die das und ist ein eine mit welche welcher wie nicht auf von zu den dem für muss soll werden le la les des
    une est pour dans qui avec quelle quel sur doit et du pas que el los las un una es por con para cual cuál debe qué
    del se il lo gli che di è quale sono della uma o da não qual com em deve het een van voor welke op moet zijn
    en jest na który która och att är som""".split()
)
_WORD = re.compile(r"[^\W\d_]+")


def plain_text(pasted: str) -> str:
    """The text without HTML, invisible characters and marks of emphasis; list items start with a bullet.

    Raises:
        QuestionError: there is no text, far too much, or none that is in English.
    """
    if len(pasted) > MAX_TEXT:
        raise QuestionError(
            f"The text has {len(pasted):,} characters; a question is read up to {MAX_TEXT:,}.",
            "Paste one question with its options, without the page around it.",
        )
    text = _DROPPED.sub("\n", pasted.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", _ITEM_TAG.sub("\n- ", text)))
    text = _INVISIBLE.sub("", html.unescape(text)).replace("\u00a0", " ").replace("\t", " ")
    text = _BOLD.sub(lambda bold: bold[1] or bold[2], text)
    if not text.strip():
        raise QuestionError(
            "There is no question in the text." if pasted.strip() else "There is no text.",
            "Paste the question's words and its options, one a line.",
        )
    _refuse_other_languages(text)
    return text


def _refuse_other_languages(text: str) -> None:
    letters = [character for character in text if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters)
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in words)
    other = sum(word in _OTHERS for word in words)
    if latin * 2 < len(letters) or (len(words) >= FEW_WORDS and other > 2 * english and other * 10 >= len(words)):
        raise QuestionError(
            "The question is in a language that the sources are not written in.",
            "Paste it in English; product names may stay as they are.",
        )
