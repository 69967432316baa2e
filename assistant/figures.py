"""Exact figures: from rows to numbers in a unit, and the arithmetic shown for what is derived."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Citation, Value
from assistant.executing import FactRow, StatementRow
from index.evidence import Dimension
from index.numbers import MONEY_UNITS, format_decimal

DEFAULT_MONEY_UNIT = "万元"
PERCENT_PLACES = 2

_MYRIAD, _TEN_THOUSAND = "万", Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a unit, with what it is of and where it came from.

    `amount` is in `unit`; `places` are the decimals shown. `formula` is None for a printed figure.
    """

    label: str
    amount: Decimal
    unit: str
    dimension: Dimension
    places: int
    citations: tuple[Citation, ...] = ()
    formula: str | None = None
    operator: str = ""
    printed: str = ""
    names: tuple[str, ...] = ()
    project: str = ""
    row: FactRow | None = None

    @property
    def digits(self) -> str:
        return format_decimal(self.amount, self.places)

    @property
    def text(self) -> str:
        """ "1.16 万元", "≥ 95%", "33 人"."""
        space = "" if self.unit == "%" else " "
        return f"{self.operator}{self.digits}{space}{self.unit}"

    def value(self) -> Value:
        return Value(Decimal(self.digits) if self.formula else self.amount, self.unit, self.label, self.formula)


def of_row(row: FactRow, label: str, *, citations: tuple[Citation, ...] = ()) -> Figure:
    """The printed figure of a fact in the unit and with the decimals it was printed in."""
    if row.value is None:
        raise ValueError("a blank cell is not a figure")
    number = row.dimension.decimal(row.value)
    unit = row.unit
    if row.dimension is Dimension.MONEY:
        unit = row.unit if row.unit in MONEY_UNITS else DEFAULT_MONEY_UNIT
        number = number / MONEY_UNITS[unit]
        unit = unit if unit.endswith("元") else f"{unit}元"
    elif row.dimension is Dimension.PERCENT:
        unit = "%"
    elif unit and f"{_MYRIAD}{unit}" in row.printed:  # 4.8万亩, as printed
        number, unit = number / _TEN_THOUSAND, f"{_MYRIAD}{unit}"
    return Figure(
        label=label,
        amount=number,
        unit=unit,
        dimension=row.dimension,
        places=_places(number),
        citations=citations or (row.citation,),
        formula=row.formula or None,
        operator="" if row.operator == "=" else row.operator,
        printed=row.printed,
        names=(row.subject,),
        project=row.project,
        row=row,
    )


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def of_statement(statement: StatementRow, label: str) -> Figure:
    """The figure that a statement of prose gives."""
    if statement.value is None:
        raise ValueError("a statement without an amount is not a figure")
    amount = statement.dimension.decimal(statement.value)
    unit = statement.unit
    if statement.dimension is Dimension.MONEY:
        unit = unit if unit in MONEY_UNITS else DEFAULT_MONEY_UNIT
        amount = amount / MONEY_UNITS[unit]
    elif statement.dimension is Dimension.PERCENT:
        unit = "%"
    places = _places(amount)
    return Figure(
        label, amount, unit, statement.dimension, places, (statement.citation,), names=(statement.subject,),
        project=statement.project,
    )  # fmt: skip


def in_unit(figure: Figure, unit: str) -> Figure:
    """The same money in another unit, with the conversion shown. Anything else is returned unchanged."""
    if figure.dimension is not Dimension.MONEY or unit == figure.unit or unit not in MONEY_UNITS:
        return figure
    amount = figure.amount * MONEY_UNITS[figure.unit] / MONEY_UNITS[unit]
    result = replace(figure, amount=amount, unit=unit, places=_places(amount))
    factor, sign = _factor(figure, result)
    formula = f"{figure.text} {sign} {format_decimal(factor)} = {result.text}"
    earlier = f"{figure.formula}；" if figure.formula else ""
    return replace(result, formula=earlier + formula)


