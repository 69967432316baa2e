"""A table's own arithmetic (勾稽): parts against totals, along rows and down columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.document import Cell, Table
from index.tables.headers import HeaderRules, header_rules
from index.tables.sums import amount, column_sums, row_sums, tolerance


class Outcome(StrEnum):
    HOLDS = "相符"
    ROUNDING = "取整"
    BROKEN = "不符"


@dataclass(frozen=True, slots=True)
class Check:
    """One identity: `total` = sum of `parts`. `difference` is total minus sum, in the table's unit."""

    identity: str
    outcome: Outcome
    total: Cell
    parts: tuple[Cell, ...]
    difference: Decimal


def check_table(table: Table) -> tuple[Check, ...]:
    """Every identity that the table's structure promises and whose total or parts are printed.

    Parts introduced by 其中 may be a selection: they are only wrong when they exceed their whole.
    """
    rules = header_rules()
    grid = {(cell.row, cell.column): cell for cell in table.cells}
    return (*_along_rows(table, grid, rules), *_down_columns(table, grid, rules))


def _along_rows(table: Table, grid: dict[tuple[int, int], Cell], rules: HeaderRules) -> Iterator[Check]:
    sums = {number: column_sums(table.columns, number, rules) for number in {c.list for c in table.columns}}
    for index, row in enumerate(table.rows):
        for total, parts in sums.get(row.list, ()):
            name = f"{row.label}：{table.columns[total].header} = 各列之和"
            yield from _check(name, grid[index, total], [grid[index, part] for part in parts], False)


def _down_columns(table: Table, grid: dict[tuple[int, int], Cell], rules: HeaderRules) -> Iterator[Check]:
    for total, parts in row_sums([row.parent for row in table.rows]):
        parent = table.rows[total]
        if rules.group.fullmatch(parent.label):
            continue
        chosen = any(rules.of_which.match(table.rows[part].label) for part in parts)
        for index, column in enumerate(table.columns):
            if column.list == parent.list and column.role == "amount" and (total, index) in grid:
                name = f"{parent.label} = 下级之和（{column.header}）"
                yield from _check(name, grid[total, index], [grid[part, index] for part in parts], chosen)


def _check(identity: str, total: Cell, parts: Sequence[Cell], chosen: bool) -> Iterator[Check]:
    values = [amount(part.text) for part in parts]
    whole = amount(total.text)
    left_open = all(value is None for value in values) and any(part.text for part in parts)
    if left_open or whole is None and total.text:  # a dash says that nothing is given there
        return
    if whole is None and not any(values) or not any(value is not None for value in values) and not whole:
        return
    difference = (whole or Decimal(0)) - sum((value for value in values if value is not None), Decimal(0))
    if chosen and difference > 0:
        return
    limit = tolerance([total.text, *(part.text for part in parts)])
    outcome = Outcome.HOLDS if not difference else Outcome.ROUNDING if abs(difference) <= limit else Outcome.BROKEN
    yield Check(identity, outcome, total, tuple(parts), difference)
