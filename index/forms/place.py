"""Where a figure of a form stands, and the facts that are made there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.document import Position, Source
from index.evidence import Classification, Dimension, Fact
from index.forms.amounts import Amount
from index.numbers import MONEY_UNITS, format_decimal, parse_number, to_stored

BUDGET_MEASURE = "预算数"
COUNT_MEASURE = "数量"
SHARE_MEASURE = "比例"


@dataclass(frozen=True, slots=True)
class FormPlace:
    """A form of one project ("" = the whole body) in one document. `unit` is its money unit.

    `table` is what a citation calls it: "项目预算资金投入表（扶贫开发工作）".
    """

    document: str
    section: str
    table: str
    kind: str
    year: int | None
    unit: str
    project: str = ""

    def source(
        self, position: Position, quote: str, row: str = "", column: str = "", index: int | None = None
    ) -> Source:
        return Source(
            self.document,
            self.section,
            position,
            self.table,
            row or None,
            column or None,
            row_index=index,
            quote=quote,
        )

    def money(self, printed: str, unit: str = "") -> int | None:
        """A printed cell in the form's unit → 分; None if it is not an amount or no unit is known."""
        value, factor = parse_number(printed), MONEY_UNITS.get(unit or self.unit)
        if value is None or factor is None:
            return None
        try:
            return to_stored(value * factor, Dimension.MONEY)
        except ValueError:  # a fraction of a 分: the printed text still stands
            return None

    def cell_fact(
        self,
        subject: str,
        classification: Classification,
        printed: str,
        source: Source,
        *,
        measure: str = BUDGET_MEASURE,
        fund: str = "",
        parent: str = "",
        code: str = "",
        level: int = 1,
        unit: str = "",
        is_total: bool = False,
    ) -> Fact:
        """A figure that fills a cell of its own."""
        return Fact(
            subject=subject,
            classification=classification,
            value=self.money(printed, unit),
            printed=printed,
            unit=unit or self.unit,
            sources=(source,),
            code=code,
            measure=measure,
            fund=fund,
            year=self.year,
            level=level,
            parent=parent,
            project=self.project,
            is_total=is_total,
            table_kind=self.kind,
        )

    def text_fact(self, amount: Amount, parent: str, source: Source, *, measure: str = "", level: int = 2) -> Fact:
        """A figure inside a sentence of the form, under the line or indicator `parent`."""
        usual = {Dimension.COUNT: COUNT_MEASURE, Dimension.PERCENT: SHARE_MEASURE}.get(amount.dimension, BUDGET_MEASURE)
        return Fact(
            subject=amount.subject or parent,
            classification=Classification.SPENDING_LINE,
            value=amount.value,
            printed=amount.printed,
            unit=amount.unit,
            sources=(source,),
            dimension=amount.dimension,
            measure=amount.measure or measure or usual,
            year=self.year,
            level=level,
            parent=parent,
            project=self.project,
            operator=amount.operator,
            formula=amount.formula,
            table_kind=self.kind,
        )


def printed_money(value: int, unit: str) -> str:
    """分 → digits in the unit: 2400000, 万元 → "2.4"."""
    amount = Dimension.MONEY.decimal(value) / MONEY_UNITS.get(unit, Decimal(1))
    return format_decimal(amount.normalize())
