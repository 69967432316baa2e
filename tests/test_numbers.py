"""Printed numbers and units become exact values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evidence import Dimension
from index.numbers import (
    MONEY_UNITS,
    Quantity,
    format_decimal,
    parse_chinese,
    parse_money,
    parse_number,
    parse_percent,
    to_stored,
)

NUMBERS = {
    "1,071.00": "1071.00",
    "1，071": "1071",
    "１２．５": "12.5",
    "-3.2": "-3.2",
    "（12.50）": "-12.50",
    "一百二十": "120",
    "一百零五": "105",
    "三百五": "350",
    "三百五十": "350",
    "一万二": "12000",
    "两千零五": "2005",
    "二十五": "25",
    "十": "10",
    "百": "100",
    "一亿零三百万": "103000000",
    "一点五": "1.5",
    "二〇二一": "2021",
    "壹佰贰拾叁": "123",
}
NOT_NUMBERS = ("", "元", "12,34", "1.2.3", "十百", "二三百", "一百元", "--3", "abc", "１月")
PERCENTAGES = {
    "17%": "17",
    "12.5％": "12.5",
    "-3%": "-3",
    "百分之八": "8",
    "百分之百": "100",
    "千分之四": "0.4",
    "八成": "80",
    "八成五": "85",
    "八成半": "85",
    "2个百分点": "2",
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_not_a_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(("text", "value"), PERCENTAGES.items())
def test_percentages(text: str, value: str) -> None:
    assert parse_percent(text) == Decimal(value)


def test_money_keeps_its_unit() -> None:
    assert parse_money("1,071", "万元") == Quantity(Decimal(10_710_000), "万元", Dimension.MONEY)
    assert parse_money("1.16", "万元").stored == 1_160_000  # type: ignore[union-attr]
    assert parse_money("1071", "公里") is None
    assert parse_money("若干", "万元") is None


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=4))
def test_arabic_numbers_with_separators_round_trip(digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    assert parse_number(f"{value:,f}") == value
    assert parse_number(f"{value:f}") == value


@given(st.integers(min_value=0, max_value=99_999_999))
def test_spoken_integers_round_trip(number: int) -> None:
    assert parse_chinese(_spoken(number)) == number


@given(st.integers(min_value=-(10**12), max_value=10**12), st.sampled_from(sorted(MONEY_UNITS)))
def test_money_is_stored_exactly(cents: int, unit: str) -> None:
    printed = format_decimal((Decimal(cents) / 100) / MONEY_UNITS[unit])
    quantity = parse_money(printed, unit)
    assert quantity is not None
    assert quantity.stored == cents


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert isinstance(parse_number(text), Decimal | None)
    assert isinstance(parse_percent(text), Decimal | None)


def test_more_digits_than_the_scale_keeps_are_refused() -> None:
    with pytest.raises(ValueError, match="不能精确地存为"):
        to_stored(Decimal("0.001"), Dimension.MONEY)


def test_formatting_pads_and_rounds_half_up() -> None:
    assert format_decimal(Decimal("2.9"), 2) == "2.90"
    assert format_decimal(Decimal("0.125"), 2) == "0.13"
    assert format_decimal(Decimal("-0")) == "0"


def _spoken(number: int) -> str:
    """The numeral as it is read aloud, with 零 for skipped places and nothing abbreviated."""
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    if not high:
        return _section(low)
    joint = "零" if 0 < low < 1000 else ""
    return _section(high) + "万" + joint + (_section(low) if low else "")


def _section(number: int) -> str:
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if pending and text else "") + "零一二三四五六七八九"[digit] + name
            pending = False
        else:
            pending = bool(text)
    return text
