"""Purchases of several projects, ranks with their share, what money is spent on, and follow-ups of several figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.answer import Status


def _told(assistant: Assistant, question: str, *history: str) -> list[tuple[Decimal, str]]:
    return [(v.value, v.unit) for v in assistant.ask(question, history=list(history)).values]


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("督查工作跟调查研究两个项目的采购计划加起来几万元？", "3"),
        ("专项工作的采购计划比调查研究的多多少", "4"),
        ("花在住房上的钱比花在看病上的钱多多少", "49.23"),
    ],
)
def test_amounts_put_together(assistant: Assistant, question: str, amount: str) -> None:
    assert _told(assistant, question)[0] == (Decimal(amount), "万元")


def test_a_line_that_a_project_lacks_is_not_taken_from_elsewhere(assistant: Assistant) -> None:
    assert assistant.ask("扶贫的印刷费和总值班室的印刷费差多少").status is Status.ABSTAINED


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("三公经费里头，花在车上的占百分之几", "89.61"),
        ("三公里面用在车子上的钱占几成", "89.61"),
        ("专项工作的政府采购占全部采购的百分之几", "29.27"),
        ("先找出支出功能分类里第二大的类，再算它占总支出的比例", "6.04"),
    ],
)
def test_shares(assistant: Assistant, question: str, share: str) -> None:
    assert (Decimal(share), "%") in _told(assistant, question)


def test_how_often_is_no_telephone_number(assistant: Assistant) -> None:
    assert _told(assistant, "值班电话一年至少要接听处置多少次才达标")[0] == (Decimal(3600), "次")


def test_each_of_several_figures_is_asked_of_the_next_thing(assistant: Assistant) -> None:
    told = _told(assistant, "那专项工作呢", "督查工作2019年和2020年预算各多少")
    assert told == [(Decimal(81), "万元"), (Decimal(53), "万元")]


def test_a_remark_says_which_table_is_meant(assistant: Assistant) -> None:
    told = _told(assistant, "它占工资福利支出多大比例？我说的是基本支出那张表", "奖金一共发多少？")
    assert told[0] == (Decimal("34.68"), "%")


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("人员经费里最高的一个科目比最高的公用经费科目多出多少万元？", "234.1"),
        ("预算最高的项目比最低的项目多多少", "810"),
    ],
)
def test_ranks_held_against_each_other(assistant: Assistant, question: str, gap: str) -> None:
    assert (Decimal(gap), "万元") in _told(assistant, question)


def test_an_empty_plan_of_purchases_is_told_to_be_empty(assistant: Assistant) -> None:
    assert "没有填报" in assistant.ask("聘用人员工作经费项目的政府采购计划表填了什么").text
