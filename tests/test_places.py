"""Where something happens: the sentences that name places, never a number."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("对口帮扶帮到了哪些地方", ("大河镇", "五峰镇", "观音镇", "木鱼镇", "长轩岭街", "泽当镇", "青得里街道")),
        ("省内对口帮扶的是哪几个乡镇", ("大河镇", "五峰镇", "观音镇", "木鱼镇")),
        ("援疆落到了什么地方", ("青得里街道",)),
        ("光伏发电项目建在哪几个村", ("长轩岭街、蔡店街20个贫困村",)),
    ],
)
def test_every_place_is_named(assistant: Assistant, question: str, places: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert [place for place in places if place not in answer.text] == []


@pytest.mark.parametrize("question", ["督查工作在哪里开展", "公务用车是哪天买的", "差旅费什么时候报销"])
def test_no_number_answers_where_who_or_when(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ABSTAINED
