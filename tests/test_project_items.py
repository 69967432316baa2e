"""What a question places inside one project: each item of a list is a line of it, or the sum is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("扶贫项目里跑腿的差旅费和文印费总共几多", "24"),
        ("专项工作里订报刊和更新机关图书室两笔钱合计？", "8"),
        ("总值班室这个项目里头给干部吃饭的盒饭和搞培训的钱一共多少", "14"),
        ("专项工作里党建、招商和图书室三笔加一起多少", "10"),
        ("调研项目里印文集和其他文字材料印刷一共多少钱", "4.5"),
    ],
)
def test_lines_of_a_project_add_up(assistant: Assistant, question: str, total: str) -> None:
    first = assistant.ask(question).values[0]
    assert (first.value, first.unit) == (Decimal(total), "万元")


def test_an_item_that_names_nothing_is_not_left_out(assistant: Assistant) -> None:
    answer = assistant.ask("扶贫项目里买飞机的钱和差旅费一共多少")
    assert (answer.status, answer.reason) == (Status.ABSTAINED, "未披露")
    assert "买飞机" in answer.text


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("培训费在基本支出里和在总值班室项目里各多少", ["4.36", "5"]),
        ("差旅费，基本支出列了多少，扶贫项目里列了多少", ["3", "17.5"]),
        ("培训费，日常公用（基本支出）和项目里（总值班室）各列了多少？", ["4.36", "5"]),
        ("差旅费在基本支出里比在扶贫项目里少多少", ["14.5"]),
    ],
)
def test_one_account_in_places_of_which_some_are_projects(
    assistant: Assistant, question: str, amounts: list[str]
) -> None:
    told = [(v.value, v.unit) for v in assistant.ask(question).values]
    assert told[: len(amounts)] == [(Decimal(a), "万元") for a in amounts]


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("不可预见费108万，放在项目支出总盘子里算是百分之几", "10.08"),
        ("扶贫的钱，放在总支出这个大盘子里算几成", "39.64"),
    ],
)
def test_a_whole_by_its_everyday_name(assistant: Assistant, question: str, share: str) -> None:
    assert assistant.ask(question).values[0].value == Decimal(share)
