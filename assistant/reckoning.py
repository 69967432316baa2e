"""Printed arithmetic of a sentence, done again: products, and the listed parts of an amount.

The exact result is shown with its formula beside the printed one; a difference is told, never smoothed over.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant import figures as fig
from assistant.answer import Citation
from assistant.figures import Figure
from index.evidence import Dimension, Severity
from index.identities.calculations import Calculation, calculations, flat
from index.identities.figures import Figure as Printed
from index.identities.figures import shown
from index.identities.listings import Breakdown, breakdowns
from index.identities.rules import load
from index.numbers import MONEY_UNITS

_WAN = "万元"
_BIG = MONEY_UNITS[_WAN]


class Check(NamedTuple):
    """One calculation as printed and done again. `figures`: the exact result, with its formula; `about`: the printed
    words that say what is calculated."""

    line: str
    figures: tuple[Figure, ...]
    holds: bool
    about: str = ""


def checks(text: str, places: tuple[Citation, ...] = ()) -> tuple[Check, ...]:
    """Every calculation and every listed sum of a printed text, each once, in order."""
    plain, words = flat(text), load().words
    found = [_product(c, plain, places) for c in calculations(plain, words)]
    for breakdown in breakdowns(plain, words):
        found += [
            Check(
                f"- “{item.label}”写{item.amount.printed}{item.amount.unit}，紧接着的算式得"
                f"{item.explained.result.printed}{item.explained.result.unit}，两者不符",
                (),
                False,
                item.label,
            )
            for item in breakdown.listing.items
            if item.explained is not None and item.explained.result.value != item.amount.value
        ]
        if (check := _sum(breakdown, places)) is not None:
            found.append(check)
    return tuple({check.line: check for check in found}.values())


def _product(calculation: Calculation, plain: str, places: tuple[Citation, ...]) -> Check:
    result = calculation.result
    money = result.unit in MONEY_UNITS
    unit = _full(result.unit) if money else result.unit
    amount = calculation.computed / MONEY_UNITS[unit] if money else calculation.computed
    left = calculation.text.split("=")[0].split("＝")[0]
    exact = _exact("按算式复算", amount, unit, f"{left}={shown(amount)}{unit}", places, money)
    same = calculation.computed == result.value
    verdict = {None: "相符" if same else "相符（所印为取整数）", Severity.ROUNDING: "取整"}.get(
        calculation.severity, "不符"
    )
    told = f"- {calculation.text}：复算得 {exact.text}，与所印的{result.printed}{result.unit}{verdict}"
    about = re.split(r"[，,；;。（）：]", plain[: calculation.start])
    return Check(told, (exact,), calculation.severity is None, about[-1] or "".join(about[-2:]))


def _sum(breakdown: Breakdown, places: tuple[Citation, ...]) -> Check | None:
    listing, whole = breakdown.listing, breakdown.whole
    if len(listing.items) < 2 or (listing.partial and whole is None):
        return None
    unit = _common(tuple(item.amount for item in listing.items))
    terms = " + ".join(item.amount.shown(unit) for item in listing.items)
    amount, total_unit = (listing.total / _BIG, _WAN) if listing.total >= _BIG else (listing.total, "元")
    formula = f"{terms} = {shown(listing.total, unit)} {unit}"
    formula += f" = {shown(listing.total, total_unit)} {total_unit}" if unit != total_unit else ""
    exact = _exact("各项合计", amount, total_unit, formula, places, True)
    if whole is None:
        if not listing.complete:
            return None
        return Check(f"- 各项合计：{formula}", (exact,), True, breakdown.label)
    holds = whole.value == listing.total
    if not holds and (listing.partial or not listing.complete):
        return None
    gap = shown(abs(whole.value - listing.total), _WAN)
    told = "相符" if holds else f"与所写的{whole.printed}{whole.unit}不符，相差 {gap} {_WAN}"
    return Check(f"- 各项合计：{formula}，{told}", (exact,), holds, breakdown.label)


def in_unit(check: Check, unit: str) -> Check:
    """A check with its result in the unit that is asked for too."""
    if not unit or not check.figures or check.figures[0].unit in ("", unit) or check.figures[0].unit not in MONEY_UNITS:
        return check
    asked = fig.in_unit(check.figures[0], unit)
    return check._replace(line=f"{check.line}，即 **{asked.text}**", figures=(asked, *check.figures))


def _full(unit: str) -> str:
    """万 → 万元."""
    return unit if unit.endswith("元") else f"{unit}元"


def _common(amounts: tuple[Printed, ...]) -> str:
    units = {_full(amount.unit) for amount in amounts}
    return units.pop() if len(units) == 1 else "元"


def _exact(label: str, amount: Decimal, unit: str, formula: str, places: tuple[Citation, ...], money: bool) -> Figure:
    exponent = amount.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    dimension = Dimension.MONEY if money else Dimension.COUNT
    return Figure(label, amount, unit, dimension, decimals, places, formula=formula)
