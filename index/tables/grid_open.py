"""Tables between horizontal lines only: one over the header, one under it, one at the end, short ones under groups.

The missing lines are put in: between the columns where nothing is printed, between the rows where the gap is wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.tables.grid_geometry import Glyph, Page, Ruling
from index.tables.grid_open_frames import Frame, frames_of, going_on, print_between
from index.tables.grid_open_header import Header, borders_of, reach, words_of_glyphs

_ROW_GAP = 0.4  # of the character height, between two rows where all gaps are alike
_UNLIKE = 1.6  # times the least gap: there are gaps inside rows and gaps between them
_MOST_RULED = 0.6  # of the rows that the gaps show: every row has its line


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The last table of a page, where the next page may go on with it: its frame and the x of its borders."""

    frame: Frame
    borders: tuple[float, ...]


def with_missing_lines(page: Page, before: OpenTable | None = None) -> tuple[Page, OpenTable | None]:
    """The page with the lines that its open tables leave out, and the table that the next page may go on with."""
    flat, upright = list(page.horizontal), list(page.vertical)
    last: OpenTable | None = None
    more = going_on(page, before.frame) if before else None
    if before and more:
        flat += [Ruling(y, more.top.start, more.top.end) for y in _row_lines(page, more)]
        upright += [Ruling(x, more.top.at, more.bottom) for x in before.borders]
        last = OpenTable(more, before.borders)
    for frame in frames_of(page):
        header = Header.of(words_of_glyphs(print_between(page, frame.top.at, frame.head.at, frame.top)), frame)
        body = print_between(page, frame.head.at, frame.bottom, frame.top)
        borders = borders_of(body, header, frame)
        if borders is None:
            continue
        rows = [*_row_lines(page, frame), *header.numbered]
        flat += [Ruling(y, frame.top.start, frame.top.end) for y in rows]
        tops = reach(borders, header, frame)
        upright += [Ruling(x, y, frame.bottom) for x, y in zip(borders, tops, strict=True)]
        upright += [Ruling(x, y, frame.head.at) for x in borders[1:-1] for y in header.numbered]
        last = OpenTable(frame, tuple(borders))
    drawn = Page(page.number, page.width, page.height, page.glyphs, tuple(flat), tuple(upright), page.picture, page.turn, page.display)  # fmt: skip
    return drawn, last


def _row_lines(page: Page, frame: Frame) -> list[float]:
    """y of the lines to be drawn below the header: the end, and those between rows that have none."""
    body = print_between(page, frame.head.at, frame.bottom, frame.top)
    gaps = _row_borders(body)
    if len(frame.rows) >= _MOST_RULED * len(gaps):
        return [frame.bottom]
    return [*(y for y in gaps if all(abs(y - row) > body[0].size / 2 for row in frame.rows)), frame.bottom]


def _row_borders(body: Sequence[Glyph]) -> list[float]:
    """The middles of the blank bands that part rows, not the lines of one cell."""
    bands: list[tuple[float, float]] = []
    for glyph in sorted(body, key=lambda g: g.top):
        if bands and glyph.top <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], glyph.bottom))
        else:
            bands.append((glyph.top, glyph.bottom))
    gaps = sorted(b[0] - a[1] for a, b in zip(bands, bands[1:], strict=False))
    if not gaps:
        return []
    least = _ROW_GAP * body[0].size
    if gaps[-1] > _UNLIKE * gaps[0]:
        steps = [(b - a, (a + b) / 2) for a, b in zip(gaps, gaps[1:], strict=False)]
        least = max(steps)[1]
    return [(a[1] + b[0]) / 2 for a, b in zip(bands, bands[1:], strict=False) if b[0] - a[1] >= least]
