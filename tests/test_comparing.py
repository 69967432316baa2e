"""Several figures together: shares, differences, multiples, comparisons, sums and means of named things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Status
from assistant.reply import Reply
from tests.replies import figures, text

Calculate = Callable[[str], Reply]

CASES = [
    (
        "a share", "公务接待费占三公经费的比重", "10.39%",
        ["10.39%: 1.16 ÷ 11.16 × 100% ≈ 10.39%", "1.16 万元"],
    ),
    (
        "a share of a project", "扶贫开发工作占项目支出的比重", "76.00%",
        ["76.00%: 814 ÷ 1071 × 100% ≈ 76.00%", "814 万元"],
    ),
    (
        "a share that is printed otherwise", "项目支出占总支出的比重", "53%",
        ["52.15%: 1071 ÷ 2053.67 × 100% ≈ 52.15%", "53%", "1071 万元"],
    ),
    (
        "a share of more than the whole", "项目支出占基本支出的百分之几", "108.99%",
        ["108.99%: 1071 ÷ 982.67 × 100% ≈ 108.99%", "1071 万元"],
    ),
    (
        "shares of several", "办公费、印刷费占公用经费的多少", "15.77%",
        [
            "15.77%: 20 ÷ 126.83 × 100% ≈ 15.77%", "20 万元",
            "6.31%: 8 ÷ 126.83 × 100% ≈ 6.31%", "8 万元",
        ],
    ),
    (
        "how much was carried out", "专项工作2020年的预算执行率", "50.00%",
        ["50.00%: 26.5 ÷ 53 × 100% = 50.00%", "26.5 万元"],
    ),
    (
        "a difference", "基本工资比津贴补贴少多少", "少 46.46 万元",
        ["46.46 万元: 134.85 − 181.31 = -46.46 万元", "134.85 万元", "181.31 万元"],
    ),
    (
        "a difference the other way", "津贴补贴比基本工资多多少", "多 46.46 万元",
        ["46.46 万元: 181.31 − 134.85 = 46.46 万元", "181.31 万元", "134.85 万元"],
    ),
    (
        "no difference", "福利费和提租补贴相差多少", "相等",
        ["0.0 万元: 16.6 − 16.6 = 0.0 万元", "16.6 万元", "16.6 万元"],
    ),
    (
        "what is left", "项目支出扣除不可预见费和扶贫开发工作还剩多少", "149 万元",
        ["149 万元: 1071 − 108 − 814 = 149 万元", "1071 万元", "108 万元", "814 万元"],
    ),
    (
        "a multiple", "奖金是基本工资的几倍", "1.99 倍",
        ["1.99 倍: 267.74 ÷ 134.85 ≈ 1.99 倍", "267.74 万元", "134.85 万元"],
    ),
    (
        "per head", "人均基本工资是多少", "4.99 万元",
        ["4.99 万元: 134.85 ÷ 27 ≈ 4.99 万元", "134.85 万元", "27 人"],
    ),
    (
        "per month", "平均每个月的福利费是多少", "1.3833 万元",
        ["1.3833 万元: 16.6 ÷ 12 ≈ 1.3833 万元", "16.6 万元"],
    ),
    (
        "shared out over what the question counts", "十万元的公车运行维护费摊到三辆车上每辆多少", "3.33 万元",
        ["3.33 万元: 10 ÷ 3 ≈ 3.33 万元", "10 万元"],
    ),
    (
        "which is more", "培训费和办公费哪个高", "**办公费**更多",
        ["20 万元", "4.36 万元", "15.64 万元: 20 − 4.36 = 15.64 万元"],
    ),
    ("equal", "福利费和提租补贴一样多吗", "**一致**", ["16.6 万元", "16.6 万元"]),
    (
        "not equal", "办公费和印刷费一样多吗", "**不一致**",
        ["20 万元", "8 万元", "12 万元: 20 − 8 = 12 万元"],
    ),
    (
        "a sum", "办公费、印刷费和差旅费加起来多少", "31 万元",
        ["31 万元: 20 + 8 + 3 = 31 万元", "20 万元", "8 万元", "3 万元"],
    ),
    (
        "a sum in another unit", "办公费加印刷费一共多少元", "280000 元",
        ["280000 元: 20 + 8 = 28 万元；28 万元 × 10000 = 280000 元", "20 万元", "8 万元"],
    ),
    (
        "a mean", "办公费、印刷费和差旅费平均多少", "10.33 万元",
        ["10.33 万元: 31 ÷ 3 ≈ 10.33 万元", "31 万元: 20 + 8 + 3 = 31 万元", "20 万元", "8 万元", "3 万元"],
    ),
    (
        "parts that come to the whole", "人员经费加公用经费等于基本支出吗", "**对得上**",
        [
            "982.67 万元: 855.84 + 126.83 = 982.67 万元", "982.67 万元", "0.00 万元: 982.67 − 982.67 = 0.00 万元",
            "855.84 万元", "126.83 万元",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "question", "said", "told"), CASES, ids=[case[0] for case in CASES])
def test_what_comes_of_several_figures(
    calculated: Calculate, title: str, question: str, said: str, told: list[str]
) -> None:
    reply = calculated(question)
    assert (reply.status, figures(reply)) == (Status.ANSWERED, told)
    assert said in text(reply)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_every_formula_is_shown_and_every_operand_cited(
    calculated: Calculate, case: tuple[str, str, str, list[str]]
) -> None:
    reply = calculated(case[1])
    shown = text(reply)
    assert all(
        figure.formula in shown
        for figure in reply.figures
        if figure.formula and figure.amount and "；" not in figure.formula
    )
    assert {c for figure in reply.figures for c in figure.citations} <= set(reply.citations)


def test_a_share_without_a_whole_is_of_the_total_and_told_once(calculated: Calculate) -> None:
    reply = calculated("卫生健康支出占比多少")
    assert figures(reply) == ["3.64%: 74.8 ÷ 2053.67 × 100% ≈ 3.64%", "74.8 万元"]
    assert len(reply.lines) == 1


def test_a_share_without_a_whole_is_of_the_parent_and_of_the_total(calculated: Calculate) -> None:
    told = figures(calculated("督查工作占比多少"))
    assert told == ["0.37%: 4 ÷ 1071 × 100% ≈ 0.37%", "0.19%: 4 ÷ 2053.67 × 100% ≈ 0.19%", "4 万元"]


@pytest.mark.parametrize(
    ("question", "missing", "kept"),
    [
        ("办公费和会议费哪个高", "没有披露“会议费”", "20 万元"),
        ("办公费加会议费一共多少", "没有披露“会议费”", "20 万元"),
        ("国防支出和卫生健康支出相差多少", "空白", "74.8 万元"),
    ],
)
def test_nothing_is_reckoned_with_a_figure_that_is_missing(
    calculated: Calculate, question: str, missing: str, kept: str
) -> None:
    reply = calculated(question)
    assert (reply.status, reply.reason) == (Status.ABSTAINED, "未披露")
    assert missing in reply.lines[0]
    assert "不能计算" in reply.lines[0]
    assert "。，" not in reply.lines[0]
    assert kept in text(reply)


def test_nothing_is_a_share_of_nothing(calculated: Calculate) -> None:
    reply = calculated("公务接待费占因公出国费的比例")
    assert reply.status is Status.ABSTAINED
    assert reply.figures == ()


@pytest.mark.parametrize(
    ("question", "verdict"),
    [("办公费超过培训费了吗", "是的"), ("培训费超过办公费了吗", "不是"), ("培训费少于办公费吗", "是的")],
)
def test_a_claim_about_two_figures_gets_its_verdict(calculated: Calculate, question: str, verdict: str) -> None:
    assert calculated(question).lines[0].startswith(f"**{verdict}**")


def test_a_whole_added_to_its_own_part_is_said_to_be_counted_twice(calculated: Calculate) -> None:
    reply = calculated("工资福利支出和津贴补贴加起来是多少")
    assert figures(reply)[0].startswith("1022.39 万元")
    assert "津贴补贴是工资福利支出的一部分，这样相加是重复计算" in text(reply)
    assert "重复计算" not in text(calculated("基本工资和津贴补贴加起来是多少"))


def test_a_share_of_a_public_expense_is_of_all_three_and_of_the_total(calculated: Calculate) -> None:
    told = figures(calculated("公务接待费占比多少"))
    assert told[:2] == ["10.39%: 1.16 ÷ 11.16 × 100% ≈ 10.39%", "0.06%: 1.16 ÷ 2053.67 × 100% ≈ 0.06%"]


def test_what_is_counted_behind_a_list_is_taken_together(calculated: Calculate) -> None:
    assert figures(calculated("三公、差旅、培训这三块，今年打算花多少"))[0].startswith("18.52 万元")
