"""Tables without ruling lines: rows of figures under a caption, columns where nothing is printed between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.layout import tidy
from index.tables.grid_captions import kind_of_line
from index.tables.grid_geometry import Box, Glyph, Grid, GridCell, Page, TextLine, bounds
from index.tables.grid_row_anchors import Piece, between, nearest, row_anchors
from index.tables.grid_rulings import cell_of
from index.tables.grid_sheets import code_ahead, is_blank, is_figure
from index.tables.grid_text import text_of, words_of
from index.tables.grid_unruled_header import header_cells
from index.tables.headers import header_rules
from index.tables.kinds import KindRules, kind_rules

WORD_GAP = 0.75  # of the character height
_VALLEY = 3.0  # points without print that part two columns
_CROSSED = 12  # of so many rows one may print across a border (a total set in the middle)
MAX_HEADER = 12  # lines
MAX_NAME = 30
MIN_ROWS = 2
MIN_WIDE = 3  # figures of the only row of a wide table
_PAD = 3.0


class Word(NamedTuple):
    """A run of glyphs on one line."""

    text: str
    box: Box
    glyphs: tuple[Glyph, ...]

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of one unruled table: `header` and `body` as indices into the page's lines."""

    header: tuple[int, ...]
    body: tuple[int, ...]


def unruled_grids(page: Page, lines: Sequence[TextLine], goes_on: bool) -> list[Grid]:
    """Tables among the lines of a page that no ruling holds. `goes_on`: the page before ended in one."""
    grids = []
    words = [_words(line) for line in lines]
    for region in _regions(page, lines, words, goes_on):
        grid = _grid(page, [words[i] for i in region.header], [words[i] for i in region.body])
        if grid is not None:
            grids.append(grid)
    return grids


def _words(line: TextLine) -> list[Word]:
    found = []
    for glyphs in words_of(line.glyphs, WORD_GAP):
        box = bounds([(g.left, g.top, g.right, g.bottom) for g in glyphs])
        found.append(Word(tidy(text_of(glyphs)), box, tuple(glyphs)))
    return found


def _is_row(words: Sequence[Word]) -> bool:
    """A name, a code or nothing, then figures: never a sentence."""
    figures = [word for word in words if is_figure(word.text)]
    if not figures or len(words) < MIN_ROWS or kind_rules().unit.search("".join(word.text for word in words)):
        return False
    names = [word.text for word in words if not is_figure(word.text) and not is_blank(word.text)]
    return all(len(name) <= MAX_NAME and not _is_sentence(name) for name in names)


def _is_sentence(text: str) -> bool:
    return any(mark in text for mark in "。；！？") or text.count("，") > 1


def _regions(page: Page, lines: Sequence[TextLine], words: Sequence[Sequence[Word]], goes_on: bool) -> list[Region]:
    rules = kind_rules()
    found: list[Region] = []
    at = 0
    while at < len(lines):
        if not _is_row(words[at]):
            at += 1
            continue
        rows = _extent(lines, words, at, rules)
        floor = found[-1].body[-1] + 1 if found else 0
        header = _header(lines, words, at, floor, rules)
        top = not found and goes_on and lines[at].box[1] < page.height / 3
        seeds = [i for i in rows if _is_row(words[i])]
        wide = len(seeds) == 1 and sum(is_figure(w.text) for w in words[seeds[0]]) >= MIN_WIDE
        if (header is not None or top) and (len(seeds) >= MIN_ROWS or wide):
            found.append(Region(header or (), rows))
            at = rows[-1] + 1
        else:
            at += 1
    return found


def _extent(lines: Sequence[TextLine], words: Sequence[Sequence[Word]], start: int, rules: KindRules) -> tuple[int, ...]:
    """The rows from `start` on; names without figures belong to them when a row follows, or while they stay short."""
    end = start + 1
    at = end
    while at < len(lines):
        text = tidy(lines[at].text)
        if kind_of_line(text, rules) or rules.note.match(text) or _is_sentence(text):
            break
        if _is_row(words[at]):
            end = at + 1
        elif len(words[at]) > 1 and any(len(word.text) > MAX_NAME for word in words[at]) or len(text) > MAX_NAME:
            break
        at += 1
        if at - end > 3:
            break
    while end < at and _names_row(words[end], lines[start]):
        end += 1
    return tuple(range(start, end))


