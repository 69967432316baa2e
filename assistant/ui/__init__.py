"""The web page. Importing this package does not import Gradio; `serve` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.config import Settings

__all__ = ["serve"]


def serve(assistant: Assistant, settings: Settings, *, block: bool = True) -> Any:
    """Open the page at the host and port of the settings; returns the Gradio Blocks (to close it, when not blocking).

    Raises AssistantError when the port cannot be had.
    """
    from assistant.errors import AssistantError
    from assistant.ui.page import Page
    from assistant.ui.theme import resource, theme

    blocks = Page(assistant, longest_question=settings.max_question_length).blocks
    try:
        blocks.launch(
            server_name=settings.host,
            server_port=settings.port or None,
            theme=theme(),
            css=resource("static/style.css"),
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            share=False,
            ssr_mode=False,
            quiet=True,
            show_error=True,
            prevent_thread_lock=not block,
        )
    except OSError as error:
        raise AssistantError(
            f"无法在 {settings.host}:{settings.port} 打开网页（{error}）",
            remedy="端口可能已被占用，请用 --port 或 BUDGET_PORT 换一个",
        ) from error
    return blocks
