"""A word for a rate that several indicators share: the one that is said, of each project, or asked back."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status

SAID = [
    ("by what else is said", "大家对聘来的临时人员，满意度要求达到多少", ["85"]),
    ("of each project behind a colon", "满意度门槛：聘用人员的和调查研究的分别是几", ["85", "98"]),
    ("in other words", "调查研究的满意度要达到多少", ["98"]),
    ("a name with 的 in it", "调查研究项目里，区政府及各组成部门的满意率要多少", ["98"]),
]


@pytest.mark.parametrize(("title", "question", "rates"), SAID, ids=[s[0] for s in SAID])
def test_the_one_that_is_said(assistant: Assistant, title: str, question: str, rates: list[str]) -> None:
    assert [str(value.value) for value in assistant.ask(question).values] == rates


def test_asked_back_where_none_is(assistant: Assistant) -> None:
    answer = assistant.ask("满意度要达到多少")
    assert answer.status is Status.CLARIFY
    assert "对聘用人员满意度" in answer.text


def test_all_of_them(assistant: Assistant) -> None:
    assert "满意度指标共 7 项" in assistant.ask("满意度指标分别是多少").text
