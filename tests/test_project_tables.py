"""Tables of projects of no statutory kind: money by stage, rates, points, and words that say of what kind each is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "青溪县农业农村局"
ROWS = [
    ["1", "耕地保护项目", "一次性项目", "300.00", "270.00", "90.00", "91.5", "优"],
    ["2", "动物防疫补助", "经常性项目", "80.00", "80.00", "100.00", "88.0", "良"],
    ["3", "农机具购置", "经常性项目", "120.00", "60.00", "50.00", "76.5", "中"],
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    directory: Path = tmp_path_factory.mktemp("projects")
    paper = Paper()
    paper.paragraph(
        80, (f"{BODY}2023年部门决算公开", "十、预算绩效管理情况", "2023年对3个项目开展了绩效自评，情况见下表：")
    )
    header = [
        [
            Span(text)
            for text in ("序号", "项目名称", "项目类型", "全年预算数", "全年执行数", "执行率", "自评得分", "等次")
        ]
    ]
    top = paper.title(160, "项目绩效自评情况表", "", "万元", BODY)
    paper.table(top, [30, 90, 70, 60, 60, 50, 50, 40], header, ROWS, Style(label_columns=3))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("农机具购置全年预算数跟全年执行数各是多少？", [("120", "万元"), ("60", "万元")]),
        ("动物防疫补助项目执行了多少", [("80", "万元")]),
        ("三个自评项目里哪个得分最低？几分？", [("76.5", "分")]),
        ("自评得分最高的项目是哪个", [("91.5", "分")]),
        ("耕地保护项目自评得分是多少", [("91.5", "分")]),
    ],
)
def test_what_the_columns_say_of_a_project(asked: Assistant, question: str, values: list[tuple[str, str]]) -> None:
    assert [(str(v.value.normalize().__format__("f")), v.unit) for v in asked.ask(question).values] == values


def test_projects_of_a_kind_are_counted(asked: Assistant) -> None:
    answer = asked.ask("经常性项目有几个？")
    assert (str(answer.values[0].value), answer.values[0].unit) == ("2", "个")
    assert "动物防疫补助" in answer.text and "农机具购置" in answer.text
