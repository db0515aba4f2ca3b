"""How the page looks: a Gradio theme of the system's own fonts, in a light and a dark scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.page.parts import asset

if TYPE_CHECKING:
    from gradio.themes import Base

FONT = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"]
MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace"]

HEAD = (
    '<meta name="color-scheme" content="light dark">'
    "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='8' fill='%231f5f6b'/%3E%3Cpath d='M9 10h14M9 16h14M9 22h8' stroke='white' "
    "stroke-width='3' stroke-linecap='round'/%3E%3C/svg%3E\">"
)
"""The icon is in the page itself, so that nothing is asked of anyone for it."""

COLOURS = {
    "body_background_fill": ("#f6f5f1", "#14171c"),
    "body_text_color": ("#1c2430", "#e6e9ee"),
    "body_text_color_subdued": ("#55606e", "#a5afbb"),
    "background_fill_primary": ("#ffffff", "#1c2129"),
    "background_fill_secondary": ("#eeece5", "#232934"),
    "border_color_primary": ("#d9d5ca", "#353d49"),
    "link_text_color": ("#1b5966", "#86c9d6"),
    "link_text_color_hover": ("#123f49", "#aee0ea"),
    "link_text_color_visited": ("#1b5966", "#86c9d6"),
    "link_text_color_active": ("#123f49", "#aee0ea"),
    "input_background_fill": ("#ffffff", "#1c2129"),
    "input_background_fill_focus": ("#ffffff", "#1c2129"),
    "input_border_color": ("#8a8f96", "#6a7483"),
    "input_border_color_focus": ("#1f5f6b", "#86c9d6"),
    "input_placeholder_color": ("#646d79", "#98a2af"),
    "button_primary_background_fill": ("#1f5f6b", "#86c9d6"),
    "button_primary_background_fill_hover": ("#174a54", "#a6dbe6"),
    "button_primary_text_color": ("#ffffff", "#0e2429"),
    "button_secondary_background_fill": ("#ffffff", "#1c2129"),
    "button_secondary_background_fill_hover": ("#eef4f4", "#263039"),
    "button_secondary_text_color": ("#1c2430", "#e6e9ee"),
    "button_secondary_border_color": ("#d9d5ca", "#353d49"),
    "button_secondary_border_color_hover": ("#1f5f6b", "#86c9d6"),
    "block_background_fill": ("transparent", "transparent"),
}
"""Gradio's name for a colour, then the light and the dark one; text on its ground keeps 4.5:1 (WCAG 2.2 AA)."""


STYLE_SHEETS = ("base.css", "chat.css", "study.css", "phone.css")


def style_sheet() -> str:
    """The rules for what the page draws itself. Gradio's own carry a class of its container; two of them win."""
    rules = "".join(asset(name) for name in STYLE_SHEETS)
    return f"{asset('colours.css')}.gradio-container.gradio-container {{{rules}}}"


def make_theme() -> Base:
    """The theme, with no font to fetch."""
    from gradio.themes import Base  # noqa: PLC0415  three seconds, so not before a page is wanted

    theme = Base(font=FONT, font_mono=MONO)
    for name, (light, dark) in COLOURS.items():
        setattr(theme, name, light)
        setattr(theme, f"{name}_dark", dark)
    theme.block_border_width = theme.block_border_width_dark = "0px"
    theme.block_shadow = theme.block_shadow_dark = "none"
    theme.button_transform_hover = "none"
    theme.input_radius = theme.button_large_radius = "12px"
    return theme
