"""Exact arithmetic: figures in their printed unit, conversions, and formulas that come to what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import figures as fig
from assistant.answer import Citation, Value
from assistant.executing import FactRow, StatementRow
from assistant.figures import Figure
from eval.arithmetic import Equation, evaluate
from index.evidence import Classification, Dimension, StatementKind
from index.numbers import MONEY_UNITS, format_decimal

PLACE = Citation("甲", table="表7", row="公务接待费", column="预算数", quote="1.16")
ROW = FactRow(
    1, "公务接待费", Classification.THREE_PUBLIC, "", 1, "", "合计", "一般公共预算", 2021, "预算", "", Dimension.MONEY,
    1_160_000, "1.16", "万元", "", "表格", "", False, True, "", "表7", "甲", PLACE,
)  # fmt: skip
STATED = StatementRow(
    1, StatementKind.CHANGE, "公务接待费", Classification.THREE_PUBLIC, "", "", "", 2021, 2020, "", Dimension.MONEY,
    -1_740_000, "1.74", "万元", "", "减少1.74万元", "甲", PLACE,
)  # fmt: skip


def money(amount: str | Decimal, unit: str = "万元", label: str = "某费") -> Figure:
    number = Decimal(amount)
    return Figure(label, number, unit, Dimension.MONEY, max(0, -int(number.as_tuple().exponent)), (PLACE,))


def base(figure: Figure) -> Decimal:
    """In 元."""
    return figure.amount * MONEY_UNITS[figure.unit]


def sides(formula: str) -> tuple[str, str]:
    """Expression and result of the last step of a formula, without the unit."""
    left, right = re.split(r" [=≈] ", formula.rpartition("；")[2])
    return left, right.split(" ")[0].rstrip("%")


# ---------------------------------------------------------------- from rows


@pytest.mark.parametrize(
    ("row", "amount", "unit", "text"),
    [
        (ROW, "1.16", "万元", "1.16 万元"),
        (replace(ROW, printed="1.160"), "1.16", "万元", "1.16 万元"),
        (replace(ROW, value=34_944_000, unit="元"), "349440", "元", "349440 元"),
        (replace(ROW, value=0), "0", "万元", "0 万元"),
        (replace(ROW, value=-800_000), "-0.8", "万元", "-0.8 万元"),
        (replace(ROW, value=1), "0.000001", "万元", "0.000001 万元"),
        (replace(ROW, unit="万"), "1.16", "万元", "1.16 万元"),
        (replace(ROW, unit=""), "1.16", "万元", "1.16 万元"),
        (replace(ROW, dimension=Dimension.COUNT, value=330_000, unit="人"), "33", "人", "33 人"),
        (replace(ROW, dimension=Dimension.PERCENT, value=950_000, unit="%", operator="≥"), "95", "%", "≥95%"),
        (replace(ROW, dimension=Dimension.PERCENT, value=4_000, unit="千分之", operator="≤"), "0.4", "%", "≤0.4%"),
        (replace(ROW, dimension=Dimension.COUNT, value=250_000, unit="个", operator="="), "25", "个", "25 个"),
    ],
)
def test_a_row_is_told_in_its_printed_unit(row: FactRow, amount: str, unit: str, text: str) -> None:
    figure = fig.of_row(row, "名")
    assert (figure.amount, figure.unit, figure.text) == (Decimal(amount), unit, text)
    assert (figure.label, figure.citations, figure.names, figure.row) == ("名", (PLACE,), ("公务接待费",), row)
    assert figure.value() == Value(Decimal(amount), unit, "名", None)


def test_a_blank_cell_is_not_a_figure() -> None:
    with pytest.raises(ValueError, match="blank"):
        fig.of_row(replace(ROW, value=None), "名")


def test_a_derived_row_shows_how_it_came_about() -> None:
    figure = fig.of_row(replace(ROW, value=2_900_000, formula="1.16 + 1.74 = 2.90 万元"), "上年")
    assert figure.value() == Value(Decimal("2.9"), "万元", "上年", "1.16 + 1.74 = 2.90 万元")


def test_a_stated_change_keeps_its_sign() -> None:
    figure = fig.of_statement(STATED, "增减")
    assert (figure.text, fig.absolute(figure).text, figure.citations) == ("-1.74 万元", "1.74 万元", (PLACE,))
    rate = fig.of_statement(replace(STATED, dimension=Dimension.PERCENT, value=-80_000, unit="%"), "增减率")
    assert rate.text == "-8%"


# ---------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("made", "formula"),
    [
        (lambda one, other: fig.percentage("占", one, other), "162624 ÷ (69 × 10000) × 100% ≈ 23.57%"),
        (lambda one, other: fig.quotient("比", other, one, "倍"), "69 ÷ (162624 ÷ 10000) ≈ 4.24 倍"),
        (lambda one, other: fig.total("共", (one, other)), "162624 + (69 × 10000) = 852624 元"),
        (lambda one, other: fig.difference("差", other, one), "69 − (162624 ÷ 10000) = 52.7376 万元"),
    ],
)
def test_two_units_in_one_formula_show_the_conversion(made: Callable[..., Figure], formula: str) -> None:
    figure = made(money("162624", "元"), money("69"))
    assert figure.formula == formula
    left, right = sides(formula)
    value, shown = evaluate(left), Decimal(right)
    assert value is not None
    assert Equation(left, shown, max(0, -int(shown.as_tuple().exponent))).accepts(value)


@pytest.mark.parametrize(
    ("figure", "unit", "text", "formula"),
    [
        (money("1.16"), "元", "11600 元", "1.16 万元 × 10000 = 11600 元"),
        (money("349440", "元"), "万元", "34.944 万元", "349440 元 ÷ 10000 = 34.944 万元"),
        (money("11.16"), "亿元", "0.001116 亿元", "11.16 万元 ÷ 10000 = 0.001116 亿元"),
        (money("2053.67"), "百万元", "20.5367 百万元", "2053.67 万元 ÷ 100 = 20.5367 百万元"),
        (money("-1.74"), "元", "-17400 元", "-1.74 万元 × 10000 = -17400 元"),
        (money("0"), "元", "0 元", "0 万元 × 10000 = 0 元"),
        (money("1.16"), "千元", "11.6 千元", "1.16 万元 × 10 = 11.6 千元"),
    ],
)
def test_a_conversion_is_shown(figure: Figure, unit: str, text: str, formula: str) -> None:
    converted = fig.in_unit(figure, unit)
    assert (converted.text, converted.formula) == (text, formula)
    assert base(converted) == base(figure)


@pytest.mark.parametrize("unit", ["万元", "", "美元", "人"])
def test_nothing_is_converted_without_need(unit: str) -> None:
    assert fig.in_unit(money("1.16"), unit) == money("1.16")


def test_what_is_no_money_has_no_other_unit() -> None:
    heads = Figure("编制", Decimal(33), "人", Dimension.COUNT, 0)
    assert fig.in_unit(heads, "元") == heads


def test_a_conversion_of_what_was_derived_keeps_both_steps() -> None:
    total = fig.total("合计", (money("1.16"), money("10.00")))
    assert fig.in_unit(total, "元").formula == "1.16 + 10.00 = 11.16 万元；11.16 万元 × 10000 = 111600 元"


AMOUNTS = st.integers(-(10**14), 10**14).map(lambda fen: Decimal(fen) / 100)
UNITS = st.sampled_from(sorted(unit for unit in MONEY_UNITS if unit.endswith("元")))


@given(AMOUNTS, UNITS, UNITS)
def test_there_and_back_is_the_same_amount(amount: Decimal, unit: str, other: str) -> None:
    figure = money(amount, unit)
    there = fig.in_unit(figure, other)
    back = fig.in_unit(there, unit)
    assert (base(there), back.amount, back.unit) == (base(figure), figure.amount, unit)
    assert Decimal(there.digits) == there.amount
    if there.formula:
        left, right = sides(there.formula)
        assert evaluate(left) == Decimal(right) == there.amount


@given(st.lists(st.tuples(AMOUNTS, UNITS), min_size=1, max_size=6))
def test_a_common_unit_changes_no_amount(amounts: list[tuple[Decimal, str]]) -> None:
    figures = tuple(money(amount, unit) for amount, unit in amounts)
    common = fig.common_unit(figures)
    assert [base(f) for f in common] == [base(f) for f in figures]
    assert {f.unit for f in common} == {figures[0].unit}
    assert all(f.formula is None for f in common)


# ---------------------------------------------------------------- arithmetic


def test_a_sum_shows_its_terms() -> None:
    total = fig.total("三公", (money("1.16"), money("10"), money("0")))
    assert (total.text, total.formula, total.citations) == ("11.16 万元", "1.16 + 10 + 0 = 11.16 万元", (PLACE,))


def test_a_sum_of_different_units_is_in_the_first() -> None:
    total = fig.total("合计", (money("349440", "元"), money("4")))
    assert (total.text, base(total)) == ("389440 元", Decimal(389_440))


def test_a_difference_is_signed() -> None:
    less = fig.difference("差", money("1.16"), money("2.90"))
    assert (less.text, less.formula) == ("-1.74 万元", "1.16 − 2.90 = -1.74 万元")
    assert fig.absolute(less).text == "1.74 万元"
    rest = fig.difference("还剩", money("1071"), money("108"), money("814"))
    assert (rest.text, rest.formula) == ("149 万元", "1071 − 108 − 814 = 149 万元")


@pytest.mark.parametrize(
    ("part", "whole", "text", "formula"),
    [
        ("1.16", "11.16", "10.39%", "1.16 ÷ 11.16 × 100% ≈ 10.39%"),
        ("10", "20", "50.00%", "10 ÷ 20 × 100% = 50.00%"),
        ("-1.74", "2.90", "-60.00%", "(-1.74) ÷ 2.90 × 100% = -60.00%"),
        ("0", "5", "0.00%", "0 ÷ 5 × 100% = 0.00%"),
        ("1", "3", "33.33%", "1 ÷ 3 × 100% ≈ 33.33%"),
        ("2", "3", "66.67%", "2 ÷ 3 × 100% ≈ 66.67%"),
        ("1", "800", "0.13%", "1 ÷ 800 × 100% ≈ 0.13%"),
    ],
)
def test_a_percentage_rounds_half_up_and_says_when_it_rounds(part: str, whole: str, text: str, formula: str) -> None:
    share = fig.percentage("占比", money(part), money(whole))
    assert (share.text, share.formula) == (text, formula)
    assert share.value().value == Decimal(text.rstrip("%"))


def test_a_share_of_different_units() -> None:
    assert fig.percentage("占比", money("11600", "元"), money("11.16")).text == "10.39%"


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(ZeroDivisionError, match="占比"):
        fig.percentage("占比", money("1"), money("0"))
    with pytest.raises(ZeroDivisionError, match="人均"):
        fig.quotient("人均", money("1"), money("0"), "万元")


def test_a_quotient_has_the_unit_it_is_given() -> None:
    heads = Figure("在职人员", Decimal(27), "人", Dimension.COUNT, 0)
    each = fig.quotient("人均", money("134.85"), heads, "万元")
    assert (each.text, each.formula) == ("4.99 万元", "134.85 ÷ 27 ≈ 4.99 万元")
    times = fig.quotient("倍数", money("267.74"), money("134.85"), "倍")
    assert (times.text, times.formula) == ("1.99 倍", "267.74 ÷ 134.85 ≈ 1.99 倍")
    assert fig.quotient(
        "每月", money("6"), Figure("12个月", Decimal(12), "月", Dimension.COUNT, 0), "万元", 4
    ).text == ("0.5000 万元")


SOME = st.lists(st.integers(-(10**12), 10**12).map(lambda fen: Decimal(fen) / 10**6), min_size=1, max_size=8)


@given(SOME)
def test_a_sum_is_the_sum_and_its_formula_says_so(amounts: list[Decimal]) -> None:
    total = fig.total("合计", tuple(money(a) for a in amounts))
    assert total.amount == sum(amounts, Decimal(0)) == Decimal(total.digits)
    if len(amounts) > 1 and all(a >= 0 for a in amounts):
        left, right = sides(str(total.formula))
        assert evaluate(left) == Decimal(right) == total.amount


@given(SOME)
def test_a_difference_takes_everything_off_the_first(amounts: list[Decimal]) -> None:
    first, *others = (money(a) for a in amounts)
    rest = fig.difference("差", first, *others)
    assert rest.amount == amounts[0] - sum(amounts[1:], Decimal(0)) == Decimal(rest.digits)


@given(
    st.integers(-(10**10), 10**10),
    st.integers(1, 10**10),
    st.sampled_from(["元", "万元"]),
    st.sampled_from(["元", "万元"]),
)
def test_the_formula_of_a_percentage_comes_to_what_it_says(part: int, whole: int, unit: str, other: str) -> None:
    one, all_ = money(Decimal(part) / 100, unit), money(Decimal(whole) / 100, other)
    share = fig.percentage("占比", one, all_)
    exact = base(one) / base(all_) * 100
    assert abs(Decimal(share.digits) - exact) <= Decimal("0.005")
    left, right = sides(str(share.formula))
    value = evaluate(left)
    assert value is not None
    assert format_decimal(value * 100, 2) == right == share.digits
    assert (" = " in str(share.formula)) == (Decimal(share.digits) == share.amount)
