"""What comes behind another, what two figures differ by and its share, where an account stands in the other
classification, and what is no part of basic expenditure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant

FIGURES = [
    ("set aside, not taken out", "除了扶贫，第二大的项目是什么", ["108"]),
    ("behind another", "按功能分类，排在一般公共服务后面、名列第二的是哪一类", ["124.03"]),
    ("two ranks and what they differ by", "功能大类里老二老三是哪两类，只差了多少万", ["124.03", "123.07", "0.96"]),
    ("a difference and its share of one side", "公开表1的商品和服务支出比公开表6的多多少，多出来的占公开表1那个数的百分之几", ["85.00", "40.13"]),
    ("a difference and its share of another", "办公费比印刷费多多少，多出来的占基本支出的百分之几", ["12", "1.22"]),
    ("the account in the other classification", "公务员医疗补助在功能分类和经济分类里各对应哪几个科目", ["44.8", "31.16", "13.64"]),
    ("one account in two places", "差旅费：基本支出里列了多少？扶贫项目里又列了多少？", ["3", "17.5"]),
    ("two places added up", "差旅费分散在两处，基本支出里有一笔，扶贫项目里又有一笔，一共多少", ["20.5"]),
    ("what three are called", "工资三大头——基本工资、津补贴、奖金，把它们加一块儿是多少", ["583.90"]),
    ("in thousands", "机关运行经费合多少个千元", ["1268.3"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "question", "amounts"), FIGURES, ids=[f[0] for f in FIGURES])
def test_the_figures(assistant: Assistant, title: str, question: str, amounts: list[str]) -> None:
    told = {value.value for value in assistant.ask(question).values}
    assert {Decimal(amount) for amount in amounts} <= told


def test_what_is_taken_out_does_not_count(assistant: Assistant) -> None:
    assert assistant.ask("不算一般公共服务，功能分类里第二大的是哪一类").values[0].value == Decimal("123.07")


@pytest.mark.parametrize("question", ["人员经费里含不含聘用人员那69万", "专项工作算不算在基本支出里"])
def test_a_project_is_no_part_of_basic_expenditure(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.text.startswith("**不包括**")
    assert len(answer.values) == len({value.label for value in answer.values})


def test_what_spending_goes_to_by_function(assistant: Assistant) -> None:
    told = assistant.ask("部门支出按功能分类主要用在哪四个方面").text
    assert all(kind in told for kind in ("一般公共服务", "社会保障和就业", "卫生健康", "住房保障"))
