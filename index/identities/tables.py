"""Identities inside one table, from the table's own arithmetic structure (`index.tables.checks`).

A table that breaks too many of its sums was probably misread: it is set aside as a suspect, not blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.document import Cell, Source, Table
from index.evidence import Finding, Severity
from index.identities.figures import Figure, figure, shown
from index.identities.ledger import Ledger, Outcome, finding, place, table_name
from index.numbers import MONEY_UNITS, parse_number
from index.tables.checks import Check, check_table
from index.tables.checks import Outcome as Verdict

KIND = "表内勾稽"
ENOUGH = Decimal("0.9")
DEFAULT_UNIT = "万元"


def check(ledger: Ledger) -> Iterator[Outcome]:
    """Every sum of every table; the broken ones of a table that otherwise holds become findings."""
    for table in ledger.document.tables:
        name, checks = table_name(table), check_table(table)
        doubtful = _doubtful(checks)
        for one in checks:
            if one.outcome is Verdict.BROKEN and not doubtful:
                yield Outcome(KIND, _broken(ledger, table, one), name)
            else:
                yield Outcome(KIND, None, name)


def suspects(ledger: Ledger) -> tuple[str, ...]:
    """Names of tables whose own sums fail so often that their reading is in doubt."""
    return tuple(dict.fromkeys(table_name(t) for t in ledger.document.tables if _doubtful(check_table(t))))


def _doubtful(checks: Sequence[Check]) -> bool:
    broken = sum(c.outcome is Verdict.BROKEN for c in checks)
    return broken > 1 and Decimal(len(checks) - broken) < ENOUGH * len(checks)


def _source(ledger: Ledger, table: Table, cell: Cell) -> Source:
    row = table.rows[cell.row]
    position = cell.position if cell.position.line is not None or cell.position.page is not None else row.position
    return Source(
        ledger.document.key, ledger.document.section_path(table.section), position, table_name(table), row.label,
        table.columns[cell.column].header, cell.row + 1, cell.column + 1, cell.text,
    )


def _figure(ledger: Ledger, table: Table, cell: Cell) -> Figure:
    """A cell as a figure; a blank one is 0."""
    unit = table.unit if table.unit in MONEY_UNITS else DEFAULT_UNIT
    number = parse_number(cell.text.strip()) if cell.text.strip() else None
    value = (number or Decimal(0)) * MONEY_UNITS[unit]
    return figure(value, cell.text, unit, table.rows[cell.row].label, _source(ledger, table, cell))


def _broken(ledger: Ledger, table: Table, one: Check) -> Finding:
    whole = _figure(ledger, table, one.total)
    parts = [_figure(ledger, table, cell) for cell in one.parts if cell.text.strip()]
    unit, row, column = whole.unit, table.rows[one.total.row].label, table.columns[one.total.column].header
    total = sum((p.value for p in parts), Decimal(0))
    gap = shown(abs(total - whole.value), unit)
    return finding(
        KIND, Severity.CONTRADICTION,
        f"{place(whole.source)}中“{row}”行“{column}”列为{whole.shown()}{unit}，各分项合计{shown(total, unit)}{unit}，"
        f"相差{gap}{unit}。",
        f"{' + '.join(p.shown() for p in parts)} = {shown(total, unit)} ≠ {whole.shown()}（{unit}）",
        (whole.source, *(p.source for p in parts)), (row,), aspects=("金额",),
    )
