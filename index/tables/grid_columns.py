"""The columns of a sheet: what each header path means, where lists begin, and which columns name the row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.accounts import Accounts, System
from index.document import Column
from index.tables.grid_sheets import Sheet, is_blank, is_figure
from index.tables.headers import FIGURES, HeaderRules, header_rules, plain_header
from index.years import BARE_YEAR

_WHOLE = re.compile(r"\d{1,4}")
_LABELS = frozenset({"code", "label"})


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` as they go into the table. For every list: the columns of its account code (joined in order), of its
    names (outermost first), and whether a column of years multiplies its rows (`period`, -1: none).
    """

    columns: tuple[Column, ...]
    codes: tuple[tuple[int, ...], ...]
    names: tuple[tuple[int, ...], ...]
    periods: tuple[int, ...]

    @property
    def lists(self) -> int:
        return len(self.names)

    def figures(self, number: int) -> list[int]:
        """The columns of a list that hold cells: everything but its codes and names."""
        return [i for i, c in enumerate(self.columns) if c.list == number and c.role not in _LABELS]


def columns_of(sheet: Sheet, year: int | None, *, of_basic: bool = False) -> Layout:
    """Read the header; what it leaves open is told by the figures and texts under it. `of_basic`: a table of basic
    expenditure, whose rows are of economic accounts where it prints several classifications side by side."""
    rules = header_rules()
    paths = [_path(sheet, column) for column in range(sheet.width)]
    found = [rules.column(path, 0, year) for path in paths]
    roles = [_role(sheet, i, column.role, paths[i], rules) for i, column in enumerate(found)]
    roles = _settled(sheet, roles, paths)
    starts = _list_starts(roles)
    columns: list[Column] = []
    codes: list[tuple[int, ...]] = []
    names: list[tuple[int, ...]] = []
    periods: list[int] = []
    for number, (first, last) in enumerate(zip(starts, [*starts[1:], sheet.width], strict=True)):
        own = list(range(first, last))
        period = next((i for i in own if roles[i] == "period"), -1)
        account = _account_columns(sheet, own, roles, paths)
        named = [i for i in own if roles[i] == "label"]
        spent = _economic_beside(sheet, own, roles, named, paths) if of_basic else None
        if spent is not None:
            account, named = spent
        elif account:  # of two classifications side by side the first one is the row's
            second = next((i for i in own if roles[i] == "code" and i > max(account) and named and i > named[0]), last)
            named = [i for i in named if i < second] or named
        if spent is None and account and (project := _project_beside(sheet, named, account, paths)) is not None:
            account, named = (), [project]
        named = _hierarchical(sheet, named) if not account else named
        codes.append(account)
        names.append(tuple(named))
        periods.append(period)
        for i in own:
            role = roles[i]
            if role == "label" and i not in named:
                role = "text"
            columns.append(replace(found[i], list=number, role="label" if role == "period" else role))
    return Layout(tuple(columns), tuple(codes), tuple(names), tuple(periods))


def _path(sheet: Sheet, column: int) -> tuple[str, ...]:
    """Header texts over a column, outermost first, each cell once; a cell that repeats the one above is left out."""
    path: list[str] = []
    last = None
    for row in sheet.header:
        cell = row.cells[column]
        if cell is not last and cell.text and not _is_number(cell.text) and (not path or path[-1] != cell.text):
            path.append(cell.text)
        last = cell
    return tuple(path) or ("",)


def _is_number(text: str) -> bool:
    return bool(_WHOLE.fullmatch(text)) and len(text) < 3


def _role(sheet: Sheet, column: int, role: str, path: Sequence[str], rules: HeaderRules) -> str:
    """The role that the header gives, corrected where what stands below contradicts it."""
    texts = [t for row in sheet.body if (t := row.text(column)) and not is_blank(t)]
    figures = sum(is_figure(t) for t in texts)
    known = rules.word(path[-1]) is not None
    if texts and all(BARE_YEAR.fullmatch(t) or _is_change(t, rules) for t in texts) and not figures:
        return "period"
    if role in FIGURES and texts and figures * 2 < len(texts):
        return "text" if known or column else "label"
    if role == "text" and texts and figures == len(texts) and not known:
        return "amount"
    if role == "label" and texts and figures == len(texts) and not all(t.isdigit() for t in texts):
        return "amount"
    if role == "amount" and not known and not texts and not plain_header("".join(path)):
        return "text"
    return role


def _is_change(text: str, rules: HeaderRules) -> bool:
    word = None if any(c.isdigit() for c in BARE_YEAR.sub("", text)) else rules.word(text)
    return word is not None and word.role in {"change", "rate"}


