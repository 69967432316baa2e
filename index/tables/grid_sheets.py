"""One table's grids, page after page → a sheet: header rows over body rows, captions and notes peeled off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.accounts import Accounts
from index.tables.grid_geometry import Grid, GridCell
from index.tables.headers import HeaderRules, header_rules
from index.tables.kinds import KindRules, kind_rules
from index.tables.regions import FIGURE, is_title

_DASH = re.compile(r"[-—－─–]{1,2}")
_SENTENCE = re.compile(r"[。；]")
_CODE_AHEAD = re.compile(r"[\[【(（]?\s*(\d{7}|\d{5}|\d{3})\s*[\]】)）]?\s*[-—:：]?\s*(?=\D|$)")
_ALIGNED = 6.0  # points between the borders of one column on two pages
_SHARE = 0.02  # of the table's width
MAX_HEADER = 8
LONG_NOTE = 20


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One printed row: for every column the cell that covers it. `row` is its place in its grid."""

    page: int
    row: int
    cells: tuple[GridCell, ...]

    def own(self, column: int) -> GridCell | None:
        """The cell at a column if it begins in this row and column."""
        cell = self.cells[column]
        first = column == 0 or self.cells[column - 1] is not cell
        return cell if first and cell.row == self.row else None

    def text(self, column: int) -> str:
        cell = self.own(column)
        return cell.text if cell else ""

    @property
    def distinct(self) -> list[GridCell]:
        """Its cells left to right, each once, also those that hang in from a row above."""
        return [c for i, c in enumerate(self.cells) if i == 0 or self.cells[i - 1] is not c]


@dataclass(slots=True)
class Sheet:
    """`columns` are the x borders; `inside` are texts printed inside the frame above the header."""

    columns: list[float]
    header: list[SheetRow]
    body: list[SheetRow]
    inside: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.columns) - 1


def is_figure(text: str) -> bool:
    """A printed amount, rate or count."""
    return bool(FIGURE.fullmatch(text.replace(" ", "")))


def is_blank(text: str) -> bool:
    return not text or bool(_DASH.fullmatch(text))


def code_ahead(text: str) -> tuple[str, str]:
    """ "[20103]人大事务", "20103 人大事务" → ("20103", "人大事务"); no code: ("", text)."""
    match = _CODE_AHEAD.match(text)
    if match and Accounts.load().is_code(match[1]):
        return match[1], text[match.end() :].strip()
    return "", text


def sheet_of(grid: Grid) -> Sheet:
    """The first page of a table."""
    rows = _rows(grid, range(grid.width))
    rules, kinds = header_rules(), kind_rules()
    sheet = Sheet(grid.columns, [], [])
    while len(rows) > 1 and _is_caption(rows[0], kinds):
        sheet.inside += [c.text for c in rows.pop(0).distinct if c.text]
    while len(rows) > 1 and _is_note(rows[-1], sheet.width, kinds):
        sheet.notes.insert(0, "".join(c.text for c in rows.pop().distinct))
    height = header_height(rows, rules)
    sheet.header, sheet.body = rows[:height], rows[height:]
    return sheet


def _rows(grid: Grid, places: Sequence[int]) -> list[SheetRow]:
    """The rows of a lattice by the table's own columns, without those that only number the columns."""
    rows = [SheetRow(grid.page, r, tuple(grid.at(r, place) for place in places)) for r in range(grid.height)]
    return [row for row in rows if not is_numbering_row(row)]


def _is_caption(row: SheetRow, kinds: KindRules) -> bool:
    """A row above the header that holds the title, the unit or the body's name."""
    texts = [cell.text for cell in row.distinct if cell.text]
    if not texts:
        return len(row.distinct) == 1
    if len(row.distinct) == 1 and not is_figure(texts[0]):
        return True
    return all(kinds.unit.search(t) or kinds.body.match(t) or is_title(t, kinds) for t in texts)


def _is_note(row: SheetRow, width: int, kinds: KindRules) -> bool:
    cells = row.distinct
    return width > 1 and len(cells) == 1 and is_note_text(cells[0].text, kinds)


def is_note_text(text: str, kinds: KindRules) -> bool:
    """Whether a text that stands alone under a table says something about it."""
    return bool(kinds.note.match(text) or _SENTENCE.search(text) or len(text) > LONG_NOTE)


def is_numbering_row(row: SheetRow) -> bool:
    """栏次 1 2 3: whole numbers that count up by one."""
    numbers = [cell.text for cell in row.distinct if cell.text.isdigit()]
    others = [cell.text for cell in row.distinct if cell.text and not cell.text[0].isdigit()]
    if len(numbers) < 2 or len(set(others)) > 2 or numbers[0] != "1" and not others:
        return False
    if any(len(number) > 2 for number in numbers) or others and header_rules().word(others[0]) is None:
        return False
    return all(int(b) - int(a) == 1 for a, b in zip(numbers, numbers[1:], strict=False))


