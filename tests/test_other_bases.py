"""A change that the text states a second time against another base is told beside the first."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Status
from index.build import ingest

_TEXT = """2026年东湖市民政局部门预算
第一部分 2026年部门预算情况说明
一、机关运行经费安排情况
2026年机关运行经费安排500万元，比上年增加90万元，增长21.95%，主要原因是系统改造，如对比2025年年度预算，则减少6万元，下降1.19%。
二、会议费情况
2026年会议费安排80万元，比上年增加20万元，增长33.33%。
按与上年统计口径一致相比，本年比上年减少3万元。
三、培训费情况
2026年培训费安排30万元，比上年增加10万元，增长50%，主要原因是班次增加。
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    directory: Path = tmp_path_factory.mktemp("bases")
    path = directory / "东湖市民政局_2026.txt"
    path.write_text(_TEXT, encoding="utf-8")
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("question", "first", "other"),
    [("机关运行经费比上年增加多少", 90, 6), ("会议费比上年增加多少", 20, 3), ("培训费比上年增加多少", 10, None)],
)
def test_changes_against_other_bases(asked: Assistant, question: str, first: int, other: int | None) -> None:
    answer = asked.ask(question)
    told = [value.value for value in answer.values if value.unit == "万元"]
    assert answer.status is Status.ANSWERED
    assert told[0] == Decimal(first)
    assert ("别的口径" in answer.text) is (other is not None)
    assert other is None or Decimal(other) in told
