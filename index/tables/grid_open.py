"""Tables between horizontal lines only: one over the header, one under it, one at the end, short ones under groups.

The missing lines are put in: between the columns where nothing is printed, between the rows where the gap is wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.tables.grid_geometry import Glyph, Page, Ruling, TextLine
from index.tables.grid_sheets import is_figure
from index.tables.grid_text import lines_of, text_of
from index.tables.grid_unruled_words import Word, line_words
from index.tables.kinds import kind_rules
from index.tables.regions import is_title, split_label

_SAME = 3.0  # points between the ends of lines of one table
_WIDE = 0.4  # of the page's width, at least
_VALLEY = 1.2  # points without print that part two columns
_ROW_GAP = 0.4  # of the character height, between two rows where all gaps are alike
_UNLIKE = 1.6  # times the least gap: there are gaps inside rows and gaps between them
_PAGE_GAP = 3.0  # character heights without print after the last row of a page
_LEAST = 3  # words of a header
_LONGEST = 14  # characters of one
_NUMBER = re.compile(r"[-—－–~·•第共页/\s\d]+")
Run = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The lines of one table: `top` over its header, `head` under it, `bottom`; `groups` under words of the header."""

    top: Ruling
    head: Ruling
    bottom: float
    groups: tuple[Ruling, ...]


def with_missing_lines(page: Page) -> Page:
    """The page with the lines that its open tables leave out."""
    flat, upright = list(page.horizontal), list(page.vertical)
    for frame in _frames(page):
        head = _words(_between(page, frame.top.at, frame.head.at, frame.top))
        body = _between(page, frame.head.at, frame.bottom, frame.top)
        borders = _columns(body, head, frame)
        if borders is None:
            continue
        rows = [*_row_borders(body), frame.bottom]
        flat += [Ruling(y, frame.top.start, frame.top.end) for y in rows]
        upright += [Ruling(x, _begin(x, frame), frame.bottom) for x in borders]
    return Page(page.number, page.width, page.height, page.glyphs, tuple(flat), tuple(upright), page.picture, page.turn, page.display)  # fmt: skip


def _begin(x: float, frame: _Frame) -> float:
    """How far up a border between two columns reaches: to the lowest line of a group that it parts."""
    return max((g.at for g in frame.groups if g.start + _SAME < x < g.end - _SAME), default=frame.top.at)


def _between(page: Page, top: float, bottom: float, extent: Ruling) -> list[Glyph]:
    return [
        g
        for g in page.glyphs
        if top < (g.top + g.bottom) / 2 < bottom
        and extent.start - _SAME <= (g.left + g.right) / 2 <= extent.end + _SAME
    ]


def _words(glyphs: Iterable[Glyph]) -> list[Word]:
    return [word for line in lines_of(glyphs) for word in line_words(TextLine(0, line))]


def _frames(page: Page) -> Iterable[_Frame]:
    """Three wide lines of one extent, or two on a page that the table runs over, with no line across them."""
    wide = sorted(r for r in page.horizontal if r.end - r.start >= _WIDE * page.width)
    wide = [r for r in wide if not any(v.start - 1 <= r.at <= v.end + 1 and r.start - 1 <= v.at <= r.end + 1 for v in page.vertical)]  # fmt: skip
    at = 0
    while at + 1 < len(wide):
        top, head = wide[at], wide[at + 1]
        if not (_alike(top, head) and _is_header(_between(page, top.at, head.at, top))):
            at += 1
            continue
        groups = tuple(r for r in page.horizontal if top.at + 1 < r.at < head.at - 1 and r not in wide)
        if not groups and len(lines_of(_between(page, top.at, head.at, top))) > 1:
            at += 2
            continue  # only the distances of its words say what stands over several columns
        end = at + 2
        while end + 1 < len(wide) and _alike(top, wide[end]) and not _captioned(page, wide[end], wide[end + 1]):
            end += 1
        if end > at + 2:
            pass  # every row has its line: the header may have several
        elif end < len(wide) and _alike(top, wide[end]):
            yield _Frame(top, head, wide[end].at, groups)
        elif last := _page_end(_between(page, head.at, page.height, top)):
            yield _Frame(top, head, last, groups)
        at = end + 1


