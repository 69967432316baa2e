"""Known words that are mistyped by their sound are put right and told; real words are left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("question", "amount", "told"),
    [
        ("扶平开发项木里头的差旅废 多少万", "17.5", "“项木”按“项目”理解"),
        ("人圆经费多少", "855.84", "“人圆经费”按“人员经费”理解"),
        ("2021年项木支出合计", "1071", "“项木支出合计”按“项目支出”理解"),
        ("聘用人圆工作经废多少", "69", "“聘用人圆工作经废”按“聘用人员工作经费”理解"),
    ],
)
def test_a_mistyped_word(assistant: Assistant, question: str, amount: str, told: str) -> None:
    answer = assistant.ask(question)
    assert answer.values[0].value == Decimal(amount)
    assert told in answer.text


@pytest.mark.parametrize("question", ["2021年七个项目中预算最小的是哪个", "项目支出中属于302商品和服务的部分有多少"])
def test_real_words_stay(assistant: Assistant, question: str) -> None:
    assert "理解" not in assistant.ask(question).text