def header_height(rows: Sequence[SheetRow], rules: HeaderRules) -> int:
    """How many rows come before the first that is data; 0 for a page that goes on without a header."""
    if _is_whole_header(rows):
        return 1
    for height, row in enumerate(rows[:MAX_HEADER]):
        if _is_body(row, rules):
            return height
    if len(rows) > MAX_HEADER:
        return 1
    height = 1
    while height < len(rows) and (
        any(c.row_end > rows[height].row for c in rows[height - 1].distinct) or _is_header(rows[height])
    ):
        height += 1
    return min(height, len(rows))


def _is_whole_header(rows: Sequence[SheetRow]) -> bool:
    """A first row of words that says what every column is; the row under it has as many cells and other words."""
    if len(rows) < 2 or not _is_header(rows[0]) or _is_header(rows[1]):
        return False
    width = len(rows[0].cells)
    single = all(c.text and c.spans == 1 and c.row_end - c.row == 1 for c in rows[0].distinct)
    return single and width > 2 and all(len(row.distinct) == width for row in rows[:2])


def _is_body(row: SheetRow, rules: HeaderRules) -> bool:
    texts = [cell.text for cell in row.distinct if cell.row == row.row]
    filled = [text for text in texts if text]
    if not filled or any(is_figure(text) for text in filled):
        return True
    first = filled[0]
    if first.isdigit() or code_ahead(first)[0]:
        return True
    if rules.is_total(first) and len(filled) < 3 and not any(rules.word(text) for text in filled[1:]):
        return True
    return bool(rules.marker.match(first)) and all(cell.column_end - cell.column == 1 for cell in row.distinct)


def goes_on(sheet: Sheet, grid: Grid) -> Sheet | None:
    """The rows that a later page adds to a table, or None when its columns or its header are others."""
    places = _matched(sheet.columns, grid.columns)
    if places is None and grid.width == sheet.width and _repeats_header(sheet, grid):
        places = list(range(grid.width))
    if places is None:
        return None
    rows = _rows(grid, places)
    more = Sheet(sheet.columns, [], [])
    kinds = kind_rules()
    while len(rows) > 1 and _is_caption(rows[0], kinds):
        more.inside += [c.text for c in rows.pop(0).distinct if c.text]
    while len(rows) > 1 and _is_note(rows[-1], more.width, kinds):
        more.notes.insert(0, "".join(c.text for c in rows.pop().distinct))
    same = 0
    while same < min(len(sheet.header), len(rows)) and _texts(rows[same]) == _texts(sheet.header[same]):
        same += 1
    if 0 < same < len(sheet.header) or same == 0 and header_height(rows, header_rules()) > 0 and _is_header(rows[0]):
        return None
    more.header, more.body = rows[:same], rows[same:]
    return more


def joined_header(sheet: Sheet, grid: Grid) -> Sheet | None:
    """A table whose header alone stood on the page before: header and body anew, from both pages."""
    places = _matched(sheet.columns, grid.columns)
    if places is None:
        return None
    rows = _rows(grid, places)
    height = header_height(rows, header_rules())
    sheet.header += rows[:height]
    return Sheet(sheet.columns, [], rows[height:])


def _repeats_header(sheet: Sheet, grid: Grid) -> bool:
    """The same header set in columns of other widths."""
    rows = _rows(grid, range(grid.width))
    while rows and not any(cell.text for cell in rows[0].distinct):
        rows.pop(0)
    if not sheet.header or len(sheet.header) > len(rows):
        return False
    return all(_texts(ours) == _texts(theirs) for ours, theirs in zip(sheet.header, rows, strict=False))


def _is_header(row: SheetRow) -> bool:
    """Most of a row's texts are words of a header."""
    filled = [cell.text for cell in row.distinct if cell.text]
    known = sum(len(text) <= LONG_NOTE and header_rules().word(text) is not None for text in filled)
    return known > 1 and known * 2 > len(filled) and not any(is_figure(text) for text in filled)


def _texts(row: SheetRow) -> list[str]:
    return [cell.text for cell in row.distinct]


def _matched(columns: Sequence[float], others: Sequence[float]) -> list[int] | None:
    """For every column of the table the column of the other page that lies at the same place.

    The other page may lack borders where all of its rows span them.
    """
    if len(columns) == len(others):
        if all(abs(a - b) <= _ALIGNED for a, b in zip(columns, others, strict=True)):
            return list(range(len(columns) - 1))
        shares = [(x - columns[0]) / (columns[-1] - columns[0]) for x in columns]  # set wider or narrower
        theirs = [(x - others[0]) / (others[-1] - others[0]) for x in others]
        if all(abs(a - b) <= _SHARE for a, b in zip(shares, theirs, strict=True)):
            return list(range(len(columns) - 1))
    near = [min(range(len(columns)), key=lambda i: abs(columns[i] - x)) for x in others]
    if len(others) < 3 or len(set(near)) < len(near) or (near[0], near[-1]) != (0, len(columns) - 1):
        return None
    if any(abs(columns[i] - x) > _ALIGNED for i, x in zip(near, others, strict=True)):
        return None
    return [max(k for k, first in enumerate(near) if first <= i) for i in range(len(columns) - 1)]
