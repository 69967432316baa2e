"""Tables without ruling lines: rows of figures under a caption, columns where nothing is printed between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.layout import tidy
from index.tables.grid_captions import kind_of_line
from index.tables.grid_geometry import Box, Glyph, Grid, GridCell, Page, TextLine
from index.tables.grid_row_anchors import Piece, between, nearest, row_anchors
from index.tables.grid_rulings import cell_of
from index.tables.grid_sheets import code_ahead, is_blank, is_figure
from index.tables.grid_text import lines_of
from index.tables.grid_unruled_columns import columns_of, shared
from index.tables.grid_unruled_header import header_cells
from index.tables.grid_unruled_words import Words, line_words
from index.tables.headers import header_rules
from index.tables.kinds import KindRules, kind_rules

MAX_HEADER = 12  # lines
_LOOSE_LINES = 3
MAX_NAME = 30
MIN_ROWS = 2
MIN_WIDE = 3  # figures of the only row of a wide table
_PAD = 3.0
_EDGE = 4.0  # points between the left edges of names in one column


@dataclass(frozen=True, slots=True)
class Region:
    """One unruled table on one page, line by line.

    `top`: it begins the page without a caption; `last`: it ends the page.
    """

    page: Page
    header: tuple[Words, ...]
    body: tuple[Words, ...]
    top: bool
    last: bool

    def goes_on_from(self, before: Region) -> bool:
        """Whether it has the columns of a table before: no header of its own after a page's end, or the same words."""
        if self.top and not self.header:
            return before.last and self.page.number == before.page.number + 1
        texts = [word.text for line in self.header for word in line]
        return texts == [word.text for line in before.header for word in line] and self.page.width == before.page.width


def unruled_grids(pages: Sequence[Page], lines: Mapping[int, Sequence[TextLine]]) -> dict[int, list[Grid]]:
    """Tables among the lines that no ruling holds, page by page.

    Pages of one table are read together: what one page leaves open, a column that is blank there, another tells.
    """
    groups: list[list[Region]] = []
    open_end = captioned = False
    for page in pages:
        own = lines[page.number]
        regions = _regions(page, own, [line_words(line) for line in own], open_end, captioned)
        for region in regions:
            if groups and region.goes_on_from(groups[-1][-1]):
                groups[-1].append(region)
            elif not region.top or region.header:
                groups.append([region])
        open_end = bool(regions) and regions[-1].last
        captioned = _ends_in_caption(own)
    found: dict[int, list[Grid]] = {}
    for group in groups:
        columns = columns_of([line for region in group for line in region.body], group[0].header, group[0].page.width)
        if len(columns) < MIN_ROWS:
            continue
        for region in group:
            found.setdefault(region.page.number, []).append(_grid(region, columns))
    return found


def _ends_in_caption(lines: Sequence[TextLine]) -> bool:
    """Whether the last lines of a page name a table that only the next page prints."""
    rules = kind_rules()
    for line in reversed(lines):
        kind = kind_of_line(tidy(line.text), rules)
        if kind in {"", "title"}:
            return bool(kind)
    return False


def _is_row(words: Words) -> bool:
    """A name, a code or nothing, then figures: never a sentence."""
    figures = [word for word in words if is_figure(word.text)]
    if not figures or len(words) < MIN_ROWS or kind_rules().unit.search("".join(word.text for word in words)):
        return False
    names = [word.text for word in words if not is_figure(word.text) and not is_blank(word.text)]
    return all(len(name) <= MAX_NAME and not _is_sentence(name) for name in names)


def _is_sentence(text: str) -> bool:
    return any(mark in text for mark in "。；！？") or text.count("，") > 1


def _regions(
    page: Page, lines: Sequence[TextLine], words: Sequence[Words], goes_on: bool, captioned: bool
) -> list[Region]:
    """`goes_on`: the page before ends within a table; `captioned`: it ends with the caption of one."""
    rules = kind_rules()
    found: list[Region] = []
    at = floor = 0
    while at < len(lines):
        if not _is_row(words[at]):
            empty = _empty(lines, words, at, rules)
            if empty:
                found.append(Region(page, tuple(words[i] for i in empty), (), False, False))
                at = floor = empty[-1]
            at += 1
            continue
        rows = _extent(lines, words, at, rules)
        header = _header(lines, words, at, floor, rules)
        if header is None and captioned and not found and all(_is_heading(words[i]) for i in range(at)):
            header = tuple(range(at))
        top = not found and goes_on and header is None and lines[at].box[1] < page.height / 3
        if top and all(_is_heading(words[i]) for i in range(at)):
            header = tuple(range(at))
        seeds = [i for i in rows if _is_row(words[i])]
        wide = len(seeds) == 1 and sum(is_figure(w.text) for w in words[seeds[0]]) >= MIN_WIDE
        if (header is not None or top) and (len(seeds) >= MIN_ROWS or wide):
            last = rows[-1] == len(lines) - 1
            found.append(Region(page, tuple(words[i] for i in header or ()), tuple(words[i] for i in rows), top, last))
            at = floor = rows[-1] + 1
        else:
            at += 1
    return found


