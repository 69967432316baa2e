"""Which columns and rows add up to which: the arithmetic structure that any table has, however it was read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from index.document import Column
from index.numbers import parse_number
from index.tables.headers import HeaderRules, header_rules, header_words

ADDITIVE = "amount"


class Sum(NamedTuple):
    """`total` and the `parts` that must add up to it, as indices (of columns or of rows)."""

    total: int
    parts: tuple[int, ...]


def column_sums(columns: Sequence[Column], list_number: int, rules: HeaderRules | None = None) -> tuple[Sum, ...]:
    """Every total column of a list with its parts: columns, or the totals of the groups beside it.

    A group of sisters shares the header path above them. Rates, changes and texts are in no sum.
    """
    rules = rules or header_rules()
    chosen = [
        (index, header_words(column))
        for index, column in enumerate(columns)
        if column.list == list_number and column.role == ADDITIVE
    ]
    found: list[Sum] = []
    _group(chosen, 0, rules, found)
    return tuple(one for one in found if not _of_other_stages(columns, one))


def _of_other_stages(columns: Sequence[Column], one: Sum) -> bool:
    """What was budgeted is no sum of what was spent."""
    stage = columns[one.total].stage
    return stage is not None and any(columns[part].stage not in (None, stage) for part in one.parts)


_Member = tuple[int, tuple[str, ...]]  # column index and its header path


def _group(members: list[_Member], depth: int, rules: HeaderRules, found: list[Sum]) -> tuple[int, ...]:
    """Columns whose sum is the group's value: its total column, or all of its parts."""
    totals: list[int] = []
    parts: list[int] = []
    inner: dict[str, list[_Member]] = {}
    for index, words in members:
        if len(words) > depth + 1:
            inner.setdefault(words[depth], []).append((index, words))
            continue
        word = rules.word(words[depth]) if depth < len(words) else None
        (totals if word and word.total else parts).append(index)
    values = [_group(group, depth + 1, rules, found) for group in inner.values()]
    if len(inner) > 1 or parts:
        parts += [index for value in values for index in value]
    elif not totals:
        return values[0] if values else ()
    if len(totals) == 1 and parts:
        found.append(Sum(totals[0], tuple(sorted(parts))))
    return (totals[0],) if totals else tuple(parts)


def row_sums(parents: Sequence[int | None]) -> tuple[Sum, ...]:
    """Every parent row with its children, in order."""
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(index)
    return tuple(Sum(parent, tuple(parts)) for parent, parts in sorted(children.items()))


def amount(text: str) -> Decimal | None:
    """A printed cell → its number; None for a blank, a dash or text. A percentage counts in per cent."""
    return parse_number(text.rstrip("%％")) if text and any(c.isdigit() for c in text) else None


def ulp(text: str) -> Decimal:
    """One unit of the last printed digit: "1,071.00" → 0.01, "1071" → 1."""
    digits = text.rstrip("%％)）")
    places = len(digits) - digits.index(".") - 1 if "." in digits else 0
    return Decimal(1).scaleb(-places)


def tolerance(texts: Sequence[str]) -> Decimal:
    """How far a sum of n printed figures may be from its printed total by rounding alone: (n+1)/2 ulp.

    Whole numbers are taken as exact, unless another figure of the sum has decimals.
    """
    finest = min((ulp(text) for text in texts if text), default=Decimal("0.01"))
    if finest == 1:
        return Decimal(0)
    return finest * len(texts) / 2
