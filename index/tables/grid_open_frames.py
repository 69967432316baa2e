"""The frame of a table between horizontal lines: which line opens it, ends its header and ends it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.tables.grid_geometry import Glyph, Page, Ruling, TextLine
from index.tables.grid_sheets import is_figure
from index.tables.grid_text import lines_of, text_of
from index.tables.grid_unruled_words import Word, line_words
from index.tables.headers import header_rules
from index.tables.kinds import kind_rules
from index.tables.regions import is_title, split_label

SAME = 3.0  # points between the ends of lines of one table
_WIDE = 0.4  # of the page's width, at least
_PAGE_GAP = 3.0  # character heights without print after the last row of a page
_LEAST = 3  # words of a header
_LONGEST = 20  # characters of one
_NUMBER = re.compile(r"[-—－–~·•第共页/\s\d]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of one table: `top` over its header, `head` under it, `bottom`.

    `groups` lie inside the header, under words that stand over several columns; `rows` are full lines between rows.
    `open`: the page ends before the table does.
    """

    top: Ruling
    head: Ruling
    bottom: float
    groups: tuple[Ruling, ...]
    rows: tuple[float, ...] = ()
    open: bool = False


def frames_of(page: Page) -> Iterable[Frame]:
    """Three wide lines of one extent, or two on a page that the table runs over, with no line across them."""
    wide = _wide_lines(page)
    at = 0
    while at + 1 < len(wide):
        top = wide[at]
        full = [top, *(r for r in wide[at + 1 :] if _alike(top, r))]
        full = full[: _table_end(page, full)]
        height = _header_end(page, full)
        if not height:
            at += 1
            continue
        head = full[height]
        groups = tuple(r for r in page.horizontal if top.at + 1 < r.at < head.at - 1)
        rows = full[height + 1 :]
        end = rows[-1].at if rows else _page_end(print_between(page, head.at, page.height, top))
        lines = lines_of(print_between(page, top.at, head.at, top))
        if end is not None and (groups or len(lines) == 1):  # else only distances say what stands over several columns
            yield Frame(top, head, end, groups, tuple(r.at for r in rows[:-1]), open=not rows or _ends(page, end))
        at = wide.index(full[-1]) + 1


def going_on(page: Page, before: Frame) -> Frame | None:
    """The rows that a page goes on with where the page before ended: between lines of the same extent, no header."""
    if not before.open:
        return None
    full = [r for r in _wide_lines(page) if _alike(before.top, r)]
    full = full[: _table_end(page, full)]
    if len(full) < 2 or any(_is_caption(line) for line in lines_of(_above(page, full[0].at))):
        return None
    first = _words(print_between(page, full[0].at, full[1].at, full[0]))
    if not any(is_figure(word.text) for word in first) or _header_end(page, full):
        return None
    rows = tuple(r.at for r in full[1:-1])
    return Frame(full[0], full[0], full[-1].at, (), rows, open=_ends(page, full[-1].at))


def print_between(page: Page, top: float, bottom: float, extent: Ruling) -> list[Glyph]:
    """The characters between two heights within the extent of a line."""
    return [
        g
        for g in page.glyphs
        if top < (g.top + g.bottom) / 2 < bottom and extent.start - SAME <= (g.left + g.right) / 2 <= extent.end + SAME
    ]


def is_numbering(words: Sequence[Word]) -> bool:
    """栏次 1 2 3: whole numbers that count up by one, and little else."""
    numbers = [word.text for word in words if word.text.isdigit()]
    others = {word.text for word in words if not word.text.isdigit()}
    if len(numbers) < 2 or numbers[0] != "1" or len(others) > 2 or any(is_figure(text) for text in others):
        return False
    return all(int(b) - int(a) == 1 for a, b in zip(numbers, numbers[1:], strict=False))


def _wide_lines(page: Page) -> list[Ruling]:
    wide = sorted(r for r in page.horizontal if r.end - r.start >= _WIDE * page.width)
    return [r for r in wide if not any(v.start - 1 <= r.at <= v.end + 1 and r.start - 1 <= v.at <= r.end + 1 for v in page.vertical)]  # fmt: skip


def _alike(one: Ruling, other: Ruling) -> bool:
    return abs(one.start - other.start) <= SAME and abs(one.end - other.end) <= SAME


def _words(glyphs: Iterable[Glyph]) -> list[Word]:
    return [word for line in lines_of(glyphs) for word in line_words(TextLine(0, line))]


def _table_end(page: Page, full: Sequence[Ruling]) -> int:
    """How many of the lines belong to the first table: up to the caption of another."""
    for at in range(1, len(full)):
        if any(_is_caption(line) for line in lines_of(print_between(page, full[at - 1].at, full[at].at, full[0]))):
            return at
    return len(full)


def _is_caption(line: Sequence[Glyph]) -> bool:
    rules = kind_rules()
    text = "".join(text_of(line).split())
    return bool(rules.unit.search(text) or is_title(text, rules) or split_label(text, rules)[0])


def _header_end(page: Page, full: Sequence[Ruling]) -> int:
    """Which of the full lines lies under the header; 0: there is none."""
    end = 0
    for at in range(1, len(full)):
        lines = [
            line_words(TextLine(0, line)) for line in lines_of(print_between(page, full[0].at, full[at].at, full[0]))
        ]
        names = [word for line in lines if not is_numbering(line) for word in line]
        own = [word for word in names if word.middle > full[at - 1].at]
        if any(len(w.text) > _LONGEST or is_figure(w.text) for w in names) or end and not _is_header_row(own):
            break
        if len(names) >= _LEAST:
            end = at
    return end


def _is_header_row(words: Sequence[Word]) -> bool:
    """Whether words between two full lines belong to the header, or are a row that prints no figures."""
    rules = header_rules()
    if any(rules.marker.match(word.text) for word in words):
        return False
    known = [rules.word(word.text) is not None for word in words]
    return not words or len(words) > 1 and any(known) and not rules.is_total(words[0].text)


def _above(page: Page, y: float) -> list[Glyph]:
    return [g for g in page.glyphs if g.bottom <= y]


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


def _ends(page: Page, y: float) -> bool:
    """Whether nothing but the page's number stands below."""
    below = [line for line in lines_of(g for g in page.glyphs if g.top >= y)]
    return all(_NUMBER.fullmatch(text_of(line).strip()) for line in below)