def _settled(sheet: Sheet, roles: list[str], paths: Sequence[Sequence[str]]) -> list[str]:
    """Texts before the first figure name the row where their header says so, or when nothing else does."""
    figures = [i for i, role in enumerate(roles) if role in FIGURES]
    first = figures[0] if figures else len(roles)
    found = list(roles)
    for i in range(first if figures else 0):
        unnamed = paths[i] == ("",) and i > 0 and found[i - 1] == "label"
        if found[i] == "text" and (unnamed or header_rules().is_of_names(paths[i])):
            found[i] = "label"
    if "label" not in found[: first + 1]:
        ahead = [i for i in range(first) if found[i] == "text"]
        if not ahead and not figures and found:
            ahead = [0]
        for i in ahead[:1]:
            found[i] = "label"
    return found


def _list_starts(roles: Sequence[str]) -> list[int]:
    """A list begins at a code or name that follows a figure."""
    starts = [0]
    seen_figure = False
    for index, role in enumerate(roles):
        if role in {"label", "code"} and seen_figure:
            starts.append(index)
            seen_figure = False
        seen_figure = seen_figure or role in FIGURES
    if len(starts) > 1 and not any(role in FIGURES for role in roles[starts[-1] :]):
        starts.pop()
    return starts


def _hierarchical(sheet: Sheet, named: Sequence[int]) -> list[int]:
    """The name columns that take turns; one that is filled beside the row's own name says something about it only."""
    if len(named) < 2:
        return list(named)
    called = [i for i in named if sheet.header and header_rules().names_the_row(_path(sheet, i))]
    main = (called or list(named))[-1]
    if main < named[-1] and _holds_bodies(sheet, main) and not _holds_bodies(sheet, named[-1]):
        main = named[-1]
    kept = []
    for i in named:
        filled = [row for row in sheet.body if row.text(i)]
        beside = sum(bool(row.text(main)) and not header_rules().is_total(row.text(main)) for row in filled)
        if i == main or beside * 2 <= len(filled):
            kept.append(i)
    return kept


def _economic_beside(
    sheet: Sheet, own: Sequence[int], roles: Sequence[str], named: Sequence[int], paths: Sequence[Sequence[str]]
) -> tuple[tuple[int, ...], list[int]] | None:
    """The economic account's codes and names, where a functional account or a project stands before it."""
    accounts = Accounts.load()
    for i in own:
        values = [v for row in sheet.body if (v := row.text(i).replace(" ", ""))] if roles[i] == "code" else []
        economic = sum(accounts.system_of(v) is System.ECONOMIC for v in values if accounts.is_code(v))
        if not values or economic * 2 <= len(values):
            continue
        before = any(j < i for j in named)
        name = next((j for j in named if j > i and header_rules().names_an_account(paths[j])), None)
        return ((i,), [name]) if before and name == i + 1 else None
    return None


def _project_beside(
    sheet: Sheet, named: Sequence[int], account: Sequence[int], paths: Sequence[Sequence[str]]
) -> int | None:
    """The column of project names where a row prints a project and the account it is spent under."""
    project = next((i for i in named if header_rules().names_a_project(paths[i])), None)
    if project is None:
        return None
    coded = [row for row in sheet.body if any(row.text(i) for i in account)]
    beside = sum(bool(row.text(project)) for row in coded)
    return project if coded and beside * 2 > len(coded) else None


def _holds_bodies(sheet: Sheet, column: int) -> bool:
    """Whether most names in a column are public bodies: whose the rows are, not what they are."""
    rules = header_rules()
    texts = [t for row in sheet.body if (t := row.text(column)) and not rules.is_total(t)]
    return bool(texts) and sum(bool(rules.body.fullmatch(t)) for t in texts) * 2 > len(texts)


def _account_columns(
    sheet: Sheet, own: Sequence[int], roles: Sequence[str], paths: Sequence[Sequence[str]]
) -> tuple[int, ...]:
    """Neighbouring code columns whose joined contents are account codes (类 款 项 may be one column or three)."""
    accounts = Accounts.load()
    runs: list[list[int]] = []
    for i in own:
        if roles[i] == "code":
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
    for run in runs:
        values = ["".join(row.text(i) for i in run).replace(" ", "") for row in sheet.body]
        values = [v for v in values if v]
        parts = len(run) > 1  # of a split code, some rows print only the last
        good = sum(accounts.is_code(v) or parts and v.isdigit() and len(v) == 2 for v in values)
        if good * 2 > len(values):
            return tuple(run)
        for part in _parts(run):  # of a split code, beside which the body's own code stands
            values = [v for row in sheet.body if (v := "".join(row.text(i) for i in part).replace(" ", ""))]
            if values and sum(accounts.is_code(v) for v in values) * 2 > len(values):
                return part
        for i in run:  # a serial number or the body's own code beside the account code
            values = [v for row in sheet.body if (v := row.text(i).replace(" ", ""))]
            if values and sum(accounts.is_code(v) for v in values) * 2 > len(values):
                return (i,)
    return ()


def _parts(run: Sequence[int]) -> list[tuple[int, ...]]:
    """Two or more columns of a run, but not all, the longest first."""
    sizes = range(len(run) - 1, 1, -1)
    return [tuple(run[at : at + size]) for size in sizes for at in range(len(run) - size + 1)]
