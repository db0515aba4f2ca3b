"""The Settings tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.page.parts import part
from ui.page.study import Study

if TYPE_CHECKING:
    import gradio as gr


class SettingsTab:
    """What the tab shows and does."""

    def __init__(self, study: Study) -> None:
        self.study = study


def build_settings(tab: SettingsTab, here: gr.Tab) -> None:
    """Put the tab onto the page under construction."""
    part("<h2 class='title'>Settings</h2>", elem_id="settings-part")
