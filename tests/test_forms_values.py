"""Indicator values: sign, number, unit, and words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Line, Position
from index.evidence import Dimension
from index.forms.text import tokens_of
from index.forms.values import parse_value, value_at

COUNT, PERCENT, MONEY, TEXT = Dimension.COUNT, Dimension.PERCENT, Dimension.MONEY, Dimension.TEXT


@pytest.mark.parametrize(
    ("printed", "operator", "number", "unit", "dimension"),
    [
        ("≥700 份", "≥", "700", "份", COUNT),
        ("25 个", "", "25", "个", COUNT),
        ("≥5 万起", "≥", "50000", "起", COUNT),
        ("1,200人次", "", "1200", "人次", COUNT),
        ("≤25微克/立方米", "≤", "25", "微克/立方米", COUNT),
        ("400条以上", "≥", "400", "条", COUNT),
        ("=100%", "=", "100", "%", PERCENT),
        ("≥99.5％", "≥", "99.5", "%", PERCENT),
        ("≤千分之四", "≤", "0.4", "%", PERCENT),
        ("百分之八", "", "8", "%", PERCENT),
        ("不低于15%", "≥", "15", "%", PERCENT),
        ("95%以上", "≥", "95", "%", PERCENT),
        ("＞90分", ">", "90", "分", COUNT),
        ("≤2.5万元", "≤", "25000", "万元", MONEY),
    ],
)
def test_numbers(printed: str, operator: str, number: str, unit: str, dimension: Dimension) -> None:
    value = parse_value(printed)
    assert value is not None and value.value is not None
    found = (value.operator, dimension.decimal(value.value), value.unit, value.dimension)
    assert found == (operator, Decimal(number), unit, dimension)


@pytest.mark.parametrize("printed", ["显著提高", "全面脱贫", "保障", "2024年11月底前", "年底前完成", "3-5次"])
def test_words_are_values_without_a_number(printed: str) -> None:
    value = parse_value(printed)
    assert value is not None
    assert (value.printed, value.value, value.dimension) == (printed, None, TEXT)


@pytest.mark.parametrize("printed", ["扶贫对象个数", "第3季度", "20个贫困村", "人大、政协", "2020年提升", "", "≥"])
def test_names_are_not_values(printed: str) -> None:
    assert parse_value(printed) is None


def test_a_label_inside_the_value_cell_is_kept_apart() -> None:
    value = parse_value("满意率≥98%")
    assert value is not None
    assert (value.label, value.operator, value.value, value.printed) == ("满意率", "≥", 980_000, "满意率≥98%")


@pytest.mark.parametrize(
    ("line", "start", "printed"),
    [
        ("扶贫对象个数 25 个 1、西藏山南市", 1, "25个"),
        ("聘用人员人数 14 人 2021 年聘用人员", 1, "14人"),
        ("满意度 ≥95% 通过问卷调查", 1, "≥95%"),
        ("期数 ≥12 期 《政府公报》", 1, "≥12期"),
    ],
)
def test_a_value_takes_its_unit_and_nothing_of_the_explanation(line: str, start: int, printed: str) -> None:
    found = value_at(tokens_of((Line(line, Position()),)), start)
    assert found is not None
    assert found[1].printed == printed


def test_a_bare_number_inside_a_line_belongs_to_a_name() -> None:
    tokens = tokens_of((Line("完成 20 个项目的验收工作 100%", Position()),))
    assert value_at(tokens, 1) is None
    assert value_at(tokens, 3) is not None


@given(
    st.sampled_from(["≥", "≤", "=", "不低于", ""]),
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["份", "次", "人", "%", "平方米"]),
)
def test_every_printed_bound_is_read_exactly(sign: str, number: Decimal, unit: str) -> None:
    value = parse_value(f"{sign}{number}{unit}")
    assert value is not None and value.value is not None
    assert value.dimension.decimal(value.value) == number
    assert value.unit == unit


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    value = parse_value(text)
    assert value is None or value.printed == squeezed(text)


def squeezed(text: str) -> str:
    from index.forms.text import squeeze

    return squeeze(text)
