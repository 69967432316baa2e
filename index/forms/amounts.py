"""Amounts, counts and printed arithmetic inside one sentence of a form, each with what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from index.evidence import Dimension
from index.forms.text import strip_ordinal
from index.forms.vocabulary import terms
from index.numbers import MONEY_UNITS, half_width, parse_number, to_stored

STANDARD = "标准"
_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_HARD = "，；。！：（）()【】;\n:"
_SOFT = "、,"
_TIMES = "×*xX＊✕╳"
_NEXT_CLAUSE = 60  # characters looked at for a subject that follows its amount
_COUNTED = 12  # characters of a noun that follows its count
_EACH_PREFIX, _EACH_LENGTH = 3, 5  # "…办公室以每村" is "每村", "其余每单位" stays


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure of a sentence. `offset` is where it begins in the text that was read.

    `measure`: "" for an amount or count, "标准" for an amount per head, per copy, per village.
    `formula` is the arithmetic as printed ("0.5万元*12月=6万元").
    """

    subject: str
    printed: str
    value: int
    unit: str
    dimension: Dimension
    offset: int
    end: int
    measure: str = ""
    formula: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    number: Decimal
    unit: str
    dimension: Dimension
    formula: str = ""
    standard: str = ""
    standard_value: Decimal | None = None
    standard_unit: str = ""
    operator: str = ""


