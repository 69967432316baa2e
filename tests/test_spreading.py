"""One name under several 口径: every one of them is a figure of its own."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.engine import Engine
from assistant.parts import Parts
from assistant.shapes import Linked


@pytest.fixture(scope="module")
def taken(engine: Engine, linked: Callable[[str], Linked]) -> Callable[[str], Parts]:
    return lambda typed: engine._parts(linked(typed))


SPREAD = [
    ("in two parts", "差旅费在基本支出里列了多少、在项目支出里又列了多少", [("基本支出",), ("项目支出",)]),
    ("whole and part", "差旅费总共多少，其中在基本支出里的是多少", [(), ("基本支出",)]),
    ("one figure", "差旅费是多少", [()]),
]


@pytest.mark.parametrize(("title", "question", "measures"), SPREAD, ids=[s[0] for s in SPREAD])
def test_the_measures_asked(
    taken: Callable[[str], Parts], title: str, question: str, measures: list[tuple[str, ...]]
) -> None:
    subjects = taken(question).subjects
    assert [s.selector.measures for s in subjects] == measures
    assert {s.selector.names[0] for s in subjects} == {"差旅费"}


def test_tables_are_places_too(taken: Callable[[str], Parts]) -> None:
    subjects = taken("公务接待费在三公表里多少，机关运行经费表里又是多少").subjects
    assert [s.selector.table_kinds for s in subjects] == [("三公经费支出表",), ("机关运行经费表",)]


PARTS = [
    ("taken out", "商品和服务支出扣掉基本支出里的那部分，剩下由项目列支的有多少", "85.00"),
    ("taken out of all", "工资福利支出全口径减去基本支出那块，走项目的还剩多少", "69.00"),
    ("against", "全口径工资福利支出比基本支出里的多，多多少", "69.00"),
    ("added up", "按经济科目“培训费”算，基本支出和项目支出合在一起是多少", "9.36"),
    ("counted in", "把项目里的也算上，印刷费总共多少", "14.5"),
    ("in projects at large", "办公费列在项目里的有多少", "17"),
    ("from a total", "总预算扣除基本支出还剩多少", "1071.00"),
]


@pytest.mark.parametrize(("title", "question", "amount"), PARTS, ids=[p[0] for p in PARTS])
def test_parts_of_one_account(assistant: Assistant, title: str, question: str, amount: str) -> None:
    assert assistant.ask(question).values[0].value == Decimal(amount)


def test_each_scope_of_one_account(assistant: Assistant) -> None:
    answer = assistant.ask("商品和服务支出有两个数，全部支出的口径和基本支出的口径各多少")
    assert [str(v.value) for v in answer.values] == ["211.83", "126.83"]
