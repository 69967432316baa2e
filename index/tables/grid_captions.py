"""Which grids make one table, and what is printed over and under it: number, title, unit, body, note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.layout import tidy
from index.tables.grid_geometry import Grid, TextLine
from index.tables.grid_sheets import Sheet, goes_on, joined_header, sheet_of
from index.tables.kinds import KindRules, kind_rules, plain_title
from index.tables.regions import PART, is_title, split_label

_SENTENCE = re.compile(r"[。；！？]")
_OF_YEAR = re.compile(
    r"(?:[（(]\s*20\d\d\s*年?(?:度)?\s*[）)])?\s*(?:\S{2,6}[:：]\s*20\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
)
_CONTINUED = re.compile(r"[（(]?续[表）)]*\d*[）)]?$|^续\s*表?\d*")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(rf"^(?:[（(]{_NUMERAL}[）)]|{_NUMERAL}\s*[、.．]|\d{{1,2}}\s*[、.．])\s*")
MAX_CAPTION = 8  # lines
MAX_LINE = 60
MAX_WRAP = 20
_SAME_SIZE = 0.8
_SAME_EDGE = 3.0
_NEAR = 2.2  # line heights between the lines of one title


@dataclass(slots=True)
class Caption:
    """`first` is the index in the flow where the table's own lines begin."""

    first: int
    number: str = ""
    title: str = ""
    unit: str = ""
    body: str = ""
    other: bool = False  # text stands between this grid and the one before


@dataclass(slots=True)
class Found:
    """A table as it stands in the flow: items `first` up to `end`, which are its caption, grids and notes."""

    caption: Caption
    sheet: Sheet
    grids: list[Grid]
    first: int
    end: int
    notes: list[str] = field(default_factory=list)
    note_lines: list[TextLine] = field(default_factory=list)


def read_again(found: Found, grids: Sequence[Grid]) -> Found | None:
    """The same table over other lattices of its pages; None when these do not make one table."""
    if not grids:
        return None
    sheet = sheet_of(grids[0])
    for grid in grids[1:]:
        more = goes_on(sheet, grid)
        if more is None:
            return None
        sheet.body += more.body
    return replace(found, sheet=sheet, grids=list(grids))


def find_tables(flow: Sequence[TextLine | Grid]) -> list[Found]:
    """Every table of the flow, continuation pages put together, in order."""
    rules = kind_rules()
    found: list[Found] = []
    for index, item in enumerate(flow):
        if isinstance(item, TextLine):
            continue
        floor = found[-1].end if found else 0
        caption = _caption(flow, floor, index, rules)
        more = _continues(found[-1], caption, item, flow) if found else None
        if more is not None:
            last = found[-1]
            last.sheet.body += more.body
            last.notes += more.notes
            last.grids.append(item)
            last.end = index + 1
        else:
            sheet = sheet_of(item)
            _inside(caption, sheet, rules)
            found.append(Found(caption, sheet, [item], caption.first, index + 1, list(sheet.notes)))
        _take_notes(found[-1], flow, rules)
    return found


def _continues(before: Found, caption: Caption, grid: Grid, flow: Sequence[TextLine | Grid]) -> Sheet | None:
    """The rows that `grid` adds to the table before it, or None when it is a table of its own."""
    last = before.grids[-1]
    if grid.page - last.page > 1 or caption.other or before.note_lines:
        return None
    title = _CONTINUED.sub("", plain_title(caption.title))
    if title and title != plain_title(before.caption.title):
        return None
    if caption.number and before.caption.number and caption.number != before.caption.number:
        return None
    if caption.body and before.caption.body and caption.body != before.caption.body:
        return None
    if not before.sheet.body and not title:
        return joined_header(before.sheet, grid)
    more = goes_on(before.sheet, grid)
    if more is None:
        return None
    repeated = bool(title) and not _CONTINUED.search(plain_title(caption.title))
    if grid.page == last.page and (repeated or more.header):
        return None
    return more


