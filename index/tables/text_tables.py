"""Statutory tables out of text lines: the strategy for files that keep no geometry.

Empty cells have vanished and names are wrapped, so columns come from the header words, the number of figures
and the arithmetic. Other readers share kinds, header meaning, hierarchy, checks and facts, not this file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from index.accounts import Accounts
from index.document import Cell, Column, Line, Row, Table, TableKind
from index.layout import Layout, tidy
from index.tables.assign import Figures, assign_columns
from index.tables.header_text import Header, read_header
from index.tables.headers import header_rules, header_words, plain_header
from index.tables.hierarchy import with_hierarchy
from index.tables.kinds import GENERIC, kind_rules
from index.tables.regions import Region
from index.tables.sums import amount
from index.tables.text_lists import read_lists
from index.tables.text_rows import TextRow, read_rows
from index.tables.tokens import TokenKind, figures_of, is_numbering, tokenize
from index.years import YEAR

_SENTENCE = re.compile(r"[。；]|^\d{1,2}\s*[、．.](?!\d).{15,}")
_DECIMAL = re.compile(r"\d\.\d")
MAX_ROW_TEXT = 40
LABELS = frozenset({"code", "label"})


class _Parts(NamedTuple):
    """The lines of a region by their use."""

    unit: str
    header: Sequence[Line]
    body: Sequence[Line]
    note: str


class _Draft(NamedTuple):
    region: Region
    section: int | None
    parts: _Parts
    header: Header
    rows: Sequence[TextRow]


def read_tables(lines: Sequence[Line], layout: Layout, year: int | None = None) -> tuple[Table, ...]:
    """Every statutory table, and the fund table of an overall performance form, in document order.

    `year`: the document's, for headers that say 上年; found in the titles when not given.
    """
    year = year or _common_year([region.title for region in layout.regions])
    drafts: list[_Draft] = []
    for region, section in zip(layout.regions, layout.region_sections, strict=True):
        draft = _draft(lines, region, section, year)
        if draft is not None and drafts and _goes_on(drafts[-1], draft):
            drafts[-1] = drafts[-1]._replace(rows=[*drafts[-1].rows, *draft.rows])
        elif draft is not None:
            drafts.append(draft)
    hints = _known_amounts(drafts)
    return tuple(_table(draft, lines, hints) for draft in drafts)


def _goes_on(before: _Draft, draft: _Draft) -> bool:
    """A continuation page repeats title and header, and does not begin with a total."""
    same = before.region.title == draft.region.title and before.region.number == draft.region.number
    if not (same and draft.rows and before.rows and before.header.columns == draft.header.columns):
        return False
    return not header_rules().is_total(draft.rows[0].label)


def _common_year(titles: Sequence[str]) -> int | None:
    years = Counter(int(match[1]) for title in titles if (match := YEAR.search(title)))
    return years.most_common(1)[0][0] if years else None


def _draft(lines: Sequence[Line], region: Region, section: int | None, year: int | None) -> _Draft | None:
    body = lines[region.body : region.end]
    if region.rule.form:
        if region.kind is not TableKind.OVERALL_PERFORMANCE:
            return None
        body = _fund_lines(body)
        if not body:
            return None
    parts = _split(body)
    if region.rule.form:
        parts = parts._replace(unit=parts.unit or _unit_above(lines[region.body : region.end], body[0]))
    accounts = Accounts.load()
    needed = max((figures_of(tokenize(line, accounts)) for line in parts.body), default=1)
    table_year = _common_year([region.title]) or year
    header = read_header(parts.header, 0, table_year)
    if header.lists == 1:
        header = read_header(parts.header, needed, table_year)
    if header.lists > 1:
        widths = [len(_figure_columns(header, number)) for number in range(header.lists)]
        rows = read_lists(parts.body, header.titles, widths)
    else:
        texts = sum(column.role == "text" for column in header.columns)
        rows = read_rows(parts.body, texts)
    return _Draft(region, section, parts, header, rows)


def _figure_columns(header: Header, number: int) -> list[int]:
    return [i for i, c in enumerate(header.columns) if c.list == number and c.role not in LABELS]


def _split(lines: Sequence[Line]) -> _Parts:
    """Unit and body lines, header lines, body lines, note."""
    rules = kind_rules()
    unit, rest = "", []
    note_at = next((i for i, line in enumerate(lines) if rules.note.match(line.text)), len(lines))
    for line in lines[:note_at]:
        match = rules.unit.search(line.text)
        if match and not unit:
            unit = match[1]
        elif not rules.body.match(line.text):
            rest.append(line)
    start = _body_start(rest)
    if not unit:
        unit = next((stated for line in rest[:start] if (stated := rules.unit_in_header(line.text))), "")
    note = tidy("".join(line.text for line in lines[note_at:]))
    header = [line for line in rest[:start] if not is_numbering(tokenize(line, Accounts.load()))]
    return _Parts(unit, header, rest[start:], note)


def _body_start(lines: Sequence[Line]) -> int:
    """The first line that begins a row: it has a code or a figure; blank marked rows before it belong to it."""
    accounts, rules = Accounts.load(), header_rules()
    for index, line in enumerate(lines):
        tokens = tokenize(line, accounts)
        if is_numbering(tokens):
            continue
        if any(t.kind is TokenKind.CODE for t in tokens) or (
            figures_of(tokens) and (tokens[0].kind is TokenKind.TEXT or _DECIMAL.search(line.text))
        ):
            while index > 1 and (rules.marker.match(before := lines[index - 1].text) or rules.group.fullmatch(before)):
                index -= 1
            return index
    return len(lines)


def _fund_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """The run of short lines round the first figures with a share: the fund table of a performance form."""
    rules, accounts = header_rules(), Accounts.load()
    header = next((i for i, line in enumerate(lines) if _is_header(line)), None)
    if header is None:
        return ()
    last = header
    for index in range(header + 1, len(lines)):
        text = lines[index].text
        if _SENTENCE.search(text) or len(text) > MAX_ROW_TEXT:
            break
        if figures_of(tokenize(lines[index], accounts)):
            last = index
    if last == header or not any(rules.group.fullmatch(line.text) for line in lines[header:last]):
        return ()
    return lines[header : last + 1]


def _unit_above(lines: Sequence[Line], below: Line) -> str:
    """The last unit in brackets printed before a line."""
    rules, above = kind_rules(), reversed(lines[: lines.index(below)])
    return next((unit for line in above if (unit := rules.unit_in_header(line.text))), "")


def _is_header(line: Line) -> bool:
    words = [header_rules().word(text) for text in line.text.split()]
    roles = {word.role for word in words if word}
    return "rate" in roles and "amount" in roles


def _known_amounts(drafts: Sequence[_Draft]) -> Mapping[str, Decimal]:
    """What a row of a one-figure list is known to be, by its plain name: evidence for the columns of other tables."""
    known: dict[str, Decimal] = {}
    rules = header_rules()
    for draft in drafts:
        if draft.region.kind not in {TableKind.SUMMARY, TableKind.FISCAL_SUMMARY}:
            continue
        for row in draft.rows:
            word = rules.word(rules.marker.sub("", row.label, count=1))
            value = amount(row.figures[0].text) if len(row.figures) == 1 else None
            if word and (word.fund or word.measure != "合计") and value is not None:
                known.setdefault(word.fund or word.measure, value)
    return known


def _table(draft: _Draft, lines: Sequence[Line], known: Mapping[str, Decimal]) -> Table:
    region, header, parts = draft.region, draft.header, draft.parts
    columns = header.columns
    rows = with_hierarchy([Row(tidy(row.label), row.code, row.list, position=row.position) for row in draft.rows])
    cells: list[Cell] = []
    placed: dict[tuple[int, int], Cell] = {}
    for number in range(header.lists):
        own = [i for i, row in enumerate(rows) if row.list == number]
        at = {row: order for order, row in enumerate(own)}
        figures = [
            Figures(
                tuple(f.text for f in draft.rows[i].figures),
                at.get(parent) if (parent := rows[i].parent) is not None else None,
            )
            for i in own
        ]
        assigned = assign_columns(figures, columns, number, _hints(columns, number, known))
        for i, places in zip(own, assigned, strict=True):
            for figure, place in zip(draft.rows[i].figures, places, strict=False):
                placed[i, place] = Cell(figure.text, i, place, figure.position)
            if draft.rows[i].trailing:
                place = next(c for c, column in enumerate(columns) if column.list == number and column.role == "text")
                placed.setdefault((i, place), Cell(draft.rows[i].trailing, i, place, rows[i].position))
        for i in own:
            cells += [placed.get((i, c), Cell("", i, c, rows[i].position)) for c in _figure_columns(header, number)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    rule = region.rule
    if rule.kind is TableKind.GENERIC:
        words = [w for column in columns for w in header_words(column)] + [row.label for row in rows]
        rule = kind_rules().of_headers(words) or GENERIC
    lost = sum(len(row.figures) for row in draft.rows) - sum(bool(c.text) for c in placed.values())
    return Table(
        kind=rule.kind,
        number=region.number,
        title=tidy(region.title),
        unit=parts.unit,
        columns=columns,
        rows=rows,
        cells=tuple(cells),
        section=draft.section,
        position=lines[region.first].position,
        note=parts.note,
        confidence=1.0 if not lost else 0.5,
    )


def _hints(columns: Sequence[Column], number: int, known: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """Known grand totals of the columns that are a fund or a nature of spending."""
    found = {}
    for index, column in enumerate(columns):
        name = column.fund or column.measure
        if column.list == number and column.role == "amount" and name in known and plain_header(column.header):
            found[index] = known[name]
    return found
