"""What an office file or a web page holds before anything is recognised: texts and tables of cells, in reading order.

Plain values that the reading process writes as JSON and the project reads again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

TEXT_SIZE = 10.5  # points, where a file does not say
WIDE_SPACE = "\u3000"


class TooMuch(Exception):
    """More than any disclosure holds."""


class Unreadable(Exception):
    """A file that cannot be read for a known reason, which is its only argument."""


@dataclass(frozen=True, slots=True)
class RawText:
    """A paragraph. `line` counts paragraphs and table rows from 1; `size` in points."""

    text: str
    line: int
    size: float = TEXT_SIZE
    centred: bool = False


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell by row and column of its table, from 0; ends are exclusive. `indent` in points."""

    row: int
    column: int
    row_end: int
    column_end: int
    lines: tuple[str, ...]
    indent: float = 0.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """`lines`: the number of every row in its sheet or document, ascending. Places without a cell are blank."""

    lines: tuple[int, ...]
    width: int
    cells: tuple[RawCell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of a workbook (`name`), or a whole document (no name)."""

    name: str
    items: tuple[RawText | RawTable, ...]


def encoded(parts: Sequence[Part]) -> bytes:
    """Parts → JSON."""
    return json.dumps([[part.name, [_packed(item) for item in part.items]] for part in parts]).encode()


def _packed(item: RawText | RawTable) -> list[object]:
    if isinstance(item, RawText):
        return [item.text, item.line, item.size, item.centred]
    cells = [[c.row, c.column, c.row_end, c.column_end, c.lines, c.indent, c.centred] for c in item.cells]
    return [item.lines, item.width, cells]


def decoded(data: bytes) -> tuple[Part, ...]:
    """JSON → parts. Raises ValueError, TypeError or KeyError for anything else."""
    return tuple(Part(str(name), tuple(_unpacked(item) for item in items)) for name, items in json.loads(data))


def _unpacked(item: Sequence[Any]) -> RawText | RawTable:
    if len(item) == 4:
        return RawText(str(item[0]), int(item[1]), float(item[2]), bool(item[3]))
    lines, width, cells = item
    found = (RawCell(r, c, below, beside, tuple(own), *look) for r, c, below, beside, own, *look in cells)
    return RawTable(tuple(lines), int(width), tuple(found))


def leading_space(text: str, size: float = TEXT_SIZE) -> float:
    """How far blanks at the beginning of a text set it in, in points."""
    blanks = text[: len(text) - len(text.lstrip())]
    return sum(size if blank == WIDE_SPACE else size / 2 for blank in blanks)
