"""Sets without some of them: their sum, its share of a whole, and what is left by name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.answer import Status


def _amounts(assistant: Assistant, question: str, *history: str) -> set[tuple[Decimal, str]]:
    return {(v.value, v.unit) for v in assistant.ask(question, history=list(history)).values}


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("除了扶贫那一项，剩下六个项目预算总计是多少万元？", {"257"}),
        ("如果把扶贫开发工作这一个项目刨掉，其余项目支出还剩多少万元？", {"257"}),
        ("七个项目预算总计多少", {"1071"}),
        ("除掉印刷费，公用经费里其余科目合计多少", {"118.83"}),
        ("三公经费扣掉公车，剩下的是什么钱，多少", {"1.16"}),
    ],
)
def test_the_rest_of_a_set_is_added_up(assistant: Assistant, question: str, amounts: set[str]) -> None:
    assert {(Decimal(a), "万元") for a in amounts} <= _amounts(assistant, question)


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("剔除扶贫和不可预见费，其余几个项目加总是多少，相当于全部项目支出的百分之几？", "13.91"),
        ("前三个项目合计占项目支出多少", "92.53"),
        ("剔除奖金，其余工资福利科目加起来占工资福利支出的几成", "65.32"),
        ("奖金和津贴加起来占工资福利支出多少", "58.16"),
        ("超过50万的项目一共占项目支出多少", "92.53"),
    ],
)
def test_what_some_of_a_set_come_to_of_a_whole(assistant: Assistant, question: str, share: str) -> None:
    assert (Decimal(share), "%") in _amounts(assistant, question)


def test_what_is_left_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("扣掉车以后，剩的是啥钱，多少？", history=["三公经费总额", "其中跟车有关的多少"])
    assert "剩下的是：公务接待费 1.16 万元" in answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("基本支出明细里最烧钱的三个款级科目是哪三个，各多少", ["奖金", "津贴补贴", "基本工资"]),
        ("最费钱的两个项目分别是啥", ["扶贫开发工作", "不可预见费"]),
        ("最便宜的两个项目各多少钱", ["督查工作", "调查研究"]),
    ],
)
def test_a_superlative_of_several(assistant: Assistant, question: str, names: list[str]) -> None:
    assert [value.label for value in assistant.ask(question).values[: len(names)]] == names


@pytest.mark.parametrize("question", ["降了多少？", "第三项是多少万元？", "那第三项占比是几"])
def test_what_points_at_nothing_is_asked_back(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.CLARIFY


def test_what_moved_by_itself_moved_against_the_year_before(assistant: Assistant) -> None:
    assert (Decimal("1.74"), "万元") in _amounts(assistant, "接待费少了多少")
    assert "不是增加" in assistant.ask("接待费多了多少").text


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("聘用人员经费2020年为什么从69万调减成61万？", "61 万元"),
        ("那108万不可预见费明细用途有没有，分别买了什么、给了谁？", "108 万元"),
    ],
)
def test_a_reason_or_use_that_is_not_told_with_the_figures_beside(
    assistant: Assistant, question: str, beside: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == (Status.ABSTAINED, "未披露")
    assert beside in answer.text
