"""An Excel workbook (.xlsx) → its visible sheets, every cell with the text that Excel shows. Runs in a process apart."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from index.reading.content import Part, TooMuch, Unreadable
from index.reading.number_format import shown
from index.reading.sheets import Merged, Place, SheetCell, part_of

_CENTRES = frozenset({"center", "centerContinuous"})
_SHEET_XML = re.compile(r"xl/worksheets/[^/]+\.xml")
_NO_RESULT = re.compile(
    rb"<c\b(?P<attributes>[^>]*)>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>",
)
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')
FORMULAS = "formulas"
MOST_MERGED = 2_000_000  # cells of a sheet that are part of merged ones


def read_xlsx(data: bytes) -> tuple[Part, ...]:
    """Parts of the workbook, one a visible sheet.

    Raises Unreadable("formulas") when a cell holds a formula whose result was never stored, and TooMuch.
    """
    for sheet in _sheets_xml(data):
        if _without_result(sheet):
            raise Unreadable(FORMULAS)
        if sum(_area(match[1].decode()) for match in _MERGED.finditer(sheet)) > MOST_MERGED:
            raise TooMuch
    book = load_workbook(BytesIO(data), data_only=True)
    return tuple(_part(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible")


def _sheets_xml(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if _SHEET_XML.fullmatch(name):
                yield archive.read(name)


def _without_result(sheet: bytes) -> bool:
    """A formula that gives an empty text has a stored result too."""
    return any(b't="str"' not in match["attributes"] for match in _NO_RESULT.finditer(sheet))


def _area(reference: str) -> int:
    left, top, right, bottom = range_boundaries(reference)
    return int((right - left + 1) * (bottom - top + 1))


def _part(sheet: Any) -> Part:
    cells: dict[Place, SheetCell] = {}
    for place, cell in sheet._cells.items():  # only what the file holds: a sheet may be a million rows high
        if cell.value is not None:
            alignment = cell.alignment
            text = shown(cell.value, cell.number_format)
            cells[place] = SheetCell(text, round(alignment.indent or 0), alignment.horizontal in _CENTRES)
    merged = [Merged(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges]
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    columns: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min:
            columns |= set(range(column.min, column.max + 1))
    return part_of(sheet.title, cells, merged, rows, columns)
