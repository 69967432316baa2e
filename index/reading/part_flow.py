"""Parts of an office file or web page → the flow that tables are recognised in.

The cells of a sheet or table are laid out on a page of their own: a row is `ROW` points high and stands where its
number says, so that a height tells the line; a column is `COLUMN` points wide. What stands in a table only because
cells are all there is (title, unit, body, notes) becomes text lines over and under the table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.document import Position
from index.layout import display_width, tidy
from index.reading.content import TEXT_SIZE, Part, RawCell, RawTable, RawText
from index.reading.flow_document import Medium
from index.tables.grid_captions import kind_of_line
from index.tables.grid_geometry import Box, Flow, Grid, GridCell, TextLine
from index.tables.grid_sheets import is_figure, is_note_text
from index.tables.grid_text import joined
from index.tables.headers import header_rules
from index.tables.kinds import kind_rules
from index.tables.regions import is_title

ROW = 36.0  # beyond the distance of two lines of one title, unless they are set large
COLUMN = 120.0
WIDTH = 1000.0  # of a page
_MARGIN = 3.0  # of a cell
_MOST_OF_WIDTH = 0.6
_CAPTIONS = frozenset({"title", "label", "unit", "body"})


def medium_of(flow: Flow, *, paged: bool) -> Medium:
    """`paged`: every part is a page; otherwise a place is a line only."""

    def position(page: int, box: Box, _: int | None) -> Position:
        line = int(box[1] // ROW)
        return Position(page if paged else None, line or None)

    pages = {item.page for item in flow}
    return Medium(position, dict.fromkeys(pages, 0.0), dict.fromkeys(pages, WIDTH), wrapped=False)


def flow_of_sheets(parts: Sequence[Part]) -> Flow:
    """Every sheet on a page of its own, under its name, which is also the title of a table that has none."""
    flow: Flow = []
    for page, part in enumerate(parts, 1):
        own = [item for raw in part.items for item in _items(page, raw)]
        if own:
            flow.append(_line(page, part.name.strip(), 0, TEXT_SIZE, heading=True))
            flow += _titled(page, part.name, own)
    return flow


def flow_of_parts(parts: Sequence[Part]) -> Flow:
    """A document without pages. Each table opens one, so that it may go on the table before it, its header repeated."""
    flow: Flow = []
    for raw in (item for part in parts for item in part.items):
        page = flow[-1].page if flow else 1
        own = list(_items(page, raw))
        for item in own:
            if isinstance(item, Grid):
                page += 1
            item.page = page
        flow += own
    return flow


def _items(page: int, raw: RawText | RawTable) -> Iterator[TextLine | Grid]:
    if isinstance(raw, RawText):
        yield _line(page, raw.text.strip(), raw.line, raw.size, raw.centred)
    else:
        yield from _table_flow(page, raw)


def _titled(page: int, name: str, own: Flow) -> Flow:
    rules = kind_rules()
    before = [item for item in own[: next((i for i, x in enumerate(own) if isinstance(x, Grid)), 0)]]
    texts = [tidy(line.text) for line in before if isinstance(line, TextLine)]
    named = any(is_title(text, rules) for text in texts)
    if named or len(before) == len(own) or not is_title(tidy(name), rules):
        return own
    return [_line(page, name.strip(), 0, TEXT_SIZE), *own]


def _line(page: int, text: str, line: int, size: float, centred: bool = False, heading: bool = False) -> TextLine:
    width = min(display_width(text) * size / 2, WIDTH)
    left = (WIDTH - width) / 2 if centred else 0.0
    return TextLine(page, [], text, (left, line * ROW, left + width, line * ROW + size), heading)


def _table_flow(page: int, table: RawTable) -> Iterator[TextLine | Grid]:
    """The tables that rows of cells make, with the lines between them."""
    rows: list[list[RawCell]] = [[] for _ in table.lines]
    for cell in table.cells:
        if cell.lines:
            rows[cell.row].append(cell)
    at = 0
    while at < len(rows):
        while at < len(rows) and _is_line(rows[at], table.width):
            if rows[at]:
                yield _row_line(page, table, rows[at])
            at += 1
        end = at
        while end < len(rows) and (end == at or not _opens(rows[end])):
            end += 1
        blank = [cell for cell in table.cells if at <= cell.row < end and not cell.lines]
        yield from _grid_flow(page, table, rows[at:end], blank)
        at = end


def _row_line(page: int, table: RawTable, row: Sequence[RawCell]) -> TextLine:
    text = "  ".join(joined(cell.lines) for cell in row)
    return _line(page, text, table.lines[row[0].row], TEXT_SIZE, row[0].centred)


def _is_line(row: Sequence[RawCell], width: int) -> bool:
    """Whether a row over a table is no part of it: blank, a caption, or a text by itself."""
    texts = [tidy(joined(cell.lines)) for cell in row]
    if all(kind_of_line(text, kind_rules()) in _CAPTIONS for text in texts):
        return True
    if len(row) > 1 or is_figure(texts[0]) or row[0].row_end - row[0].row > 1:
        return False
    wide = row[0].column_end - row[0].column >= _MOST_OF_WIDTH * width
    return wide or row[0].column == 0 and header_rules().word(texts[0]) is None


def _opens(row: Sequence[RawCell]) -> bool:
    """Whether a row below a table begins another one: a label, the title of a known kind, a unit."""
    rules = kind_rules()
    texts = [tidy(joined(cell.lines)) for cell in row]
    kinds = [kind_of_line(text, rules) for text in texts]
    if not kinds or not _CAPTIONS.issuperset(kinds):
        return False
    known = any(kind == "title" and rules.of_title(text) for kind, text in zip(kinds, texts, strict=True))
    return known or "label" in kinds or "unit" in kinds


def _grid_flow(
    page: int, table: RawTable, rows: Sequence[Sequence[RawCell]], blank: Sequence[RawCell]
) -> Iterator[TextLine | Grid]:
    """Rows of one table as a lattice without blank rows and columns that no cell begins in; else as lines."""
    rows = [row for row in rows if row]
    if not rows:
        return
    last = rows[-1][0].row + 1
    wide = [_widened(row, table.width) if _only_notes(rows[at:]) else row for at, row in enumerate(rows)]
    cells = [replace(cell, row_end=min(cell.row_end, last)) for row in wide for cell in row]
    columns = sorted({cell.column for cell in (*cells, *blank)})
    if len({cell.column for cell in cells}) < 2:
        yield from (_row_line(page, table, row) for row in rows)
        return
    numbers = sorted({cell.row for cell in cells})
    tops = [table.lines[number] * ROW for number in numbers]
    borders = [*tops, tops[-1] + ROW]
    sides = [COLUMN * place for place in range(len(columns) + 1)]
    taken: set[tuple[int, int]] = set()
    found: list[GridCell] = []
    for cell in cells:
        top, bottom = bisect_left(numbers, cell.row), bisect_left(numbers, cell.row_end)
        left, right = bisect_left(columns, cell.column), bisect_left(columns, cell.column_end)
        places = {(r, c) for r in range(top, bottom) for c in range(left, right)}
        if not places & taken:
            taken |= places
            found.append(
                _cell(cell, (top, left, bottom, right), (sides[left], borders[top], sides[right], borders[bottom]))
            )
    for row in range(len(numbers)):
        for column in range(len(columns)):
            if (row, column) not in taken:
                box = (sides[column], borders[row], sides[column + 1], borders[row + 1])
                found.append(GridCell(row, column, row + 1, column + 1, "", box))
    yield Grid(page, borders, sides, sorted(found, key=lambda cell: (cell.row, cell.column)))


def _only_notes(rows: Sequence[Sequence[RawCell]]) -> bool:
    """Whether every row is a text by itself in the first column that says something about the table over it."""
    rules = kind_rules()
    return all(len(row) == 1 and row[0].column == 0 and is_note_text(joined(row[0].lines), rules) for row in rows)


def _widened(row: Sequence[RawCell], width: int) -> list[RawCell]:
    return [replace(cell, column_end=width) for cell in row]


def _cell(cell: RawCell, place: tuple[int, int, int, int], box: Box) -> GridCell:
    """A centred text begins anywhere: it has no ink, so that no depth is read from its place."""
    text = joined(cell.lines)
    start = box[0] + _MARGIN + cell.indent
    ink = (start, box[1], start + display_width(text) * TEXT_SIZE / 2, box[1] + TEXT_SIZE)
    return GridCell(*place, text, box, cell.lines, None if cell.centred else ink, start)
