"""What a question asks for that no number answers, and a quarrel that is no contradiction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.asking import (
    asks_inclusion,
    asks_of_one,
    asks_person_or_day,
    asks_place,
    asks_saying,
    kind_of_place,
    listed_kind,
    saying_length,
    without_quarrels,
)
from assistant.shapes import Linked


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("具体帮到哪些地方去了", True, ""),
        ("值班室在哪里", True, ""),
        ("钱花在哪里", False, ""),
        ("写在哪里", False, ""),
        ("在哪张表", False, ""),
        ("对口的是哪几个乡镇", False, "乡镇"),
        ("是哪三个街道", False, "街道"),
        ("是哪几个项目", False, ""),
    ],
)
def test_a_place_is_asked_for(text: str, place: bool, kind: str) -> None:
    assert (asks_place(text), kind_of_place(text)) == (place, kind)


@pytest.mark.parametrize(
    ("text", "person", "saying", "letters", "inclusion"),
    [
        ("出国由谁审批", True, False, 0, False),
        ("哪天买的车", True, False, 0, False),
        ("是哪三个字的要求", False, True, 3, False),
        ("引了一句什么老话", False, True, 0, False),
        ("含不含车辆购置税", False, False, 0, True),
        ("公务接待费多少", False, False, 0, False),
    ],
)
def test_no_number_answers_it(text: str, person: bool, saying: bool, letters: int, inclusion: bool) -> None:
    found = (asks_person_or_day(text), asks_saying(text), saying_length(text), asks_inclusion(text))
    assert found == (person, saying, letters, inclusion)


@pytest.mark.parametrize(("text", "kind"), [("要张罗哪些会？", "会"), ("订了哪些报纸", "报纸"), ("多少钱", "")])
def test_the_kind_that_is_listed(text: str, kind: str) -> None:
    assert listed_kind(text) == kind


@pytest.mark.parametrize(
    ("question", "one"),
    [("节日补助一人多少", True), ("月刊印一期多少钱", True), ("节日补助多少", False), ("公务接待费一共多少", False)],
)
def test_an_amount_of_one(linked: Callable[[str], Linked], question: str, one: bool) -> None:
    assert asks_of_one(linked(question)) is one


@pytest.mark.parametrize(
    ("question", "contradicts"),
    [
        ("两个部门扯皮了怎么办", False),
        ("部门之间闹矛盾谁来定", False),
        ("两处写的金额打架吗", True),
        ("基本支出的数前后矛盾吗", True),
    ],
)
def test_a_quarrel_of_bodies_is_no_contradiction(
    linked: Callable[[str], Linked], question: str, contradicts: bool
) -> None:
    assert without_quarrels(linked(question)).has("contradiction") is contradicts
