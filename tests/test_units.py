"""Bodies under a document's own one, asked by name, put side by side, and counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.answer import Status
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市水务局"
STATION, CENTRE = "东湖市水文监测站", "东湖市节水中心"


@pytest.fixture(scope="module")
def assistant_of_units(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department with itself and two units under it, each with its income."""
    directory: Path = tmp_path_factory.mktemp("units")
    paper = Paper()
    top = paper.title(80, "2026年收入总表", "表2", "万元", BODY)
    header = [[Span("单位名称"), Span("合计"), Span("一般公共预算"), Span("事业收入")]]
    rows = [
        ["合计", "60.00", "50.00", "10.00"],
        [BODY, "30.00", "30.00", "0.00"],
        [STATION, "18.00", "12.00", "6.00"],
        [CENTRE, "12.00", "8.00", "4.00"],
    ]
    paper.table(top, [180, 90, 90, 90], header, rows, Style(label_columns=1))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


def first(answer: Answer) -> tuple[Decimal, str]:
    return answer.values[0].value, answer.values[0].unit


FIGURES = [
    ("its total", "水文监测站的预算是多少", Decimal(18)),
    ("a source of its own", "节水中心的事业收入是多少", Decimal(4)),
    ("the department by itself", "局本级的预算是多少", Decimal(30)),
    ("the largest of those below", "下属单位里哪家预算最多", Decimal(18)),
    ("the smallest of those below", "下属单位当中预算最少的是哪一家", Decimal(12)),
    ("one against another", "水文监测站比节水中心的预算多多少", Decimal(6)),
    ("the second of those below", "两家下属单位里预算排第二的是谁", Decimal(18)),
    ("the first and the last of all", "三家单位里预算排第一的和垫底的是谁", Decimal(30)),
    ("its share of its own total", "节水中心的事业收入占它总预算多少", Decimal("33.33")),
    ("the first of all, counted with itself", "局本级连同两家下属单位，按预算排，头一位是谁", Decimal(30)),
    ("the one that has none", "三家单位当中哪家没有事业收入", Decimal(0)),
    ("together", "水文监测站和节水中心的预算合计多少", Decimal(30)),
]


@pytest.mark.parametrize(("title", "question", "expected"), FIGURES, ids=[f[0] for f in FIGURES])
def test_the_figures_of_units(assistant_of_units: Assistant, title: str, question: str, expected: Decimal) -> None:
    assert first(assistant_of_units.ask(question)) == (expected, "%" if "占" in question else "万元")


def test_both_ends_of_a_ranking_are_told(assistant_of_units: Assistant) -> None:
    values = [v.value for v in assistant_of_units.ask("三家单位里预算排第一的和垫底的是谁").values]
    assert values == [Decimal(30), Decimal(12)]


RANKED = [
    ("the first two, itself among them", "局本级连同两家下属单位，按预算排，头两名是谁，各多少", [30, 18]),
    ("the first two of as many as there are", "三家基层单位里预算最高的两家是谁", [30, 18]),
    ("the first two of those below", "下属单位里预算最高的两家是谁", [18, 12, 6]),
    ("the one that is picked, and another figure of it", "哪家下属单位预算最少，它的事业收入是多少", [12, 18, 6, 4]),
    ("the one that has none, and its total", "三家单位当中有一家没分到事业收入，是哪家？它的预算是多少", [0, 30]),
]


@pytest.mark.parametrize(("title", "question", "expected"), RANKED, ids=[r[0] for r in RANKED])
def test_units_are_picked_by_rank_or_by_what_they_lack(
    assistant_of_units: Assistant, title: str, question: str, expected: list[int]
) -> None:
    assert [v.value for v in assistant_of_units.ask(question).values] == [Decimal(e) for e in expected]


def test_what_no_unit_prints_is_not_ranked_by_something_else(assistant_of_units: Assistant) -> None:
    answer = assistant_of_units.ask("下属单位里哪家的公务接待费最多")
    assert (answer.status, answer.values) == (Status.ABSTAINED, ())


def test_units_are_counted(assistant_of_units: Assistant) -> None:
    assert first(assistant_of_units.ask("有几家下属单位")) == (Decimal(2), "个")


def test_the_whole_is_no_units_figure(assistant_of_units: Assistant) -> None:
    answer = assistant_of_units.ask("节水中心的公务接待费是多少")
    assert (answer.status, answer.values) == (Status.ABSTAINED, ())


def test_a_follow_up_stays_with_the_unit(assistant_of_units: Assistant) -> None:
    assert first(assistant_of_units.ask("那它的事业收入呢", ["水文监测站的预算是多少"])) == (Decimal(6), "万元")


def test_a_share_is_of_the_units_own_total(assistant_of_units: Assistant) -> None:
    assert first(assistant_of_units.ask("节水中心的事业收入占比是多少")) == (Decimal("33.33"), "%")


def test_units_that_were_spoken_of_are_taken_together(assistant_of_units: Assistant) -> None:
    history = ["水文监测站的预算是多少", "那节水中心呢"]
    assert first(assistant_of_units.ask("两家合起来是多少", history)) == (Decimal(30), "万元")
