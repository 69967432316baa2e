"""Answer → what a person sees: the chat message, its buttons, the warning, the 口径 page. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import nh3

from assistant.answer import Answer, Conflict, Route, Status
from assistant.ui.tables import html_table

_ROUTES = {Route.SQL: "查表（SQL）", Route.TEXT: "检索原文", Route.BOTH: "查表并检索原文"}
_STATUSES = {
    Status.ANSWERED: "已回答",
    Status.CLARIFY: "需要您选择口径",
    Status.ABSTAINED: "没有作答",
    Status.ERROR: "出错",
}


def clean(html: str) -> str:
    """Only what these pages draw: no script, no style, no address to fetch from."""
    return nh3.clean(
        html,
        tags={
            *("a", "aside", "b", "blockquote", "br", "caption", "code", "dd", "div", "dl", "dt", "em", "h2", "h3"),
            *("header", "li", "mark", "ol", "p", "section", "small", "span", "strong", "sup", "svg"),
            *("table", "tbody", "td", "th", "thead", "tr", "ul"),
        },
        attributes={
            "*": {"class", "aria-label", "role"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
        },
        link_rel=None,
    )


def harmless_markdown(text: str) -> str:
    """Markdown of an answer with any HTML shown as text and any picture as a link text: nothing is fetched."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("![", "!\\[")


def message(answer: Answer) -> str:
    """The chat message of an answer, the line that names its sources in small print."""
    text = harmless_markdown(answer.text) or harmless_markdown(answer.reason) or "没有可显示的内容。"
    blocks = text.split("\n\n")
    return "\n\n".join(f"<small>{block}</small>" if block.lstrip().startswith("出处：") else block for block in blocks)


def buttons(answer: Answer) -> list[dict[str, str]]:
    """What can be clicked under the message: the readings of a clarifying question, else follow-ups."""
    offered = answer.choices if answer.status is Status.CLARIFY and answer.choices else answer.suggestions
    return [{"label": text, "value": text} for text in dict.fromkeys(offered) if text]


def conflict_box(conflicts: Iterable[Conflict]) -> str:
    """The warning that the document contradicts itself; "" when it does not."""
    items = "".join(f"<li>{escape(conflict.message)}</li>" for conflict in conflicts)
    if not items:
        return ""
    return clean(
        f'<div class="conflict" role="alert"><p class="conflict-title">文件前后不一致，请留意</p><ul>{items}</ul></div>'
    )


def _contradictions(conflicts: Iterable[Conflict]) -> str:
    items = [
        f"<li>{escape(conflict.message)}"
        f'<span class="places">{"；".join(escape(place.label()) for place in conflict.citations)}</span></li>'
        for conflict in conflicts
    ]
    return f'<h3>不一致之处</h3><ul class="contradictions">{"".join(items)}</ul>' if items else ""


def scope_page(answer: Answer) -> str:
    """How the question was understood, and what in the document contradicts itself."""
    understood = answer.interpretation
    rows = [
        ("理解为", understood.understood_as),
        ("对象", understood.subject),
        ("口径", understood.scope),
        ("年度", str(understood.year) if understood.year is not None else ""),
        ("单位", understood.unit),
        ("操作", understood.operation),
        ("取数方式", _ROUTES[answer.route] if answer.route else ""),
        ("缘由", understood.route_reason),
        ("结果", _STATUSES[answer.status]),
        ("说明", answer.reason),
    ]
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows if value)
    formulas = [value for value in answer.values if value.formula]
    steps = "".join(
        f"<li><span>{escape(value.label)}</span><code>{escape(value.formula or '')}</code></li>" for value in formulas
    )
    worked = f'<h3>算式</h3><ul class="formulas">{steps}</ul>' if steps else ""
    return clean(f'<dl class="scope">{items}</dl>{worked}{_contradictions(answer.conflicts)}')


def result_page(answer: Answer) -> str:
    """The rows behind the answer, or its values when no rows are kept."""
    if answer.table is not None and answer.table.rows:
        return clean(html_table(answer.table.columns, answer.table.rows))
    if answer.values:
        rows = [(value.label, f"{value.value:,f}", value.unit, value.formula or "") for value in answer.values]
        return clean(html_table(("名称", "数值", "单位", "算式"), rows))
    return empty("这个回答没有表格数据。")


def sql_text(answer: Answer) -> str:
    """The SELECTs that ran, one after another."""
    return "\n\n".join(f"{statement.rstrip(';')};" for statement in answer.sql)


def empty(text: str) -> str:
    """A calm line where there is nothing to show."""
    return f'<p class="nothing">{escape(text)}</p>'
