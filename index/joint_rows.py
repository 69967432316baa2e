"""One account printed in several rows of one table, for several payers or beside several other classifications.

"办公费" in the row that the office pays from and again in that of its institutions: the account's figure is their sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.evidence import Dimension, Fact
from index.numbers import MONEY_UNITS, format_decimal

_Key = tuple[object, ...]


def joined(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of tables, with the rows of one account under one total made one: `formula` shows what is added."""
    groups: dict[_Key, list[Fact]] = {}
    for fact in facts:
        if _summable(fact):
            groups.setdefault(_key(fact), []).append(fact)
    sums = {id(group[0]): _sum(group) for group in groups.values() if _apart(group)}
    dropped = {id(fact) for group in groups.values() if _apart(group) for fact in group[1:]}
    return tuple(sums.get(id(fact), fact) for fact in facts if id(fact) not in dropped)


def _summable(fact: Fact) -> bool:
    return (
        bool(fact.code) and fact.is_leaf and not (fact.is_total or fact.project) and fact.dimension is Dimension.MONEY
    )


def _key(fact: Fact) -> _Key:
    source = fact.sources[0]
    axes = (fact.subject, fact.code, fact.parent, fact.level, fact.measure, fact.fund, fact.year, fact.stage)
    return (*axes, fact.body, fact.table_kind, fact.table_number, source.table, source.section, source.column_index)


def _apart(group: Sequence[Fact]) -> bool:
    """Are these several rows, not one that is printed again on another page?"""
    rows = {fact.sources[0].row_index for fact in group}
    return len(rows) == len(group) > 1 and len({fact.value for fact in group}) > 1


def _sum(group: Sequence[Fact]) -> Fact:
    filled = [fact for fact in group if fact.value is not None]
    first = filled[0]
    value = sum(fact.value for fact in filled if fact.value is not None)
    unit = first.unit or "元"
    places = max(len(fact.printed.rpartition(".")[2]) if "." in fact.printed else 0 for fact in filled)
    printed = format_decimal(Dimension.MONEY.decimal(value) / MONEY_UNITS.get(unit, MONEY_UNITS["元"]), places)
    if len(filled) == 1:
        return first
    return replace(
        group[0],
        value=value,
        printed=printed,
        sources=tuple(fact.sources[0] for fact in filled),
        formula=f"{' + '.join(fact.printed for fact in filled)} = {printed} {unit}",
    )