def _empty(lines: Sequence[TextLine], words: Sequence[Words], at: int, rules: KindRules) -> tuple[int, ...]:
    """The header lines of a statutory table that has no rows: right under a caption that names its kind."""
    above = [tidy(line.text) for line in lines[max(0, at - 3) : at]]
    if not above or not kind_of_line(above[-1], rules) or not any(rules.of_title(text) for text in above):
        return ()
    known, end = 0, at
    for index in range(at, min(len(lines), at + MAX_HEADER)):
        text = tidy(lines[index].text)
        if _is_row(words[index]):
            return ()
        if kind_of_line(text, rules) or rules.note.match(text) or not _is_heading(words[index]):
            break
        here = 0 if header_rules().is_total(text) else sum(bool(header_rules().word(w.text)) for w in words[index])
        known, end = known + here, index + 1 if here else end
    return tuple(range(at, end)) if known >= MIN_ROWS else ()


def _is_heading(words: Words) -> bool:
    return all(len(word.text) <= MAX_NAME and not _is_sentence(word.text) for word in words)


def _extent(lines: Sequence[TextLine], words: Sequence[Words], start: int, rules: KindRules) -> tuple[int, ...]:
    """The rows from `start` on. Names without figures belong to them when they stand in the columns of names,
    several on a line, or when a row with figures follows soon.
    """
    edges = [word.box[0] for word in words[start] if not is_figure(word.text)]
    end = at = start + 1
    while at < len(lines) and at - end <= _LOOSE_LINES:
        text = tidy(lines[at].text)
        if kind_of_line(text, rules) or rules.note.match(text) or not _is_heading(words[at]):
            break
        names = [word for word in words[at] if not is_figure(word.text)]
        aligned = [any(abs(word.box[0] - edge) <= _EDGE for edge in edges) for word in names]
        if _is_row(words[at]) or len(names) > 1 and sum(aligned) * 2 >= len(names):
            edges += [word.box[0] for word in names]
            end = at + 1
        at += 1
    while end < at and _names_row(words[end]):
        end += 1
    return tuple(range(start, end))


def _names_row(words: Words) -> bool:
    """A trailing row without figures: a known total or a coded name."""
    text = words[0].text
    return bool(header_rules().is_total(text) or code_ahead(text)[0])


def _header(
    lines: Sequence[TextLine], words: Sequence[Words], start: int, floor: int, rules: KindRules
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


def _grid(region: Region, columns: Sequence[tuple[float, float]]) -> Grid:
    """The lattice of one region. `columns`: (left, right) of what they print."""
    rows = [word for line in region.body for word in line]
    head = [word for line in region.header for word in line]
    if not rows:
        return _blank(region.page, head, columns)
    inner = between([x for pair in columns for x in pair])[1::2]
    borders = [columns[0][0] - _PAD, *inner, columns[-1][1] + _PAD]
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
    start = min((word.box[1] for word in head), default=top)
    tops = [start + (top - start) * level / levels for level in range(levels)] if levels else []
    return Grid(region.page.number, [*tops, *heights], borders, found, ruled=False)


def _blank(page: Page, head: Words, columns: Sequence[tuple[float, float]]) -> Grid:
    inner = between([x for pair in columns for x in pair])[1::2]
    borders = [columns[0][0] - _PAD, *inner, columns[-1][1] + _PAD]
    top, bottom = min(word.box[1] for word in head), max(word.box[3] for word in head) + 1
    cells, levels = header_cells(head, columns, borders, bottom)
    tops = [top + (bottom - top) * level / levels for level in range(levels)]
    return Grid(page.number, [*tops, bottom], borders, cells, ruled=False)


def reread(pages: Mapping[int, Page], grids: Sequence[Grid]) -> list[Grid]:
    """The same tables again as if no line had been drawn in them; nothing where that makes no columns."""
    regions: list[Region] = []
    for grid in grids:
        page, box = pages[grid.page], grid.box
        inside = [g for g in page.glyphs if _inside(g, box)]
        lines = [line_words(TextLine(page.number, glyphs)) for glyphs in lines_of(inside)]
        first = next((i for i, line in enumerate(lines) if _is_row(line)), None)
        if first is None:
            return []
        regions.append(Region(page, tuple(lines[:first]), tuple(lines[first:]), False, False))
    width = pages[grids[0].page].width
    columns = columns_of([line for region in regions for line in region.body], regions[0].header, width)
    return [_grid(region, columns) for region in regions] if len(columns) >= MIN_ROWS else []


def _inside(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _column_of(box: Box, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a word shares most width with, else the nearest."""
    return max(range(len(columns)), key=lambda i: shared(box, columns[i]))
