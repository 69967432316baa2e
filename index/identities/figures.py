"""Printed figures and the comparisons that know how far printing rounds.

A figure printed "982.67" in 万元 stands for anything within half a unit of its last digit (`ulp` = 0.01 万元).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from index.document import Source
from index.evidence import Dimension, Fact, Severity, Statement
from index.numbers import MONEY_UNITS, format_decimal, half_width, parse_number

_NUMERAL = re.compile(r"\d[\d,]*(?:\.(\d+))?")
HALF = Decimal("0.5")
_RATE_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact printed number: `value` and `ulp` in 元 for money, else in the printed unit (per cent for a rate)."""

    value: Decimal
    ulp: Decimal
    printed: str
    unit: str
    label: str = ""
    source: Source | None = None

    def shown(self, unit: str | None = None) -> str:
        """The value in `unit` (the printed one unless told), without the unit: "982.67"."""
        return format_decimal(_plain(self.value / factor_of(self.unit if unit is None else unit)))


def factor_of(unit: str) -> Decimal:
    """元 per unit; 1 for anything that is not a unit of money."""
    return MONEY_UNITS.get(unit, Decimal(1))


def _plain(value: Decimal) -> Decimal:
    """Drops trailing zeros without slipping into exponents."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def shown(value: Decimal, unit: str = "") -> str:
    """A value in 元 as digits of `unit`; other dimensions pass no unit."""
    return format_decimal(_plain(value / factor_of(unit))).replace("-", "−")


def places(printed: str) -> int:
    """Digits printed after the point: "1,071.00" → 2, "千分之四" → 0."""
    match = _NUMERAL.search(half_width(printed))
    return len(match[1]) if match and match[1] else 0


def figure(value: Decimal, printed: str, unit: str, label: str = "", source: Source | None = None) -> Figure:
    """A figure whose precision is read off its printed digits."""
    return Figure(value, Decimal(1).scaleb(-places(printed)) * factor_of(unit), printed, unit, label, source)


def figure_of(item: Fact | Statement) -> Figure | None:
    """The figure of a fact or statement; None for a blank one. A missing unit is deduced from value and digits."""
    if item.value is None:
        return None
    value = item.dimension.decimal(item.value)
    unit = item.unit
    if item.dimension is Dimension.MONEY and unit not in MONEY_UNITS:
        unit = _unit_of(value, item.printed)
    source = item.source if isinstance(item, Statement) else item.sources[0]
    return figure(value, item.printed, unit, item.subject, source)


def _unit_of(value: Decimal, printed: str) -> str:
    match = _NUMERAL.search(half_width(printed))
    number = parse_number(match[0]) if match else None
    if number:
        for unit in ("万元", "元", "亿元", "千元"):
            if abs(number) * MONEY_UNITS[unit] == abs(value):
                return unit
    return "元"


def common_unit(figures: Iterable[Figure]) -> str:
    """The unit to show several figures in: theirs when they share it, 万元 when they do not."""
    units = {f.unit for f in figures}
    return units.pop() if len(units) == 1 else "万元"


def same(a: Figure, b: Figure) -> Severity | None:
    """None when both can stand for one number; 取整 within one unit of the coarser digit; else 矛盾."""
    difference = abs(a.value - b.value)
    coarse = max(a.ulp, b.ulp)
    if difference == 0 or (a.ulp != b.ulp and difference <= coarse * HALF):
        return None
    return Severity.ROUNDING if difference <= coarse else Severity.CONTRADICTION


def sum_severity(whole: Figure, parts: Sequence[Figure], total: Decimal | None = None) -> Severity | None:
    """None when the parts add up exactly; 取整 within (n+1) half units of the coarsest digit; else 矛盾."""
    total = sum((p.value for p in parts), Decimal(0)) if total is None else total
    difference = abs(total - whole.value)
    if difference == 0:
        return None
    coarse = max(f.ulp for f in (whole, *parts))
    return Severity.ROUNDING if difference <= coarse * (len(parts) + 1) * HALF else Severity.CONTRADICTION


def per_cent(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * 100


def rounded(value: Decimal, digits: int = 2) -> str:
    """A rate as shown to a reader: half up, `digits` places."""
    return format_decimal(value, digits)


def rate_severity(printed: Figure, part: Figure, whole: Decimal, whole_ulp: Decimal) -> Severity | None:
    """Does a printed percentage agree with part ÷ whole, both known only to their printed precision?

    None within half a unit of its last digit; 取整 when it is the true rate cut off (not rounded);
    出入 when it is the rounded true rate's neighbour; else 矛盾.
    """
    slack_part, slack_whole = part.ulp * HALF, whole_ulp * HALF
    if abs(whole) <= slack_whole:
        return None
    size = abs(part.value)
    corners = [
        per_cent(p, abs(whole) + w)
        for p in (max(size - slack_part, Decimal(0)), size + slack_part)
        for w in (-slack_whole, slack_whole)
    ]
    low, high, exact, stated = min(corners), max(corners), per_cent(size, abs(whole)), abs(printed.value)
    if low - printed.ulp * HALF <= stated <= high + printed.ulp * HALF:
        return None
    if exact.quantize(printed.ulp, rounding=ROUND_DOWN) == stated:
        return Severity.ROUNDING
    near = abs(exact.quantize(printed.ulp, rounding=ROUND_HALF_UP) - stated) <= printed.ulp
    return Severity.DISCREPANCY if near else Severity.CONTRADICTION
