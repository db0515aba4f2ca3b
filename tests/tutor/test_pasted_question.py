"""A question is read whatever style it was pasted in; what is no question gets a word on what to do."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from tutor.pasted_question import PastedOption, PastedQuestion, parse_question

STEM = "A shop wants its sales data within a minute. Which service fits?"
OPTIONS = ("Amazon Data Firehose", "Amazon EMR", "AWS Glue", "Amazon Athena")
LETTERED = "\n".join(f"{letter}. {text}" for letter, text in zip("ABCD", OPTIONS, strict=True))


def texts(question: PastedQuestion) -> tuple[str, ...]:
    return tuple(option.text for option in question.options)


@pytest.mark.parametrize(
    ("mark", "labels"),
    [
        ("{L}. ", "ABCD"),
        ("{L}) ", "ABCD"),
        ("({L}) ", "ABCD"),
        ("{l}) ", "ABCD"),
        ("{l}. ", "ABCD"),
        ("[{L}] ", "ABCD"),
        ("{L}: ", "ABCD"),
        ("{L} - ", "ABCD"),
        ("**{L}.** ", "ABCD"),
        ("Option {L}: ", "ABCD"),
        ("{n}. ", "1234"),
        ("{n}) ", "1234"),
        ("- ", "ABCD"),
        ("• ", "ABCD"),
        ("○ ", "ABCD"),
        ("[ ] ", "ABCD"),
        ("", "ABCD"),
    ],
)
def test_every_style_of_marks(mark: str, labels: str) -> None:
    lines = [mark.format(L="ABCD"[n], l="abcd"[n], n=n + 1) + text for n, text in enumerate(OPTIONS)]
    expected = tuple(PastedOption(label, text) for label, text in zip(labels, OPTIONS, strict=True))
    assert parse_question("\n".join([STEM, "", *lines])) == PastedQuestion(STEM, expected)


def test_options_in_one_line() -> None:
    question = parse_question(f"{STEM} a) Amazon Data Firehose b) Amazon EMR c) AWS Glue d) Amazon Athena")
    assert (question.stem, texts(question)) == (STEM, OPTIONS)


def test_the_number_of_the_question_and_lists_in_the_stem() -> None:
    pasted = (
        "Question #12\n1. A shop has needs:\n- fast\n- cheap\nWhich service fits? (Select TWO.)\n\n"
        "A. Amazon Data\n   Firehose\nB. Amazon EMR\nC. AWS Glue\n\nCorrect answers: A and C\nExplanation: it is so."
    )
    question = parse_question(pasted)
    assert question.stem == "1. A shop has needs: - fast - cheap Which service fits? (Select TWO.)"
    assert texts(question) == ("Amazon Data Firehose", "Amazon EMR", "AWS Glue")
    assert (question.select, question.key) == (2, ("A", "C"))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Answer: B", ("B",)),
        ("**Answer: B**", ("B",)),
        ("The correct answer is (b).", ("B",)),
        ("Correct answer: A, C", ("A", "C")),
        ("Correct Answers: AC", ("A", "C")),
        ("Key: A & C", ("A", "C")),
        ("Answer: B. EMR runs Spark", ("B",)),
        ("Answer: Amazon EMR", ("B",)),
    ],
)
def test_key_lines(line: str, key: tuple[str, ...]) -> None:
    question = parse_question(f"{STEM}\n{LETTERED}\n\n{line}")
    assert question.key == key
    assert question.select == len(key)
    assert texts(question) == OPTIONS


@pytest.mark.parametrize("line", ["I chose C", "My answer: c", "I went with option C.", "I'd say C", "I picked (C)"])
def test_what_the_learner_chose(line: str) -> None:
    question = parse_question(f"{STEM}\n{LETTERED}\n{line}\nAnswer: A")
    assert (question.chosen, question.key) == (("C",), ("A",))


def test_options_over_paragraphs_without_any_mark() -> None:
    pasted = "Which steps fit?\n\nTrain a model\non the data\n\nBuy one\n\nAsk a colleague"
    assert texts(parse_question(pasted)) == ("Train a model on the data", "Buy one", "Ask a colleague")


def test_html_remains_go_and_entities_are_read() -> None:
    pasted = (
        "<script>alert('A. x')</script><div class='q'>Which is <b>R&amp;D</b> with x &lt; 5&nbsp;GB?</div>"
        "<ul><li>one fast <i>store</i></li><li>two stores</li></ul>"
    )
    question = parse_question(pasted)
    assert question.stem == "Which is R&D with x < 5 GB?"
    assert texts(question) == ("one fast store", "two stores")


def test_text_in_angle_brackets_that_is_no_tag_stays() -> None:
    assert (
        parse_question("Where is <prefix>/data kept?\nA. in a bucket\nB. on <a disk>").options[1].text == "on <a disk>"
    )


@pytest.mark.parametrize(
    ("pasted", "problem"),
    [
        ("", "There is no text."),
        ("  \n ", "There is no text."),
        ("<script>steal()</script>", "There is no question in the text."),
        ("What is the weather like today?", "There is no question with options in the text."),
        ("I like tea. It is warm.\nAnd so are you.", "There is no question with options in the text."),
        (f"{STEM}\n{LETTERED}\n\n{STEM}\n{LETTERED}", "There is more than one question in the text."),
        (
            f"Question 1: {STEM}\n{LETTERED}\nAnswer: A\nQuestion 2: Why?",
            "There is more than one question in the text.",
        ),
        (STEM + "".join(f"\n{n}. choice {n}" for n in range(1, 21)), "The text has 20 options"),
        (STEM + "".join(f"\n{c}. choice {c}" for c in "ABCDEFGHIJKLMNOPQRST"), "The text has 20 options"),
        (f"{STEM}\nA. Amazon EMR\nB. AWS Glue\nC. amazon  EMR.", "Options A and C are equal."),
        (f"{STEM}\nA. Amazon EMR\nB.\nC. AWS Glue", "Option B is empty."),
        (f"{STEM}\n{LETTERED}\nAnswer: F", "The key names F, but the options are A to D."),
        (f"{STEM} (Choose four.)\n{LETTERED}", "The question wants 4 of 4 options."),
        (LETTERED, "There are options, but no question above them."),
        ("Какой сервис подходит?\nA. Один\nB. Два", "The question is in a language"),
        (
            "Welcher Dienst ist für die Daten der Firma am besten und soll nichts kosten?\nA. der eine\nB. die andere",
            "The question is in a language",
        ),
        ("word " * 20_000, "The text has 100,000 characters; a question is read up to 20,000."),
    ],
)
def test_what_is_no_question_is_told_with_the_next_step(pasted: str, problem: str) -> None:
    with pytest.raises(QuestionError) as told:
        parse_question(pasted)
    assert problem in told.value.message
    assert told.value.hint


@given(
    st.text(max_size=400)
    | st.lists(st.sampled_from("A. B) a) 1. - ? : \n \n\n < <p> word Answer: B".split(" "))).map(" ".join)
)
def test_any_text_is_a_question_or_a_told_error(pasted: str) -> None:
    with contextlib.suppress(QuestionError):
        question = parse_question(pasted)
        assert 2 <= len(question.options) <= 10
        assert 1 <= question.select < len(question.options)


WORDS = st.lists(st.sampled_from("amazon data model trains in seconds store the 5 GB/s (fast) x<y".split()), min_size=1)
MARKS = [
    lambda n: "ABCDEF"[n] + ".",
    lambda n: "ABCDEF"[n] + ")",
    lambda n: f"({'ABCDEF'[n]})",
    lambda n: "abcdef"[n] + ")",
    lambda n: f"{n + 1}.",
    lambda n: f"{n + 1})",
    lambda _: "-",
    lambda _: "•",
    lambda _: "",
]


@given(
    setting=WORDS,
    options=st.lists(WORDS.map(lambda words: f"Use {' '.join(words)}"), min_size=4, max_size=6, unique=True),
    mark=st.sampled_from(MARKS),
    wrapped=st.booleans(),
    gap=st.sampled_from(["\n", "\n\n"]),
    select=st.sampled_from([1, 2, 3]),
    chosen=st.none() | st.integers(0, 3),
    keyed=st.booleans(),
)
def test_what_is_rendered_in_any_style_is_read_back(
    setting: list[str],
    options: list[str],
    mark,
    wrapped: bool,
    gap: str,
    select: int,
    chosen: int | None,
    keyed: bool,
) -> None:
    stem = f"A team has {' '.join(setting)}. Which fits?" + {1: "", 2: " (Choose two.)", 3: " (Select THREE.)"}[select]
    labels = "123456" if mark(0)[:1] == "1" else "ABCDEF"
    # Without a mark, an option goes on in the next line only where paragraphs part the options.
    broken = (
        options if not wrapped or (mark(0) == "" and gap == "\n") else [o.replace(" ", "\n   ", 1) for o in options]
    )
    lines = [stem, *(f"{mark(n)} {text}".strip() for n, text in enumerate(broken))]
    tail = [] if chosen is None else [f"I chose {labels[chosen]}"]
    tail += [f"Answer: {', '.join(labels[:select])}"] if keyed else []
    assert parse_question(gap.join(lines) + "\n\n" + "\n".join(tail)) == PastedQuestion(
        stem,
        tuple(PastedOption(label, text) for label, text in zip(labels, options, strict=False)),
        select,
        tuple(labels[:select]) if keyed else None,
        None if chosen is None else (labels[chosen],),
    )
