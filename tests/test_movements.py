"""Which projects moved and by how much, worked out from two printed figures of each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.reply import Reply
from tests.replies import figures

CASES = [
    (
        "cut in the course of the year, the largest", "2020年中途被调减金额最大的项目是哪个",
        "**专项工作**减少得最多。", "26.5 万元: 26.5 − 53 = -26.5 万元",
    ),
    (
        "against the year before, the largest", "哪个项目比上年减得最多",
        "**扶贫开发工作**减少得最多。", "154 万元: 814 − 968 = -154 万元",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "question", "line", "first"), CASES, ids=[case[0] for case in CASES])
def test_the_projects_are_ordered_by_their_movement(
    calculated: Callable[[str], Reply], title: str, question: str, line: str, first: str
) -> None:
    reply = calculated(question)
    assert reply.lines[0] == line
    assert figures(reply)[0] == first


def test_every_project_that_moved_is_listed_with_both_figures(calculated: Callable[[str], Reply]) -> None:
    assert calculated("2020年年中哪些项目被压减了预算").lines == (
        "减少的项目有 4 个，按减少金额从大到小：",
        "1. 专项工作2020年预算 53 万元 → 专项工作2020年调整后预算 26.5 万元，减少 **26.5 万元**，(-26.5) ÷ 53 × 100% = -50.00%",
        "2. 调查研究2020年预算 19.2 万元 → 调查研究2020年调整后预算 9.6 万元，减少 **9.6 万元**，(-9.6) ÷ 19.2 × 100% = -50.00%",
        "3. 聘用人员工作经费2020年预算 69 万元 → 聘用人员工作经费2020年调整后预算 61 万元，减少 **8 万元**，(-8) ÷ 69 × 100% ≈ -11.59%",
        "4. 督查工作2020年预算 5 万元 → 督查工作2020年调整后预算 4 万元，减少 **1 万元**，(-1) ÷ 5 × 100% = -20.00%",
        "合计减少 **45.1 万元**（26.5 + 9.6 + 8 + 1 = 45.1 万元）",
    )


def test_named_projects_in_the_course_of_a_year_that_is_over(calculated: Callable[[str], Reply]) -> None:
    assert calculated("专项工作和调查研究2020年都被砍过预算，砍掉的金额合起来多少").lines[-1] == (
        "合计减少 **36.1 万元**（26.5 + 9.6 = 36.1 万元）"
    )
    assert calculated("扶贫2019年追加了多少").lines[1].endswith("增加 **30 万元**，30 ÷ 389 × 100% ≈ 7.71%")


def test_none_moved_that_way(calculated: Callable[[str], Reply]) -> None:
    assert calculated("哪些项目今年比去年多了").lines == ("比得出来的 6 个项目里，没有增加的。",)
