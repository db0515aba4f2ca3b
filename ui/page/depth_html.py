"""The choice of how deep things are explained, as a row of taps beside the box for a message."""

from __future__ import annotations

from tutor.explain import Depth

WORDS: dict[Depth, str] = {"sentence": "In a sentence", "exam": "For the exam", "deep": "In depth"}


def depth_html(chosen: Depth) -> str:
    """The depths with one of them chosen; a tap is sent as it is made."""
    rows = "".join(
        f'<label><input type="radio" name="depth" value="{depth}"{" checked" if depth == chosen else ""}>'
        f"<span>{words}</span></label>"
        for depth, words in WORDS.items()
    )
    return (
        f'<form data-change="depth" data-fresh="{chosen}"><fieldset class="sureness depths"><legend>Explain things'
        f"</legend>{rows}</fieldset></form>"
    )
