"""Greetings, thanks, and what the tutor says of itself."""

from __future__ import annotations

import re

from corpus.blueprint import Exam
from tutor import suggestions
from tutor.turns import Plain

_THANKS = re.compile(r"\b(?:thanks?|thank you|thx|ty|cheers|grateful|appreciate\w*|helped|helpful)\b", re.I)
_BYE = re.compile(r"\b(?:bye|goodbye|see you|see ya|good night|farewell|until next time|that'?s all)\b", re.I)
_FINE = re.compile(r"^\W*(?:ok(?:ay)?|nice|cool|great|perfect|got it|i see|understood|clear|good|super)\b", re.I)


def reply(message: str, exam: Exam) -> Plain:
    """The answer to a greeting, to thanks, to a farewell, or to "what can you do?"."""
    if _BYE.search(message):
        return Plain("Goodbye, and good luck.")
    if _THANKS.search(message):
        return Plain("You are welcome.", (suggestions.QUIZ, suggestions.PLAN))
    if _FINE.search(message):
        return Plain("Good. What is next?", (suggestions.QUIZ, suggestions.PLAN))
    return Plain(
        f"Hello. I tutor for {exam.code}, {exam.title}, from sources that I can cite. Ask a question, name a thing to "
        "have it explained or compared, paste a question with its options, or let me quiz you.",
        (suggestions.QUIZ, suggestions.PLAN),
    )


def out_of_scope(exam: Exam) -> Plain:
    """The answer to what is not about the exam."""
    return Plain(f"That is outside of what {exam.code} covers, so I have no source for it.", (suggestions.QUIZ,))
