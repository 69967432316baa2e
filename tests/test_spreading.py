"""One name under several 口径: every one of them is a figure of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
