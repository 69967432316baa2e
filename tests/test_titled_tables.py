"""A table printed without a number is called by its title; its name is no amount, and each table is read apart."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Status
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "临川市地产登记中心"
HEAD = [[Span("功能分类科目编码"), Span("功能分类科目名称"), Span("合计"), Span("基本支出"), Span("项目支出")]]
ALL = (
    ("208", "社会保障和就业支出", "85.00", "85.00", ""),
    ("20805", "行政事业单位养老支出", "85.00", "85.00", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "60.00", "60.00", ""),
    ("2080506", "机关事业单位职业年金缴费支出", "25.00", "25.00", ""),
    ("221", "住房保障支出", "50.00", "50.00", ""),
    ("22102", "住房改革支出", "50.00", "50.00", ""),
    ("2210201", "住房公积金", "50.00", "50.00", ""),
    ("", "合计", "135.00", "135.00", ""),
)
GENERAL = (
    ("221", "住房保障支出", "20.00", "20.00", ""),
    ("22102", "住房改革支出", "20.00", "20.00", ""),
    ("2210201", "住房公积金", "20.00", "20.00", ""),
    ("", "合计", "20.00", "20.00", ""),
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A unit whose tables have titles and no numbers."""
    directory: Path = tmp_path_factory.mktemp("titled")
    paper = Paper()
    paper.paragraph(80, (f"{BODY}2026年单位预算", "一、单位主要职能", "负责全市登记工作。"))
    for title, rows in (("单位支出预算总表", ALL), ("单位一般公共预算支出功能分类预算表", GENERAL)):
        paper.page()
        top = paper.title(80, f"2026年预算{title}", "", "万元", BODY)
        style = Style(label_columns=2)
        paper.table(top, [90, 190, 60, 60, 60], HEAD, [list(row) for row in rows], style)
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("按支出预算总表，基本养老保险缴费支出与职业年金缴费支出两项相加是多少", ["85", "60", "25"]),
        ("一般公共预算支出功能分类预算表里住房公积金多少", ["20"]),
        ("支出预算总表里的住房公积金多少", ["50"]),
        ("住房公积金在支出预算总表和一般公共预算支出功能分类表里各是多少", ["50", "20"]),
    ],
)
def test_a_title_says_where_to_read(asked: Assistant, question: str, amounts: list[str]) -> None:
    answer = asked.ask(question)
    assert answer.status is Status.ANSWERED
    assert [value.value for value in answer.values][: len(amounts)] == [Decimal(a) for a in amounts]


def test_what_a_titled_table_does_not_print_is_not_taken_from_another(asked: Assistant) -> None:
    answer = asked.ask("一般公共预算支出功能分类预算表里职业年金缴费支出多少")
    assert answer.status is not Status.ANSWERED or Decimal(25) not in {value.value for value in answer.values}


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("社会保障和就业支出下面有两个项级科目，哪个多，多多少", ["60", "25", "35"]),
        ("社会保障和就业支出里最大的项级科目比最小的多多少", ["60", "25", "35"]),
    ],
)
def test_the_ends_of_what_a_thing_consists_of(asked: Assistant, question: str, amounts: list[str]) -> None:
    assert [value.value for value in asked.ask(question).values] == [Decimal(a) for a in amounts]


@pytest.mark.parametrize("question", ["它的基本支出是多少", "同一个科目，基本支出那栏是多少"])
def test_the_account_spoken_of_under_another_measure(asked: Assistant, question: str) -> None:
    (value,) = asked.ask(question, history=["2080506职业年金缴费支出一共多少"]).values
    assert value.label == "机关事业单位职业年金缴费支出"
    assert value.value == Decimal(25)


def test_a_year_between_a_name_and_its_measure(asked: Assistant) -> None:
    (value,) = asked.ask("职业年金缴费支出2026年基本支出多少").values
    assert value.value == Decimal(25)