def _caption(flow: Sequence[TextLine | Grid], floor: int, index: int, rules: KindRules) -> Caption:
    """Read upwards from a grid until something stands there that names no table."""
    caption = Caption(index)
    lines: list[tuple[int, TextLine]] = []
    at = index - 1
    while at >= floor and len(lines) < MAX_CAPTION and isinstance(line := flow[at], TextLine):
        if line.heading:
            caption.other = True
            break
        lines.append((at, line))
        at -= 1
    title: list[TextLine] = []
    for at, line in lines:
        text = tidy(_without_year(line.text))
        kind = kind_of_line(text, rules)
        if kind == "unit" or kind == "body":
            caption.number = caption.number or _label_among(line.text, rules)
            if title:
                break
            unit, body = rules.unit.search(text), rules.body.match(text)
            caption.unit = caption.unit or (unit[1] if unit else "")
            caption.body = (body[1] if body else "") + caption.body
        elif kind == "label":
            label, rest = split_label(text, rules)
            caption.number = label
            if rest and not title:
                caption.title = rest
                title.append(line)
        elif kind == "title" and not title:
            title.append(line)
            caption.title = _HEADING.sub("", text)
        elif title and _same_title(title[-1], line, text, caption.title, rules):
            title.append(line)
            caption.title = text + caption.title
        elif not title and _wraps_body(flow, at, rules):
            caption.body = text + caption.body
        elif not title and _OF_YEAR.fullmatch(text):
            continue
        else:
            if not title and not (_is_aside(text) and at == index - 1):
                caption.other = True
            break
        caption.first = at
    label, rest = split_label(_HEADING.sub("", caption.title.strip()), rules)
    caption.number = caption.number or label
    caption.title = rest or caption.title.strip()
    return caption


def _without_year(text: str) -> str:
    """A line without the year that it is of, where more stands beside that (2023年度  公开05表)."""
    rest = [word for word in text.split() if not _OF_YEAR.fullmatch(word)]
    return " ".join(rest) if rest and len(rest) < len(text.split()) else text


def _label_among(text: str, rules: KindRules) -> str:
    """The number of a table among the words of a line (部门：某局  2023年度  公开05表); "" for none."""
    labels = (split_label(word, rules) for word in text.split())
    return next((label for label, rest in labels if label and not rest), "")


def _wraps_body(flow: Sequence[TextLine | Grid], at: int, rules: KindRules) -> bool:
    """Whether a short line is the second half of the body's name over it, which stands at the same left edge."""
    line = flow[at]
    for above in reversed(flow[max(0, at - 2) : at]):
        if isinstance(above, Grid) or isinstance(line, Grid) or above.page != line.page:
            return False
        if abs(above.box[0] - line.box[0]) <= _SAME_EDGE and line.box[1] - above.box[1] <= _NEAR * line.size:
            return bool(rules.body.match(tidy(above.text))) and len(line.text) <= MAX_WRAP
    return False


def kind_of_line(text: str, rules: KindRules) -> str:
    if PART.match(text) or len(text) > MAX_LINE or _SENTENCE.search(text):
        return ""
    label, rest = split_label(text, rules)
    if label and not rest:
        return "label"
    if is_title(_CONTINUED.sub("", text), rules):
        return "title"
    if rules.unit.search(text):
        return "unit"
    if split_label(text, rules)[0]:
        return "label"
    return "body" if rules.body.match(text) else ""


def _same_title(below: TextLine, line: TextLine, text: str, title: str, rules: KindRules) -> bool:
    """Whether a line is the upper half of a title: as large, near, and no heading or title of its own.

    A half that only makes sense with it ("算表") takes even a numbered one.
    """
    if PART.match(text) or _SENTENCE.search(text) or len(text) > MAX_LINE or line.page != below.page:
        return False
    if abs(line.size - below.size) > _SAME_SIZE or below.box[1] - line.box[1] > _NEAR * below.size:
        return False
    if rules.of_title(title) is None and rules.of_title(text + title) is not None:
        return True
    return not (_HEADING.match(text) or is_title(text, rules) or text.endswith(("：", ":")))


def _is_aside(text: str) -> bool:
    """A short word over the frame that says nothing of the table (续表, a date, a page mark)."""
    return len(text) <= 12 and not _SENTENCE.search(text) and bool(_CONTINUED.search(text) or text[:1].isdigit())


def _inside(caption: Caption, sheet: Sheet, rules: KindRules) -> None:
    """Title, unit and body printed inside the frame."""
    for text in sheet.inside:
        unit, body = rules.unit.search(text), rules.body.match(text)
        if unit:
            caption.unit = caption.unit or unit[1]
        if body:
            caption.body = caption.body or body[1]
        if not unit and not body and not caption.title and len(text) <= MAX_LINE:
            label, rest = split_label(text, rules)
            caption.number = caption.number or label
            caption.title = rest


def _take_notes(table: Found, flow: Sequence[TextLine | Grid], rules: KindRules) -> None:
    """Lines right under the frame that a note opens, up to a heading, another caption or the page's end."""
    page = table.grids[-1].page
    at = table.end
    opened = False
    while at < len(flow) and isinstance(line := flow[at], TextLine) and line.page == page:
        text = tidy(line.text)
        if not opened:
            if not rules.note.match(text):
                return
            opened = True
        elif PART.match(text) or is_title(text, rules) or kind_of_line(text, rules) in {"unit", "label"}:
            break
        elif rules.note.match(text) is None and re.match(r"[一二三四五六七八九十]{1,3}、", text):
            break
        table.note_lines.append(line)
        table.notes.append(text)
        at += 1
        table.end = at
