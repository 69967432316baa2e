"""Lines → headings (section tree), paragraphs with repaired soft wraps, and table regions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from os.path import commonprefix

from index.document import Line, Paragraph, Position, Section
from index.tables.regions import Region, find_regions

_HAN_NUMERAL = "一二三四五六七八九十百"
MARKERS = (  # outermost first: the place in this list is the level
    re.compile(rf"(第[{_HAN_NUMERAL}]{{1,3}}(?:部分|章|篇))()"),
    re.compile(rf"([{_HAN_NUMERAL}]{{1,3}})(\s*[、.．])"),
    re.compile(rf"([（(]\s*[{_HAN_NUMERAL}]{{1,3}}\s*[)）])(、?)"),
    re.compile(r"(\d{1,2})(\s*[、．]|\s*\.(?!\d))"),
    re.compile(r"([（(]\s*\d{1,2}\s*[)）]|[①-⑳])(、?)"),
)
_AMOUNT_IN_HEAD = re.compile(r"^([^，。；：:;,、\d]{2,20}?)(?:\d[\d,，]*(?:\.\d+)?)(?:百|千|万|亿)*元")
_TERMINAL = re.compile(r"[。！？；;：:…]$|(?<=[\u4e00-\u9fff）)])\.$")
_SENTENCE_MARK = re.compile(r"[。；;！？，,]")
_LEADER = re.compile(r"[.…·．]{3,}\s*\d*$")
_CONTENTS = re.compile(r"^目\s*录$")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’《》—…·]"
_SPACE_BY_WIDE = re.compile(rf"(?<={_WIDE})[ \t\u3000\xa0]+|[ \t\u3000\xa0]+(?={_WIDE})")
_SPACE_IN_NUMBER = re.compile(r"(?<=\d)\s+(?=[%％])")
TITLE_LEVEL = 1
MAX_HEADING = 45
DEEPEST_RUN_IN = 3
MIN_WIDTH = 24
_SHORT_OF_FULL = 4
_CLEARLY_SHORT = 0.75
_FIRST_LINE = range(3, 7)  # half characters that the first line of a paragraph is set in, where positions are known
_PARALLEL = 6  # characters that two paragraphs share when they begin alike


@dataclass(frozen=True, slots=True)
class Layout:
    """`regions` hold half-open ranges of indices into the lines that were laid out."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    regions: tuple[Region, ...]
    region_sections: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Consecutive prose lines that make one heading or paragraph. `table` marks a table standing there.

    `bare`: it began with a marker alone on its line, whose title follows (第二部分 / 2026年度 / 部门预算表).
    """

    text: str
    position: Position
    level: int = 0  # of its marker; 0: none
    table: int | None = None
    bare: bool = False


def tidy(text: str) -> str:
    """Remove the spaces that layout puts between Chinese characters, or between them and digits."""
    return _SPACE_IN_NUMBER.sub("", _SPACE_BY_WIDE.sub("", text.strip()))


def display_width(text: str) -> int:
    """Columns that a text takes in a fixed-width font: 2 for a wide character, 1 for others."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def marker_of(text: str) -> tuple[int, str, str]:
    """Level (0: no marker), printed number and the rest: "（一）公务接待费" → (3, "（一）", "公务接待费")."""
    for level, pattern in enumerate(MARKERS, 1):
        if match := pattern.match(text):
            return level, match[1], text[match.end() :].strip(" 　:：" if level == 1 else " 　")
    return 0, "", text


def lay_out(
    lines: Sequence[Line],
    regions: tuple[Region, ...] | None = None,
    titles: frozenset[int] = frozenset(),
    wrapped: bool = True,
) -> Layout:
    """Read the structure of a document. A table's or form's lines are in no paragraph.

    `regions`: where the tables stand, when their geometry has told; found by their titles otherwise.
    `titles`: indices of unnumbered lines that are set as titles of parts.
    `wrapped`: whether a paragraph may take several lines; only a title under its bare marker does otherwise.
    """
    if regions is None:
        regions = find_regions(lines)
    blocks = list(_blocks(lines, regions, titles, wrapped))
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    region_sections: list[int | None] = [None] * len(regions)
    open_sections: list[int] = []

    def innermost() -> int | None:
        return open_sections[-1] if open_sections else None

    for index, block in enumerate(blocks):
        if block.table is not None:
            region_sections[block.table] = innermost()
            continue
        heading, body = _split_heading(blocks, index)
        if heading:
            while open_sections and sections[open_sections[-1]].level >= block.level:
                open_sections.pop()
            sections.append(_section(block, heading, sections, innermost()))
            open_sections.append(len(sections) - 1)
        if body:
            paragraphs.append(Paragraph(body, innermost(), block.position))
    return Layout(tuple(sections), tuple(paragraphs), regions, tuple(region_sections))


