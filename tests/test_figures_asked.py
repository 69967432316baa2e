"""Figures asked in roundabout ways: per head of those who are paid, what is left, formal numerals, halves of names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant

FIRST = [
    ("per retired head", "退休费人均多少", "3.51", "万元"),
    ("per hired head", "聘用人员工作经费人均多少", "4.93", "万元"),
    ("heads of a year", "用2020年12月在职实有人数去除表6的工资福利支出，人均多少", "28.60", "万元"),
    ("an account by its code", "部门预算经济分类399那一类的金额报一下", "917", "万元"),
    ("accounts counted", "表6里301工资福利支出下头印了几个款", "8", "项"),
]


@pytest.mark.parametrize(("title", "question", "amount", "unit"), FIRST, ids=[f[0] for f in FIRST])
def test_the_figure(assistant: Assistant, title: str, question: str, amount: str, unit: str) -> None:
    first = assistant.ask(question).values[0]
    assert (first.value, first.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize("question", ["政府采购是贰拾万零伍仟元，对不", "是不是采购了二十万五千元"])
def test_formal_and_compound_numerals(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).text.startswith("**是的**")


@pytest.mark.parametrize("account", ["一般公共服务支出", "一般公共服务", "201"])
def test_the_two_parts_of_an_account(assistant: Assistant, account: str) -> None:
    values = assistant.ask(f"{account}里基本和项目各多少").values
    assert [v.value for v in values] == [Decimal("660.77"), Decimal("1071")]


def test_what_is_left_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("卫生健康支出去掉职工医保缴费和公务员医疗补助缴费，余下的正好是哪一行")
    assert "与“医疗费补助”的金额正好相同：13.64 万元" in answer.text


def test_lines_of_a_project_with_their_accounts(assistant: Assistant) -> None:
    answer = assistant.ask("总值班室工作的投入资金构成，按经济科目拆开")
    assert "开展业务培训：5 万元（经济科目：培训费）" in answer.text


SHARES = [
    ("each of a whole", "住房公积金、提租补贴、购房补贴三样各占住房保障支出多少", ["64.25", "13.38", "22.37"]),
    ("in one table of all", "302科目在一般公共预算基本支出表里的数占全口径的百分之几", ["59.87"]),
    ("what a project buys", "采购20.5万里扶贫占多少", ["31.71"]),
]


@pytest.mark.parametrize(("title", "question", "shares"), SHARES, ids=[s[0] for s in SHARES])
def test_shares(assistant: Assistant, title: str, question: str, shares: list[str]) -> None:
    told = [str(v.value) for v in assistant.ask(question).values if v.unit == "%"]
    assert told == shares
