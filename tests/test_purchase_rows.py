"""A purchase table whose rows are called after projects: what is bought stands in a column of its own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "云河市农业局"
ROWS = (
    ("合计", "", "", "", "486.00", ""),
    ("良种采购与推广", "货物", "A08小麦良种", "", "86.00", "公开招标"),
    ("机库建设", "工程", "B01机库土建工程", "1座", "310.00", "公开招标"),
    ("仪器更新", "货物", "A02土壤氮磷测定仪", "3台", "60.00", "询价"),
    ("仪器更新", "货物", "A02烘干箱", "2台", "30.00", "询价"),
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    directory: Path = tmp_path_factory.mktemp("purchase_rows")
    paper = Paper()
    paper.paragraph(80, (f"2026年{BODY}部门预算", "第一部分 部门概况", "本部门内设机构包括：办公室、计划处。"))
    paper.page()
    top = paper.title(80, "2026年政府采购预算表", "表11", "万元", BODY)
    names = ("项目名称", "采购类型", "采购品目", "数量", "金额", "采购方式")
    style = Style(label_columns=1)
    paper.table(top, [110, 60, 120, 50, 70, 70], [[Span(n) for n in names]], [list(r) for r in ROWS], style)
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


def told(answer: Answer) -> list[tuple[Decimal, str]]:
    return [(value.value, value.unit) for value in answer.values]


ASKED = [
    ("by what is bought", "土壤氮磷测定仪这笔采购多少钱，用什么采购方式", [(60, "万元")], ("询价",)),
    ("one of them", "要买的测定仪平均一台多少钱", [(20, "万元"), (60, "万元")], ("土壤氮磷测定仪",)),
    ("called short", "采购的氮磷仪一台多少钱", [(20, "万元"), (60, "万元")], ()),
    ("a blank column", "采购表里小麦良种那行的“数量”栏填了多少", [(86, "万元")], ("数量", "空白")),
    ("counted", "采购里走公开招标的有几项", [(2, "项"), (396, "万元"), (86, "万元"), (310, "万元")], ()),
    ("two of them", "采购里机库土建工程比小麦良种贵多少", [(224, "万元")], ("机库土建工程", "小麦良种")),
    ("within bounds", "打算买的八十万以上的东西叫什么", [(86, "万元")], ("小麦良种",)),
    (
        "one row, and how it is bought",
        "采购里金额最大的一笔买的是什么，用哪种采购方式",
        [(310, "万元")],
        ("机库土建工程", "公开招标"),
    ),
    ("the second", "政府采购里金额第二大的品目是什么", [(86, "万元")], ("小麦良种", "第2大")),
]


@pytest.mark.parametrize(("title", "question", "expected", "words"), ASKED, ids=[a[0] for a in ASKED])
def test_rows_called_after_projects(
    asked: Assistant, title: str, question: str, expected: list[tuple[int, str]], words: tuple[str, ...]
) -> None:
    answer = asked.ask(question)
    assert [(int(value), unit) for value, unit in told(answer)][: len(expected)] == expected
    assert all(word in answer.text for word in words)


def test_a_project_with_a_word_of_buying_in_its_name(asked: Assistant) -> None:
    assert "采购表" not in asked.ask("良种采购与推广的服务对象是谁").text
