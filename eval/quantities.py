"""The figures that a text states, with their units, and the text in the one form in which it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from eval.units import MONEY, PERCENT, canonical, count_units, printed_units
from index.numbers import CHINESE_NUMERAL, MONEY_UNITS, half_width, parse_chinese

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
# A full-width comma usually separates a list; only decimals behind it tell a separator of thousands.
_FULL_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}\.\d)")
_ARABIC = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_TRAILING_ZEROS = re.compile(r"(\d+)\.(\d*?)0+(?!\d)")
_MARKS = str.maketrans("", "", "*`\\“”\"'‘’「」『』《》~")
_PUNCTUATION = str.maketrans("，；：！？（）【】−－—", ",;:!?()[]---")
_READABLE = str.maketrans({"\\": None, "−": "-", "\u00a0": " ", "\u3000": " "})
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_IN_BRACKETS = re.compile(r"[（(/]\s*(?:单位[:：]?)?\s*([^（()）\s]+?)\s*[）)]?\s*$")
_TABLE_UNIT = re.compile(r"单位[:：]\s*(\S+?)(?=[)）\s|]|$)")
_CHINESE_PERCENT = re.compile(rf"([百千])分之({CHINESE_NUMERAL.pattern})")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a text states it: `value` in the printed `unit` ("" = none printed), `start`:`end` its digits.

    `places` counts the decimals shown; `spelled` tells a Chinese numeral; `cell` a figure that is a whole table cell.
    """

    value: Decimal
    unit: str
    places: int
    start: int
    end: int
    spelled: bool = False
    cell: bool = False

    @property
    def comparable(self) -> Decimal:
        """In 元 if it is money, else as it stands."""
        return self.value * MONEY_UNITS.get(self.unit, Decimal(1))

    @property
    def kind(self) -> str:
        return canonical(self.unit)


def readable(text: str) -> str:
    """ASCII digits and signs, no thousands separators, no Markdown emphasis; length may change, lines stay."""
    text = half_width(text).replace("**", "").translate(_READABLE)
    text = _FULL_THOUSANDS.sub(",", text)
    return _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)


def comparable_text(text: str) -> str:
    """The form in which texts are compared: no spaces, quotes or emphasis, one width, plain numbers (74.80 → 74.8)."""
    text = readable(text)
    # Two numbers side by side must not become one.
    text = re.sub(r"(?<=\d)\s+(?=\d)", "\x00", text)
    text = re.sub(r"\s+", "", text).translate(_MARKS).translate(_PUNCTUATION)
    text = _TRAILING_ZEROS.sub(lambda match: match[1] + (f".{match[2]}" if match[2] else ""), text)
    return text.casefold()


def contains(text: str, needle: str) -> bool:
    """Whether `needle` stands in `text` (both as given by `comparable_text`), never as a piece of a longer number."""
    if not needle:
        return True
    start = text.find(needle)
    while start >= 0:
        if _whole(text, start, start + len(needle)):
            return True
        start = text.find(needle, start + 1)
    return False


def _whole(text: str, start: int, end: int) -> bool:
    if text[start].isdigit() and re.search(r"\d\.?$", text[:start]):
        return False
    return not (text[end - 1].isdigit() and re.match(r"\.?\d", text[end:]))


def stated(text: str) -> tuple[Stated, ...]:
    """Every figure of a text, in order of place in `readable(text)`.

    A figure in a Markdown table takes the unit of its column's or row's heading, or of a "单位：万元" line above.
    """
    found: list[Stated] = []
    offset, table_unit, headings = 0, "", list[str]()
    previous = ""
    for line in readable(text).split("\n"):
        if match := _TABLE_UNIT.search(line):
            table_unit = match[1] if canonical(match[1]) == MONEY else table_unit
        if "|" not in line:
            headings = []
        elif _RULE.match(line) and "|" in previous:
            headings = [_heading_unit(cell) for cell in _cells(previous)]
        found.extend(_line(line, offset, headings, table_unit))
        previous = line
        offset += len(line) + 1
    return tuple(found)


def _cells(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def _heading_unit(cell: str) -> str:
    match = _IN_BRACKETS.search(cell.strip())
    return match[1] if match and match[1] in printed_units() else ""


def _line(line: str, offset: int, headings: list[str], table_unit: str) -> Iterator[Stated]:
    for figure in (*_arabic(line), *_spelled(line)):
        column = line[: figure.start].count("|") - line.strip().startswith("|")
        cells = _cells(line)
        in_table = "|" in line and 0 <= column < len(cells)
        cell = in_table and _bare(cells[column])
        unit = figure.unit
        if not unit and cell:
            row_unit = _heading_unit(cells[0])
            column_unit = headings[column] if column < len(headings) else ""
            unit = column_unit or row_unit or table_unit
        yield Stated(
            figure.value, unit, figure.places, figure.start + offset, figure.end + offset, figure.spelled, cell
        )


def _bare(cell: str) -> bool:
    return re.fullmatch(r"\s*[-+~约]*\d+(?:\.\d+)?\s*\S{0,3}\s*", cell) is not None


def _arabic(line: str) -> Iterator[Stated]:
    for match in _ARABIC.finditer(line):
        digits = match[0]
        places = len(digits.partition(".")[2])
        value = Decimal(digits)
        if _negative(line, match.start()):
            value = -value
        unit, factor = _unit_after(line, match.end())
        yield Stated(value * factor, unit, places, match.start(), match.end())


def _negative(line: str, start: int) -> bool:
    """A minus that is a sign, not the dash of a range, a date or a telephone number."""
    if start == 0 or line[start - 1] != "-":
        return False
    before = line[: start - 1].rstrip()
    return not before or not (before[-1].isalnum() or before[-1] in "%)）-") or _chinese_word(before[-1])


def _chinese_word(char: str) -> bool:
    return "一" <= char <= "鿿" and not any(unit.endswith(char) for unit in printed_units())


def _unit_after(line: str, end: int) -> tuple[str, Decimal]:
    """The unit printed after a number and a factor to apply (3万人 is 30000 人)."""
    rest = line[end:].lstrip(" ")
    unit = _leading_unit(rest)
    if unit in {"万", "亿"}:
        counted = _leading_unit(rest[1:].lstrip(" "))
        if counted in count_units():
            return counted, MONEY_UNITS[unit]
    return unit, Decimal(1)


def _leading_unit(rest: str) -> str:
    match = _unit_pattern().match(rest)
    return match[0] if match else ""


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, printed_units())))


def _spelled(line: str) -> Iterator[Stated]:
    """Chinese numerals that carry a unit; without one a 一 is rarely a number."""
    for match in _CHINESE_PERCENT.finditer(line):
        value = parse_chinese(match[2])
        if value is not None:
            value = value / 10 if match[1] == "千" else value
            yield Stated(value, PERCENT, 0, match.start(), match.end(), spelled=True)
    for match in _numeral_with_unit().finditer(line):
        value = parse_chinese(match[1])
        if value is not None:
            yield Stated(value, match[2], 0, match.start(), match.end(1), spelled=True)


@cache
def _numeral_with_unit() -> re.Pattern[str]:
    # Not after a digit (1071万元), an ordinal mark (第一项), 百分之 or a numeral.
    units = "|".join(map(re.escape, printed_units()))
    return re.compile(
        rf"(?<![\d.第之零〇一二三四五六七八九十百千万亿])((?=[零〇一二三四五六七八九十两])"
        rf"[零〇一二三四五六七八九十百千万亿两]+?)({units})"
    )
