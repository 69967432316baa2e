"""Small Word, Excel and HTML disclosures for tests, made from the sheets that the tests define."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import docx
import xlwt
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment

AMOUNT = "#,##0.00"
STEP = 9.0  # points of one step of indentation


@dataclass(frozen=True)
class At:
    """A cell: its text or figure, and how many columns and rows it covers. `indent` counts steps."""

    text: str | Decimal
    columns: int = 1
    rows: int = 1
    indent: int = 0

    @property
    def printed(self) -> str:
        return self.text if isinstance(self.text, str) else f"{self.text:,.2f}"


@dataclass(frozen=True)
class Placed:
    """A cell with its row and column, from 0."""

    row: int
    column: int
    cell: At


@dataclass(frozen=True)
class Made:
    """A table as it is printed: what stands over it, its rows, and the notes under it."""

    title: str
    rows: Sequence[Sequence[At | str | Decimal]]
    number: str = ""
    unit: str = ""
    body: str = ""
    note: str = ""
    sheet: str = ""

    def placed(self) -> list[Placed]:
        """Every cell in its place; a place that a cell above covers is passed over."""
        taken: set[tuple[int, int]] = set()
        found = []
        for row, cells in enumerate(self.rows):
            column = 0
            for given in cells:
                cell = given if isinstance(given, At) else At(given)
                while (row, column) in taken:
                    column += 1
                taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                found.append(Placed(row, column, cell))
                column += cell.columns
        return found

    @property
    def width(self) -> int:
        return max(placed.column + placed.cell.columns for placed in self.placed())

    @property
    def over(self) -> list[list[str]]:
        """The lines over the table, each its texts from left to right."""
        last = [f"部门：{self.body}"] * bool(self.body) + [f"单位：{self.unit}"] * bool(self.unit)
        return [line for line in ([self.number] * bool(self.number), [self.title] * bool(self.title), last) if line]


def xlsx(path: Path, tables: Sequence[Made], texts: Sequence[str] = (), sheet: str = "说明") -> Path:
    """A workbook with a sheet of texts, if there are any, and one sheet a table: titles merged, figures formatted."""
    book = Workbook()
    book.remove(book.active)
    if texts:
        own = book.create_sheet(sheet)
        for number, text in enumerate(texts, 1):
            own.cell(number, 1, text)
    for order, table in enumerate(tables, 1):
        _xlsx_table(book.create_sheet(table.sheet or f"Sheet{order}"), table)
    book.save(path)
    return path


def _xlsx_table(sheet: Any, table: Made) -> None:
    at = 1
    for line in table.over:
        if line == [table.title]:
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=table.width)
        for order, text in enumerate(line):
            column = table.width if order else 1
            sheet.cell(at, column, text).alignment = Alignment(horizontal="center" if line == [table.title] else None)
        at += 1
    for placed in table.placed():
        cell = placed.cell
        top, left = at + placed.row, placed.column + 1
        if cell.columns > 1 or cell.rows > 1:
            sheet.merge_cells(
                start_row=top, start_column=left, end_row=top + cell.rows - 1, end_column=left + cell.columns - 1
            )
        if cell.text != "":
            made = sheet.cell(top, left, cell.text)
            made.alignment = Alignment(indent=cell.indent)
            if isinstance(cell.text, Decimal):
                made.number_format = AMOUNT
    if table.note:
        sheet.cell(at + len(table.rows), 1, table.note)


def xls(path: Path, tables: Sequence[Made]) -> Path:
    """An old workbook, one sheet a table."""
    book = xlwt.Workbook(encoding="utf-8")
    for order, table in enumerate(tables, 1):
        sheet = book.add_sheet(table.sheet or f"Sheet{order}")
        for at, line in enumerate(table.over):
            for number, text in enumerate(line):
                if line == [table.title]:
                    sheet.write_merge(at, at, 0, table.width - 1, text, xlwt.easyxf("align: horiz center"))
                else:
                    sheet.write(at, table.width - 1 if number else 0, text)
        top = len(table.over)
        for placed in table.placed():
            cell, row, column = placed.cell, top + placed.row, placed.column
            style = xlwt.easyxf(f"align: indent {cell.indent}", num_format_str=AMOUNT)
            value = float(cell.text) if isinstance(cell.text, Decimal) else cell.text
            if value != "":
                sheet.write_merge(row, row + cell.rows - 1, column, column + cell.columns - 1, value, style)
        if table.note:
            sheet.write(top + len(table.rows), 0, table.note)
    book.save(str(path))
    return path


def document(tables: Sequence[Made], texts: Sequence[str] = ()) -> Any:
    """A Word document with paragraphs and then the tables, each under its captions."""
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    for table in tables:
        for line in table.over:
            paragraph = made.add_paragraph("        ".join(line))
            if line == [table.title]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.runs[0].font.size = Pt(18)
        _docx_table(made, table)
        made.add_paragraph(table.note)
    return made


def _docx_table(made: Any, table: Made) -> None:
    grid = made.add_table(len(table.rows), table.width)
    for placed in table.placed():
        cell = grid.cell(placed.row, placed.column)
        if placed.cell.columns > 1 or placed.cell.rows > 1:
            last = grid.cell(placed.row + placed.cell.rows - 1, placed.column + placed.cell.columns - 1)
            cell = cell.merge(last)
        cell.text = placed.cell.printed
        cell.paragraphs[0].paragraph_format.left_indent = Pt(STEP * placed.cell.indent)


def docx_file(path: Path, tables: Sequence[Made], texts: Sequence[str] = ()) -> Path:
    document(tables, texts).save(str(path))
    return path


def html(tables: Sequence[Made], texts: Sequence[str] = (), head: str = '<meta charset="utf-8">') -> str:
    """A page with paragraphs and then the tables, each under its captions."""
    parts = [f"<p>{escape(text)}</p>" for text in texts]
    for table in tables:
        for line in table.over:
            parts.append(f'<p align="center">{escape("        ".join(line))}</p>')
        parts.append(_html_table(table))
        parts.append(f"<p>{escape(table.note)}</p>")
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head>{head}<title>页</title></head><body>{body}</body></html>"


def _html_table(table: Made) -> str:
    rows: list[list[str]] = [[] for _ in table.rows]
    for placed in table.placed():
        cell = placed.cell
        spans = (f' colspan="{cell.columns}"' * (cell.columns > 1)) + (f' rowspan="{cell.rows}"' * (cell.rows > 1))
        style = f' style="padding-left:{STEP * cell.indent}pt"' * bool(cell.indent)
        rows[placed.row].append(f"<td{spans}{style}>{escape(cell.printed)}</td>")
    return "<table border=1>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def html_file(path: Path, tables: Sequence[Made], texts: Sequence[str] = ()) -> Path:
    path.write_text(html(tables, texts), encoding="utf-8")
    return path
