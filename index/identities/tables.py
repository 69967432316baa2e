"""Identities inside one table, from the table's own arithmetic structure (`index.tables.checks`).

A broken sum is blamed on the document only when no misreading explains it: a lost, doubled or misplaced row,
a blank total, or a table that breaks many of its sums. Such a table is named a suspect instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from index.document import Cell, Document, Position, Source, Table
from index.evidence import Finding, Severity
from index.identities.figures import Figure, figure, shown
from index.identities.ledger import Ledger, Outcome, finding, place, table_name
from index.numbers import MONEY_UNITS
from index.tables.checks import Check, check_table
from index.tables.checks import Outcome as Verdict
from index.tables.sums import amount, tolerance

KIND = "表内勾稽"
DEFAULT_UNIT = "万元"
MOST_BROKEN = 3  # one wrong cell breaks its row, its column and a sum above it
ENOUGH = Decimal("0.9")
_MOST_PARTS = 40
_FIGURE = re.compile(r"\d[\d,]*\.\d+|\d{3,}")


def check(ledger: Ledger) -> Iterator[Outcome]:
    """Every sum of every table; broken ones that no misreading explains become findings."""
    for table in ledger.document.tables:
        name, checks = table_name(table), check_table(table)
        broken = [c for c in checks if c.outcome is Verdict.BROKEN]
        printed = _printed(ledger.document, table) if broken else frozenset()
        doubtful = name in ledger.suspects or any(_misread(table, c, broken, printed) for c in broken)
        for one in checks:
            real = one.outcome is Verdict.BROKEN and not doubtful
            yield Outcome(KIND, _finding(ledger, table, one) if real else None, name)


def suspects(document: Document) -> tuple[str, ...]:
    """Names of tables whose own sums fail so often that their reading is in doubt."""
    return tuple(dict.fromkeys(table_name(t) for t in document.tables if _doubtful(check_table(t))))


def _doubtful(checks: Sequence[Check]) -> bool:
    broken = sum(c.outcome is Verdict.BROKEN for c in checks)
    return broken > MOST_BROKEN or (broken > 1 and Decimal(len(checks) - broken) < ENOUGH * len(checks))


def _printed(document: Document, table: Table) -> frozenset[Decimal]:
    """Every figure printed between this table's heading and the next one's, read or not."""

    def where(position: Position) -> tuple[int, int]:
        return position.page or 0, position.line or 0

    start = where(table.position)
    end = min((p for t in document.tables if (p := where(t.position)) > start), default=(10**9, 0))
    text = " ".join(line.text for line in document.lines if start <= where(line.position) < end)
    return frozenset(v for word in _FIGURE.findall(text) if (v := amount(word)) is not None)


def _misread(table: Table, one: Check, broken: Sequence[Check], printed: frozenset[Decimal]) -> bool:
    """Does a misreading explain the difference?

    A blank whole or only blank parts; a sum that is twice the whole; one or two parts that are too many, or a
    difference that is itself printed in the table's region (a row lost from here), unless the codes of the parts
    prove that they belong; or an opposite difference in the same column (a row that stands under the wrong parent).
    """
    whole, parts = amount(one.total.text), [v for p in one.parts if (v := amount(p.text))]
    slack = tolerance([one.total.text, *(p.text for p in one.parts)])
    if not whole or not parts or abs(sum(parts) - 2 * whole) <= slack:
        return True
    excess = -one.difference
    if not (excess > 0 and _coded(table, one)):
        if len(parts) <= _MOST_PARTS and any(
            sum(chosen) == excess for size in (1, 2) for chosen in combinations(parts, size)
        ):
            return True
        if abs(one.difference) in printed:
            return True
    return any(other.total.column == one.total.column and other.difference * one.difference < 0 for other in broken)


def _coded(table: Table, one: Check) -> bool:
    """Are the parts rows of account codes of one length, each once and right below the code of the whole?"""
    whole, codes = table.rows[one.total.row].code, [table.rows[part.row].code for part in one.parts]
    alike = len({len(code) for code in codes}) == 1 and len(set(codes)) == len(codes) > 1
    return alike and bool(codes[0]) and all(code.startswith(whole) and code != whole for code in codes)


def _source(ledger: Ledger, table: Table, cell: Cell) -> Source:
    row = table.rows[cell.row]
    position = cell.position if cell.position.line is not None or cell.position.page is not None else row.position
    return Source(
        ledger.document.key,
        ledger.document.section_path(table.section),
        position,
        table_name(table),
        row.label,
        table.columns[cell.column].header,
        cell.row + 1,
        cell.column + 1,
        cell.text,
    )


def _figure(ledger: Ledger, table: Table, cell: Cell) -> Figure:
    """A cell as a figure; a blank one is 0."""
    unit = table.unit if table.unit in MONEY_UNITS else DEFAULT_UNIT
    value = (amount(cell.text) or Decimal(0)) * MONEY_UNITS[unit]
    return figure(value, cell.text, unit, table.rows[cell.row].label, _source(ledger, table, cell))


def _finding(ledger: Ledger, table: Table, one: Check) -> Finding:
    whole = _figure(ledger, table, one.total)
    parts = [_figure(ledger, table, cell) for cell in one.parts if cell.text.strip()]
    unit, row, column = whole.unit, table.rows[one.total.row].label, table.columns[one.total.column].header
    total = sum((p.value for p in parts), Decimal(0))
    gap = shown(abs(total - whole.value), unit)
    return finding(
        KIND,
        Severity.CONTRADICTION,
        f"{place(whole.source)}中“{row}”行“{column}”列为{whole.shown()}{unit}，各分项合计{shown(total, unit)}{unit}，"
        f"相差{gap}{unit}。",
        f"{' + '.join(p.shown() for p in parts)} = {shown(total, unit)} ≠ {whole.shown()}（{unit}）",
        (whole.source, *(p.source for p in parts)),
        (row,),
        aspects=("金额",),
    )