def read_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of money, percentage and listed count in the text, in printed order."""
    plain = half_width(text) if len(half_width(text)) == len(text) else text
    found = tuple(_found(plain))
    amounts: list[Amount] = []
    subject = ""
    for index, item in enumerate(found):
        before = found[:index]
        after = found[index + 1] if index + 1 < len(found) else None
        if item.dimension is Dimension.MONEY:
            named = subject = _money_subject(text, item, before, subject)
        else:
            named = _count_subject(text, item, before, after)
        amount = _amount(text, item, named)
        if amount is None:
            continue
        if item.standard_value is not None and (price := _exact(item.standard_value, Dimension.MONEY)) is not None:
            standard = replace(amount, printed=item.standard, value=price, unit=item.standard_unit, measure=STANDARD)
            amounts.append(standard)
        amounts.append(amount)
        if item.dimension is Dimension.COUNT and named:
            subject = named
    return tuple(amounts)


def _exact(value: Decimal, dimension: Dimension) -> int | None:
    """The stored integer, or None for a number with more digits than are kept."""
    try:
        return to_stored(value, dimension)
    except ValueError:
        return None


def _amount(text: str, item: _Found, subject: str) -> Amount | None:
    value = _exact(item.number, item.dimension)
    if value is None:
        return None
    tail = subject[-_EACH_LENGTH:]
    each = item.dimension is Dimension.MONEY and terms().each in tail and terms().yearly not in tail
    printed = text[item.start : item.end]
    if item.formula:
        printed = re.split("[=＝]", printed)[-1]
    return Amount(
        subject=subject,
        printed=printed,
        value=value,
        unit=item.unit,
        dimension=item.dimension,
        offset=item.start,
        end=item.end,
        measure=STANDARD if each else "",
        formula=item.formula,
        operator=item.operator,
    )


def _found(text: str) -> Iterator[_Found]:
    position = 0
    while position < len(text):
        match = _patterns()[0].search(text, position)
        arithmetic = _patterns()[1].search(text, position)
        if arithmetic and (match is None or arithmetic.start() <= match.start()):
            if item := _arithmetic(arithmetic):
                yield item
            position = arithmetic.end()
        elif match:
            if item := _plain(text, match):
                yield item
            position = match.end()
        else:
            return


def _plain(text: str, match: re.Match[str]) -> _Found | None:
    number = parse_number(match["number"])
    if number is None:
        return None
    operator = terms().operators.get(match["sign"] or "", "") or terms().suffixes.get(match["suffix"] or "", "")
    if unit := match["counted"]:
        value = number * terms().multiples[match["multiple"]]
        return _Found(match.start(), match.end("counted"), value, unit, Dimension.COUNT, operator=operator)
    if unit := match["money"]:
        value = number * MONEY_UNITS[unit]
        return _Found(match.start(), match.end("money"), value, _money_name(unit), Dimension.MONEY)
    if match["percent"]:
        return _Found(match.start(), match.end(), number, "%", Dimension.PERCENT, operator=operator)
    unit = match["unit"]
    return _Found(match.start(), match.end("unit"), number, unit, Dimension.COUNT, operator=operator)


def _arithmetic(match: re.Match[str]) -> _Found | None:
    result = parse_number(match["result"])
    unit = match["result_unit"]
    if result is None:
        return None
    found = _Found(
        match.start(), match.end(), result * MONEY_UNITS[unit], _money_name(unit), Dimension.MONEY, formula=match[0]
    )
    for factor in re.split(f"[{_TIMES}]", match["factors"]):
        price = re.match(rf"({_NUMBER})({'|'.join(_money_units())})", factor)
        number = parse_number(price[1]) if price else None
        if price and number is not None:
            return replace(
                found,
                standard=factor,
                standard_value=number * MONEY_UNITS[price[2]],
                standard_unit=_money_name(price[2]),
            )
    return found


def _money_subject(text: str, item: _Found, before: tuple[_Found, ...], last: str) -> str:
    """What the money is for: the words before it, else those after it, else what was named last."""
    floor = max((other.end for other in before if other.dimension is Dimension.MONEY), default=0)
    start = max(floor, _boundary(text, item.start))
    subject = _trim(text[start : item.start])
    known = terms()
    if subject in known.totals or (not subject and item.formula):
        return last
    piece = re.split(f"[{_SOFT}]", subject)[-1]
    if piece.startswith(known.each) and last:
        return f"{last}{piece}"
    share = subject.rfind(known.each)
    if share > _EACH_PREFIX and len(subject) - share <= _EACH_LENGTH:
        return subject[share:]
    if subject:
        return subject
    following = _trim(_clause(text, item.end))
    if not following and text[item.end : item.end + 1] in _HARD:
        following = _trim(_clause(text, item.end + 1, until="；。;\n"))
    return following or last


def _count_subject(text: str, item: _Found, before: tuple[_Found, ...], after: _Found | None) -> str:
    """What is counted: the words before the count, or the noun right behind it."""
    floor = max((other.end for other in before), default=0)
    start = max(floor, _boundary(text, item.start))
    subject = _trim(text[start : item.start])
    noun = _trim(re.split(r"\d", _clause(text, item.end, until=_HARD + _SOFT)[:_COUNTED])[0])
    followed = after is not None and after.start <= item.end + len(noun) + 1
    if noun and not (followed and subject):
        return noun
    return subject or noun


def _boundary(text: str, end: int) -> int:
    return max(text.rfind(character, 0, end) for character in _HARD) + 1


def _clause(text: str, start: int, until: str = _HARD) -> str:
    """From `start` to the next mark of `until` that is not inside brackets opened after it."""
    depth = 0
    for index in range(start, min(len(text), start + _NEXT_CLAUSE)):
        character = text[index]
        if character in "（(" and "（" not in until:
            depth += 1
        elif depth and character in "）)":
            depth -= 1
        elif not depth and character in until:
            return text[start:index]
    return text[start : start + _NEXT_CLAUSE]


def _trim(subject: str) -> str:
    """Drop list numbers, lead-ins ("其中", "按照…对口") and connectives at the edges."""
    known = terms()
    text = strip_ordinal(subject.strip(" 、,，；。：:.")).strip()
    for phrase in known.lead_ins:
        found = text.rfind(phrase)
        if found == 0 or (found > 0 and len(phrase) > 2):
            text = text[found + len(phrase) :]
    changed = True
    while changed and text:
        changed = False
        for edge in known.edges:
            if len(text) > len(edge) and text not in known.totals:
                if text.startswith(edge) and edge in "和及与的并":
                    text, changed = text[len(edge) :], True
                elif text.endswith(edge):
                    text, changed = text[: -len(edge)], True
    text = text.strip(" 、,.")
    return "" if text in known.edges and text not in known.totals else text


def _money_name(unit: str) -> str:
    """ "120万" of money is in 万元."""
    return unit if unit.endswith("元") else f"{unit}元"


@cache
def _money_units() -> tuple[str, ...]:
    return tuple(sorted(MONEY_UNITS, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(a plain quantity, printed arithmetic)."""
    known = terms()
    money = "|".join(_money_units())
    units = "|".join(re.escape(unit) for unit in known.text_units)
    suffixes = "|".join(re.escape(word) for word in known.suffixes)
    signs = "|".join(re.escape(sign) for sign in known.operators)
    multiples = "|".join(re.escape(name) for name in known.multiples)
    plain = (
        rf"(?P<sign>{signs})?(?<![\d.])(?P<number>{_NUMBER})(?:(?P<multiple>{multiples})(?P<counted>{units})"
        rf"|(?P<money>{money})|(?P<percent>[%％])|(?P<unit>{units}))(?P<suffix>{suffixes})?"
    )
    term = rf"{_NUMBER}[^\d=＝，,；;。（）(){_TIMES}]{{0,12}}"
    arithmetic = (
        rf"(?<![\d.])(?P<factors>{term}(?:[{_TIMES}]{term})+)[=＝](?P<result>{_NUMBER})(?P<result_unit>{money})"
    )
    return re.compile(plain), re.compile(arithmetic)
