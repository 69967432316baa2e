"""口径: the facts that a name has, sorted into the one that is meant by default and the others.

Default orders are data (scopes.toml). Figures that agree are one reading with several places; figures that differ
are several readings, and the answer tells them all, labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.executing import FactRow
from assistant.query import Selector
from assistant.semantics import Defaults
from index.evidence import Classification, Dimension, Origin
from index.numbers import MONEY_UNITS

# measures that are of a part of an account
PARTS = frozenset({"基本支出", "项目支出", "人员经费", "公用经费", "机关运行经费"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of a name under one 口径: the rows that print it, best place first."""

    rows: tuple[FactRow, ...]

    @property
    def row(self) -> FactRow:
        return self.rows[0]

    @property
    def blank(self) -> bool:
        return self.row.value is None and self.row.dimension is not Dimension.TEXT


@dataclass(frozen=True, slots=True)
class Readings:
    """`main`: what the question most likely means; `others`: same name, other figure, worth telling;
    `inner`: figures of the same name inside projects, told only where there is no main one or on request;
    `blanks`: printed rows of the same name under another classification that are left blank."""

    main: Reading | None
    others: tuple[Reading, ...] = ()
    inner: tuple[Reading, ...] = ()
    blanks: tuple[Reading, ...] = ()


def choose(rows: Sequence[FactRow], selector: Selector, defaults: Defaults, year: int | None) -> Readings:
    """Sort the facts of a selector into readings."""
    current = _of_year(rows, selector, year)
    outer = [r for r in current if not r.project]
    inner = [r for r in current if r.project]
    if any(r.classification is Classification.PROCUREMENT for r in outer):
        outer += [r for r in inner if _is_project(r)]  # what is bought for a project is only a part of it
        inner = [r for r in inner if not _is_project(r)]
    if selector.project:
        outer, inner = inner, []
    readings = _readings(outer, selector, defaults)
    inner_readings = _readings(inner, selector, defaults)
    if not readings:
        readings, inner_readings = inner_readings, []
    if not readings:
        return Readings(None)
    filled = [r for r in readings if not r.blank]
    ordered = filled or readings[:1]
    main = ordered[0]
    same = [
        r for r in inner_readings if r.row.value == main.row.value and r.row.classification is main.row.classification
    ]
    ordered[0] = Reading((*main.rows, *(row for r in same for row in r.rows)))
    inner_readings = [r for r in inner_readings if r not in same]
    told = {r.row.classification for r in filled}
    blanks = tuple(
        r for r in readings if r.blank and filled and r.row.classification not in told and not selector.measures
    )
    return Readings(ordered[0], tuple(ordered[1:]), tuple(r for r in inner_readings if not r.blank), blanks[:1])


def _is_project(row: FactRow) -> bool:
    """Is it an amount of a project as a whole?"""
    return row.classification is Classification.PROJECT and row.subject == row.project and row.value is not None


def _of_year(rows: Sequence[FactRow], selector: Selector, year: int | None) -> list[FactRow]:
    if selector.years:
        return list(rows)
    return [r for r in rows if year is None or r.year in (None, year) or r.classification is Classification.QUANTITY]


def _readings(rows: Sequence[FactRow], selector: Selector, defaults: Defaults) -> list[Reading]:
    """Per account and table keep the preferred measure and the widest fund; then merge rows of the same amount."""
    kept: list[FactRow] = []
    groups: dict[tuple[str, str, str, str, str], list[FactRow]] = {}
    for row in rows:
        key = (row.document, row.classification, row.code, row.project, row.table_kind)
        groups.setdefault(key, []).append(row)
    for group in groups.values():
        if not selector.measures:
            best = min(_rank(r.measure, defaults.measure) for r in group)
            group = [r for r in group if _rank(r.measure, defaults.measure) == best]
        if not selector.funds:
            widest = min(_rank(r.fund, defaults.fund) for r in group)
            group = [r for r in group if _rank(r.fund, defaults.fund) == widest]
        kept += group
    kept.sort(key=lambda r: _order(r, defaults))
    merged: dict[tuple[object, ...], list[FactRow]] = {}
    for row in kept:
        identity: tuple[object, ...] = (row.document, row.value, row.dimension, row.year if selector.years else None)
        if row.dimension is Dimension.TEXT or row.value is None:
            identity = (row.document, row.printed, row.dimension, row.classification)
        merged.setdefault(identity, []).append(row)
    return _without_roundings([Reading(tuple(group)) for group in merged.values()])


def _without_roundings(readings: list[Reading]) -> list[Reading]:
    """A sentence that repeats a table's figure in round numbers is no other 口径: it is told under the exact one."""
    kept: list[Reading] = []
    for reading in readings:
        exact = next((i for i, k in enumerate(kept) if _rounds(reading.row, k.row)), None)
        if exact is None:
            kept.append(reading)
        else:
            kept[exact] = Reading((*kept[exact].rows, *reading.rows))
    return kept


def _rounds(stated: FactRow, exact: FactRow) -> bool:
    """Is an amount stated in prose the same as an exact one, printed with fewer digits?"""
    if stated.origin != Origin.PROSE or stated.value is None or exact.value is None:
        return False
    if stated.dimension is not Dimension.MONEY or exact.dimension is not Dimension.MONEY:
        return False
    places = len(stated.printed.rpartition(".")[2]) if "." in stated.printed else 0
    last = MONEY_UNITS.get(stated.unit, MONEY_UNITS["元"]) * Dimension.MONEY.scale / 10**places
    return stated.document == exact.document and abs(stated.value - exact.value) * 2 <= last


def _order(row: FactRow, defaults: Defaults) -> tuple[int, int, int, int, int, int]:
    return (
        int(row.value is None),
        _rank(row.classification, defaults.classification),
        int(row.measure in PARTS),
        _rank(row.fund, defaults.fund),
        int(row.origin != Origin.TABLE),
        row.id,
    )


def _rank(value: str, order: Sequence[str]) -> int:
    try:
        return order.index(value)
    except ValueError:
        return len(order)


def scope_label(row: FactRow) -> str:
    """The 口径 of a row in a few words: 2021年预算 · 一般公共预算 · 部门经济分类 · 公开表6."""
    words = [
        f"{row.year}年{row.stage}" if row.year else row.stage,
        row.fund,
        f"项目“{row.project}”" if row.project and row.classification is not Classification.PROJECT else "",
        row.classification if row.classification not in (Classification.OTHER, Classification.TOTAL) else "",
        row.measure,
        row.table_number,
    ]
    return " · ".join(w for w in dict.fromkeys(words) if w)
