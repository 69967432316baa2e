"""How the page looks: system fonts only, calm colours, light and dark. Nothing is fetched from a network."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import gradio as gr
from gradio.themes.utils import colors, sizes

_CHINESE = ("PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")
_INK = colors.Color(
    name="ink",
    c50="#f1f6fb",
    c100="#dfeaf5",
    c200="#c0d6ea",
    c300="#93b8da",
    c400="#5f94c4",
    c500="#3a74a9",
    c600="#2a5d8c",
    c700="#234b72",
    c800="#1f3f5f",
    c900="#1b344e",
    c950="#11212f",
)


def theme() -> gr.themes.Base:
    """The Gradio theme of the page."""
    return gr.themes.Base(
        primary_hue=_INK,
        secondary_hue=_INK,
        neutral_hue=colors.slate,
        radius_size=sizes.radius_md,
        font=[*_CHINESE, "system-ui", "sans-serif"],
        font_mono=list(_MONO),
    ).set(
        body_background_fill="#f6f7f9",
        body_background_fill_dark="#12161c",
        body_text_color="#1f2733",
        body_text_color_dark="#dfe4ea",
        block_border_width="1px",
        block_shadow="none",
        block_label_text_size="*text_sm",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_text_color="white",
    )


@cache
def resource(name: str) -> str:
    """A text file beside this module ("static/style.css")."""
    return (files("assistant.ui") / name).read_text(encoding="utf-8")
