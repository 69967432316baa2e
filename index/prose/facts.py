"""Stated amounts and counts → facts, in the vocabulary of the document's tables.

A sentence says less than a table cell does. Where a table has the same subject, the stated figure takes over the
table's name, code and level, and those axes of 口径 that the sentence leaves open and the table decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from index.accounts.reference import plain_name
from index.evidence import Classification, Dimension, Fact, Origin, Statement, StatementKind
from index.holders import holder, units_of
from index.prose.terms import terms

ALL_FUNDS = "全部资金"
WHOLE_MEASURE = "合计"
_WHOLE_MEASURES = (WHOLE_MEASURE, "", "预算数", "决算数")
_QUALIFIER = re.compile(r"(?<=..)[（(][^（）()]*[）)]$")  # 一般行政管理事务（政府办公厅）
_LEVEL_BY_DIGITS = {3: 1, 5: 2, 7: 3}
# A figure of these that names no fund is of all funds, whatever fund a table gives it for.
_OF_ALL_FUNDS = (Classification.TOTAL, Classification.REVENUE)


def facts_of(statements: Iterable[Statement], table_facts: Sequence[Fact], own: str) -> tuple[Fact, ...]:
    """One fact a stated amount or count, in order. `origin` is PROSE; `sources` holds the sentence. `own`: the
    document's body; what stands in the section of a unit under it is the unit's."""
    by_name: dict[str, list[Fact]] = defaultdict(list)
    totals: dict[Classification, list[Fact]] = defaultdict(list)
    for fact in table_facts:
        if fact.dimension is Dimension.MONEY:
            for key in {subject_key(fact.subject), subject_key(_QUALIFIER.sub("", fact.subject))}:
                by_name[key].append(fact)
            if fact.is_total:
                totals[fact.classification].append(fact)
    units = units_of(table_facts)
    found = []
    for statement in statements:
        if statement.kind in (StatementKind.AMOUNT, StatementKind.COUNT) and statement.value is not None:
            fact = replace(_fact(statement), body=holder(statement.source.section, units, own))
            if statement.subject in _totals():
                found.append(replace(_aligned(fact, totals[fact.classification]), subject=fact.subject))
            else:
                found.append(_aligned(fact, by_name[subject_key(fact.subject)]))
    return tuple(found)


@cache
def subject_key(name: str) -> str:
    """What two spellings of one subject share: brackets, quotes, 的 and a final 支出, 费 or 费用 are left out."""
    return re.sub(r"(?<=..)(?:支出|费用|费|用)$", "", plain_name(name).replace("的", ""))


@cache
def _totals() -> frozenset[str]:
    """The subjects that are the 合计 of their own kind of table."""
    return frozenset(entry.name for entry in terms().entries if entry.total)


def _fact(statement: Statement) -> Fact:
    money = statement.dimension is Dimension.MONEY
    return Fact(
        subject=statement.subject,
        classification=statement.classification,
        value=statement.value,
        printed=statement.printed,
        unit=statement.unit,
        sources=(statement.source,),
        dimension=statement.dimension,
        code=statement.code,
        measure=statement.measure,
        fund=statement.fund or (ALL_FUNDS if money and statement.classification in _OF_ALL_FUNDS else ""),
        year=statement.year,
        stage=statement.stage,
        level=_LEVEL_BY_DIGITS.get(len(statement.code), 0),
        project=statement.project,
        is_total=statement.classification is Classification.TOTAL or statement.subject in _totals(),
        origin=Origin.PROSE,
    )


def _aligned(fact: Fact, namesakes: Sequence[Fact]) -> Fact:
    if fact.dimension is not Dimension.MONEY:
        return fact
    candidates = [other for other in namesakes if _may_be(fact, other)]
    if not candidates:
        return replace(fact, measure=fact.measure or WHOLE_MEASURE)
    best = max(candidates, key=lambda other: _likeness(fact, other))
    rivals = [other for other in candidates if _likeness(fact, other)[:3] == _likeness(fact, best)[:3]]
    decided = best.value == fact.value
    return replace(
        fact,
        subject=best.subject,
        classification=best.classification,
        code=fact.code or (best.code if len({other.code for other in rivals}) == 1 or decided else ""),
        measure=fact.measure or (best.measure if best.measure in _WHOLE_MEASURES else WHOLE_MEASURE),
        fund=fact.fund or (best.fund if decided or len({other.fund for other in rivals}) == 1 else ""),
        level=best.level,
        parent=best.parent,
        project=fact.project or best.project,
        is_total=best.is_total,
    )


def _may_be(fact: Fact, other: Fact) -> bool:
    """Whether a table's figure can be of the same subject and 口径 as the stated one."""
    if fact.classification not in (other.classification, Classification.OTHER):
        return False
    if fact.code and other.code and fact.code != other.code:
        return False
    if fact.body and other.body != fact.body:
        return False
    if fact.year and other.year and fact.year != other.year:
        return False
    return fact.stage == other.stage and not (fact.fund and other.fund and fact.fund != other.fund)


def _likeness(fact: Fact, other: Fact) -> tuple[bool, bool, bool, bool, bool]:
    whole = not fact.measure and other.measure in _WHOLE_MEASURES
    return (
        bool(fact.measure) and fact.measure == other.measure or whole,
        fact.fund == other.fund or not fact.fund and other.fund in (ALL_FUNDS, ""),
        not other.project,
        fact.value == other.value,
        fact.code == other.code,
    )
