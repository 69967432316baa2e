"""The rows of a sheet: label, account code and cells of every list, wrapped rows of page breaks put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from index.accounts import Accounts
from index.document import Column
from index.layout import join
from index.tables.grid_columns import Layout
from index.tables.grid_geometry import GridCell
from index.tables.grid_sheets import Sheet, SheetRow, code_ahead, is_blank, is_figure
from index.tables.headers import FIGURES, HeaderRules, header_rules, header_words

TOTAL_LABEL = "合计"
MIN_MARKED = 4
MAX_HANGING = 20  # characters


@dataclass(slots=True)
class Draft:
    """A row before it has a parent. `depth`: which of the name columns it begins in; `start`: x of its label.

    `serial` is a code that is no account's: of the body, or a running number. `item`: named by a text beside it only.
    """

    label: str
    code: str
    list: int
    page: int
    cells: dict[int, GridCell]
    depth: int = 0
    start: float | None = None
    middle: float | None = None
    head: GridCell | None = None
    serial: str = ""
    item: bool = False
    texts: dict[int, str] = field(default_factory=dict)  # of cells that a page break cut in two


def drafts_of(sheet: Sheet, layout: Layout) -> list[Draft]:
    """Every row of every list that prints anything, in reading order, list by list within a row."""
    rules, accounts = header_rules(), Accounts.load()
    primary = [_primary(layout, number) for number in range(layout.lists)]
    last: list[Draft | None] = [None] * layout.lists
    drafts: list[Draft] = []
    before: SheetRow | None = None
    for row in sheet.body:
        turned = before is not None and before.page != row.page
        for number in range(layout.lists):
            draft = _draft(row, layout, number, primary[number], last[number], accounts)
            if draft is None:
                continue
            previous = last[number]
            if (
                turned
                and previous is not None
                and (_broken_off(previous, draft, layout, rules, accounts) or _unmarked(draft, drafts, rules))
            ):
                _append(previous, draft)
                continue
            drafts.append(draft)
            last[number] = draft
        before = row
    return drafts


def _primary(layout: Layout, number: int) -> int:
    """The column that names the row itself: the last one called …名称, else the last name."""
    names = layout.names[number]
    called = [i for i in names if header_rules().names_the_row(header_words(layout.columns[i]))]
    return (called or list(names) or [-1])[-1]


def _draft(
    row: SheetRow, layout: Layout, number: int, primary: int, last: Draft | None, accounts: Accounts
) -> Draft | None:
    figures = [i for i in layout.figures(number)]
    cells = {i: cell for i in figures if (cell := row.own(i)) is not None}
    if figures and not cells:
        return None  # a label of the list before reaches over this list
    code = _code(row, layout.codes[number], last, accounts)
    names = [(i, cell) for i in layout.names[number] if (cell := row.cells[i]).row == row.row and cell.text]
    names = [(i, cell) for k, (i, cell) in enumerate(names) if k == 0 or cell is not names[k - 1][1]]
    depth, head, label = 0, None, ""
    if names:
        depth = layout.names[number].index(names[0][0])
        chosen = [cell for i, cell in names if i == primary] or [names[-1][1]]
        head = chosen[0]
        if len(names) > 1 and header_rules().is_total(head.text):
            head = names[0][1]
        label = head.text
    if not code and not label:  # a total set in the columns of the code
        words = [text for i in layout.codes[number] if (text := row.text(i)) and not text.isdigit()]
        label = words[0] if words else ""
    if not code and label:
        code, label = code_ahead(label)
    if not label and code:
        known = accounts.by_code(code)
        label = known.name if known else ""
    item = not label and not code
    if item:
        label = _beside(layout, cells)
    if not label and not code and all(is_blank(cell.text) for cell in cells.values()):
        return None
    if not label and not layout.names[number]:
        label = TOTAL_LABEL
    ink = head.ink if head else None
    return Draft(
        label,
        code,
        number,
        row.page,
        cells,
        depth,
        start=head.start if head and ink else None,
        middle=(ink[0] + ink[2]) / 2 if ink else None,
        head=head,
        serial=_serial(row, layout, number),
        item=item and bool(label),
        texts=_hanging(row, layout, figures),
    )


def _hanging(row: SheetRow, layout: Layout, figures: Sequence[int]) -> dict[int, str]:
    """Short texts whose cell reaches down from a row above: they hold for this row too (货物 over all its purchases)."""
    reaching = {i: row.cells[i] for i in figures if layout.columns[i].role == "text" and row.cells[i].row < row.row}
    return {i: cell.text for i, cell in reaching.items() if 0 < len(cell.text) <= MAX_HANGING}


def _beside(layout: Layout, cells: Mapping[int, GridCell]) -> str:
    """The text that names a row without a name of its own: the last one called …名称 before the first figure."""
    first = next((i for i in cells if layout.columns[i].role != "text"), len(layout.columns))
    texts = [i for i, cell in cells.items() if i < first and cell.text]
    called = [i for i in texts if header_rules().names_the_row(header_words(layout.columns[i]))]
    return cells[(called or texts)[-1]].text if texts else ""


def _serial(row: SheetRow, layout: Layout, number: int) -> str:
    for i, column in enumerate(layout.columns):
        if column.list == number and column.role == "code" and i not in layout.codes[number]:
            return row.text(i)
    return ""


def _code(row: SheetRow, columns: Sequence[int], last: Draft | None, accounts: Accounts) -> str:
    """类 款 项 joined; digits that are not repeated from the row above are taken from it."""
    pieces = [row.text(i).replace(" ", "") for i in columns]
    code = "".join(pieces)
    if not code or accounts.is_code(code):
        return code
    first = next(i for i, piece in enumerate(pieces) if piece)
    above = last.code if last else ""
    length = (0, 3, 5)[first] if first < 3 else 0
    completed = above[:length] + code
    if len(above) >= length and accounts.is_code(completed):
        return completed
    return code if accounts.is_code(code) else ""


def _broken_off(before: Draft, draft: Draft, layout: Layout, rules: HeaderRules, accounts: Accounts) -> bool:
    """Whether a page's first row is the rest of a row that the page before could not hold."""
    if draft.code or any(is_figure(cell.text) for cell in draft.cells.values()):
        return False
    whole = rules.is_total(before.label + draft.label) and not rules.is_total(before.label)
    if whole or rules.is_total(draft.label) or rules.marker.match(draft.label):
        return whole
    if any(layout.columns[i].role == "text" and cell.text for i, cell in draft.cells.items()):
        return True
    if before.label.count("（") > before.label.count("）"):
        return True
    return bool(draft.label) and bool(accounts.by_name(before.label + draft.label))


