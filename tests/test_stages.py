"""Years and stages of one question that belong to each other: 2019年实际花的比2021年要的多."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.understanding import Understanding

CASES: list[tuple[str, str, list[tuple[tuple[int, ...], tuple[str, ...]]]]] = [
    (
        "spent in one year against asked for in another", "总值班室工作2019年实际花掉的比2021年要的多多少",
        [((2019,), ("实际支出",)), ((), ())],
    ),
    (
        "the same stage of two years", "督查工作2019年和2020年实际支出各多少",
        [((2019,), ("实际支出",)), ((2020,), ("实际支出",))],
    ),
    (
        "two stages of one year, the first one's amount asked by itself", "督查工作2020年给了多少，最后真正用掉多少",
        [((2020,), ("预算",)), ((2020,), ("实际支出",))],
    ),
    (
        "the year that was just named", "总值班室工作2019年调整后的预算和当年实际支出之间差多少钱",
        [((2019,), ("调整后预算",)), ((2019,), ("实际支出",))],
    ),
    ("a stage that is not meant", "扶贫开发工作2020年预算（不是执行数）是多少", [((2020,), ())]),
    ("money gone in a year that is over", "扶贫开发工作2020年花了多少", [((2020,), ("实际支出",))]),
    ("money of the document's own year", "扶贫开发工作2021年花了多少", [((2021,), ())]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "question", "axes"), CASES, ids=[case[0] for case in CASES])
def test_each_figure_has_its_year_and_its_stage(
    understood: Callable[[str], Understanding], title: str, question: str,
    axes: list[tuple[tuple[int, ...], tuple[str, ...]]],
) -> None:  # fmt: skip
    query = understood(question).query
    assert query is not None
    assert [(s.years, s.measures) for s in query.subjects] == axes
