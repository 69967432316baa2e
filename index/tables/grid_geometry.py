"""What a page of a positioned document consists of, before anything is recognised.

Coordinates are points from the top left of the page as its text reads: x to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Glyph(NamedTuple):
    """One printed character. `base` is its baseline."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


class Ruling(NamedTuple):
    """A straight line: `at` is its y (horizontal) or x (vertical), `start` to `end` its extent along the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `picture`: how much of it images cover (1.0 = all); `turn`: quarter turns that its text was turned by.

    `display` quarter turns are applied when the page is shown; the difference to `turn` maps boxes to the picture.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    horizontal: tuple[Ruling, ...] = ()
    vertical: tuple[Ruling, ...] = ()
    picture: float = 0.0
    turn: int = 0
    display: int = 0

    def displayed(self, box: Box) -> Box:
        """A box of reading space → points from the top left of the page as a viewer shows it."""
        left, top, right, bottom = box
        width, height = self.width, self.height
        for _ in range((self.display - self.turn) % 4):  # each a quarter turn clockwise
            left, top, right, bottom = height - bottom, left, height - top, right
            width, height = height, width
        return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


@dataclass(slots=True)
class TextLine:
    """Text on one line of a page, with its glyphs, left to right, where they are known.

    `heading`: it names a part of the document whatever follows it, and is no table's caption.
    """

    page: int
    glyphs: list[Glyph]
    text: str = ""
    box: Box = (0.0, 0.0, 0.0, 0.0)
    heading: bool = False

    @property
    def size(self) -> float:
        """The height of most of its characters; of the line where they are not known."""
        if not self.glyphs:
            return self.box[3] - self.box[1]
        return sorted(glyph.size for glyph in self.glyphs)[len(self.glyphs) // 2]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, possibly spanning rows and columns (`row_end`, `column_end` are exclusive).

    `lines` are its printed lines; `text` joins them. `start`: where its first line begins.
    """

    row: int
    column: int
    row_end: int
    column_end: int
    text: str
    box: Box
    lines: tuple[str, ...] = ()
    ink: Box | None = None  # round the printed characters; None for a blank cell
    start: float = 0.0

    @property
    def spans(self) -> int:
        return self.column_end - self.column


@dataclass(slots=True)
class Grid:
    """A recovered lattice on one page. Every place (row, column) belongs to exactly one cell."""

    page: int
    rows: list[float]  # y of the row borders, one more than rows
    columns: list[float]  # x of the column borders, one more than columns
    cells: list[GridCell]
    ruled: bool = True
    owner: dict[tuple[int, int], int] = field(default_factory=dict)  # place → index into `cells`

    def __post_init__(self) -> None:
        if not self.owner:
            for index, cell in enumerate(self.cells):
                for row in range(cell.row, cell.row_end):
                    for column in range(cell.column, cell.column_end):
                        self.owner[row, column] = index

    @property
    def box(self) -> Box:
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    @property
    def height(self) -> int:
        return len(self.rows) - 1

    @property
    def width(self) -> int:
        return len(self.columns) - 1

    def at(self, row: int, column: int) -> GridCell:
        return self.cells[self.owner[row, column]]

    def row_cells(self, row: int) -> list[GridCell]:
        """The cells that touch a row, left to right, each once."""
        found: list[GridCell] = []
        for column in range(self.width):
            cell = self.at(row, column)
            if not found or found[-1] is not cell:
                found.append(cell)
        return found


Flow = list[TextLine | Grid]  # everything a document prints, in reading order


def bounds(boxes: Iterable[Sequence[float]]) -> Box:
    """The smallest box round boxes (left, top, right, bottom)."""
    chosen = list(boxes)
    return (
        min(b[0] for b in chosen),
        min(b[1] for b in chosen),
        max(b[2] for b in chosen),
        max(b[3] for b in chosen),
    )
