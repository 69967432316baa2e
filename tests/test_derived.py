"""Concepts that follow from two printed figures, and changes that follow from those of the parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "有几个空编",
        "编制满编还能再招几个人",
        "按编制数算，2020年12月还空着几个人",
        "编制比在职多几个",
        "编制没满，差几个",
    ],
)
def test_unfilled_posts(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert {(v.value, v.unit) for v in answer.values} == {(Decimal(n), "人") for n in (6, 27, 33)}


def test_the_change_of_a_whole_follows_from_its_parts(assistant: Assistant) -> None:
    answer = assistant.ask("三公经费比上年减少了多少，降幅多少")
    assert [(str(v.value), v.unit) for v in answer.values[:3]] == [("1.74", "万元"), ("13.49", "%"), ("12.90", "万元")]
    assert "由各部分推算（公务用车购置本年为 0，上年数没有写明，按 0 推算）" in answer.text


def test_the_stated_change_of_the_one_part(assistant: Assistant) -> None:
    answer = assistant.ask("公车的钱跟去年比有没有变化")
    assert "公务用车购置及运行维护费与2020年**持平**" in answer.text
    assert "公务用车运行维护费：10 万元，与上年**持平**（“与上年持平”）" in answer.text


def test_a_share_of_what_was_named_first(assistant: Assistant) -> None:
    answer = assistant.ask("基本支出里有百分之多少是花在人头上的，也就是人员经费占比")
    assert [(str(v.value), v.unit) for v in answer.values[:1]] == [("87.09", "%")]


CHANGES = [
    ("set against each other", "基本支出增加的和项目支出减少的相抵，净减多少", "179.2"),
    ("one against the other", "项目支出减少的金额比基本支出增加的金额多多少", "179.2"),
    ("added up", "公务接待费减少的钱和项目支出减少的钱一共多少", "187.94"),
    ("used posts", "编制使用率是多少", "81.82"),
    ("of what it was", "招待费砍到原来的几成", "40.00"),
]


@pytest.mark.parametrize(("title", "question", "amount"), CHANGES, ids=[c[0] for c in CHANGES])
def test_changes_as_figures(assistant: Assistant, title: str, question: str, amount: str) -> None:
    assert Decimal(amount) in [v.value for v in assistant.ask(question).values]
