"""A flow of text lines and tables → `Document`, the same for every format whose tables have cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.document import Document, Line, Position
from index.layout import MAX_HEADING, lay_out
from index.reading.identity import identify
from index.tables.grid_captions import Found, find_tables, read_again
from index.tables.grid_geometry import Box, Flow, Grid, TextLine
from index.tables.grid_tables import believed, rule_of, table_of
from index.tables.regions import PART, Region

LARGER = 1.15  # than most of the text: the least size of a title
CENTRED = 0.05  # of the page's width, between its middle and a title's
MAX_INDENT = 40


@dataclass(frozen=True, slots=True)
class Medium:
    """What a flow was taken from, as far as a document depends on it.

    `position`: page, box and line number → where that is. `margins`: by page, where running text begins.
    `widths`: of the pages. `wrapped`: whether a line may go on in the next one. `reread`: other lattices of the
    same tables, tried where sums do not hold.
    """

    position: Callable[[int, Box, int | None], Position]
    margins: Mapping[int, float]
    widths: Mapping[int, float]
    wrapped: bool = True
    reread: Callable[[Sequence[Grid]], Sequence[Grid]] = lambda grids: ()


@dataclass(frozen=True, slots=True)
class Printed:
    """The lines of a document, where each item of the flow begins in them, and the lines of table rows by page."""

    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    rows: Mapping[int, Sequence[tuple[float, float, int]]]  # top, bottom, line number


def document_of(
    flow: Flow, medium: Medium, key: str, content_hash: str, format_: str, pages: int | None = None
) -> Document:
    """Tables with their meaning, headings and paragraphs between them, and what the document says of itself."""
    found = find_tables(flow)
    printed = _print(flow, medium)
    lines = printed.lines
    regions = tuple(_region(table, printed.starts) for table in found)
    layout = lay_out(lines, regions, _titles(flow, printed.starts, found, medium), wrapped=medium.wrapped)
    identity = identify(lines, layout)

    def place(page: int, box: Box) -> Position:
        return medium.position(page, box, _line_at(printed.rows.get(page, ()), (box[1] + box[3]) / 2))

    tables = []
    for table, region, section in zip(found, layout.regions, layout.region_sections, strict=True):
        first = lines[region.first].position
        read = believed(table_of(table, section, first, place, identity.year))
        if read.confidence < 1 and (again := read_again(table, medium.reread(table.grids))) is not None:
            read = believed(read, table_of(again, section, first, place, identity.year))
        tables.append(read)
    return Document(
        key=key,
        identity=identity,
        lines=lines,
        sections=layout.sections,
        paragraphs=layout.paragraphs,
        tables=tuple(tables),
        content_hash=content_hash,
        format=format_,
        pages=pages,
    )


def _print(flow: Flow, medium: Medium) -> Printed:
    lines: list[Line] = []
    starts: list[int] = []
    rows: dict[int, list[tuple[float, float, int]]] = {}
    for item in flow:
        starts.append(len(lines))
        if isinstance(item, TextLine):
            position = medium.position(item.page, item.box, len(lines) + 1)
            indent = max(0, round((item.box[0] - medium.margins[item.page]) / (item.size / 2)))
            lines.append(Line(item.text, position, min(indent, MAX_INDENT)))
            continue
        for row in range(item.height):
            cells = [cell for cell in item.row_cells(row) if cell.row == row and cell.text]
            if not cells:
                continue
            top, bottom = item.rows[row], item.rows[row + 1]
            number = len(lines) + 1
            position = medium.position(item.page, (item.columns[0], top, item.columns[-1], bottom), number)
            lines.append(Line("  ".join(cell.text for cell in cells), position))
            rows.setdefault(item.page, []).append((top, bottom, number))
    starts.append(len(lines))
    return Printed(tuple(lines), tuple(starts), rows)


def _titles(flow: Flow, starts: Sequence[int], tables: Sequence[Found], medium: Medium) -> frozenset[int]:
    """Lines that head a part without a number: names of sheets, and in a document whose parts bear no number
    the lines set large in the middle of the page over running text.
    """
    tabled = {at for table in tables for at in range(table.first, table.end)}
    prose = [item for at, item in enumerate(flow) if isinstance(item, TextLine) and at not in tabled]
    named = {starts[at] for at, item in enumerate(flow) if isinstance(item, TextLine) and item.heading}
    if not prose or any(PART.match(line.text) for line in prose):
        return frozenset(named)
    sizes = sorted(size for line in prose for size in [line.size] * len(line.text))
    least = sizes[len(sizes) // 2] * LARGER
    for at, item in enumerate(flow[:-1]):
        below = flow[at + 1]
        if not isinstance(item, TextLine) or at in tabled or item.size < least or len(item.text) > MAX_HEADING:
            continue
        width = medium.widths[item.page]
        centred = abs((item.box[0] + item.box[2]) / 2 - width / 2) <= width * CENTRED
        if centred and isinstance(below, TextLine) and below.page == item.page:
            named.add(starts[at])
    return frozenset(named)


def _line_at(rows: Sequence[tuple[float, float, int]], y: float) -> int | None:
    """The number of the line that holds a height, or of the one nearest to it."""
    return min(rows, key=lambda row: max(row[0] - y, y - row[1]), default=(0.0, 0.0, None))[2]


def _region(table: Found, starts: Sequence[int]) -> Region:
    first, end = starts[table.first], starts[table.end]
    body = starts[next(i for i in range(table.first, table.end) if i >= table.caption.first)]
    return Region(rule_of(table, (), ()), table.caption.number, table.caption.title, first, body, end)
