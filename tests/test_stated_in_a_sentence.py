"""An amount that only a sentence gives answers a question whose words are near another figure's name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from index.build import ingest

_TEXT = """2026年东湖市司法局部门预算
第一部分 部门预算收支情况
一、项目支出
后勤保障540.00万元，主要包括：警服采购工作320.00万元，用于配发本系统民警年度警服等；车辆检修220.00万元，用于执勤车辆维护。警服由后勤科统一发放，每人两套。
二、政府采购情况
2026年东湖市司法局政府采购项目共有1,671.57万元，其中：货物类项目333.30万元、工程类项目0.00万元、服务类项目1,338.27万元。
"""


@pytest.fixture(scope="module")
def of_uniforms(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    directory: Path = tmp_path_factory.mktemp("of_uniforms")
    path = directory / "东湖市司法局_2026.txt"
    path.write_text(_TEXT, encoding="utf-8")
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


def test_the_sentence_with_the_amount_is_the_answer(of_uniforms: Assistant) -> None:
    told = of_uniforms.ask("警服采购要多少钱")
    assert (told.status, Decimal("320") in [v.value for v in told.values]) == ("answered", True)
    assert "1671.57" not in told.text


def test_a_thing_that_no_sentence_gives_an_amount_of_is_not_given_another(of_uniforms: Assistant) -> None:
    told = of_uniforms.ask("警船采购要多少钱")
    assert told.status != "answered" or "320" not in told.text
    assert "没有给出数额" not in told.text
