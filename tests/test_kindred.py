"""Units that a question speaks of by the ending their names share."""

from __future__ import annotations

import pytest

from assistant.kindred import Kindred, spoken_of

EAST, WEST, CENTRE = "东湖市东片管理所", "东湖市西片管理所（东湖市西片监测站）", "东湖市节水中心"
UNITS = (EAST, WEST, CENTRE)

CASES = [
    ("as many as are said", "两个管理所一共多少", Kindred((EAST, WEST), True, 0, 5)),
    ("those that are listed", "东片、西片两个管理所一共多少", Kindred((EAST, WEST), True, 0, 10)),
    ("any of them", "那个管理所的预算是多少", Kindred((EAST, WEST), False, 0, 5)),
    ("another number of them", "四个管理所一共多少", None),
    ("one by its name", "东片管理所的预算是多少", None),
    ("an ending of one only", "那个节水中心的预算是多少", None),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_units_spoken_of_by_their_ending(title: str, text: str, expected: Kindred | None) -> None:
    assert spoken_of(UNITS, text) == expected
