"""Labels of forms asked for in one breath, and what prose prints under a label."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant import Assistant
from assistant.labels import labels_in
from assistant.shapes import Linked


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("这张申报表是谁、哪一天填的", ("填报日期", "填报人")),
        ("什么时候由谁填的表", ("填报人", "填报日期")),
        ("填报人是谁", ("填报人",)),
        ("这张表哪天填的", ("填报日期",)),
        ("该打哪个号码咨询", ("联系电话",)),
        ("接电话的指标是多少", ()),
    ],
)
def test_every_label_asked_for(linked: Callable[[str], Linked], question: str, labels: tuple[str, ...]) -> None:
    assert set(labels_in(linked(question))) == set(labels)


def test_a_telephone_printed_in_prose_stands_beside_that_of_the_form(assistant: Assistant) -> None:
    text = assistant.ask("对这份预算有疑问，该打哪个号码").text
    assert "公开咨询电话：027-85481661" in text and "联系电话：85481661" in text


def test_a_project_has_its_own(assistant: Assistant) -> None:
    assert "027" not in assistant.ask("督查工作联系电话是多少").text
