"""An old Excel workbook (.xls) → its visible sheets, as `xlsx` reads a new one. Runs in a process apart."""

from __future__ import annotations

from typing import Any

import xlrd

from index.reading.content import Part, Unreadable
from index.reading.number_format import shown
from index.reading.sheets import Merged, Place, SheetCell, part_of

_CENTRES = frozenset({2, 6})  # of a cell; over a selection
ENCRYPTED = "encrypted"


def read_xls(data: bytes) -> tuple[Part, ...]:
    """Parts of the workbook, one a visible sheet. Raises Unreadable("encrypted") and TooMuch."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise Unreadable(ENCRYPTED) from error
        raise
    return tuple(_part(book, sheet) for sheet in book.sheets() if sheet.visibility == 0)


def _part(book: Any, sheet: Any) -> Part:
    cells: dict[Place, SheetCell] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            if cell.ctype not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                form = book.xf_list[cell.xf_index]
                centred = form.alignment.hor_align in _CENTRES
                text = _text(book, cell, book.format_map[form.format_key].format_str)
                cells[row + 1, column + 1] = SheetCell(text, form.alignment.indent_level, centred)
    merged = [Merged(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    rows = {number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden}
    columns = {number + 1 for number, column in sheet.colinfo_map.items() if column.hidden}
    return part_of(sheet.name, cells, merged, rows, columns)


def _text(book: Any, cell: Any, number_format: str) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xlrd.xldate_as_datetime(cell.value, book.datemode), number_format)
        except (xlrd.XLDateError, OverflowError):
            return shown(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    return shown(cell.value, number_format)