def _unmarked(draft: Draft, drafts: Sequence[Draft], rules: HeaderRules) -> bool:
    """A name without figure and marker in a list where every other name has a marker: the rest of a name."""
    if not draft.label or draft.code or any(cell.text for cell in draft.cells.values()):
        return False
    if rules.is_total(draft.label) or rules.marker.match(draft.label):
        return False
    others = [other.label for other in drafts if other.list == draft.list and not rules.is_total(other.label)]
    return len(others) >= MIN_MARKED and all(rules.marker.match(label) for label in others)


def _append(before: Draft, rest: Draft) -> None:
    if rest.label:
        before.label = join(before.label, rest.label)
    for i, cell in rest.cells.items():
        if cell.text:
            old = before.texts.get(i, before.cells[i].text if i in before.cells else "")
            before.texts[i] = join(old, cell.text) if old else cell.text


def one_list(drafts: Sequence[Draft], layout: Layout) -> Spread:
    """Coded lists side by side under the same header words are one that was folded: its parts are put in order.

    (Without codes the same words, 项目 and 预算数, may head income and spending.)
    """
    headers: list[tuple[object, ...]] = [
        (layout.codes[n] and "coded" or n, *(c.header for c in layout.columns if c.list == n))
        for n in range(layout.lists)
    ]
    first = [headers.index(header) for header in headers]
    if first == list(range(layout.lists)):
        return Spread(list(drafts), layout)
    own = [[i for i, c in enumerate(layout.columns) if c.list == n] for n in range(layout.lists)]
    numbers = {old: new for new, old in enumerate(sorted(set(first)))}
    kept = [i for i, column in enumerate(layout.columns) if first[column.list] == column.list]
    place = {i: kept.index(own[first[n]][k]) for n in range(layout.lists) for k, i in enumerate(own[n])}
    moved = [
        replace(
            draft,
            list=numbers[first[draft.list]],
            cells={place[i]: cell for i, cell in draft.cells.items()},
            texts={place[i]: text for i, text in draft.texts.items()},
        )
        for draft in sorted(drafts, key=lambda d: (d.page, d.list))
    ]
    columns = tuple(replace(layout.columns[i], list=numbers[layout.columns[i].list]) for i in kept)
    chosen = sorted(set(first))
    parts = [tuple(tuple(place[i] for i in whole[n]) for n in chosen) for whole in (layout.codes, layout.names)]
    periods = tuple(place.get(layout.periods[n], -1) for n in chosen)
    return Spread(moved, Layout(columns, parts[0], parts[1], periods))


