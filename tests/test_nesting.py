"""A question about the outcome of a ranking: cut into what ranks and what is asked of the outcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant import Assistant
from assistant.nesting import Nested, split
from assistant.shapes import Linked

NESTED = [
    ("预算最多的那个项目，2020年的执行率是多少", "预算最多的项目", "2020年的执行率是多少"),
    ("金额最大的项目比2020年少了多少", "金额最大的项目", "比2020年少了多少"),
    ("花钱最少的项目的负责人是谁", "花钱最少的项目", "负责人是谁"),
    ("预算最小的项目，它的用途是什么", "预算最小的项目", "用途是什么"),
]


@pytest.mark.parametrize(("question", "inner", "rest"), NESTED)
def test_the_two_questions_in_one(linked: Callable[[str], Linked], question: str, inner: str, rest: str) -> None:
    assert split(linked(question)) == Nested(inner, rest)


@pytest.mark.parametrize(
    "question",
    [
        "预算最多的项目是哪个",
        "哪个项目花钱最多",
        "公务接待费多少",
        "最大的三个项目",
        "项目里金额最大的是哪一个",
        "最大和最小的项目",
    ],
)
def test_a_ranking_alone_is_not_nested(linked: Callable[[str], Linked], question: str) -> None:
    assert split(linked(question)) is None


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("预算最多的那个项目，2020年的执行率是多少", "扶贫开发工作2020年的执行率是多少"),
        ("金额最大的项目比2020年少了多少", "扶贫开发工作比2020年少了多少"),
        ("花钱最少的项目的负责人是谁", "督查工作的负责人是谁"),
        ("基本支出里金额最大的科目比津贴补贴多多少", "奖金比津贴补贴多多少"),
    ],
)
def test_it_is_answered_as_if_the_outcome_had_been_named(assistant: Assistant, question: str, same: str) -> None:
    nested, named = assistant.ask(question), assistant.ask(same)
    assert (nested.status, nested.values, nested.citations) == (named.status, named.values, named.citations)
    assert nested.status == "answered"


def test_the_sql_of_both_steps_is_told(assistant: Assistant) -> None:
    sql = assistant.ask("金额最大的项目比2020年少了多少").sql
    assert any("DESC" in statement for statement in sql)
    assert len(sql) > 1
