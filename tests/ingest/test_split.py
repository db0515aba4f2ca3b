"""Passages: within the model's size, kinds kept whole, nothing lost, ids that last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Block, BlockKind, Document, Section
from corpus.embedder import HashEmbedder
from corpus.sentence_embedder import SentenceEmbedder
from ingest.split import TARGET_TOKENS, split

EMBEDDER = HashEmbedder()  # a word or a mark is a token


def document(*blocks: Block, heading: tuple[str, ...] = ("Heading",), source: str = "s") -> Document:
    return Document(source, "Title", (Section(blocks, heading),), "0" * 64, "file")


def words(count: int, word: str = "word") -> str:
    return " ".join([word] * count)


def test_short_blocks_of_a_section_share_a_passage() -> None:
    [chunk] = split(document(Block("First paragraph."), Block("Second paragraph.")), EMBEDDER)
    assert chunk.text == "First paragraph.\n\nSecond paragraph."
    assert chunk.context == "Title › Heading"
    assert chunk.embedding_text.startswith("Title › Heading\n")


def test_a_section_never_shares_a_passage_with_the_next() -> None:
    two = Document("s", "T", (Section((Block("One."),), ("A",)), Section((Block("Two."),), ("B",))), "0" * 64, "file")
    assert [(c.text, c.location.heading) for c in split(two, EMBEDDER)] == [("One.", ("A",)), ("Two.", ("B",))]


def test_a_list_that_fits_stays_whole_even_if_a_paragraph_before_it_would_fill_the_passage() -> None:
    items = Block("\n".join(f"- item {n}" for n in range(20)), BlockKind.LIST)  # 3 tokens a line: 60
    chunks = split(document(Block(words(TARGET_TOKENS - 10)), items), EMBEDDER)
    assert [chunk.text for chunk in chunks] == [words(TARGET_TOKENS - 10), items.text]


def test_a_long_table_is_parted_between_rows_with_its_header_said_again() -> None:
    rows = [f"row{n} | value{n}" for n in range(100)]  # 3 tokens a row
    chunks = split(document(Block("\n".join(["Name | Value", *rows]), BlockKind.TABLE)), EMBEDDER)
    assert len(chunks) > 1
    assert all(chunk.text.startswith("Name | Value\n") for chunk in chunks)
    assert [line for chunk in chunks for line in chunk.text.splitlines()[1:]] == rows


def test_long_prose_is_parted_between_sentences() -> None:
    sentence = "Each of these sentences has nine words, no more."  # 11 tokens with comma and stop
    chunks = split(document(Block(" ".join([sentence] * 50))), EMBEDDER)
    assert len(chunks) > 1
    assert all(chunk.text.endswith("no more.") for chunk in chunks)


def test_places_are_places_in_the_document() -> None:
    whole = Document(
        "s",
        "T",
        (
            Section((Block("Alpha beta."), Block(words(500))), ("A",), page=1),
            Section((Block("Gamma."),), ("B",), page=2),
        ),
        "0" * 64,
        "file",
    )
    for chunk in split(whole, EMBEDDER):
        assert whole.text[chunk.location.start : chunk.location.end] == chunk.text
    assert split(whole, EMBEDDER)[-1].location.page == 2


def test_an_edit_elsewhere_renames_no_passage() -> None:
    before = split(document(Block(words(150, "a")), Block(words(150, "b"))), EMBEDDER)
    after = split(document(Block(words(160, "z")), Block(words(150, "a")), Block(words(150, "b"))), EMBEDDER)
    assert {chunk.id for chunk in before} < {chunk.id for chunk in after}


def test_the_same_text_twice_in_a_place_gets_two_ids() -> None:
    chunks = split(document(Block(words(150)), Block(words(150))), EMBEDDER)
    assert len({chunk.id for chunk in chunks}) == len(chunks) == 2


_KINDS = st.sampled_from(list(BlockKind))
_BLOCKS = st.lists(
    st.builds(Block, st.text(min_size=1, max_size=3000).filter(str.strip), _KINDS), min_size=1, max_size=5
)


@given(_BLOCKS, st.lists(st.text(max_size=300), max_size=4))
def test_the_model_never_cuts_a_passage_off_and_no_word_is_lost(blocks: list[Block], heading: list[str]) -> None:
    model = SentenceEmbedder()
    chunks = split(document(*blocks, heading=tuple(heading)), model)
    for spans in model.token_spans([chunk.embedding_text for chunk in chunks]):
        assert len(spans) <= model.max_tokens
    if all(block.kind is not BlockKind.TABLE for block in blocks):
        said = "".join("".join(chunk.text for chunk in chunks).split())
        assert said == "".join("".join(block.text for block in blocks).split())
