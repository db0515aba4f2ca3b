"""Turns of speech that speak for an intent, in general English; the model weighs them against one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CUES: dict[str, str] = {
    "versus": (
        r"\b(?:vs?|versus|compar\w*|contrast\w*|differ\w*|distinguish\w*|distinction|side[- ]by[- ]side|"
        r"similarit\w*|pros and cons|(?:dis)?advantages|in common|confuse|rather than|opposed to|"
        r"trade-?offs?)\b"
    ),
    "either": r"\w (?:or|against) (?:<card>|\w+)\W*(?:$|\?|which|when)|\bwhich (?:one )?(?:is|one|should|of)\b",
    "define": (
        r"^\W*(?:so )?(?:what(?:'?s| is| are| does)|define|describe|explain|teach me|"
        r"tell me (?:more )?about)\b|\b(?:meaning|mean(?:s|t)? by|overview|introduc\w*|summar\w*|"
        r"in (?:a nutshell|depth|detail)|(?:one|a) sentence|understand|idea simple (?:words|terms)|"
        r"basics)\b"
    ),
    "again": (
        r"\b(?:simpler|shorter|longer|deeper|another way|once more|rephrase|elaborate|more detail|expand|"
        r"example|clarify)\b"
    ),
    "fact": (
        r"^\W*(?:(?:ok|and|so|but|wait) )*(?:how (?:long|many|much|big|often|do|does|can|fast)|can|could|"
        r"does|do|is|are|which|where|when|why does|what(?:'s| is) the (?:max\w*|min\w*|default|limit|size|"
        r"price|cost)|should|need)\b|\b(?:limits?|default|maximum|minimum|quota|per second|cost|charge|"
        r"price|support\w*)\b"
    ),
    "should": (
        r"\b(?:should i (?:use|pick|choose|do|normali[sz]e|scale)|what (?:should|can) i do|how (?:do|can|"
        r"to)\b)"
    ),
    "wrong": (
        r"\b(?:wrong|incorrect|not (?:right|correct)|isn'?t (?:it|right|correct)|false|why not|mistake|"
        r"distractors?|disagree|lose the point|ever (?:be )?(?:right|correct)|why (?:is|isn'?t|was|"
        r"can'?t))\b"
    ),
    "mine": r"\bi (?:chose|picked|took|answered|said|had|went with|thought)\b|\bmy (?:answer|choice|pick)\b",
    "choices": (
        r"\b(?:options?|choices|distractors|answer choices|each (?:one|option|answer|choice)|all (?:four|"
        r"4|five|5))\b"
    ),
    "quiz": (
        r"\b(?:quiz\w*|mcqs?|multiple[- ]choice|test (?:me|my)|drill\w*|examine|practi[sc]e|exercis\w*|flash ?cards?|"
        r"trivia|question me|ask me (?:a|some|\w+ )|check my knowledge)\b|\bquestions?\b(?! by| after)"
    ),
    "some": (
        r"(?:<number>|\b(?:some|few|couple|five|ten|three|several|random|easy|hard|harder|quick|"
        r"short)) (?:\w+ )?(?:questions?|ones?|mcqs?|items|quiz|round)\b"
    ),
    "more": r"^\W*(?:ok )?(?:next|more|another|again|continue|go on|one more)\b",
    "scenario": (
        r"\b(?:scenario\w*|fictional|invented|case|cases|case stud\w+|situation\w*|story|use case|hypothetical|"
        r"setting)\b"
    ),
    "invent": (
        r"\b(?:invent|generate\w*|create|make (?:up|me|another|a|it)|made[- ]up|compose|come up with|"
        r"produce|design|construct|write|think of|fresh|brand[- ]new|new(?:ly)?|never seen|original|"
        r"realistic|variation|similar)\b"
    ),
    "guide": (
        r"\b(?:guid(?:e|ing|ance)|lead(?:ing)?|coach|steer|socrat\w*|step by step|walk me th\w+|"
        r"take me through|reason (?:about|through)|think (?:it|this|with)|work (?:it|this|that) (?:out|"
        r"through)|counter[- ]?questions?|be(?:ing)? led|help me (?:to )?(?:reason|think)|"
        r"figure (?:it|this|out)|discover|find (?:it|out) (?:my|by)|on my own|together)\b"
    ),
    "no answer": (
        r"\b(?:don'?t|do not|without|no|instead of|not) (?:just )?(?:tell\w*|giv\w+|say\w*|explain\w*|"
        r"reveal\w*|answers?|spoil\w*|show\w*|solution\w*)\b|"
        r"\b(?:only|small|little) hints?\b|\bhints? (?:only|please|by)\b|\bnudge\b"
    ),
    "tell": (
        r"\b(?:just tell me|give up|hint|clue|no idea|no clue|idk|don'?t know|not sure)\b|"
        r"\bshow me the answer\b"
    ),
    "guess": (
        r"\b(?:i think|i'?d (?:say|go)|probably|maybe|i guess|i would|pretty sure|must be|is it|because|"
        r"it has to)\b"
    ),
    "plan": (
        r"\b(?:plan\w*|schedule|timetable|calendar|roadmap|learning path|agenda|prepar\w*|prep|"
        r"organi[sz]e|prioriti[sz]e|arrange|adjust|programme|chapter|what (?:order|next|comes next))\b"
    ),
    "study": r"\b(?:study|studies|studying|learn|revise|revision|cover|focus)\b",
    "time": (
        r"<date>|\b(?:days?|weeks?|months?|hours?|weekends?|today|tomorrow|tonight|until|before|by|a week|"
        r"evening)\b"
    ),
    "start": (
        r"\b(?:where|how|what) (?:do|should|shall|can|to) (?:i )?(?:start|begin|learn|study|do|focus)\b|"
        r"\bfirst\b"
    ),
    "my exam": r"\b(?:my|the) (?:exam|test)\b|\b(?:exam|test) (?:is|date|on|in)\b",
    "doing": (
        r"\b(?:how (?:am|did|have|good|far|likely)|am i|did i|have i|would i|will i|do i (?:know|get)|"
        r"where do i stand)\b"
    ),
    "figures": (
        r"\b(?:progress|stats|statistics|score|results?|mastery|readiness|ready|history|percent\w*|report|"
        r"level|overview|worst|weak\w*|strength\w*|strong\w*|gaps?|mistakes|improv\w*|better at|due|pass)\b"
    ),
    "mock": (
        r"\b(?:mock\w*|simulat\w+|rehears\w*|trial (?:exam|test|run)|practice (?:exam|test|paper)|"
        r"exam mode|full[- ](?:length|exam|test|run|mock)|(?:whole|complete|entire|real|timed|"
        r"full) (?:\w+ )?(?:exam|test|set|paper|thing|run|simulation)|test conditions|test day|"
        r"test exam)\b"
    ),
    "clock": r"\b(?:timed?|timer|clock|minutes?|min|under (?:exam|test|real))\b",
    "begin": r"\b(?:start|begin|launch|run|take|sit|do|let'?s)\b",
    "hello": (
        r"^\W*(?:hi+(?:ya)?|hey+|hello+|helo+|yo|gud \w+|gm|wassup|what'?s up|"
        r"good (?:morning|afternoon|evening|night|day)|morning|evening|"
        r"greetings|howdy|welcome|hola|sup)\b|\bnice to meet\b|\bhow are you\b|\bwho are you\b|"
        r"\b(?:what|how) can you (?:do|help)\b|\bwhat are your functions\b"
    ),
    "thanks": (
        r"\b(?:thanks?|thx|ty|cheers|appreciate\w*|thank you|grateful)\b|\b(?:that|this) (?:was|"
        r"really )?help(?:s|ed)\b"
    ),
    "bye": r"\b(?:bye|goodbye|see (?:you|ya)|farewell|later|good night|until next time|that'?s all)\b",
    "fine": (
        r"^\W*(?:ok(?:ay)?|great|nice|cool|perfect|awesome|wonderful|got it|understood|clear|very clear|"
        r"i see|good|super|excellent|brilliant)\b"
    ),
    "world": (
        r"\b(?:weather|cook\w*|pizza|bitcoin|ethereum|wordpress|wifi|laptop|flights?|head(?:ache)?|chess|news|"
        r"poem|poems|sing|joke|story about|minister|capital of|recipe|bake|dinner|restaurant|"
        r"film|movie|music|football|league|won|game|train to|taxi|hotel|holiday|travel|letter|email|"
        r"mother|girlfriend|dog|doctor|legal|shares|invest\w*|stock|phone|car|repair|politics|religion|"
        r"history of|translate|homework|weight|health|hurts|country|city|time is it)\b"
    ),
    "attack": (
        r"\b(?:ignore (?:all|your|previous|the)|system prompt|instructions|act as|pretend|jailbreak|dump|"
        r"leaked|real (?:exam )?questions|repeat the)\b"
    ),
    "it": r"^\W*(?:\w+ ){0,4}(?:it|that|this|those|these|one|they|there)\b",
    "joins": r"^\W*(?:and|but|so|or|also|then|ok|versus|vs|compared to|what about|how about|why)\b",
    "asks": r"\?",
}

SHORTHAND = {
    short: whole
    for whole, several in {
        "please": "pls plz plss kindly",
        "you": "u ya",
        "are": "r",
        "your": "ur",
        "what": "wat wht whta wot",
        "which": "wich whic",
        "why": "y",
        "something": "smth sth smthing",
        "example": "exampel exmple examle exampl ex",
        "question": "q qs quest",
        "next": "nxt",
        "about": "abt bout",
        "want": "wanna",
        "give": "gimme giv",
        "understand": "undrstand understnd",
        "schedule": "shedule scedule shedul",
        "scenario": "senario scenarios scenerio",
        "difference": "diff diffrence difrence",
        "because": "bc cuz coz cause",
        "with": "w",
        "don't": "dont",
        "don't know": "dunno idk",
        "ready": "redy",
        "thanks": "thx thanx tnx ty thanku",
        "without": "w/o",
        "again": "agn",
        "okay": "ok okk k",
        "what's": "whats",
        "isn't": "isnt",
        "can't": "cant",
    }.items()
    for short in several.split()
}
"""Short and mistyped forms of the words by which messages are told apart."""

_PATTERNS = {name: re.compile(pattern, re.I) for name, pattern in _CUES.items()}


def cues(text: str) -> Iterator[str]:
    """The names of the cues in a normalised message."""
    return (name for name, pattern in _PATTERNS.items() if pattern.search(text))
