"""Printed calculations and listings in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Source
from index.evidence import Severity
from index.identities.allocations import allotments, titles
from index.identities.calculations import calculations, flat
from index.identities.listings import breakdowns
from index.identities.rules import load

WORDS = load().words


@pytest.mark.parametrize(
    ("text", "computed", "severity"),
    [
        ("基本工资2080元/人/月×14人×12月=349440元", "349440", None),
        ("代理费60元、人/月×14人 ×12月=10080元", "10080", None),
        ("月刊0.5万元*12月=6万元", "60000", None),
        ("40元每人每天×6人×365天=8.8万元", "87600", None),
        ("培训费500元/人×30人＝1.6万元", "15000", Severity.CONTRADICTION),
        ("12000元÷4季度=3000元", "3000", None),
        ("2万元+3.5万元=5.5万元", "55000", None),
        ("全年12×1.5=18万元", "180000", None),
        ("奖励1,000元×3×50%=1500元", "1500", None),
    ],
)
def test_a_printed_calculation(text: str, computed: str, severity: Severity | None) -> None:
    (found,) = calculations(flat(text), WORDS)
    assert (found.computed, found.severity) == (Decimal(computed), severity)


@given(st.integers(1, 9999), st.integers(1, 400), st.integers(1, 12))
def test_a_true_product_holds_and_a_false_one_does_not(price: int, people: int, months: int) -> None:
    product = price * people * months
    (true,) = calculations(flat(f"补助{price}元/人/月×{people}人×{months}月={product}元"), WORDS)
    (false,) = calculations(flat(f"补助{price}元/人/月×{people}人×{months}月={product + 1}元"), WORDS)
    assert (true.severity, false.severity) == (None, Severity.CONTRADICTION)


@given(st.text(alphabet="0123456789.,×*=+（）()万元人月，；。、《》%每共 ", max_size=60))
def test_no_text_upsets_the_parsers(text: str) -> None:
    list(calculations(flat(text), WORDS))
    list(breakdowns(flat(text), WORDS))
    list(allotments(text, WORDS, 0))


def listed(text: str) -> list[tuple[str, Decimal | None, Decimal, bool]]:
    return [
        (b.label, b.whole.value if b.whole else None, b.listing.total, b.listing.complete)
        for b in breakdowns(flat(text), WORDS)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党建工作6万元；（党支部经费2万元，共建社区2个，共4万元）", [("党建工作", 60000, 60000, True)]),
        ("节能环保4万元；（其中海报2000套，每套10元，宣传用品2万元）", [("节能环保", 40000, 40000, True)]),
        ("《公报》编发8万元；（月刊0.5万元*12月=6万元，运转费2万元）", [("《公报》编发", 80000, 80000, True)]),
        ("甲经费420万元，其中120万拨付到37个单位，另300万元，每村15万元", [("甲经费", 4200000, 4200000, True)]),
        ("帮扶270万元，按照甲镇60万元、乙镇70万元、丙镇70万元和丁镇70万元拨付。", [("帮扶", 2700000, 2700000, True)]),
        ("图书室2万元；（每年更新图书500本）", []),
        ("甲镇70万元、乙镇70万元和丙镇70万元。", []),
    ],
)
def test_a_listing_behind_its_amount(text: str, expected: list[tuple[str, int, int, bool]]) -> None:
    assert listed(text) == [(name, Decimal(whole), Decimal(total), done) for name, whole, total, done in expected]


def test_allotments_name_their_recipients_and_multiply_amounts_per_head() -> None:
    text = "1、西藏泽当镇 100 万。2、大河镇 70 万元和木鱼镇 70 万元。3、另300万元以每村15万元（20个贫困村）拨付"
    assert [(a.name, int(a.amount.value), a.count) for a in allotments(text, WORDS, 0)] == [
        ("西藏泽当镇", 1000000, 1),
        ("大河镇", 700000, 1),
        ("木鱼镇", 700000, 1),
        ("另", 3000000, 1),
        ("贫困村", 3000000, 20),
    ]


def test_title_listings_carry_their_number() -> None:
    (found,) = titles("征订《长江日报》、《经济日报》等40份，订《看天下》", Source("d"), "征订", WORDS)
    assert (found.titles, found.number, found.unit) == (frozenset({"长江日报", "经济日报"}), 40, "份")
