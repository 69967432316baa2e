"""Tables of a positioned document: found in the flow, read by their headers, believed when their sums hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.document import Cell, Column, Position, Row, Table
from index.layout import tidy
from index.tables.checks import Outcome, check_table
from index.tables.grid_captions import Found
from index.tables.grid_columns import columns_of
from index.tables.grid_geometry import Box
from index.tables.grid_hierarchy import hierarchy
from index.tables.grid_rows import Draft, drafts_of, one_list, spread_periods
from index.tables.grid_sums import without_memoranda
from index.tables.headers import header_words
from index.tables.kinds import GENERIC, KindRule, kind_rules
from index.years import YEAR

BASIC = "基本支出"
ENOUGH = 0.9
MOST_DOUBTED = 0.9  # confidence of a table with a broken sum, times the share that holds
Place = Callable[[int, Box], Position]  # page and box in reading space → where that is


def table_of(found: Found, section: int | None, first: Position, place: Place, year: int | None) -> Table:
    """A found table with the meaning of its columns and the place of every row and cell.

    `first` is where the table begins; `year` the document's, for headers that say 上年.
    """
    caption, sheet = found.caption, found.sheet
    own_year = _year_of(caption.title) or year
    named = kind_rules().of_title(caption.title)
    layout = columns_of(sheet, own_year, of_basic=named is not None and named.measure == BASIC)
    drafts, layout = spread_periods(drafts_of(sheet, layout), layout, sheet, own_year)
    drafts, layout = one_list(drafts, layout)
    positions = [_position(draft, place) for draft in drafts]
    rows = hierarchy(drafts, positions, layout.columns)
    cells: list[Cell] = []
    for index, draft in enumerate(drafts):
        for column in layout.figures(draft.list):
            cell = draft.cells.get(column)
            text = draft.texts.get(column, cell.text if cell else "")
            position = place(draft.page, cell.box) if cell else positions[index]
            cells.append(Cell(text, index, column, position))
    columns = without_memoranda(layout.columns, rows, cells)
    return Table(
        kind=rule_of(found, columns, rows).kind,
        number=caption.number,
        title=caption.title,
        unit=caption.unit or _unit_in_header(columns),
        columns=columns,
        rows=rows,
        cells=tuple(cells),
        section=section,
        position=first,
        note=tidy("".join(found.notes)),
    )


def rule_of(found: Found, columns: Sequence[Column], rows: Sequence[Row]) -> KindRule:
    """The kind that the title names, else the one whose words all occur in header and labels."""
    rules = kind_rules()
    named = rules.of_title(found.caption.title) if found.caption.title else None
    if named is not None:
        return named
    words = [w for column in columns for w in header_words(column)] + [row.label for row in rows]
    return (None if found.caption.title else rules.of_headers(words)) or GENERIC


def _year_of(title: str) -> int | None:
    years = Counter(int(year) for year in YEAR.findall(title))
    return max(years) if years else None


def _unit_in_header(columns: Sequence[Column]) -> str:
    rules = kind_rules()
    return next((unit for column in columns if (unit := rules.unit_in_header(column.header))), "")


def _position(draft: Draft, place: Place) -> Position:
    boxes = [cell.box for cell in draft.cells.values()]
    if draft.head is not None:
        boxes.append(draft.head.box)
    if not boxes:
        return Position(page=draft.page)
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    top = draft.head.box[1] if draft.head else min(b[1] for b in boxes)
    bottom = draft.head.box[3] if draft.head else max(b[3] for b in boxes)
    return place(draft.page, (left, top, right, bottom))


def believed(first: Table, *others: Table) -> Table:
    """The reading whose sums hold best, with the confidence that they give it; the first among equals.

    One that merely loses the rows whose sums are broken is no better: it must hold nearly as many.
    """
    held, broken = _verdict(first)
    chosen = first
    for other in others:
        theirs, bad = _verdict(other)
        if bad < broken and theirs >= held * ENOUGH:
            chosen, held, broken = other, theirs, bad
    checks = held + broken
    doubt = 1.0 if not broken else round(MOST_DOUBTED * held / checks, 2)
    return replace(chosen, confidence=doubt)


def _verdict(table: Table) -> tuple[int, int]:
    outcomes = [check.outcome for check in check_table(table)]
    broken = sum(outcome is Outcome.BROKEN for outcome in outcomes)
    return len(outcomes) - broken, broken
