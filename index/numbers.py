"""Printed numbers and units → exact values. No float anywhere.

`parse_number("1,071.00") == Decimal("1071.00")`, `parse_number("百分之八")` is None (use `parse_percent`).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from index.evidence import Dimension

MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
    "亿": Decimal(100_000_000),
}

_ARABIC = re.compile(r"[-+−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+(?:,\d{3})*)(?:\.\d+)?")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩", "一二三四五六七八九十百千万亿二三六两")
_PER_CENT = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
CHINESE_NUMERAL = re.compile(
    r"[零〇一二三四五六七八九十百千万亿两俩壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩]+(?:点[零〇一二三四五六七八九]+)?"
)


class Quantity(NamedTuple):
    """An exact number with its printed unit, in base units of its dimension (元, 1, per cent)."""

    value: Decimal
    unit: str
    dimension: Dimension

    @property
    def stored(self) -> int:
        """The INTEGER of the database (分, or 1/10000)."""
        return to_stored(self.value, self.dimension)


def half_width(text: str) -> str:
    """Full-width letters, digits and signs → ASCII; Chinese punctuation is left alone."""
    return "".join(
        unicodedata.normalize("NFKC", c) if "！" <= c <= "～" and c not in "，；：！？（）" else c for c in text
    )


def parse_number(text: str) -> Decimal | None:
    """An Arabic or Chinese numeral → Decimal; None if the whole text is not one number.

    Thousands separators, full-width digits, a leading sign and parentheses for negatives are understood.
    """
    text = half_width(text).strip().replace("−", "-").replace(" ", "")
    if text.startswith(("(", "（")) and text.endswith((")", "）")):
        inner = parse_number(text[1:-1])
        return None if inner is None else -inner
    if _ARABIC.fullmatch(text):
        try:
            return Decimal(text.replace(",", "").replace("，", ""))
        except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
            return None
    return parse_chinese(text)


def parse_chinese(text: str) -> Decimal | None:
    """A Chinese numeral ("一百二十", "两千零五", "三百五" = 350, "一点五", "二〇二一") → Decimal, else None."""
    text = text.translate(_FORMAL)
    if not text or not CHINESE_NUMERAL.fullmatch(text):
        return None
    whole, _, fraction = text.partition("点")
    if all(c in _DIGITS for c in whole):
        value = Decimal("".join(str(_DIGITS[c]) for c in whole))
    else:
        spoken = _spoken_integer(whole, shorthand=not fraction)
        if spoken is None:
            return None
        value = Decimal(spoken)
    if fraction:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return value


def _spoken_integer(text: str, *, shorthand: bool) -> int | None:
    """ "一千二百万零五" → 12000005. With `shorthand`, a last digit after 百, 千, 万 or 亿 counts tenths of it.

    None when digits or units do not follow one another as they are spoken ("十百", "二三百").
    """
    total, section, smallest, digit, last_unit = 0, 0, 10_000, None, 0
    for place, c in enumerate(text):
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
            last_unit = last_unit if digit else 0  # after 零 a digit means ones
        elif c in _SMALL:
            if _SMALL[c] >= smallest or (digit is None and c != "十" and place):
                return None
            section += (digit or 1) * _SMALL[c]
            smallest = last_unit = _SMALL[c]
            digit = None
        else:
            section += digit or 0
            if not section and place and not (total and _LARGE[c] > 10_000):
                return None
            section = section or (not place)
            total = (total + section) * _LARGE[c] if _LARGE[c] > 10_000 else total + section * _LARGE[c]
            section, smallest, digit, last_unit = 0, 10_000, None, _LARGE[c]
    return total + section + (digit or 0) * (last_unit // 10 if shorthand and last_unit > 10 and digit else 1)


def parse_money(number: str, unit: str) -> Quantity | None:
    """`("1,071", "万元")` → 10,710,000 元; None if either part is not understood."""
    value, factor = parse_number(number), MONEY_UNITS.get(unit.strip())
    if value is None or factor is None:
        return None
    return Quantity(value * factor, unit, Dimension.MONEY)


def parse_percent(text: str) -> Decimal | None:
    """ "17%", "百分之八", "千分之四", "八成", "八成五", "17个百分点" → per cent as Decimal, else None."""
    text = half_width(text).strip().replace(" ", "")
    if match := re.fullmatch(r"(.+?)(?:%|个百分点)", text):
        return parse_number(match[1])
    if match := re.fullmatch(r"(百|千|万)分之(.+)", text):
        value = parse_number(match[2])
        return None if value is None else value * _PER_CENT[match[1]]
    if match := re.fullmatch(r"(.+?)成(.)?", text):
        value, rest = parse_number(match[1]), Decimal(5) if match[2] == "半" else parse_number(match[2] or "0")
        return None if value is None or rest is None else value * 10 + rest
    return None


def to_stored(value: Decimal, dimension: Dimension) -> int:
    """Exact number → INTEGER. Raises ValueError if it has more digits than the scale keeps."""
    scaled = value * dimension.scale
    stored = int(scaled.to_integral_value())
    if stored != scaled:
        raise ValueError(f"{value} 不能精确地存为 1/{dimension.scale}")
    return stored


def format_decimal(value: Decimal, places: int | None = None) -> str:
    """`Decimal` → printed digits without exponent; `places` pads or rounds half up, None keeps what is exact."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{value:f}"
    return "0" if text in {"-0", ""} else text
