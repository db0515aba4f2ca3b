"""The HTML reader: main content, plain text, and the place of every section."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Block, BlockKind, Document
from corpus.errors import SourceError
from ingest.readers.html import read
from ingest.readers.source import RawSource


def read_html(page: str, url: str | None = None) -> Document:
    return read(RawSource("site/my-page.html", page.encode(), url, "page"))


def blocks(page: str) -> list[Block]:
    return [block for section in read_html(page).sections for block in section.blocks]


def test_headings_make_the_path_and_their_ids_the_address() -> None:
    document = read_html(
        "<h1>Streams</h1><p>Intro.</p><h2 id='shards'>Shards</h2><p>Units.</p><h4>Limits</h4><p>Few.</p>"
        "<h2>Price</h2><p>Low.</p>",
        url="https://example.org/doc?v=1#top",
    )

    # A heading without an id has the address of the heading around it.
    assert [(s.heading, s.text, s.url) for s in document.sections] == [
        (("Streams",), "Intro.", "https://example.org/doc?v=1"),
        (("Streams", "Shards"), "Units.", "https://example.org/doc?v=1#shards"),
        (("Streams", "Shards", "Limits"), "Few.", "https://example.org/doc?v=1#shards"),
        (("Streams", "Price"), "Low.", "https://example.org/doc?v=1"),
    ]


@pytest.mark.parametrize(
    "around",
    [
        "<main>{}</main>",
        "<article>{}</article>",
        "<div role=main>{}</div>",
        "<div id=main-content>{}</div>",
        "<main><p>Menu</p><div id=main-col-body>{}</div></main>",
        "<main></main>{}",
    ],
)
def test_only_the_main_content_is_read(around: str) -> None:
    outside = "" if "</main>{}" in around else "<p>Outside</p>"
    page = f"<body><nav>Menu</nav>{outside}{around.format('<p>Inside</p>')}<footer>Legal</footer></body>"

    assert blocks(page) == [Block("Inside")]


@pytest.mark.parametrize(
    "junk",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        "<noscript>Turn it on</noscript>",
        "<!-- note -->",
        "<form>Name <input></form>",
        "<svg><text>Icon</text></svg>",
        "<template><p>T</p></template>",
        "<p hidden>H</p>",
        "<p aria-hidden=true>A</p>",
        "<p style='display: none'>D</p>",
        "<aside>See also</aside>",
    ],
)
def test_nothing_of_markup_scripts_or_hidden_parts_remains(junk: str) -> None:
    assert blocks(f"<main><p>Be{junk if junk.startswith('<!') else ''}fore</p>{junk}<p>After</p></main>") == [
        Block("Before"),
        Block("After"),
    ]


def test_links_keep_their_text_and_blanks_run_together() -> None:
    assert blocks("<p>See \n <a href='x'>the <b>guide</b></a>&nbsp;now<br>or later.</p>") == [
        Block("See the guide now or later.")
    ]


def test_lists_have_an_item_a_line_nested_ones_too() -> None:
    page = (
        "<p>Choose:</p><ul><li>speed<ol><li>fast</li><li><p>faster</p><p>or not</p></li></ol></li><li>price</li></ul>"
    )

    assert blocks(page) == [Block("Choose:"), Block("- speed\n- fast\n- faster or not\n- price", BlockKind.LIST)]


def test_code_in_a_list_item_is_a_block_of_its_own() -> None:
    assert blocks("<ol><li>Run <pre>  ls\n    -a\n</pre></li><li>Look</li></ol>") == [
        Block("- Run", BlockKind.LIST),
        Block("ls\n  -a", BlockKind.CODE),
        Block("- Look", BlockKind.LIST),
    ]


def test_inline_code_stays_in_its_sentence() -> None:
    assert blocks("<p>Call <code>PutRecord</code> often.</p>") == [Block("Call PutRecord often.")]


def test_tables_have_a_row_a_line() -> None:
    page = (
        "<table><caption>Limits</caption><tr><th>Name</th><th>Value</th></tr>"
        "<tr><td><p>Shards</p></td><td>1<br>to 500</td></tr><tr><td></td><td></td></tr></table>"
    )

    assert blocks(page) == [Block("Limits"), Block("Name | Value\nShards | 1 to 500", BlockKind.TABLE)]


def test_definition_lists_are_paragraphs() -> None:
    page = "<dl><dt>Shard</dt><dd>A unit.</dd><dt>Record</dt><dd><p>A blob.</p><p>Small.</p></dd><dt>Alone</dt></dl>"

    assert blocks(page) == [Block("Shard: A unit."), Block("Record: A blob."), Block("Small."), Block("Alone:")]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Tab</title><body><p>x</p><h1>Head¶</h1><p>y</p>", "Head"),
        ("<title> Tab\n name </title><body><p>x</p>", "Tab name"),
        ("<p>x</p>", "my page"),
    ],
)
def test_title_comes_from_h1_or_title_or_the_file(page: str, title: str) -> None:
    assert read_html(page).title == title


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://example.org/real", "https://example.org/real"),
        ("http://example.org/insecure", "https://example.org/given"),
        ("/relative", "https://example.org/given"),
        ("https://elsewhere.org/claimed", "https://example.org/given"),  # a page cannot lend itself another's name
    ],
)
def test_a_secure_canonical_address_is_the_address(link: str, url: str) -> None:
    page = f"<head><link rel=canonical href='{link}'></head><body><p>x</p>"

    assert read_html(page, url="https://example.org/given").url == url


def test_a_short_page_in_utf_8_is_not_guessed_to_be_something_else() -> None:
    assert read(RawSource("a.html", "<p>café – té</p>".encode())).text == "café – té"


def test_other_encodings_are_read_as_the_page_states_them() -> None:
    data = "<meta charset=iso-8859-1><p>café</p>".encode("iso-8859-1")

    assert read(RawSource("a.html", data)).text == "café"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<html><body><script>draw()</script><div id=app></div></body></html>", "has no text"),
        (b"\x89PNG\0\0", "binary"),
    ],
)
def test_what_has_no_text_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=rf"^a\.html: .*{says}") as caught:
        read(RawSource("a.html", data))

    assert caught.value.hint


@pytest.mark.parametrize("tag", ["div", "b"])
def test_very_deep_pages_neither_crash_nor_recurse(tag: str) -> None:
    deep = f"<{tag}>" * 20_000 + "at the bottom" + f"</{tag}>" * 20_000

    assert read_html(deep).text == "at the bottom"


@given(
    st.lists(
        st.sampled_from(
            ["<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "<dt>", "<dd>", "<h2>", "<pre>", "</div>", "x"]
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_any_nesting_gives_plain_text_or_a_source_error(tags: list[str]) -> None:
    try:
        document = read_html("".join(tags))
    except SourceError:
        return
    assert "<" not in document.text
