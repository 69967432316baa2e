"""Numbers and dates of spreadsheets as their cells show them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from index.reading.number_format import shown

ACCOUNTING = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567.891, "###,###,##0.0", "1,234,567.9"),
        (0.5, "#,##0.00", "0.50"),
        (2.675, "0.00", "2.68"),
        (-3, "#,##0.00", "-3.00"),
        (-3, "0.00_ ;[Red]\\-0.00\\ ", "-3.00"),
        (-3, "#,##0.00_);(#,##0.00)", "(3.00)"),
        (-0.001, "0.00", "0.00"),
        (0, "0.00", "0.00"),
        (0, "#", ""),
        (0, "#,##0.00;-#,##0.00;;", ""),
        (0, ACCOUNTING, "-"),
        (1.5, ACCOUNTING, "1.50"),
        (5, "00", "05"),
        (1234, "0000000", "0001234"),
        (0.256, "0.00%", "25.60%"),
        (12345678, "#,##0,", "12,346"),
        (12, '0"人"', "12人"),
        (1234, '"￥"#,##0.00', "￥1,234.00"),
        (3, "[$￥-804]#,##0", "￥3"),
    ],
)
def test_formats_of_amounts(value: float, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize("number_format", ["", "General", "G/通用格式", "@", "# ?/?", "[>3]0.0;0", "0.00E+00"])
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2010301, "2010301"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (123456789.12, "123456789.12"),
    ],
)
def test_without_a_known_format_every_digit_is_shown(value: float, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (datetime(2026, 1, 5), 'yyyy"年"m"月"d"日"', "2026年1月5日"),
        (datetime(2026, 1, 5), '[$-804]yyyy"年";@', "2026年"),
        (date(2026, 1, 5), "yyyy-mm-dd", "2026-01-05"),
        (datetime(2026, 1, 5, 8, 30), "yyyy-mm-dd h:mm", "2026-01-05 08:30:00"),
    ],
)
def test_dates(value: date, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_what_is_no_number_is_shown_as_it_is() -> None:
    assert [shown(value, "0.00") for value in (None, "合计", True, "1.5")] == ["", "合计", "TRUE", "1.5"]
