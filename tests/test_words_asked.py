"""Answers in words: what a question passes over, names of described things, the rest of several, names not given."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.question import normalise


def test_examples_between_dashes_are_not_asked_of() -> None:
    assert normalise("养公车——加油、修理这些——打算花多少？").text == "养公车打算花多少？"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("扶贫也好、调研也罢，项目支出减少是什么原因？", "节约成本，减少开支"),
        ("靠发行彩票和出让土地筹来的那种预算叫什么？", "政府性基金预算"),
        ("两套经济分类科目从什么时候起用的？", "2020年1月1日"),
        ("各部门公开预算用的是两套经济分类中的哪一套？", "部门预算经济分类"),
        ("群众打区长专线归不归这里受理？职责里怎么说的", "区长专线电话受理工作"),
        ("看完材料有不懂的，该打哪个电话问？", "85481661"),
    ],
)
def test_words(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, said in answer.text) == ("answered", True)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("37家行政事业单位里三家拿6万，其余单位一共拿多少钱？", {(Decimal(102), "万元"), (Decimal(34), "个")}),
        ("基本工资按每人每月2080块算，全年总数折合几万元？", {(Decimal("34.944"), "万元")}),
    ],
)
def test_worked_out(assistant: Assistant, question: str, values: set[tuple[Decimal, str]]) -> None:
    assert values <= {(value.value, value.unit) for value in assistant.ask(question).values}


@pytest.mark.parametrize("question", ["那三名司机叫什么名字？", "聘用的文员姓名是什么"])
def test_names_of_persons_are_not_disclosed(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "abstained"


def test_what_was_said_before_is_asked_back_where_nothing_was(assistant: Assistant) -> None:
    assert assistant.ask("刚才说的那笔钱从哪个科目出？").status == "clarify"


def test_numbers_of_copies_that_differ_are_flagged(assistant: Assistant) -> None:
    answer = assistant.ask("订报纸杂志大概订多少份")
    assert ["40份" in conflict.message and "35份" in conflict.message for conflict in answer.conflicts] == [True]
