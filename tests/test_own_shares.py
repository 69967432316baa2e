"""Across bodies: the share that a figure has of its own body's whole, and which body comes first in a ratio."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from index.build import ingest

BODIES = (("广州市水务局", 400, 100), ("苏州市水务局", 100, 50), ("无锡市水务局", 200, 20))


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Three bodies, each with its total and its basic expenditure."""
    directory: Path = tmp_path_factory.mktemp("shares")
    paths = []
    for body, total, basic in BODIES:
        paths.append(directory / f"{body}.txt")
        paths[-1].write_text(
            f"2021年{body}部门预算\n第一部分 部门预算公开说明\n一、收支预算总体安排情况\n"
            f"2021年支出预算{total}万元，其中：基本支出{basic}万元，项目支出{total - basic}万元。\n",
            encoding="utf-8",
        )
    assert ingest(paths, directory / "index").failed == ()
    return Assistant.open(directory / "index")


def told(answer: Answer) -> list[tuple[Decimal, str]]:
    return [(value.value, value.unit) for value in answer.values]


CASES = [
    ("of each", "广州市水务局和苏州市水务局，基本支出各占总支出的比例是多少", [25, 50]),
    ("the largest", "广州市水务局和苏州市水务局的基本支出占总支出的比例谁高", [50, 25]),
    ("of three", "广州市水务局、苏州市水务局和无锡市水务局的基本支出占支出总额的百分比", [25, 50, 10]),
]


@pytest.mark.parametrize(("title", "question", "expected"), CASES, ids=[c[0] for c in CASES])
def test_shares_of_own_wholes(several: Assistant, title: str, question: str, expected: list[int]) -> None:
    assert told(several.ask(question))[: len(expected)] == [(Decimal(n), "%") for n in expected]


def test_a_share_of_another_body(several: Assistant) -> None:
    assert told(several.ask("苏州市水务局的基本支出占广州市水务局基本支出的多少"))[0] == (Decimal(50), "%")


def test_a_ratio_goes_by_the_order_in_which_it_is_asked(several: Assistant) -> None:
    question = "苏州市水务局在先，广州市水务局在后，广州市水务局的基本支出是苏州市水务局的几倍"
    assert told(several.ask(question))[0] == (Decimal(2), "倍")
