"""Projects of one name at several units: asked back, with what each unit has."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Status
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市水务局"
ROWS = (
    ("合计", "100.00"),
    ("东湖市节水中心", "30.00"),
    ("机构运行辅助经费", "24.00"),
    ("节水宣传项目", "6.00"),
    ("东湖市水文监测站", "70.00"),
    ("机构运行辅助经费", "20.00"),
    ("测站改造项目", "50.00"),
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department whose project table prints the projects of each of its units under the unit."""
    directory: Path = tmp_path_factory.mktemp("namesakes")
    paper = Paper()
    paper.paragraph(80, (f"2026年{BODY}部门预算", "第一部分 部门概况", "一、主要职责", "负责全市水务工作。"))
    paper.page()
    top = paper.title(80, "2026年项目支出表", "表12", "万元", BODY)
    paper.table(
        top, [240, 100], [[Span("项目名称"), Span("总计")]], [list(row) for row in ROWS], Style(label_columns=1)
    )
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize("question", ["机构运行辅助经费这个项目多少钱", "机构运行辅助经费占项目支出的多少"])
def test_several_units_have_a_project_of_the_name(asked: Assistant, question: str) -> None:
    answer = asked.ask(question)
    assert answer.status is Status.CLARIFY
    assert "节水中心的机构运行辅助经费：24 万元" in answer.text
    assert "水文监测站的机构运行辅助经费：20 万元" in answer.text


@pytest.mark.parametrize(("question", "amount"), [("水文监测站的机构运行辅助经费多少", 20), ("测站改造项目多少钱", 50)])
def test_one_unit_has_it(asked: Assistant, question: str, amount: int) -> None:
    answer = asked.ask(question)
    assert answer.status is Status.ANSWERED
    assert [value.value for value in answer.values] == [Decimal(amount)]
