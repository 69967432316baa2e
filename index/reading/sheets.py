"""The cells of one worksheet → a table of everything on it that is printed and not hidden."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from index.reading.content import Part, RawCell, RawTable, TooMuch, leading_space

Place = tuple[int, int]  # row and column, from 1
STEP = 9.0  # points of one step of indentation
MOST_CELLS = 500_000


@dataclass(frozen=True, slots=True)
class SheetCell:
    """The shown text, how many steps it is set in, and whether it stands in the middle of its cell."""

    text: str
    indent: int = 0
    centred: bool = False


class Merged(NamedTuple):
    """A merged range: first and last row and column, inclusive, from 1."""

    top: int
    left: int
    bottom: int
    right: int


def part_of(
    name: str,
    cells: Mapping[Place, SheetCell],
    merged: Iterable[Merged],
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
) -> Part:
    """A sheet as a part. The rows of its table keep their numbers; hidden rows and columns are not in it.

    Raises TooMuch.
    """
    filled = {place: cell for place, cell in cells.items() if cell.text.strip()}
    if len(filled) > MOST_CELLS:
        raise TooMuch
    spans = {(m.top, m.left): m for m in merged}
    rows = sorted({row for row, _ in filled} - set(hidden_rows))
    columns = sorted({column for _, column in filled} - set(hidden_columns))
    found: list[RawCell] = []
    for (row, column), cell in sorted(filled.items()):
        span = spans.get((row, column), Merged(row, column, row, column))
        top, bottom = bisect_left(rows, span.top), bisect_right(rows, span.bottom)
        left, right = bisect_left(columns, span.left), bisect_right(columns, span.right)
        if top < bottom and left < right:
            lines = tuple(line.strip() for line in cell.text.splitlines() if line.strip())
            indent = cell.indent * STEP + leading_space(cell.text)
            found.append(RawCell(top, left, bottom, right, lines, indent, cell.centred))
    return Part(name, (RawTable(tuple(rows), len(columns), tuple(found)),) if found else ())
