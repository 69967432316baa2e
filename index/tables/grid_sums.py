"""Columns that only repeat a part of another ("其中：政府采购"): found because the sums hold without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from index.document import Cell, Column, Row
from index.tables.headers import header_words
from index.tables.sums import Sum, amount, column_sums, tolerance

MEMORANDUM = "memo"
_MOST_LEFT_OUT = 2  # groups of columns
_MOST_GROUPS = 10


def without_memoranda(columns: Sequence[Column], rows: Sequence[Row], cells: Sequence[Cell]) -> tuple[Column, ...]:
    """Columns with the role "memo" where a total is the sum of the others only, in every row that prints one."""
    found = list(columns)
    grid = {(cell.row, cell.column): cell.text for cell in cells}
    for number in {column.list for column in columns}:
        own = [i for i, row in enumerate(rows) if row.list == number]
        for one in column_sums(found, number):
            if _broken(one.total, one.parts, own, grid) == 0:
                continue
            for index in _left_out(one, found, own, grid):
                found[index] = replace(found[index], role=MEMORANDUM)
    return tuple(found)


def _left_out(one: Sum, columns: Sequence[Column], own: Sequence[int], grid: dict[tuple[int, int], str]) -> list[int]:
    """The fewest groups of parts without which the sum holds in every row, with all their columns; else none."""
    depth = len(header_words(columns[one.total]))
    groups: dict[tuple[str, ...], list[int]] = {}
    for part in one.parts:
        groups.setdefault(header_words(columns[part])[:depth], []).append(part)
    names = list(groups)
    if len(names) > _MOST_GROUPS:
        return []
    for count in range(1, _MOST_LEFT_OUT + 1):
        for chosen in combinations(reversed(names), count):
            out = {part for name in chosen for part in groups[name]}
            rest = tuple(part for part in one.parts if part not in out)
            if rest and _broken(one.total, rest, own, grid) == 0:
                whole = [
                    i
                    for i, column in enumerate(columns)
                    if column.role == "amount" and i != one.total and header_words(column)[:depth] in chosen
                ]
                return whole
    return []


def _broken(total: int, parts: Sequence[int], own: Sequence[int], grid: dict[tuple[int, int], str]) -> int:
    broken = 0
    for row in own:
        texts = [grid.get((row, total), ""), *(grid.get((row, part), "") for part in parts)]
        values = [amount(text) or Decimal(0) for text in texts]
        broken += abs(values[0] - sum(values[1:], Decimal(0))) > tolerance(texts)
    return broken
