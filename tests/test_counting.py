"""How many, how many people, how many vehicles: the counted thing behind a name that otherwise is of money."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.counting import prefer_counts
from assistant.engine import Engine
from assistant.reply import Reply
from assistant.shapes import Linked
from index.evidence import Dimension
from tests.replies import figures

CASES = [
    ("people by their name", "有几名行政人员", ["24 人"]),
    ("people, politely", "现有几位离退休人员", ["20 人"]),
    ("people of a project that is of money", "聘用人员有多少人", ["14 人"]),
    ("people in a line of a form", "司机有几名", ["3 名"]),
    ("vehicles, each kind and all", "有几辆公务用车", ["3 辆: 1 + 1 + 1 = 3 辆", "1 辆", "1 辆", "1 辆"]),
    ("issues of what also costs money", "政府公报编发几期", ["≥12 期"]),
    ("cases", "全年要处置群众投诉多少起", ["≥5 万起"]),
    ("copies inside a project", "督查工作要印多少份宣传册", ["≥700 份"]),
    ("times", "政府组织系统培训几次", ["≥2 次"]),
]


@pytest.mark.parametrize(("title", "question", "told"), CASES, ids=[case[0] for case in CASES])
def test_a_count_is_told_and_no_amount_of_money(
    calculated: Callable[[str], Reply], title: str, question: str, told: list[str]
) -> None:
    reply = calculated(question)
    assert figures(reply) == told
    assert {figure.dimension for figure in reply.figures} == {Dimension.COUNT}


def test_without_a_counted_unit_the_subject_stays(engine: Engine, linked: Callable[[str], Linked]) -> None:
    parts = engine._parts(linked("聘用人员工作经费多少钱"))
    assert prefer_counts(parts, engine.catalog, engine.semantics) is parts
    assert parts.subjects[0].selector.names == ("聘用人员工作经费",)


def test_a_unit_that_nothing_is_counted_in_changes_nothing(engine: Engine, linked: Callable[[str], Linked]) -> None:
    parts = engine._parts(linked("公务接待费有多少间"))
    assert parts.head_unit == "间"
    assert parts.subjects[0].selector.names == ("公务接待费",)
