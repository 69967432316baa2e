"""Copies of an index whose stored amounts are changed consistently: an answer that is computed must follow them.

Two changes, each a function on amounts in 分 that keeps 0 and the sign:
a *permutation* of the distinct stored amounts (equal amounts stay equal, so a figure printed in three tables stays one
figure) tests look-ups; a *scaling* by a whole number keeps every sum, difference, order and share, so it tests
what is derived. Text is left as it was: only figures that are read as data may move.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from eval.opening import database_of
from eval.samples import EvaluationError
from index.database import address
from index.evidence import Dimension
from index.numbers import MONEY_UNITS, format_decimal

# Where amounts are stored: a money column, the printed form and unit beside it, and what marks a row as money.
_AMOUNTS = (
    ("facts", "value", "printed", "unit", "dimension = '金额'"),
    ("statements", "value", "printed", "unit", "dimension = '金额'"),
    ("projects", "total", None, None, "1"),
    ("projects", "current", None, None, "1"),
    ("spending_lines", "value", None, None, "1"),
    ("procurement", "value", None, None, "1"),
)


@dataclass(frozen=True)
class Mutation:
    """A change of amounts (INTEGER 分 → INTEGER 分). `linear` tells one that keeps sums, orders and shares."""

    name: str
    linear: bool
    apply: Callable[[int], int] = field(compare=False)

    def money(self, amount: Decimal) -> Decimal | None:
        """An amount in 元 after the change; None if it is no whole number of 分 (never stored as such)."""
        stored = amount * Dimension.MONEY.scale
        if stored != stored.to_integral_value():
            return None
        return Decimal(self.apply(int(stored))) / Dimension.MONEY.scale


def scaling(factor: int) -> Mutation:
    """Every amount times `factor` (a whole number above 1)."""
    if factor < 2:
        raise ValueError(f"{factor} changes nothing")
    return Mutation(f"×{factor}", True, lambda amount: amount * factor)


def permutation(amounts: Iterable[int], seed: int) -> Mutation:
    """A rotation of the distinct magnitudes in a shuffled order: no amount keeps its value. Needs two of them."""
    distinct = sorted({abs(amount) for amount in amounts if amount})
    if len(distinct) < 2:
        raise EvaluationError("索引里的金额太少，无法换值", remedy="请给出一个收录了文档的索引")
    random.Random(seed).shuffle(distinct)  # noqa: S311 - a repeatable shuffle, no secret
    partner: Mapping[int, int] = dict(zip(distinct, distinct[1:] + distinct[:1], strict=True))

    def apply(amount: int) -> int:
        size = partner.get(abs(amount), abs(amount))
        return -size if amount < 0 else size

    return Mutation(f"换值 {seed}", False, apply)


def stored_amounts(database: Path) -> frozenset[int]:
    """Every distinct amount, in 分."""
    with closing(sqlite3.connect(address(database), uri=True)) as connection:
        return frozenset(_amounts(connection))


def _amounts(connection: sqlite3.Connection) -> Iterator[int]:
    for table, column, _printed, _unit, money in _AMOUNTS:
        statement = f"SELECT DISTINCT {column} FROM {table} WHERE {money} AND {column} IS NOT NULL"  # noqa: S608
        yield from (int(row[0]) for row in connection.execute(statement))


def mutated_copy(index: Path, target: Path, mutation: Mutation) -> Path:
    """Copy an index directory to `target` (which must not exist) and change its amounts. Returns `target`."""
    shutil.copytree(index, target)
    with closing(sqlite3.connect(database_of(target))) as connection, connection:
        mutate(connection, mutation)
    return target


def mutate(connection: sqlite3.Connection, mutation: Mutation) -> None:
    """Change every amount in place, and the printed form beside it."""
    for table, column, printed, unit, money in _AMOUNTS:
        names = ", ".join(["rowid", column, *([printed, unit] if printed and unit else [])])
        query = f"SELECT {names} FROM {table} WHERE {money} AND {column} IS NOT NULL"  # noqa: S608
        for row_id, amount, *shown in connection.execute(query).fetchall():
            changed = mutation.apply(int(amount))
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, row_id))  # noqa: S608
            if shown and printed:
                text = reprinted(str(shown[0]), changed, str(shown[1]))
                connection.execute(f"UPDATE {table} SET {printed} = ? WHERE rowid = ?", (text, row_id))  # noqa: S608


def reprinted(printed: str, amount: int, unit: str) -> str:
    """How `amount` (分) would be printed in the place of `printed`: same unit, at least as many decimals.

    "" (a blank) stays blank, and so does what has no figure to replace (持平).
    """
    digits = [place for place, char in enumerate(printed) if char.isdigit()]
    if not digits or unit not in MONEY_UNITS:
        return printed
    value = abs(Decimal(amount)) / Dimension.MONEY.scale / MONEY_UNITS[unit]
    first, last = digits[0], digits[-1]
    places = len(printed[first : last + 1].partition(".")[2])
    shown = format_decimal(value.normalize())
    if len(shown.partition(".")[2]) < places:
        shown = format_decimal(value, places)
    return printed[:first] + shown + printed[last + 1 :]