def common_unit(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Money figures brought to the unit of the first of them, silently exact; counts in 万 to plain ones beside others."""
    units = {f.unit for f in figures}
    figures = tuple(_plain(f) if f.unit.removeprefix(_MYRIAD) in units - {f.unit} else f for f in figures)
    money = [f for f in figures if f.dimension is Dimension.MONEY]
    if not money:
        return figures
    unit = money[0].unit
    return tuple(
        f if f.dimension is not Dimension.MONEY or f.unit == unit else replace(in_unit(f, unit), formula=f.formula)
        for f in figures
    )


def _plain(figure: Figure) -> Figure:
    """A count in 万 as a plain one."""
    if figure.dimension is Dimension.MONEY or not figure.unit.startswith(_MYRIAD):
        return figure
    amount = figure.amount * _TEN_THOUSAND
    return replace(figure, amount=amount, unit=figure.unit.removeprefix(_MYRIAD), places=_places(amount))


def _merged(figures: tuple[Figure, ...]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c for f in figures for c in f.citations))


def _names(figures: tuple[Figure, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for f in figures for n in f.names))


def total(label: str, figures: tuple[Figure, ...]) -> Figure:
    """Sum, with its terms shown."""
    terms = " + ".join(_operands(figures, bracketed=False)).replace("+ -", "− ")
    figures = common_unit(figures)
    places = max(f.places for f in figures)
    amount = sum((f.amount for f in figures), Decimal(0))
    first = figures[0]
    result = Figure(label, amount, first.unit, first.dimension, places, _merged(figures), names=_names(figures))
    return replace(result, formula=f"{terms} = {result.text}")


def difference(label: str, first: Figure, *others: Figure) -> Figure:
    """first − others, signed; between percentages in percentage points."""
    terms = " − ".join(_operands((first, *others), bracketed=False))
    figures = common_unit((first, *others))
    places = max(f.places for f in figures)
    amount = figures[0].amount - sum((f.amount for f in figures[1:]), Decimal(0))
    result = Figure(label, amount, figures[0].unit, first.dimension, places, _merged(figures), names=_names(figures))
    unit = "个百分点" if result.unit == "%" else result.unit
    return replace(result, unit=unit, formula=f"{terms} = {result.text}")


def direction(moved: Figure) -> str:
    """持平, 减少 or 增加: which way a signed difference goes."""
    return "持平" if not moved.amount else "减少" if moved.amount < 0 else "增加"


def absolute(figure: Figure) -> Figure:
    """The size of a signed figure; its formula keeps the sign."""
    return replace(figure, amount=abs(figure.amount))


def percentage(label: str, part: Figure, whole: Figure) -> Figure:
    """part ÷ whole × 100%, to two decimals."""
    part_, whole_ = common_unit((part, whole))
    if not whole_.amount:
        raise ZeroDivisionError(label)
    amount = part_.amount / whole_.amount * 100
    result = Figure(
        label, amount, "%", Dimension.PERCENT, PERCENT_PLACES, _merged((part, whole)), names=_names((part, whole))
    )
    formula = f"{' ÷ '.join(_operands((part, whole)))} × 100% {_sign(result)} {result.text}"
    return replace(result, formula=formula)


def quotient(label: str, first: Figure, second: Figure, unit: str, places: int = 2) -> Figure:
    """first ÷ second in a given unit (倍, 万元/人)."""
    first_, second_ = common_unit((first, second))
    if not second_.amount:
        raise ZeroDivisionError(label)
    amount = first_.amount / second_.amount
    result = Figure(
        label, amount, unit, Dimension.COUNT, places, _merged((first, second)), names=_names((first, second))
    )
    return replace(result, formula=f"{' ÷ '.join(_operands((first, second)))} {_sign(result)} {result.text}")


def _operands(figures: tuple[Figure, ...], *, bracketed: bool = True) -> list[str]:
    """What a formula shows of each figure: its digits as told, with the conversion where its unit is another's."""
    shown = []
    for told, used in zip(figures, common_unit(figures), strict=True):
        if told.unit == used.unit:
            shown.append(f"({used.digits})" if bracketed and used.amount < 0 else used.digits)
            continue
        factor, sign = _factor(told, used)
        shown.append(f"({told.digits} {sign} {format_decimal(factor)})")
    return shown


def _factor(told: Figure, used: Figure) -> tuple[Decimal, str]:
    """What the first is multiplied or divided by to give the second."""
    factor = MONEY_UNITS[told.unit] / MONEY_UNITS[used.unit] if told.dimension is Dimension.MONEY else _TEN_THOUSAND
    return (factor.normalize(), "×") if factor >= 1 else ((1 / factor).normalize(), "÷")


def _sign(figure: Figure) -> str:
    return "=" if Decimal(figure.digits) == figure.amount else "≈"
