"""Answer → an Excel workbook: what was asked, the values, where each was read, the rows and the SQL."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from assistant.answer import Answer

_WIDEST = 60


class Sheet(NamedTuple):
    """One sheet: a header row and rows of texts, exact numbers or blanks."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | Decimal | None, ...], ...]


def sheets(answer: Answer) -> tuple[Sheet, ...]:
    """The contents of the workbook; sheets without rows are left out."""
    understood = answer.interpretation
    about = (
        ("问题", answer.question),
        ("回答", answer.text),
        ("状态", answer.status.value),
        ("说明", answer.reason),
        ("对象", understood.subject),
        ("口径", understood.scope),
        ("年度", understood.year),
        ("单位", understood.unit),
    )
    every = (
        Sheet("回答", ("项", "内容"), tuple(row for row in about if row[1] not in ("", None))),
        Sheet(
            "数值",
            ("名称", "数值", "单位", "原样", "算式"),
            tuple(
                (value.label, value.value, value.unit, f"{value.value:f}", value.formula or "")
                for value in answer.values
            ),
        ),
        Sheet("结果表", answer.table.columns, answer.table.rows) if answer.table else Sheet("结果表", (), ()),
        Sheet(
            "出处",
            ("序号", "文件", "页", "章节", "表", "行", "列", "原文"),
            tuple(
                (number, place.document, place.page, place.section, place.table, place.row, place.column, place.quote)
                for number, place in enumerate(answer.citations, start=1)
            ),
        ),
        Sheet(
            "不一致",
            ("说明", "出处"),
            tuple(
                (conflict.message, "；".join(place.label() for place in conflict.citations))
                for conflict in answer.conflicts
            ),
        ),
        Sheet("SQL", ("语句",), tuple((statement,) for statement in answer.sql)),
    )
    return tuple(sheet for sheet in every if sheet.rows)


def write_workbook(answer: Answer, path: Path) -> Path:
    """Write the workbook. Texts stay texts: nothing in a document becomes a formula or a link."""
    options: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets(answer):
            page = book.add_worksheet(sheet.name)
            page.write_row(0, 0, sheet.columns, head)
            for number, row in enumerate(sheet.rows, start=1):
                page.write_row(number, 0, row, body)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
            page.freeze_panes(1, 0)
    return path


def _widths(sheet: Sheet) -> Sequence[int]:
    columns = zip(*(sheet.columns, *sheet.rows), strict=True)
    return [min(_WIDEST, 4 + max(2 * len(str(cell or "")) for cell in cells)) for cells in columns]