def _section(block: _Block, title: str, sections: Sequence[Section], parent: int | None) -> Section:
    _, number, _ = marker_of(block.text)
    separator = {1: " ", 2: "、", 4: "、"}.get(block.level, "")
    label = f"{number}{separator}{title}".strip()
    path = f"{sections[parent].path} > {label}" if parent is not None else label
    return Section(number, title, block.level, path, block.position, parent)


def _blocks(
    lines: Sequence[Line], regions: Sequence[Region], titles: frozenset[int], wrapped: bool
) -> Iterator[_Block]:
    """Join soft-wrapped lines; a table region becomes one empty block."""
    starts = {region.first: (order, region.end) for order, region in enumerate(regions)}
    prose = [line for index, line in enumerate(lines) if not any(r.first <= index < r.end for r in regions)]
    contents = _contents(prose)
    full = _full_width(prose)
    pending: _Block | None = None
    last: Line | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        if index in starts:
            if pending:
                yield pending
            pending, last = None, None
            order, index = starts[index]
            yield _Block("", line.position, table=order)
            continue
        index += 1
        if id(line) in contents:
            continue
        level, _, _ = marker_of(line.text)
        level = level or (index - 1 in titles and TITLE_LEVEL)
        goes_on = pending is not None and level == 0 and (wrapped or pending.bare)
        if goes_on and pending and last and not _ends_block(pending, last, line, full):
            pending = replace(pending, text=join(pending.text, line.text))
        else:
            if pending:
                yield pending
            bare = level == TITLE_LEVEL and not marker_of(tidy(line.text))[2]
            pending = _Block(tidy(line.text), line.position, level, bare=bare)
        last = line
    if pending:
        yield pending


def join(before: str, after: str) -> str:
    """Join two wrapped pieces: a space only between two Latin letters."""
    latin = (before[-1:] + after[:1]).isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return tidy(before + (" " if latin else "") + after)


def _full_width(prose: Sequence[Line]) -> int:
    widths = sorted(display_width(line.text) for line in prose)
    return max(widths[int(len(widths) * 0.85)], MIN_WIDTH) if widths else MIN_WIDTH


def _ends_block(block: _Block, last: Line, line: Line, full: int) -> bool:
    """Whether `last` closed the block, so that the unmarked `line` starts a new one.

    A full line that ends a sentence may go on; it does not when the next one begins like the block itself.
    """
    width = display_width(last.text) + last.indent
    if block.bare and line.position.page == last.position.page and display_width(line.text) < full * _CLEARLY_SHORT:
        return bool(_SENTENCE_MARK.search(line.text))
    if line.position.bbox is not None and line.indent in _FIRST_LINE:
        return True
    if _TERMINAL.search(last.text) and (width < full - _SHORT_OF_FULL or line.indent > last.indent):
        return True
    if last.text.endswith("。") and len(commonprefix([block.text, tidy(line.text)])) >= _PARALLEL:
        return True
    return width < full * _CLEARLY_SHORT or block.level == 1


def _contents(prose: Sequence[Line]) -> set[int]:
    """The lines of a table of contents: leaders, or from 目录 until its first entry comes again."""
    found = {id(line) for line in prose if _LEADER.search(line.text)}
    for index, line in enumerate(prose):
        if not _CONTENTS.match(line.text):
            continue
        found.add(id(line))
        entries = prose[index + 1 :]
        first = next((_entry(entry.text) for entry in entries if id(entry) not in found), None)
        end = next((at for at, entry in enumerate(entries) if at and _entry(entry.text) == first), 0)
        found.update(id(entry) for entry in entries[:end])
        if not end and line.position.page is not None:  # the headings are worded otherwise: its page, then
            found.update(id(entry) for entry in entries if entry.position.page == line.position.page)
    return found


def _entry(text: str) -> str:
    return re.sub(r"\s|[.…·．]{3,}|\d+$", "", text)


def _split_heading(blocks: Sequence[_Block], index: int) -> tuple[str, str]:
    """(heading title or "", paragraph text or "") of a block.

    A heading is short, holds no sentence mark, and opens something below; an enumerated sentence does not.
    "（一）基本支出982.67万元，…" is both: it opens 基本支出 and remains a paragraph.
    """
    block = blocks[index]
    if not block.level:
        return "", block.text
    _, _, rest = marker_of(block.text)
    title = rest.rstrip("：: ")
    if block.level == 1:
        return title, ""
    if title and len(title) <= MAX_HEADING and not _SENTENCE_MARK.search(title) and _opens(blocks, index):
        return title, ""
    if block.level <= DEEPEST_RUN_IN and (match := _AMOUNT_IN_HEAD.match(rest)):
        return match[1], block.text
    return "", block.text


def _opens(blocks: Sequence[_Block], index: int) -> bool:
    """Whether what follows stands under this heading: a paragraph, a table, or a deeper marker."""
    if index + 1 == len(blocks):
        return False
    following = blocks[index + 1]
    return following.table is not None or following.level == 0 or following.level > blocks[index].level
