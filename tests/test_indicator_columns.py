"""Indicator tables whose sign, value and unit stand in columns of their own, in any order."""

from __future__ import annotations

import pytest

from index.forms.indicator_columns import arranged
from index.forms.text import Token
from index.forms.values import parse_value


def tokens(text: str) -> tuple[Token, ...]:
    parts = text.split()
    return tuple(Token(part, 0, i == 0, i == len(parts) - 1) for i, part in enumerate(parts))


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        (("name", "operator", "value", "unit"), "新配建路径 ≥ 120 条", "≥120条"),
        (("name", "operator", "unit", "value"), "新配建路径 ≥ 条 120", "≥120条"),
        (("name", "value", "unit", "operator"), "合格率 98 % >=", ">=98%"),
        (("name", "operator", "value", "unit"), "完成时间 ≤ 11", "≤11"),
        (("name", "operator", "value", "unit"), "知晓度 定性 有所提升", "有所提升"),
    ],
)
def test_a_bound_is_put_together(columns: tuple[str, ...], row: str, expected: str) -> None:
    ordered, at = arranged(tokens(row), columns)
    assert at == 1
    assert [token.text for token in ordered] == [row.split()[0], expected]


def test_a_table_with_one_value_column_is_left_as_it_is() -> None:
    assert arranged(tokens("满意度 ≥90%"), ("name", "value")) == (tokens("满意度 ≥90%"), None)


def test_a_bound_put_together_is_a_value() -> None:
    value = parse_value("≥120条")
    assert value is not None
    assert (value.operator, value.value, value.unit) == ("≥", 1_200_000, "条")
