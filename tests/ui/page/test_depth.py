"""How deep things are explained is chosen beside the box, goes with the talk, and outlives a reload."""

from __future__ import annotations

from tutor.explain import Depth
from ui.page.chat import ChatTab
from ui.page.conversation import Conversation
from ui.page.parts import ALONE, Act, Visit
from ui.page.study import Study

HERE = Visit(ALONE, Act())


def talk(chat: ChatTab, message: str, before: Conversation | None, depth: Depth) -> Conversation:
    """The conversation after one message more."""
    *_, (_, now, *_), _ = chat.ask(HERE, message, before, depth)
    assert isinstance(now, Conversation)
    return now


def test_the_chosen_depth_is_that_of_the_explanation_and_the_chips_lead_on_from_it(study: Study) -> None:
    """Every depth has its own headings; "In depth" is one step or two from the chosen one, "Shorter" the other way."""
    chat = ChatTab(study)
    for depth, heading, other in (
        ("sentence", "In a sentence", "What decides on the exam"),
        ("exam", "What decides on the exam", "In a sentence"),
    ):
        said = talk(chat, "Explain the Royal Gaiwan", None, depth).said[-1]  # type: ignore[arg-type]
        assert f"<h3>{heading}</h3>" in said.body
        assert other not in said.body
        assert "In depth" in [chip.words for chip in said.chips]

    deep = talk(chat, "In depth", talk(chat, "Explain the Royal Gaiwan", None, "sentence"), "sentence")
    assert "What decides on the exam" in deep.said[-1].body
    assert "Shorter" in [chip.words for chip in deep.said[-1].chips]


def test_the_choice_is_put_back_after_a_reload_and_a_new_conversation_keeps_it(study: Study) -> None:
    chat = ChatTab(study)
    assert chat.restore(HERE)[-1] == "exam"
    assert chat.choose(Visit(ALONE, Act("depth", "", {"depth": ("deep",)}))) == "deep"
    assert chat.choose(Visit(ALONE, Act("depth", "", {"depth": ("abyss",)}))) == "deep"
    chat.restart(HERE)
    *_, html, depth = chat.restore(HERE)
    assert depth == "deep"
    assert 'value="deep" checked' in html
    assert chat.restore(Visit("bob", Act()))[-1] == "exam"
