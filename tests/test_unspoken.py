"""Figures that pass over what a question is about give way to the sentences that say it, or are asked back about."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Route, Status


def test_a_number_beside_the_matter_gives_way_to_the_sentences_about_it(assistant: Assistant) -> None:
    answer = assistant.ask("黄陂两条街的贫困村，打算发展些什么产业？")
    assert answer.route is Route.TEXT
    assert {citation.row for citation in answer.citations} >= {"项目概况"}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("为了应付突发开销预留的“不可预见费”是多大一笔？", "不可预见费：**108 万元**"),
        ("孩子交作业急用，废话不多说：津贴补贴，基本支出口径，万元", "津贴补贴：**181.31 万元**"),
    ],
)  # fmt: skip
def test_words_around_a_printed_name_do_not_hide_its_amount(assistant: Assistant, question: str, first: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(first)
