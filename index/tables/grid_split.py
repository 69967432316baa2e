"""Rows of a ruled table that hold several printed rows: no line was drawn between them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from index.tables.grid_geometry import Glyph, Page, Ruling
from index.tables.grid_row_anchors import Piece, between, row_anchors
from index.tables.grid_sheets import is_figure
from index.tables.grid_text import lines_of, text_of
from index.tables.sums import ulp

MIN_FIGURES = 2
_PARAGRAPH = 1.6  # lines of a cell for every row: more is a text
_EDGE = 0.5


def missing_rulings(
    page: Page, rows: Sequence[float], columns: Sequence[float], cells: Sequence[tuple[int, int, int, int]]
) -> list[Ruling]:
    """The lines that would part the rows of a band between two printed lines."""
    bands: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for cell in cells:
        if cell[2] - cell[0] == 1:
            bands[cell[0]].append(cell)
    held: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in page.glyphs:
        held[bisect_right(rows, (glyph.top + glyph.bottom) / 2) - 1].append(glyph)
    found: list[Ruling] = []
    for row, own in sorted(bands.items()):
        glyphs = held.get(row, [])
        digits = [glyph for glyph in glyphs if glyph.text.isdigit()]
        if not digits or max(g.base for g in digits) - min(g.base for g in digits) < digits[0].size:
            continue
        pieces, figures = _pieces(glyphs, own, columns)
        if max(figures.values(), default=0) < MIN_FIGURES:
            continue
        anchors = row_anchors(pieces)
        most = max(sum(p.column == c for p in pieces) for c in {p.column for p in pieces})
        if len(anchors) < MIN_FIGURES or most > _PARAGRAPH * len(anchors) + 1:
            continue
        left, right = columns[min(c[1] for c in own)], columns[max(c[3] for c in own)]
        found += [Ruling(y, left - _EDGE, right + _EDGE) for y in between(anchors)]
    return found


def _pieces(
    glyphs: Sequence[Glyph], cells: Sequence[tuple[int, int, int, int]], columns: Sequence[float]
) -> tuple[list[Piece], dict[int, int]]:
    """The printed lines of every cell of a band; how many lines of figures each cell of figures only has."""
    pieces: list[Piece] = []
    figures: dict[int, int] = {}
    for _, left, _, right in cells:
        own = [g for g in glyphs if columns[left] <= (g.left + g.right) / 2 < columns[right]]
        lines = [(text_of(line), line) for line in lines_of(own)]
        for text, line in lines:
            middle = sum((g.top + g.bottom) / 2 for g in line) / len(line)
            pieces.append(Piece(middle, line[0].size, text, left))
        if lines and all(is_figure(text) for text, _ in lines) and len({ulp(text) for text, _ in lines}) == 1:
            figures[left] = len(lines)  # a figure broken over two lines differs in its decimals
    return pieces, figures
