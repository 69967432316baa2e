"""Sets as they are asked for; a whole set is no answer where a word no document holds would pick of it."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize("question", ["律师费在哪个项目列支", "法律顾问的钱列在哪个项目"])
def test_a_word_no_document_holds_picks_nothing(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == (Status.ABSTAINED, "未披露")


@pytest.mark.parametrize("question", ["一共有哪些项目", "项目都有哪几个"])
def test_the_whole_set_stands_where_nothing_picks_of_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    listed = {"督查工作", "扶贫开发工作", "调查研究", "专项工作", "总值班室工作", "聘用人员工作经费", "不可预见费"}
    assert answer.status is Status.ANSWERED
    assert listed <= {value.label for value in answer.values}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("总共有哪些项目，各多少钱", "项目共 7 项"),
        ("一共有几个项目，分别是什么", "项目共 **7** 个"),
        ("预算收入有几个来源", "一般公共预算财政拨款收入：2053.67 万元"),
        ("三公经费里哪项是0", "因公出国（境）费用：0 万元"),
    ],
)
def test_a_set_is_told_as_it_is_asked_for(assistant: Assistant, question: str, told: str) -> None:
    assert told in assistant.ask(question).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("把2021年的项目名称都列出来", "不可预见费：108 万元"),
        ("总值班室的项目名称是什么", "区政府总值班室工作"),
        ("督查项目采购什么", "督查工作·印刷和出版服务：1 万元"),
    ],
)
def test_a_field_a_set_or_the_purchases_of_a_project(assistant: Assistant, question: str, told: str) -> None:
    assert told in assistant.ask(question).text
