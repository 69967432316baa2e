"""A number or date of a spreadsheet as its cell shows it: Excel's number formats, as far as amounts and dates use them.

`shown(1234.5, "#,##0.00") == "1,234.50"`. A format outside of that (fractions, exponents, conditions) leaves the
number as it is, to fifteen digits, which is what a spreadsheet holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(?P<rest>.)",
    re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_COLOUR = re.compile(r"[A-Za-z]+\s*\d*|[\u4e00-\u9fff]+\d*|DBNum\d(?:\s*)", re.IGNORECASE)
_GENERAL = re.compile(r"general|g/通用格式|@", re.IGNORECASE)
_DATE_PART = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(y+|m+|d+)|(.)', re.IGNORECASE)
_CLOCK = re.compile(r"[hs]", re.IGNORECASE)
_SIGNIFICANT = 15
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to three forms of a format: texts round the digits, and how the digits are written."""

    before: str
    after: str
    digits: str = ""
    general: bool = False

    def written(self, number: Decimal) -> str:
        """A number that is not negative."""
        if self.general:
            return self.before + plain(number) + self.after
        if not self.digits:
            return (self.before + self.after).strip()
        scaled = number * 100 if PERCENT in self.before + self.after else number
        digits = self.digits.rstrip(",")
        scaled /= Decimal(1000) ** (len(self.digits) - len(digits))
        whole, _, fraction = digits.partition(".")
        rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
        left, _, right = f"{rounded:f}".partition(".")
        least = whole.count("0")
        left = left.lstrip("0").rjust(least, "0") if left.strip("0") or least else ""
        if "," in whole and left:
            left = f"{int(left):,}" if len(left) > least or not left.startswith("0") else left
        optional = len(fraction) - len(fraction.rstrip("#?"))
        kept = right[: len(right) - optional] + right[len(right) - optional :].rstrip("0")
        point = "." if kept or fraction and not optional else ""
        return (self.before + left + point + kept + self.after).strip()


def shown(value: object, number_format: str = "") -> str:
    """The text of a cell that holds a text, a number, a truth value, a date or nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _date(value, number_format)
    if isinstance(value, time | timedelta | str):
        return str(value)
    number = Decimal(f"{value:.{_SIGNIFICANT}g}") if isinstance(value, float) else Decimal(str(value))
    if not number.is_finite():
        return str(value)
    return _number(number, number_format)


def plain(number: Decimal) -> str:
    """All its digits, no exponent, no zeros at the end of a fraction."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(number: Decimal, number_format: str) -> str:
    sections = _sections(number_format)
    if not sections or not number_format:
        return plain(number)
    chosen, sign = sections[0], "-" if number < 0 else ""
    if number < 0 and len(sections) > 1:
        chosen, sign = sections[1], ""
    elif number == 0 and len(sections) > 2:
        chosen = sections[2]
    text = chosen.written(abs(number))
    return text if not sign or not text.strip("0.,%") else sign + text


@cache
def _sections(number_format: str) -> tuple[_Section, ...]:
    """The forms for positive, negative and zero; nothing for a format that is not understood."""
    texts = []
    at = 0
    while at <= len(number_format):
        match = _SECTION.match(number_format, at)
        if match is None:  # pragma: no cover - the pattern matches the empty text
            return ()
        texts.append(match[0])
        at = match.end() + 1
    found = [_section(text) for text in texts[:3]]
    known = [section for section in found if section is not None]
    return tuple(known) if len(known) == len(found) else ()


def _section(text: str) -> _Section | None:
    before, digits, after = "", "", ""
    for match in _TOKEN.finditer(text):
        if match["digits"] is not None:
            if digits:
                return None
            digits = match["digits"]
            continue
        if match["bracket"] is not None:
            if not _COLOUR.fullmatch(match["bracket"]):
                return None
            continue
        literal = match["quoted"] or match["escaped"] or match["currency"] or match["rest"] or ""
        before, after = (before, after + literal) if digits else (before + literal, after)
    if not digits and (general := _GENERAL.search(before)):
        return _Section(before[: general.start()], before[general.end() :], general=True)
    if digits and re.search(r"[/Ee]", before + after):
        return None
    return _Section(before, after, digits)


def _date(value: date, number_format: str) -> str:
    if _CLOCK.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format)) or not number_format:
        return str(value)
    form = _SECTION.match(number_format)
    pieces = []
    for quoted, escaped, part, other in _DATE_PART.findall(form[0] if form else ""):
        number = {"y": value.year, "m": value.month, "d": value.day}.get(part[:1].lower())
        if number is None:
            pieces.append(quoted or escaped or ("" if other == "@" else other))
        elif part[0] in "yY":
            pieces.append(f"{number}" if len(part) > 2 else f"{number % 100:02d}")
        else:
            pieces.append(f"{number:02d}" if len(part) > 1 else f"{number}")
    return "".join(pieces).strip()