class Spread(NamedTuple):
    """Rows and columns that were put into another shape."""

    drafts: list[Draft]
    layout: Layout


def spread_periods(drafts: Sequence[Draft], layout: Layout, sheet: Sheet, year: int | None) -> Spread:
    """Rows that differ only by a column of years become one row with the figures of every year in columns.

    "单位 | 年度 | 合计", two rows → "单位 | 合计/2025年 | 合计/2026年", one row.
    """
    if all(period < 0 for period in layout.periods):
        return Spread(list(drafts), layout)
    rules = header_rules()
    periods = {number: period for number, period in enumerate(layout.periods) if period >= 0}
    values: list[str] = []
    for row in sheet.body:
        for period in periods.values():
            if (text := row.text(period)) and text not in values:
                values.append(text)
    columns: list[Column] = []
    place: dict[tuple[int, str], int] = {}
    keep: dict[int, int] = {}
    for index, column in enumerate(layout.columns):
        if column.list in periods and column.role in FIGURES:
            for value in values:
                place[index, value] = len(columns)
                columns.append(_in_period(column, value, rules, year))
        else:
            keep[index] = len(columns)
            columns.append(column)
    spread: list[Draft] = []
    open_rows: dict[int, Draft] = {}
    rows = {id(cell): row for row in sheet.body for cell in row.cells}
    for draft in drafts:
        at = periods.get(draft.list)
        own = rows[id(next(iter(draft.cells.values())))] if draft.cells else None
        value = own.text(at) if at is not None and own is not None else ""
        if not value:
            spread.append(replace(draft, cells={keep[i]: cell for i, cell in draft.cells.items() if i in keep}))
            continue
        target = open_rows.get(draft.list)
        taken = target is not None and any(place[i, value] in target.cells for i in draft.cells if (i, value) in place)
        if target is None or taken or draft.label not in {"", value, target.label}:
            label = "" if draft.label == value else draft.label
            target = replace(draft, label=label or TOTAL_LABEL, cells={})
            open_rows[draft.list] = target
            spread.append(target)
        for i, cell in draft.cells.items():
            target.cells[place.get((i, value), keep.get(i, 0))] = cell
    moved = Layout(
        tuple(columns),
        tuple(tuple(keep[i] for i in codes) for codes in layout.codes),
        tuple(tuple(keep[i] for i in names if i in keep) for names in layout.names),
        tuple(-1 for _ in layout.periods),
    )
    return Spread(spread, moved)


def _in_period(column: Column, value: str, rules: HeaderRules, year: int | None) -> Column:
    word = rules.word(value)
    header = f"{column.header}/{value}"
    if word is not None and word.role in {"change", "rate"}:
        return replace(column, header=header, role=word.role, measure=word.measure or column.measure)
    return replace(column, header=header, year=rules.year_of(value, year) or column.year)
