"""One word for several things is each of them; several things before 比 are taken together."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.lexicon import Sense
from assistant.nearness import dated_names
from assistant.shapes import Mention
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市水文站"


@pytest.fixture(scope="module")
def assistant_of_two_funds(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A body with an account in a table of all money and in one of appropriations, and accounts of water and light."""
    directory: Path = tmp_path_factory.mktemp("joint")
    paper = Paper()
    header = [[Span("科目编码"), Span("科目名称"), Span("合计"), Span("基本支出"), Span("项目支出")]]
    top = paper.title(60, "2026年支出预算总表", "表3", "万元", BODY)
    rows = [["", "合计", "90.00", "60.00", "30.00"], ["213", "农林水支出", "90.00", "60.00", "30.00"]]
    bottom = paper.table(top, [80, 140, 90, 90, 90], header, rows, Style(label_columns=2))
    top = paper.title((bottom or 300) + 30, "2026年财政拨款支出表", "表5", "万元", BODY)
    rows = [["", "合计", "75.00", "55.00", "20.00"], ["213", "农林水支出", "75.00", "55.00", "20.00"]]
    bottom = paper.table(top, [80, 140, 90, 90, 90], header, rows, Style(label_columns=2))
    top = paper.title((bottom or 500) + 30, "2026年一般公共预算基本支出表", "表6", "万元", BODY)
    header = [[Span("科目编码"), Span("科目名称"), Span("合计"), Span("人员经费"), Span("公用经费")]]
    rows = [
        ["", "合计", "10.00", "0.00", "10.00"],
        ["302", "商品和服务支出", "10.00", "0.00", "10.00"],
        ["30201", "办公费", "2.00", "0.00", "2.00"],
        ["30205", "水费", "3.00", "0.00", "3.00"],
        ["30206", "电费", "5.00", "0.00", "5.00"],
    ]
    paper.table(top, [80, 140, 90, 90, 90], header, rows, Style(label_columns=2))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("水电两项加一块儿预算多少", [8, 3, 5]),
        ("水电费多少", [3, 5]),
        ("水电哪个花得多", [5, 3, 2]),
        ("水电比办公费多多少", [6, 8, 2, 3, 5]),
        ("办公费和水费比电费多多少", [0, 5, 2, 3]),
        ("农林水支出在全部支出里和在财政拨款支出里差多少", [15, 90, 75]),
        ("农林水支出在全部支出中和在财政拨款中分别是多少", [90, 75]),
    ],
)
def test_each_thing_that_is_meant_is_told(
    assistant_of_two_funds: Assistant, question: str, expected: list[int]
) -> None:
    answer = assistant_of_two_funds.ask(question)
    assert [v.value for v in answer.values] == [Decimal(n) for n in expected]


def test_a_year_printed_in_the_name_behind_it_is_part_of_the_name() -> None:
    text = "2025年信息化提升项目和2024年运维项目"
    names = [("信息化提升项目", "市应急局2025年信息化提升项目"), ("运维项目", "市应急局2026年运维项目")]
    years = [Mention(0, 5, "2025年", year=2025), Mention(13, 18, "2024年", year=2024)]
    named = [Mention(text.index(s), text.index(s) + len(s), s, Sense(names=(n,))) for s, n in names]
    mentions = tuple(sorted([*years, *named], key=lambda m: m.start))
    assert [(m.text, m.year) for m in dated_names(text, mentions)] == [
        ("2025年信息化提升项目", None),
        ("2024年", 2024),
        ("运维项目", None),
    ]
