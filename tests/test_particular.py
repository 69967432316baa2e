"""Questions of particular kinds: what is purchased, out of which money a thing is paid, what a sentence counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.answer import Status
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市水务局"
PROSE = (
    f"2026年{BODY}部门预算",
    "第一部分 部门概况",
    "二、部门机构设置情况",
    "本部门内设机构包括：办公室、计划处（审计处）、法规处。",
    "第二部分 预算绩效情况",
    "本部门共7个项目纳入绩效目标管理，涉及财政性资金合计339.5万元。",
)
BOUGHT = (
    ("合计", "", "", "", "", "30.00", "8.00", "38.00"),
    ("货物", "", "", "", "", "6.00", "", "6.00"),
    ("", "办公经费", "办公费", "复印纸", "集中采购", "2.00", "", "2.00"),
    ("", "设备购置", "办公设备购置", "空调机", "分散采购", "4.00", "", "4.00"),
    ("服务", "", "", "", "", "24.00", "8.00", "32.00"),
    ("", "河道保洁专项", "委托业务费", "河道保洁服务", "公开招标", "12.00", "8.00", "20.00"),
    ("", "河道保洁专项", "委托业务费", "其他咨询服务", "分散采购", "12.00", "", "12.00"),
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department that prints what it counts, its projects by fund, and its purchases row by row."""
    directory: Path = tmp_path_factory.mktemp("particular")
    paper = Paper()
    paper.paragraph(80, PROSE)
    paper.page()
    top = paper.title(80, "2026年项目支出表", "表5", "万元", BODY)
    header = [[Span("项目名称"), Span("合计"), Span("一般公共预算"), Span("政府性基金"), Span("其他资金")]]
    rows = [["合计", "100.00", "60.00", "35.00", "5.00"], ["堤防加固工程", "70.00", "30.00", "35.00", "5.00"],
            ["水质监测", "30.00", "30.00", "0.00", "0.00"]]  # fmt: skip
    paper.table(top, [150, 80, 80, 80, 80], header, rows, Style(label_columns=1))
    paper.page()
    top = paper.title(80, "2026年政府采购支出表", "公开13表", "万元", BODY)
    names = (
        "采购品目大类",
        "专项名称",
        "经济科目",
        "采购品目名称",
        "采购组织形式",
        "一般公共预算资金",
        "政府性基金",
        "总计",
    )
    paper.table(top, [55, 75, 70, 75, 60, 75, 55, 45], [[Span(name) for name in names]], [list(r) for r in BOUGHT],
                Style(label_columns=5))  # fmt: skip
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


def told(answer: Answer) -> list[tuple[Decimal, str]]:
    return [(value.value, value.unit) for value in answer.values]


PURCHASES = [
    ("the largest of a kind", "货物采购里最贵的是哪样", [4]),
    ("the largest project", "采购里哪个专项金额最大", [32]),
    ("two things by everyday names", "空调和复印纸采购一共多少钱", [6, 2, 4]),
    ("a part by fund", "河道保洁服务采购多少，其中基金出多少", [20, 8]),
]


@pytest.mark.parametrize(("title", "question", "expected"), PURCHASES, ids=[p[0] for p in PURCHASES])
def test_what_is_purchased(asked: Assistant, title: str, question: str, expected: list[int]) -> None:
    assert told(asked.ask(question)) == [(Decimal(value), "万元") for value in expected]


def test_how_it_is_purchased(asked: Assistant) -> None:
    assert "公开招标" in asked.ask("河道保洁服务用的哪种采购方式").text


FUNDS = [
    ("all that have a share", "堤防加固工程是从哪类资金里出的", [70, 30, 35, 5]),
    ("those that are named", "堤防加固工程基金出了多少，其他资金又垫了多少", [70, 35, 5]),
    ("one that is named", "堤防加固工程的预算里有多少是政府性基金出的", [35]),
]


@pytest.mark.parametrize(("title", "question", "expected"), FUNDS, ids=[f[0] for f in FUNDS])
def test_out_of_which_money(asked: Assistant, title: str, question: str, expected: list[int]) -> None:
    assert told(asked.ask(question)) == [(Decimal(value), "万元") for value in expected]


PAID = [
    ("of a project", "堤防加固工程里政府性基金占多大比例", [50, 35, 70]),
    ("the largest", "政府性基金占比最高的项目是哪个？比例多少？", [50, 35, 70]),
    ("the projects it pays for", "哪些项目的资金来自政府性基金", [35]),
    ("in other words", "哪几个项目动用到了政府性基金的钱", [35]),
]


@pytest.mark.parametrize(("title", "question", "expected"), PAID, ids=[f[0] for f in PAID])
def test_what_one_kind_of_money_pays(asked: Assistant, title: str, question: str, expected: list[int]) -> None:
    answer = asked.ask(question)
    assert [value for value, _ in told(answer)] == [Decimal(value) for value in expected]
    assert "堤防加固工程" in answer.text


def test_listed_names_are_counted(asked: Assistant) -> None:
    answer = asked.ask("局里有几个处室，分别叫什么")
    assert (told(answer), "计划处（审计处）" in answer.text) == ([(Decimal(3), "个")], True)


def test_a_count_is_told_with_its_money(asked: Assistant) -> None:
    answer = asked.ask("报了绩效目标的项目有几个，涉及多少资金")
    assert told(answer) == [(Decimal(7), "个"), (Decimal("339.5"), "万元")]


def test_what_is_not_counted_is_not_told(asked: Assistant) -> None:
    assert asked.ask("有几个下属学校").status is not Status.ANSWERED


def test_a_body_mistyped_by_its_sound(asked: Assistant) -> None:
    assert asked.ask("水雾局的堤防加固工程多少钱").values[0].value == Decimal(70)


def test_money_asked_after_what_is_counted(asked: Assistant) -> None:
    answer = asked.ask("报了绩效目标的项目有几个？涉及多少资金")
    assert told(answer) == [(Decimal(7), "个"), (Decimal("339.5"), "万元")]
