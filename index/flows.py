"""Money that flows by the year's spending: what came in for an account, and what was carried over under a fund.

In final accounts these differ from what was spent; they are kept apart by the measure of the figure.
"""

from __future__ import annotations

import re

from index.document import Column, Stage, Table, TableKind
from index.evidence import Classification
from index.tables.headers import header_rules, header_words, plain_header

REVENUE_MEASURE = "本年收入"
CARRIED_MEASURE = "年初结转和结余"
_CARRIED = re.compile(r"(?:年初|上年).*结[转余]")
_ACCOUNTS = frozenset({Classification.FUNCTIONAL, Classification.ECONOMIC, Classification.GOVERNMENT_ECONOMIC})


def flow_measure(stage: Stage, table: Table, row: int, column: Column, classification: Classification) -> str:
    """The measure of a figure that is of no spending of the year; "" for all others.

    A revenue budget by function is what the spending budget is; the revenue of final accounts is not.
    """
    if classification in _ACCOUNTS:
        revenue = table.kind is TableKind.REVENUE and stage is Stage.FINAL
        return REVENUE_MEASURE if revenue or _is_inflow(table, column) else ""
    if classification is Classification.REVENUE and stage is Stage.FINAL and _under_carried(table, row):
        return CARRIED_MEASURE
    return ""


def _is_inflow(table: Table, column: Column) -> bool:
    """A column of what came in, in a table of what was spent."""
    inflow = header_rules().inflow
    words = map(plain_header, header_words(column))
    apart = (TableKind.SUMMARY, TableKind.REVENUE)
    return table.kind not in apart and any(inflow.fullmatch(word) for word in words)


def _under_carried(table: Table, row: int) -> bool:
    """年初财政拨款结转和结余 / 一般公共预算财政拨款: a fund named again under what was carried over."""
    rules, own = header_rules(), table.rows[row]
    if rules.marker.match(own.label) and rules.marker.sub("", own.label, count=1) != own.label:
        return False
    for above in reversed(table.rows[:row]):
        if above.list != own.list:
            continue
        if _CARRIED.search(above.label):
            return True
        word = rules.word(rules.marker.sub("", above.label, count=1))
        if word is None or not word.fund or rules.is_total(above.label):
            return False
    return False
