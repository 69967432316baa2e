"""Numbered tables, counted and named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant


@pytest.mark.parametrize("question", ["公开表一共几张，排到哪一号", "这份预算附了多少张报表", "带编号的公开表有几张"])
def test_the_tables_are_counted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert [(v.value, v.unit) for v in answer.values] == [(Decimal(8), "张")]
    assert "公开表1至公开表8" in answer.text


def test_some_of_them_are_not_all(assistant: Assistant) -> None:
    assert "共 **8 张**" not in assistant.ask("有几张公开表是空表").text
