"""Kinds of money that are counted in mean all money together; kept apart they do not."""

from __future__ import annotations

import pytest

from assistant.all_money import with_all_money
from assistant.query import ALL_FUNDS
from assistant.question import fold
from assistant.shapes import Linked


def _funds(text: str) -> list[str]:
    linked = with_all_money(Linked(fold(text), (), ()))
    return [m.sense.scope.fund for m in linked.mentions if m.sense.scope]


@pytest.mark.parametrize(
    "text",
    [
        "水费多少，包括财政和医院自己的钱",
        "培训费连单位自有资金一起算是多少",
        "基本支出（财政加自有）多少",
        "差旅费算上单位资金",
    ],
)
def test_counted_in(text: str) -> None:
    assert _funds(text) == [ALL_FUNDS]


@pytest.mark.parametrize("text", ["办公费财政和自有资金各多少", "单位资金是多少", "财政出得多还是自己出得多"])
def test_kept_apart(text: str) -> None:
    assert _funds(text) == []
