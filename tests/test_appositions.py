"""A description with the name in a bracket behind it is the name."""

from __future__ import annotations

import pytest

from assistant.appositions import settled

NAMES = frozenset({"退役安置", "区财政安排项目", "公务接待费"})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("军转安置那一款（就是“退役安置”），是多少", "退役安置，是多少"),
        ("各区出钱的那个项目（区财政安排项目），占多少", "区财政安排项目，占多少"),
        ("请客吃饭的钱(即公务接待费)比上年少多少", "公务接待费比上年少多少"),
        ("2025年那一款（退役安置）是多少", "2025年那一款（退役安置）是多少"),
        ("因公出国（境）费是多少", "因公出国（境）费是多少"),
        ("公务接待费（即退役安置）是多少", "公务接待费（即退役安置）是多少"),
        ("那一款（不含退役安置）是多少", "那一款（不含退役安置）是多少"),
        ("民生类（退役安置）是多少", "民生类（退役安置）是多少"),
    ],
)
def test_a_description_gives_way_to_its_name(typed: str, expected: str) -> None:
    assert settled(typed, NAMES.__contains__) == expected
