"""Ruling lines of a page → lattices with merged cells, and their characters."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.tables.grid_geometry import Box, Glyph, Grid, GridCell, Page, Ruling, bounds
from index.tables.grid_open import OpenTable, with_missing_lines
from index.tables.grid_split import missing_rulings
from index.tables.grid_text import joined, lines_of, text_of

_TOUCH = 3.0  # points within which two lines meet
_CLUSTER = 2.2  # points within which two lines are one border
_OPEN_SIDE = 8.0  # points that lines must reach beyond the last border for a side to be open
_MIN_SIDE = 3.0
Place = tuple[int, int]


def ruled_grids(pages: Sequence[Page]) -> dict[int, list[Grid]]:
    """The ruled tables of each page, top to bottom. A frame round text, or lines without text, is none."""
    found: dict[int, list[Grid]] = {}
    before: OpenTable | None = None
    for page in pages:
        drawn, before = with_missing_lines(page, before)
        found[page.number] = _grids(drawn)
    return found


def _grids(page: Page) -> list[Grid]:
    grids = []
    for flat, upright in _components(page.horizontal, page.vertical):
        rows, columns = _borders(flat, upright)
        if len(rows) < 2 or len(columns) < 3:
            continue
        cells = _merged_cells(rows, columns, flat, upright)
        if more := missing_rulings(page, rows, columns, cells):
            flat = [*flat, *more]
            rows = sorted([*rows, *(ruling.at for ruling in more)])
            cells = _merged_cells(rows, columns, flat, upright)
        grid = fill(page, cells, rows, columns)
        if sum(bool(cell.text) for cell in grid.cells) > 1:
            grids.append(grid)
    return sorted(_outermost(grids), key=lambda grid: (grid.box[1], grid.box[0]))


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """A table drawn inside a cell of another is part of that cell."""

    def inside(inner: Box, outer: Box) -> bool:
        return all(inner[i] >= outer[i] - _TOUCH for i in (0, 1)) and all(inner[i] <= outer[i] + _TOUCH for i in (2, 3))

    return [g for g in grids if not any(o is not g and inside(g.box, o.box) and o.box != g.box for o in grids)]


def _components(flat: Sequence[Ruling], upright: Sequence[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch one another, group by group."""
    parent = list(range(len(flat) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(flat):
        for j, v in enumerate(upright, len(flat)):
            if h.start - _TOUCH <= v.at <= h.end + _TOUCH and v.start - _TOUCH <= h.at <= v.end + _TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for i, ruling in enumerate((*flat, *upright)):
        groups[root(i)][i >= len(flat)].append(ruling)
    return [groups[key] for key in sorted(groups)]


def _clustered(values: Iterable[float]) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _CLUSTER:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _borders(flat: Sequence[Ruling], upright: Sequence[Ruling]) -> tuple[list[float], list[float]]:
    """y of the rows and x of the columns; a side without a line of its own ends where the crossing lines end."""
    rows, columns = _clustered(r.at for r in flat), _clustered(r.at for r in upright)
    for borders, crossing in ((columns, flat), (rows, upright)):
        if not borders or not crossing:
            continue
        before = sorted(r.start for r in crossing if r.start < borders[0] - _OPEN_SIDE)
        after = sorted(r.end for r in crossing if r.end > borders[-1] + _OPEN_SIDE)
        if len(before) * 2 >= len(crossing):
            borders.insert(0, before[len(before) // 2])
        if len(after) * 2 >= len(crossing):
            borders.append(after[len(after) // 2])
    return rows, columns


def _merged_cells(
    rows: Sequence[float], columns: Sequence[float], flat: Sequence[Ruling], upright: Sequence[Ruling]
) -> list[tuple[int, int, int, int]]:
    """(row, column, row end, column end) of every cell: places without a line between them are one."""
    high, wide = len(rows) - 1, len(columns) - 1
    at_row = [[r for r in flat if abs(r.at - y) <= _TOUCH] for y in rows]
    at_column = [[r for r in upright if abs(r.at - x) <= _TOUCH] for x in columns]
    middle_y = [(a + b) / 2 for a, b in zip(rows, rows[1:], strict=False)]
    middle_x = [(a + b) / 2 for a, b in zip(columns, columns[1:], strict=False)]
    group: dict[Place, Place] = {(i, j): (i, j) for i in range(high) for j in range(wide)}

    def root(place: Place) -> Place:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    for i in range(high):
        for j in range(wide):
            if j + 1 < wide and not any(r.start <= middle_y[i] <= r.end for r in at_column[j + 1]):
                group[root((i, j + 1))] = root((i, j))
            if i + 1 < high and not any(r.start <= middle_x[j] <= r.end for r in at_row[i + 1]):
                group[root((i + 1, j))] = root((i, j))
    members: dict[Place, list[Place]] = defaultdict(list)
    for place in group:
        members[root(place)].append(place)
    cells = []
    for places in members.values():
        for piece in _rectangles(places):
            cells.append(piece)
    return sorted(cells)


def _rectangles(places: Sequence[Place]) -> list[tuple[int, int, int, int]]:
    """One rectangle, or the runs of each row where places do not make one."""
    top, bottom = min(i for i, _ in places), max(i for i, _ in places)
    left, right = min(j for _, j in places), max(j for _, j in places)
    if (bottom - top + 1) * (right - left + 1) == len(places):
        return [(top, left, bottom + 1, right + 1)]
    runs: list[tuple[int, int, int, int]] = []
    for i, j in sorted(places):
        if runs and runs[-1][0] == i and runs[-1][3] == j:
            runs[-1] = (i, runs[-1][1], i + 1, j + 1)
        else:
            runs.append((i, j, i + 1, j + 1))
    return runs


def fill(
    page: Page, cells: Sequence[tuple[int, int, int, int]], rows: list[float], columns: list[float], ruled: bool = True
) -> Grid:
    """Put every glyph inside the lattice into the cell that holds its centre."""
    owner = {
        (row, column): index
        for index, (top, left, bottom, right) in enumerate(cells)
        for row in range(top, bottom)
        for column in range(left, right)
    }
    held: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in page.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        if columns[0] <= x <= columns[-1] and rows[0] <= y <= rows[-1]:
            row = min(bisect_right(rows, y), len(rows) - 1) - 1
            column = min(bisect_right(columns, x), len(columns) - 1) - 1
            held[owner[row, column]].append(glyph)
    found = []
    for index, (top, left, bottom, right) in enumerate(cells):
        box = (columns[left], rows[top], columns[right], rows[bottom])
        found.append(cell_of(held.get(index, ()), (top, left, bottom, right), box))
    return Grid(page.number, rows, columns, found, ruled, owner)


def cell_of(glyphs: Sequence[Glyph], place: tuple[int, int, int, int], box: Box) -> GridCell:
    """The cell at (row, column, row end, column end) with these characters in it."""
    if not glyphs:
        return GridCell(*place, "", box)
    printed = lines_of(glyphs)
    lines = tuple(text_of(line) for line in printed)
    ink = bounds([(g.left, g.top, g.right, g.bottom) for g in glyphs])
    return GridCell(*place, joined(lines), box, lines, ink, printed[0][0].left)
