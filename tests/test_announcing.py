"""A sentence that announces a list is told with the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from index.build import ingest

_TEXT = """2026年东湖市测绘中心部门预算
第一部分 部门概况
一、主要职责
负责测绘成果管理，按照机构改革的要求，职责调整情况如下：
（一）增加地名管理的职责。
（二）不再承担湿地保护的职责。
二、其他
第二部分 部门预算收支情况
2026年部门预算收入500万元，较2025年年初预算增加20万元，增长4.2%。预算收支增加主要原因说明：1.新增地名普查项目；2.调整人员经费标准。
"""


@pytest.fixture(scope="module")
def assistant_of_lists(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    directory: Path = tmp_path_factory.mktemp("lists")
    path = directory / "东湖市测绘中心_2026.txt"
    path.write_text(_TEXT, encoding="utf-8")
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


ASKED = [
    ("on the same line", "今年预算收支增加的主要原因说明是什么", "地名普查", "人员经费标准"),
    ("on the next lines", "机构改革以后职责调整情况怎样", "增加地名管理", "不再承担湿地保护"),
]


@pytest.mark.parametrize(("title", "question", "first", "last"), ASKED, ids=[a[0] for a in ASKED])
def test_what_is_announced_is_told(
    assistant_of_lists: Assistant, title: str, question: str, first: str, last: str
) -> None:
    told = assistant_of_lists.ask(question)
    assert told.status == "answered"
    assert first in told.text and last in told.text
    assert not any(line.endswith("：") for line in told.text.splitlines())
