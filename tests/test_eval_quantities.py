"""Figures are read from an answer's text with the unit they are stated in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.arithmetic import Equation, equations, evaluate
from eval.quantities import comparable_text, contains, readable, stated
from eval.units import canonical


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("公务接待费**1.16** 万元", [("1.16", "万元")]),
        ("2,053.67万元，占100％", [("2053.67", "万元"), ("100", "%")]),
        ("提高3.2个百分点", [("3.2", "个百分点")]),
        ("增减：-1.74万元", [("-1.74", "万元")]),
        ("2019-2020年", [("2019", ""), ("2020", "年")]),
        ("电话027-85481661", [("27", ""), ("85481661", "")]),
        ("约3万人，270万", [("30000", "人"), ("270", "万")]),
        ("三万元、百分之八点五、第一项", [("8.5", "%"), ("3", "万元")]),
        ("单位：万元", []),
        ("| 项目 | 预算（元） | 占比(%) |\n|---|---:|---|\n| 督查 | 40,000 | 0.2 |", [("40000", "元"), ("0.2", "%")]),
        ("| 项目 | 值 |\n|---|---|\n| 人数（人） | 33 |", [("33", "人")]),
        ("270，420万元", [("270", ""), ("420", "万元")]),
        ("2，053.67万元", [("2053.67", "万元")]),
    ],
)
def test_figures_with_their_units(text: str, figures: list[tuple[str, str]]) -> None:
    assert [(str(figure.value), figure.unit) for figure in stated(text)] == figures


@given(st.decimals(min_value=0, max_value=10**8, places=2), st.sampled_from(["万元", "元", "%", "人", "亿元"]))
def test_a_printed_figure_is_read_back(value: Decimal, unit: str) -> None:
    (figure,) = stated(f"合计为 {value:,.2f}{unit}。")
    assert (figure.value, figure.unit, figure.places) == (value, unit, 2)


@given(st.text(alphabet="一二三万元亿千12.,，-%|（）()：\n 第百分之", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    plain = readable(text)
    assert all(0 <= figure.start < figure.end <= len(plain) for figure in stated(text))


def test_the_comparable_form() -> None:
    assert comparable_text("“三公” 经费\n１，０７１．００ 万元（含 74.80）") == "三公经费1071万元(含74.8)"
    assert comparable_text("合计 2053.67 100") == "合计2053.67\x00100"


def test_a_needle_is_never_a_piece_of_a_number() -> None:
    assert contains("减少1.74万元", "1.74万元")
    assert not contains("减少11.74万元", "1.74万元")
    assert not contains("减少1.745", "1.74")
    assert contains("11.74和1.74", "1.74")


def test_units_of_one_kind() -> None:
    names = ("亿元", "名", "项", "个百分点")
    assert tuple(canonical(name) for name in names) == ("元", "人", "个", "个百分点")
    assert canonical("百分点") != canonical("%")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1.16 + 1.74", "2.90"),
        ("（982.67万元 − 7万元）× 2", "1951.34"),
        ("2080元/人/月×14人×12月", "349440"),
        ("1071 - (982.67 + 88.33)", "0.00"),
        ("3 + ", None),
        ("合计", None),
        ("1 ÷ 0", None),
        ("(1", None),
    ],
)
def test_printed_arithmetic(expression: str, value: str | None) -> None:
    assert evaluate(expression) == (None if value is None else Decimal(value))


def test_equations_are_found_in_prose() -> None:
    text = readable("下降率为 1.74 ÷ 2.90 × 100% = **60.00%**；月薪2080元/人/月×14人×12月=349,440元。")
    found = list(equations(text))
    assert found == [
        Equation("1.74 ÷ 2.90 × 100%", Decimal("60.00"), 2),
        Equation("2080元/人/月×14人×12月", Decimal(349440), 0),
    ]
    assert [equation.accepts(evaluate(equation.expression) or Decimal(0)) for equation in found] == [True, True]
