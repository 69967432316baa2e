"""Rounding: what a printed figure can stand for, and when a sum or a rate is broken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evidence import Severity
from index.identities.figures import Figure, figure, rate_severity, same, shown, sum_severity

WAN = Decimal(10_000)


def wan(printed: str) -> Figure:
    return figure(Decimal(printed.replace(",", "")) * WAN, printed, "万元")


@pytest.mark.parametrize(
    ("a", "b", "severity"),
    [
        ("1071", "1,071.00", None),
        ("860", "860.40", None),
        ("123.07", "123.08", Severity.ROUNDING),
        ("1071", "1,002.00", Severity.CONTRADICTION),
        ("864.00", "814.00", Severity.CONTRADICTION),
    ],
)
def test_one_figure_printed_twice(a: str, b: str, severity: Severity | None) -> None:
    assert same(wan(a), wan(b)) is severity
    assert same(wan(b), wan(a)) is severity


@pytest.mark.parametrize(
    ("whole", "parts", "severity"),
    [
        ("270", ["60", "70", "70", "70"], None),
        ("100.00", ["33.33", "33.33", "33.33"], Severity.ROUNDING),
        ("100.00", ["33.33", "33.33", "33.30"], Severity.CONTRADICTION),
        ("-178.84", ["7", "-186.2"], Severity.ROUNDING),
        ("-178.84", ["7.00", "-186.20"], Severity.CONTRADICTION),
    ],
)
def test_a_sum_of_printed_figures(whole: str, parts: list[str], severity: Severity | None) -> None:
    assert sum_severity(wan(whole), [wan(p) for p in parts]) is severity


@pytest.mark.parametrize(
    ("printed", "part", "whole", "severity"),
    [
        ("8", "178.84", "2232.51", None),
        ("47", "982.67", "2053.67", Severity.ROUNDING),  # 47.85, cut off
        ("53", "1071", "2053.67", Severity.DISCREPANCY),  # 52.15: neither rounded nor cut off
        ("0.1", "7", "975.67", Severity.CONTRADICTION),
        ("17", "186.2", "1257.2", Severity.CONTRADICTION),
        ("60.0", "1.74", "2.90", None),
    ],
)
def test_a_printed_rate(printed: str, part: str, whole: str, severity: Severity | None) -> None:
    rate, base = figure(Decimal(printed), printed, "%"), wan(whole)
    assert rate_severity(rate, wan(part), base.value, base.ulp) is severity


amounts = st.integers(min_value=1, max_value=10**9).map(lambda cents: Decimal(cents).scaleb(-2))


@given(st.lists(amounts, min_size=2, max_size=20))
def test_figures_rounded_from_a_true_sum_never_contradict_it(values: list[Decimal]) -> None:
    printed = [figure(v.quantize(Decimal("0.1")) * WAN, str(v.quantize(Decimal("0.1"))), "万元") for v in values]
    total = sum(values, Decimal(0)).quantize(Decimal("0.1"))
    assert sum_severity(figure(total * WAN, str(total), "万元"), printed) is not Severity.CONTRADICTION


@given(amounts, amounts)
def test_a_correctly_rounded_rate_never_contradicts(part: Decimal, rest: Decimal) -> None:
    whole = part + rest
    rate = (part / whole * 100).quantize(Decimal("0.01"))
    assert rate_severity(figure(rate, str(rate), "%"), wan(str(part)), whole * WAN, Decimal(100)) is None


def test_shown_has_no_exponent_and_no_padding() -> None:
    assert [shown(Decimal(v), "万元") for v in ("10710000", "-1788400", "0", "100")] == ["1071", "−178.84", "0", "0.01"]