def _alike(one: Ruling, other: Ruling) -> bool:
    return abs(one.start - other.start) <= _SAME and abs(one.end - other.end) <= _SAME


def _is_header(glyphs: Sequence[Glyph]) -> bool:
    """Several short words and no figure."""
    words = _words(glyphs)
    return len(words) >= _LEAST and all(len(w.text) <= _LONGEST and not is_figure(w.text) for w in words)


def _captioned(page: Page, upper: Ruling, lower: Ruling) -> bool:
    """Whether another table begins between two lines."""
    rules = kind_rules()
    texts = ["".join(text_of(line).split()) for line in lines_of(_between(page, upper.at, lower.at, upper))]
    return any(rules.unit.search(t) or is_title(t, rules) or split_label(t, rules)[0] for t in texts)


def _page_end(body: Sequence[Glyph]) -> float | None:
    """Where the rows of a page end that the table runs over: before a wide gap or the number of the page."""
    lines = lines_of(body)
    if lines and _NUMBER.fullmatch(text_of(lines[-1]).strip()):
        lines.pop()
    if not lines:
        return None
    bottom = max(g.bottom for g in lines[0])
    for line in lines[1:]:
        if min(g.top for g in line) - bottom > _PAGE_GAP * line[0].size:
            break
        bottom = max(bottom, *(g.bottom for g in line))
    return bottom + 1


def _row_borders(body: Sequence[Glyph]) -> list[float]:
    """The middles of the blank bands that part rows, not the lines of one cell."""
    bands: list[Run] = []
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


def _columns(body: Sequence[Glyph], head: Sequence[Word], frame: _Frame) -> list[float] | None:
    """x of the borders. A name of the header stands over every column; None where the print does not part them."""
    leaves = [word for word in head if not _is_group(word, head, frame)]
    runs = _runs([*((g.left, g.right) for g in body), *((w.box[0], w.box[2]) for w in leaves)])
    named = [run for run in runs if any(_meets(run, word) for word in leaves)]
    if len(named) < 2:
        return None
    for run in runs:
        if run not in named:
            near = min(range(len(named)), key=lambda i: max(named[i][0] - run[1], run[0] - named[i][1]))
            named[near] = (min(named[near][0], run[0]), max(named[near][1], run[1]))
    for run in named:
        side = sorted((w.box[0], w.box[2]) for w in leaves if _meets(run, w))
        if any(b[0] > a[1] + _VALLEY for a, b in zip(side, side[1:], strict=False)):
            return None  # a row prints across two columns
    inner = [_border(a, b, frame.groups) for a, b in zip(named, named[1:], strict=False)]
    return [frame.top.start, *inner, frame.top.end]


def _border(before: Run, after: Run, groups: Sequence[Ruling]) -> float:
    """Where a group's line ends between two columns, else halfway."""
    ends = [x for g in groups for x in (g.start, g.end) if before[1] - 1 <= x <= after[0] + 1]
    return ends[0] if ends else (before[1] + after[0]) / 2


def _is_group(word: Word, head: Sequence[Word], frame: _Frame) -> bool:
    """Whether a short line under a word holds several words together."""
    middle = (word.box[0] + word.box[2]) / 2
    return any(g.start <= middle <= g.end and word.middle < g.at for g in frame.groups)


def _meets(run: Run, word: Word) -> bool:
    return run[0] - 1 <= (word.box[0] + word.box[2]) / 2 <= run[1] + 1


def _runs(spans: Sequence[Run]) -> list[Run]:
    runs: list[Run] = []
    for left, right in sorted(spans):
        if runs and left - runs[-1][1] <= _VALLEY:
            runs[-1] = (runs[-1][0], max(runs[-1][1], right))
        else:
            runs.append((left, right))
    return runs
