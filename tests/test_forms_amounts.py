"""Amounts, counts, prices and printed arithmetic inside a sentence; sentences about earlier years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Line, Position, Stage
from index.evidence import Origin
from index.forms.amounts import read_amounts
from index.forms.history import read_history
from index.forms.place import FormPlace
from index.forms.text import Passage


def amounts(text: str) -> list[tuple[str, str, str, str]]:
    """(what it is for, as printed, measure, formula)."""
    return [(a.subject, a.printed, a.measure, a.formula) for a in read_amounts(text)]


def history(text: str) -> list[tuple[int | None, str, int | None, str]]:
    place = FormPlace("某市", "", "项目基本信息表（清淤）", "项目表", 2024, "万元", "清淤")
    facts = read_history(place, Passage(text, (Line(text, Position()),) * len(text)), "预算及执行情况")
    return [(fact.year, fact.measure, fact.value, fact.printed) for fact in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "由农业局按照对口甲县乙镇60万元、丙县丁镇70万元和戊镇8.5万元的标准拨付",
            [("甲县乙镇", "60万元", "", ""), ("丙县丁镇", "70万元", "", ""), ("戊镇", "8.5万元", "", "")],
        ),
        (
            "月刊0.5万元*12月=6万元，便民点30个全年运转费2万元",
            [
                ("月刊", "0.5万元", "标准", "0.5万元*12月=6万元"),
                ("月刊", "6万元", "", "0.5万元*12月=6万元"),
                ("便民点", "30个", "", ""),
                ("便民点30个全年运转费", "2万元", "", ""),
            ],
        ),
        (
            "基本工资2080元/人/月×14人×12月=349440元",
            [
                ("基本工资", "2080元/人/月", "标准", "2080元/人/月×14人×12月=349440元"),
                ("基本工资", "349440元", "", "2080元/人/月×14人×12月=349440元"),
            ],
        ),
        (
            "值班盒饭9万元，40元每人每天×6人×365天=8.8万元",
            [
                ("值班盒饭", "9万元", "", ""),
                ("值班盒饭", "40元每人每天", "标准", "40元每人每天×6人×365天=8.8万元"),
                ("值班盒饭", "8.8万元", "", "40元每人每天×6人×365天=8.8万元"),
            ],
        ),
        ("共建社区2个，共4万元", [("共建社区", "2个", "", ""), ("共建社区", "4万元", "", "")]),
        ("宣传海报2000套，每套10元", [("宣传海报", "2000套", "", ""), ("宣传海报每套", "10元", "标准", "")]),
        ("其中120万拨付到单位，另30万元用于培训", [("拨付到单位", "120万", "", ""), ("用于培训", "30万元", "", "")]),
        (
            "收听电话达到5万起，报告率达到95%以上",
            [("收听电话达到", "5万起", "", ""), ("报告率达到", "95%以上", "", "")],
        ),
        ("2021年12月完成", []),
    ],
)
def test_amounts_with_what_they_are_for(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert amounts(text) == expected


@given(st.text(st.sampled_from("0123456789.,，、；。（）×*=元万个人每共其中另甲乙 \n"), max_size=60))
def test_amounts_stay_inside_the_text(text: str) -> None:
    for amount in read_amounts(text):
        assert 0 <= amount.offset < amount.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2020年预算5万元，后期调整为4万元，实际支出4万元。",
            [
                (2020, "预算", 5_000_000, "5万元"),
                (2020, "调整后预算", 4_000_000, "4万元"),
                (2020, "实际支出", 4_000_000, "4万元"),
            ],
        ),
        (
            "2019年389万元，执行数380.5万元",
            [(2019, "预算", 389_000_000, "389万元"), (2019, "实际支出", 380_500_000, "380.5万元")],
        ),
        (
            "2019年预算1,200万元,支出1,100.50万元,结余99.50万元.\n2020年无此项目。",
            [
                (2019, "预算", 1_200_000_000, "1,200万元"),
                (2019, "实际支出", 1_100_500_000, "1,100.50万元"),
                (2019, "结余", 99_500_000, "99.50万元"),
            ],
        ),
        (
            "无 2020年预算31万元，截止目前执行情况24万元",
            [(2020, "预算", 31_000_000, "31万元"), (2020, "截止目前执行", 24_000_000, "24万元")],
        ),
        (
            "2023年年初预算500万元，执行率97.83%",
            [(2023, "预算", 500_000_000, "500万元"), (2023, "执行率", 978_300, "97.83%")],
        ),
        ("无", []),
    ],
)
def test_earlier_years(text: str, expected: list[tuple[int, str, int, str]]) -> None:
    assert history(text) == expected


def test_spent_in_full_is_derived_from_the_budget() -> None:
    text = "2019年预算24万元，全部支出完毕."
    place = FormPlace("某市", "", "项目基本信息表（清淤）", "项目表", 2024, "万元", "清淤")
    budget, spent = read_history(place, Passage(text, (Line(text, Position()),) * len(text)), "预算及执行情况")
    assert (budget.value, budget.stage, budget.origin) == (24_000_000, Stage.BUDGET, Origin.TABLE)
    assert (spent.measure, spent.value, spent.stage, spent.origin) == (
        "实际支出",
        24_000_000,
        Stage.FINAL,
        Origin.DERIVED,
    )
    assert (spent.printed, spent.formula) == ("全部支出完毕", "“全部支出完毕”：实际支出 = 预算 24 万元")
    assert spent.sources[0].quote == text
