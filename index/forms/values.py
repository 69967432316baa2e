"""Indicator values: "≥700 份", "≤千分之四", "100%", "≥5 万起", "满意率≥98%", "显著提高"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from index.evidence import Dimension
from index.forms.text import Token, squeeze
from index.forms.vocabulary import Terms, terms
from index.numbers import MONEY_UNITS, half_width, parse_number, parse_percent, to_stored
from index.years import YEAR_DIGITS

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DATE = re.compile(
    rf"(?:{YEAR_DIGITS}年)?(?:\d{{1,2}}月|年|第?[一二三四]季度)(?:\d{{1,2}}日)?(?:底|末|初|中旬|上旬|下旬)?(?:以前|之前|前)(?:完成)?"
)
_RANGE = re.compile(rf"(?:{_NUMBER})[%％]?[-—－–~～至](?:{_NUMBER}).{{0,6}}")
_UNKNOWN_UNIT = re.compile(r"[^\d\s≥≤=＝><＞＜，。；、：:（）()]{1,8}")
_VALUE_TOKENS = 3


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A printed value. `value` is stored at the scale of `dimension`; None when it is words.

    `label` is text printed before the bound inside the same cell ("满意率" of "满意率≥98%").
    """

    printed: str
    dimension: Dimension = Dimension.TEXT
    operator: str = ""
    value: int | None = None
    unit: str = ""
    label: str = ""
    bare: bool = False  # a number with neither sign nor unit


def parse_value(text: str, *, own_token: bool = True) -> IndicatorValue | None:
    """The whole text as one indicator value, else None.

    `own_token`: the text was printed without a space, so an unlisted unit may belong to the number.
    """
    printed = squeeze(text)
    known = terms()
    if printed in known.qualitative or _DATE.fullmatch(printed) or _RANGE.fullmatch(printed):
        return IndicatorValue(printed)
    match = _pattern().fullmatch(half_width(printed))
    if match is None:
        return None
    label, sign, body = match["label"] or "", match["sign"] or "", match["body"]
    suffix = match["suffix"] or ""
    operator = known.operators.get(sign, "") or known.suffixes.get(suffix, "")
    if label and not (sign or label.startswith(known.each)):
        return None
    if (percent := parse_percent(body)) is not None:
        return _stored(printed, Dimension.PERCENT, operator, percent, "%", label)
    number = re.match(_NUMBER, body)
    if number is None:
        return None
    return _counted(printed, operator, number[0], body[number.end() :], label, own_token and bool(sign))


def _counted(printed: str, operator: str, number: str, unit: str, label: str, free: bool) -> IndicatorValue | None:
    """A count or an amount, its unit listed in the data file or (`free`) any short word."""
    value = parse_number(number)
    if value is None:
        return None
    known = terms()
    if unit in MONEY_UNITS and unit not in known.multiples:
        return _stored(printed, Dimension.MONEY, operator, value * MONEY_UNITS[unit], unit, label)
    multiple = next((name for name in sorted(known.multiples, key=len, reverse=True) if unit.startswith(name)), "")
    for name in (multiple, ""):
        rest = unit[len(name) :]
        if not rest or rest in known.units or (free and _UNKNOWN_UNIT.fullmatch(rest)):
            factor = known.multiples.get(name, Decimal(1))
            parsed = _stored(printed, Dimension.COUNT, operator, value * factor, rest, label)
            bare = not (operator or unit or label)
            return IndicatorValue(printed, parsed.dimension, operator, parsed.value, rest, label, bare)
    return None


def _stored(printed: str, dimension: Dimension, operator: str, value: Decimal, unit: str, label: str) -> IndicatorValue:
    try:
        stored = to_stored(value, dimension)
    except ValueError:  # more digits than are kept: the printed text still stands
        return IndicatorValue(printed, Dimension.TEXT, operator, None, unit, label)
    return IndicatorValue(printed, dimension, operator, stored, unit, label)


@cache
def _pattern() -> re.Pattern[str]:
    known: Terms = terms()
    signs = "|".join(re.escape(word) for word in known.operators)
    suffixes = "|".join(re.escape(word) for word in known.suffixes)
    body = rf"(?:[百千万]分之[零〇一二三四五六七八九十百点\d.]+|(?:{_NUMBER})[^\d]*?)"
    return re.compile(rf"(?P<label>\D{{0,16}}?)(?P<sign>{signs})?(?P<body>{body})(?P<suffix>{suffixes})?")


def value_at(tokens: Sequence[Token], index: int) -> tuple[int, IndicatorValue] | None:
    """The longest value that begins at the token: (index after it, value).

    A bare number counts only at the end of its line: elsewhere it is a number inside a name.
    """
    best: tuple[int, IndicatorValue] | None = None
    text = ""
    for end in range(index, min(index + _VALUE_TOKENS, len(tokens))):
        same_line = tokens[end].line == tokens[index].line
        wrapped = end == index + 1 and tokens[index].first and tokens[end].first
        if not same_line and not wrapped:
            break
        text += tokens[end].text
        value = parse_value(text, own_token=end == index)
        if value is None or (value.bare and not tokens[end].last) or len(value.label) >= len(tokens[index].text):
            continue
        if same_line or value.dimension is Dimension.TEXT:
            best = end + 1, value
    return best
