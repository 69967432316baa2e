"""合计 in the prose of final accounts is of the year; in budgets, and called 总计, it is the whole."""

from __future__ import annotations

import pytest

from index.prose.subjects import Surroundings, read_subject


@pytest.mark.parametrize(
    ("words", "final", "name"),
    [
        ("支出合计", True, "本年支出合计"),
        ("收入合计", True, "本年收入合计"),
        ("支出总计", True, "支出总计"),
        ("支出合计", False, "支出总计"),
    ],
)
def test_whose_total(words: str, final: bool, name: str) -> None:
    assert read_subject(words, Surroundings(final=final)).name == name
