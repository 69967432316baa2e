"""Questions that open a conversation and point at something nobody has named; words that are to be explained."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Route, Status


@pytest.mark.parametrize(
    "question",
    [
        "那家单位的预算是多少呀",
        "那所学校的项目支出是多少",
        "那一项采购预算多少",
        "第二个呢，也是这么多吗",
        "两家差多少",
        "单价是多少？",
    ],
)
def test_what_is_pointed_at_without_a_name_is_asked_back(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.CLARIFY


@pytest.mark.parametrize("question", ["那三公经费呢", "那个公务接待费是多少", "那笔出国的钱有多少"])
def test_a_pointing_word_before_a_name_says_nothing(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ANSWERED


def test_a_word_that_is_to_be_explained_is_looked_up(assistant: Assistant) -> None:
    told = assistant.ask("“机关运行经费”在这份文件里作何解释")
    assert (told.status, told.route) == (Status.ANSWERED, Route.TEXT)
    assert "机关运行经费" in told.text


@pytest.mark.parametrize(
    ("question", "value"),
    [("公务接待费用元表示，四舍五入到小数点后两位是多少", "11600"), ("培训费是多少（两位小数）", "4.36")],
)
def test_how_many_digits_are_wanted_is_no_topic(assistant: Assistant, question: str, value: str) -> None:
    assert str(assistant.ask(question).values[0].value) == value
