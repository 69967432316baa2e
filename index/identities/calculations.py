"""Calculations printed in running text: "40元每人每天×6人×365天=8.8万元"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from index.evidence import Severity
from index.identities.figures import HALF, Figure, figure, shown
from index.identities.rules import Words
from index.numbers import MONEY_UNITS, half_width, parse_number

NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MONEY_UNIT = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))


def flat(text: str) -> str:
    """Text as searched: half-width digits and signs, no white space, Chinese punctuation kept."""
    return re.sub(r"\s+", "", half_width(text)).replace("(", "（").replace(")", "）")


@dataclass(frozen=True, slots=True)
class Calculation:
    """`computed` and `result.value` in 元 when the result is money. `start`, `end` index the flat text."""

    text: str
    computed: Decimal
    result: Figure
    start: int
    end: int

    @property
    def severity(self) -> Severity | None:
        """None within half a unit of the result's last digit; 取整 below one unit; else 矛盾."""
        difference = abs(self.computed - self.result.value)
        if difference <= self.result.ulp * HALF:
            return None
        return Severity.ROUNDING if difference < self.result.ulp else Severity.CONTRADICTION

    def corrected(self) -> str:
        """The calculation with its true result: "40元每人每天×6人×365天=87600元"."""
        unit = "元" if self.result.unit in MONEY_UNITS else self.result.unit
        return f"{self.text.split('=')[0].split('＝')[0]}={shown(self.computed)}{unit}"


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    signs = re.escape(words.multiply + words.divide + words.add)
    equals = re.escape(words.equals)
    operand = rf"(?:{NUMERAL})%?[^\d{signs}{equals}，,；;。（）]{{0,14}}"
    return re.compile(
        rf"(?<![\d.])(?P<left>{operand}(?:[{signs}]{operand})+)[{equals}](?P<number>{NUMERAL})"
        rf"(?P<unit>{MONEY_UNIT}|[一-鿿]{{0,2}})"
    )


@cache
def _operand() -> re.Pattern[str]:
    return re.compile(rf"(?P<number>{NUMERAL})(?P<percent>%?)(?P<unit>{MONEY_UNIT})?")


def calculations(text: str, words: Words) -> Iterator[Calculation]:
    """Every printed calculation of a flat text whose parts are understood."""
    for match in _pattern(words).finditer(text):
        number = parse_number(match["number"])
        if number is None:
            continue
        unit = match["unit"] or ""
        computed = _evaluate(match["left"], unit, words)
        if computed is None:
            continue
        money_unit = unit if unit in MONEY_UNITS else _money_unit(match["left"])
        scale = MONEY_UNITS.get(money_unit, Decimal(1))
        result = figure(number * scale, match["number"], money_unit or unit)
        yield Calculation(match[0], computed, result, match.start(), match.end())


def _money_unit(text: str) -> str:
    """The first unit of money among the operands."""
    return next((m["unit"] for m in _operand().finditer(text) if m["unit"] and "元" in m["unit"]), "")


def _evaluate(text: str, result_unit: str, words: Words) -> Decimal | None:
    """Products before sums, left to right. Operands without a unit take the result's when nothing else has one."""
    has_money = bool(_money_unit(text))
    total = Decimal(0)
    for term in re.split(f"[{re.escape(words.add)}]", text):
        value, scaled = Decimal(1), False
        for index, piece in enumerate(re.split(f"([{re.escape(words.multiply + words.divide)}])", term)):
            if index % 2:
                sign = piece
                continue
            match = _operand().match(piece)
            number = parse_number(match["number"]) if match else None
            if match is None or number is None:
                return None
            if match["percent"]:
                number /= 100
            if match["unit"]:
                number, scaled = number * MONEY_UNITS[match["unit"]], True
            if index and sign in words.divide:
                if number == 0:
                    return None
                value /= number
            else:
                value *= number
        if not scaled:
            value *= MONEY_UNITS.get(_money_unit(text) if has_money else result_unit, Decimal(1))
        total += value
    return total
