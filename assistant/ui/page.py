"""The page: a chat on the left, the evidence for the newest answer beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Answer
from assistant.ui import charts, rendering
from assistant.ui.conversation import Asking, Conversation, document_choices, evidence_page, messages
from assistant.ui.evidence import choices
from assistant.ui.theme import resource
from assistant.ui.workbook import write_workbook

if TYPE_CHECKING:
    from assistant import Assistant

_WELCOME = """## 问预算，看出处

用一句话提问。每个数字都指到所在的表格单元格或原句，并说明口径；文件自相矛盾时会提醒。"""
_CACHE_LIFE = (3600, 6 * 3600)  # seconds between clean-ups, and the age at which a download is deleted
_AT_ONCE = 4
_SOURCE, _RESULT, _SQL, _SCOPE = "source", "result", "sql", "scope"

Updates = dict[Any, Any]


def _html(value: str, **options: Any) -> gr.HTML:
    """An HTML part that only our own style sheet styles."""
    return gr.HTML(value, apply_default_css=False, **options)


class Page:
    """The components of the page and what happens to them. `blocks` is what Gradio serves."""

    def __init__(self, assistant: Assistant, *, longest_question: int = 500) -> None:
        """`longest_question` in characters. Opens no port and starts no thread."""
        self._assistant = assistant
        self._longest = longest_question
        self._documents = assistant.documents()
        self._downloads = TemporaryDirectory(prefix="budget-")
        with gr.Blocks(
            analytics_enabled=False, title="预算问答", fill_width=True, delete_cache=_CACHE_LIFE
        ) as self.blocks:
            self._conversation = gr.State(Conversation())
            self._draw_header()
            with gr.Row(elem_id="columns", equal_height=False):
                with gr.Column(scale=5, min_width=320, elem_id="ask"):
                    self._draw_chat()
                with gr.Column(scale=6, min_width=320, elem_id="evidence"):
                    self._draw_evidence()
            self._wire()

    def _draw_header(self) -> None:
        offered = document_choices(self._documents)
        with gr.Row(elem_id="top", equal_height=True):
            self._banner = _html(self._headline(offered[0][1] if offered else ""), elem_id="banner")
            self._document = gr.Dropdown(
                offered, value=offered[0][1] if offered else None, label="文件", show_label=False,
                container=False, filterable=len(offered) > 8, elem_id="document", visible=len(offered) > 1,
            )  # fmt: skip
            self._restart = gr.Button("新对话", size="sm", elem_id="restart")
            self._shade = gr.Button("◐", size="sm", elem_id="shade")

    def _draw_chat(self) -> None:
        examples = tomllib.loads(resource("examples.toml"))["questions"]
        self._chat = gr.Chatbot(
            show_label=False, container=False, height=None, elem_id="chat", layout="bubble", buttons=["copy"],
            placeholder=_WELCOME, examples=[{"text": question} for question in examples],
            latex_delimiters=[], allow_tags=False, feedback_options=None, group_consecutive_messages=False,
        )  # fmt: skip
        with gr.Row(elem_id="entry", equal_height=True):
            self._question = gr.Textbox(
                placeholder="例如：公务接待费比上年减少多少？", show_label=False, label="问题", container=False,
                lines=1, max_lines=4, autofocus=True, scale=8, elem_id="question", max_length=self._longest,
            )  # fmt: skip
            self._send = gr.Button("提问", variant="primary", scale=1, min_width=72, elem_id="send")

    def _draw_evidence(self) -> None:
        self._warning = _html("", elem_id="warning", visible=False)
        with gr.Tabs(selected=_SOURCE, elem_id="tabs") as self._tabs:
            with gr.Tab("出处", id=_SOURCE):
                self._places = gr.Radio(
                    [], show_label=False, label="出处", container=False, visible=False, elem_id="places"
                )
                self._source = _html(
                    evidence_page(self._assistant, None), elem_id="source", js_on_load=resource("static/scroll.js")
                )
            with gr.Tab("结果表", id=_RESULT):
                self._chart = gr.Plot(show_label=False, container=False, visible=False, elem_id="chart")
                self._result = _html(rendering.empty("提问之后，这里显示结果的各行。"), elem_id="result")
            with gr.Tab("SQL", id=_SQL):
                self._sql = gr.Code(
                    "", language="sql", show_label=False, label="SQL", container=False, interactive=False,
                    wrap_lines=True, lines=3, max_lines=28, elem_id="sql", visible=False,
                )  # fmt: skip
                self._no_sql = _html(rendering.empty("提问之后，这里显示实际执行的查询语句。"))
            with gr.Tab("口径", id=_SCOPE):
                self._scope = _html(rendering.empty("提问之后，这里说明问题是怎样理解的。"), elem_id="scope")
        self._download = gr.DownloadButton("下载这个回答（Excel）", size="sm", visible=False, elem_id="download")

    def _wire(self) -> None:
        shown = [
            *(self._chat, self._question, self._conversation, self._warning, self._tabs, self._places, self._source),
            *(self._chart, self._result, self._sql, self._no_sql, self._scope, self._download),
        ]
        asking: dict[str, Any] = {
            "outputs": shown, "concurrency_limit": _AT_ONCE, "concurrency_id": "ask",
            "show_progress": "hidden", "api_visibility": "private",
        }  # fmt: skip
        typed = [self._question, self._conversation, self._document]
        clicked = [self._conversation, self._document]
        gr.on([self._question.submit, self._send.click], self._ask, typed, trigger_mode="once", **asking)
        self._chat.example_select(self._ask_example, clicked, **asking)
        self._chat.option_select(self._ask_option, clicked, **asking)
        private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        self._places.input(self._choose, [self._places, self._conversation], [self._source], **private)
        self._restart.click(self._clear, None, shown, **private)
        self._document.change(self._headline, [self._document], [self._banner], **private)
        self._shade.click(None, js="() => { document.body.classList.toggle('dark'); }", api_visibility="private")

    def _headline(self, key: str | None) -> str:
        """Body, year and stage of the chosen document, or how many there are."""
        chosen = [document for document in self._documents if document.key == key]
        if chosen:
            year = f"{chosen[0].year} 年" if chosen[0].year else ""
            about = " · ".join(part for part in (chosen[0].body, f"{year}{chosen[0].stage}") if part)
        else:
            about = f"{len(self._documents)} 份公开文件"
        return f'<div class="banner"><strong>预算问答</strong><span>{escape(about)}</span></div>'

    def _ask(self, question: str, conversation: Conversation, document: str | None) -> Iterator[Updates]:
        question = question.strip()
        if not question:
            yield {self._question: gr.update()}
            return
        before = Conversation(conversation.turns, document or None)
        now = before
        for now in Asking(self._assistant, before, question, self._longest).run():
            yield {self._chat: messages(now), self._question: "", self._conversation: now}
        yield self._evidence(now.latest)

    def _ask_example(self, conversation: Conversation, document: str | None, event: gr.SelectData) -> Iterator[Updates]:
        yield from self._ask(str(event.value["text"]), conversation, document)

    def _ask_option(self, conversation: Conversation, document: str | None, event: gr.SelectData) -> Iterator[Updates]:
        yield from self._ask(str(event.value), conversation, document)

    def _choose(self, chosen: int | None, conversation: Conversation) -> str:
        return evidence_page(self._assistant, conversation.latest, chosen or 0)

    def _clear(self) -> Updates:
        return {
            self._chat: [],
            self._question: "",
            self._conversation: Conversation(),
            **self._evidence(None),
        }

    def _evidence(self, answer: Answer | None) -> Updates:
        """Every part of the evidence column for an answer, or its empty state."""
        offered = choices(answer.citations) if answer else []
        chart = charts.figure(answer.table) if answer else None
        sql = rendering.sql_text(answer) if answer else ""
        warning = rendering.conflict_box(answer.conflicts) if answer else ""
        nothing_cited = answer is not None and not offered
        return {
            self._warning: gr.update(value=warning, visible=bool(warning)),
            self._tabs: gr.update(selected=_SCOPE if nothing_cited else _SOURCE),
            self._places: gr.update(choices=offered, value=0 if offered else None, visible=len(offered) > 1),
            self._source: evidence_page(self._assistant, answer),
            self._chart: gr.update(value=chart, visible=chart is not None),
            self._result: rendering.result_page(answer)
            if answer
            else rendering.empty("提问之后，这里显示结果的各行。"),
            self._sql: gr.update(value=sql, visible=bool(sql)),
            self._no_sql: gr.update(value=rendering.empty("这个回答没有执行查询语句。"), visible=not sql),
            self._scope: rendering.scope_page(answer)
            if answer
            else rendering.empty("提问之后，这里说明问题是怎样理解的。"),
            self._download: gr.update(value=self._workbook(answer), visible=answer is not None),
        }

    def _workbook(self, answer: Answer | None) -> str | None:
        if answer is None:
            return None
        return str(write_workbook(answer, Path(mkdtemp(dir=self._downloads.name)) / "预算问答.xlsx"))