def _names_row(words: Sequence[Word], first: TextLine) -> bool:
    """A trailing row without figures: a known total or a coded name."""
    text = words[0].text
    return bool(header_rules().is_total(text) or code_ahead(text)[0])


def _header(
    lines: Sequence[TextLine], words: Sequence[Sequence[Word]], start: int, floor: int, rules: KindRules
) -> tuple[int, ...] | None:
    """The lines between the caption and the first row; None when no caption stands over them."""
    at = start - 1
    while at >= floor and start - at <= MAX_HEADER:
        text = tidy(lines[at].text)
        if kind_of_line(text, rules):
            return tuple(range(at + 1, start))
        if _is_sentence(text) or len(words[at]) == 1 and len(text) > MAX_NAME:
            return None
        at -= 1
    return None


def _grid(page: Page, header: Sequence[Sequence[Word]], body: Sequence[Sequence[Word]]) -> Grid | None:
    rows = [word for line in body for word in line]
    head = [word for line in header for word in line]
    columns = _columns(page, body, head)
    if len(columns) < MIN_ROWS:
        return None
    borders = [columns[0][0] - _PAD, *between([x for pair in columns for x in pair])[1::2], columns[-1][1] + _PAD]
    placed = [(word, _column_of(word.box, columns)) for word in rows]
    pieces = [Piece(word.middle, word.glyphs[0].size, word.text, column) for word, column in placed]
    anchors = row_anchors(pieces)
    top = min(word.box[1] for word in rows) - 1
    bottom = max(word.box[3] for word in rows) + 1
    heights = [top, *between(anchors), bottom]
    cells, levels = header_cells(head, columns, borders, top)
    held: dict[tuple[int, int], list[Glyph]] = {}
    for (word, column), piece in zip(placed, pieces, strict=True):
        held.setdefault((nearest(anchors, piece.y), column), []).extend(word.glyphs)
    found: list[GridCell] = list(cells)
    for row in range(len(anchors)):
        for column in range(len(columns)):
            box = (borders[column], heights[row], borders[column + 1], heights[row + 1])
            place = (levels + row, column, levels + row + 1, column + 1)
            found.append(cell_of(held.get((row, column), ()), place, box))
    above = [cell.box[1] for cell in cells if cell.row == 0]
    start = min(above, default=top)
    tops = [start + (top - start) * level / levels for level in range(levels)] if levels else []
    return Grid(page.number, [*tops, *heights], borders, found, ruled=False)


def _columns(page: Page, body: Sequence[Sequence[Word]], head: Sequence[Word]) -> list[tuple[float, float]]:
    """(left, right) of every column: where rows print something; and header words over columns that stay blank."""
    ink = [0] * (int(page.width) + 2)
    full = [line for line in body if any(is_figure(word.text) for word in line)]
    for line in full:
        for word in line:
            for x in range(max(0, int(word.box[0])), min(len(ink), int(word.box[2]) + 1)):
                ink[x] += 1
    allowed = len(full) // _CROSSED
    runs: list[tuple[float, float]] = []
    for x, count in enumerate(ink):
        if count <= allowed:
            continue
        if runs and x - runs[-1][1] <= _VALLEY:
            runs[-1] = (runs[-1][0], float(x))
        else:
            runs.append((float(x), float(x)))
    runs = [run for run in runs if run[1] - run[0] > 1.0]
    for word in sorted(head, key=lambda w: w.box[0]):
        left, right = word.box[0], word.box[2]
        if all(right < run[0] or left > run[1] for run in runs) and len(word.text) > 1:
            apart = [run for run in runs if run[1] < left]
            later = [run for run in runs if run[0] > right]
            if (apart and later) or (apart and left - apart[-1][1] > _PAD):
                runs = sorted([*runs, (left, right)])
    return runs


def _column_of(box: Box, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a word shares most width with, else the nearest."""

    def shared(column: tuple[float, float]) -> float:
        return min(box[2], column[1]) - max(box[0], column[0])

    return max(range(len(columns)), key=lambda i: shared(columns[i]))
