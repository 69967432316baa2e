"""Citation → what the document prints there: the table with the cell marked, or the passage with the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.ui.rendering import clean, empty
from assistant.ui.tables import Mark, html_table

if TYPE_CHECKING:
    from assistant import Assistant

_SPACE = re.compile(r"\s+")


def choices(citations: Sequence[Citation]) -> list[tuple[str, int]]:
    """Labels for choosing among the places cited, numbered from 1, and the index of each; no place stands twice."""
    places: dict[object, int] = {}
    for index, citation in enumerate(citations):
        places.setdefault(_place(citation), index)
    return [(f"{number}  {_short(citations[index])}", index) for number, index in enumerate(places.values(), start=1)]


def _place(citation: Citation) -> object:
    if citation.table_id is not None:
        return citation.table_id, citation.row_index, citation.column_index
    return citation.document, citation.section, citation.quote


def _short(citation: Citation) -> str:
    if citation.table:
        place = " · ".join(part for part in (citation.table.split(" ")[0], citation.row, citation.column) if part)
    else:
        place = citation.section.split(" > ")[-1] or citation.quote
    return place if len(place) <= 28 else f"{place[:27]}…"


def place_page(assistant: Assistant, citation: Citation) -> str:
    """The cited place as HTML."""
    is_cell = citation.table is not None and citation.row_index is not None
    body = _table(assistant, citation) if is_cell else _passage(assistant, citation)
    return clean(f"{_heading(citation)}{body}")


def _heading(citation: Citation) -> str:
    *outer, innermost = [part for part in citation.section.split(" > ") if part] or [""]
    title = citation.label() if citation.table else innermost or citation.document
    trail = " › ".join([*outer, innermost] if citation.table else outer)
    page = f"第 {citation.page} 页" if citation.page is not None else ""
    details = " · ".join(escape(part) for part in (citation.document, trail, page) if part)
    return f'<header class="place"><h3>{escape(title)}</h3><p>{details}</p></header>'


def _table(assistant: Assistant, citation: Citation) -> str:
    context = assistant.cell_context(citation)
    if context is None:
        return _quoted(citation)
    mark = None if context.row_index is None else Mark(context.row_index, context.column_index)
    unit = f"单位：{context.unit}" if context.unit else ""
    note = f'<p class="quiet">{escape(context.note)}</p>' if context.note else ""
    names = [number for number, role in enumerate(context.roles) if role in ("label", "code", "text")]
    return f"{html_table(context.columns, context.rows, mark=mark, caption=unit, names=names)}{note}"


def _passage(assistant: Assistant, citation: Citation) -> str:
    text = assistant.passage_context(citation)
    if not text:
        return _quoted(citation)
    paragraphs = "".join(
        f"<p>{_marked(paragraph, citation)}</p>" for paragraph in text.split("\n") if paragraph.strip()
    )
    return f'<div class="passage">{paragraphs}</div>'


def _quoted(citation: Citation) -> str:
    if not citation.quote:
        return empty("原文没有更多可显示的内容。")
    return f'<div class="passage"><p>{_marked(citation.quote, citation)}</p></div>'


def _marked(text: str, citation: Citation) -> str:
    """`text` escaped, the quoted sentence in it marked and, where it is only a part, the answer in it set bold."""
    found = find(text, citation.quote)
    if found is None:
        return escape(text)
    start, end = found
    sentence = text[start:end]
    inner = find(sentence, citation.mark)
    if inner is None or inner == (0, len(sentence)):
        shown = escape(sentence)
    else:
        shown = f"{escape(sentence[: inner[0]])}<strong>{escape(sentence[slice(*inner)])}</strong>"
        shown += escape(sentence[inner[1] :])
    return f'{escape(text[:start])}<mark class="cited">{shown}</mark>{escape(text[end:])}'


def find(text: str, wanted: str) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, blanks and line breaks in either ignored; None if nowhere."""
    letters = _SPACE.sub("", wanted)
    if not letters:
        return None
    match = re.search(r"\s*".join(map(re.escape, letters)), text)
    return match.span() if match else None
