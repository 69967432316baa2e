"""One thing under two 口径 that a question puts side by side, with what is between them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市节水中心"


@pytest.fixture(scope="module")
def assistant_of_scopes(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A body whose expenditure table prints an account of all money, and another of appropriations only."""
    directory: Path = tmp_path_factory.mktemp("scopes")
    paper = Paper()
    header = [[Span("科目编码"), Span("科目名称"), Span("合计"), Span("基本支出"), Span("项目支出")]]
    top = paper.title(60, "2026年支出总表", "表3", "万元", BODY)
    rows = [["", "合计", "90.00", "60.00", "30.00"], ["213", "农林水支出", "90.00", "60.00", "30.00"]]
    bottom = paper.table(top, [80, 140, 90, 90, 90], header, rows, Style(label_columns=2))
    top = paper.title((bottom or 300) + 40, "2026年一般公共预算支出表", "表5", "万元", BODY)
    rows = [["", "合计", "75.00", "55.00", "20.00"], ["213", "农林水支出", "75.00", "55.00", "20.00"]]
    paper.table(top, [80, 140, 90, 90, 90], header, rows, Style(label_columns=2))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


def values(answer: Answer) -> list[Decimal]:
    return [value.value for value in answer.values]


CASES = [
    ("an account", "农林水支出全部资金口径多少，一般公共预算口径多少", [90, 75, 15]),
    ("in two tables by number", "表3里的农林水支出比表5里的农林水支出多多少", [15, 90, 75]),
    ("in two tables by title", "农林水支出在支出总表和一般公共预算支出表里数字不同，分别是多少", [90, 75]),
    ("a kind of spending", "项目支出有两个数，所有资金口径和一般公共预算口径各是多少，差多少", [30, 20, 10]),
]


@pytest.mark.parametrize(("title", "question", "expected"), CASES, ids=[c[0] for c in CASES])
def test_two_scopes_of_one_thing(
    assistant_of_scopes: Assistant, title: str, question: str, expected: list[int]
) -> None:
    assert values(assistant_of_scopes.ask(question)) == [Decimal(n) for n in expected]


def test_a_figure_told_before_against_itself_under_another_scope(assistant_of_scopes: Assistant) -> None:
    before = "农林水支出是多少"
    answer = assistant_of_scopes.ask(
        "这比基本支出里的农林水支出多多少", history=[(before, assistant_of_scopes.ask(before))]
    )
    assert values(answer) == [Decimal(n) for n in (30, 90, 60)]


WHOLES = [
    ("first of those enumerated", "农林水支出：总共、基本支出里、项目支出里各是多少", [90, 60, 30]),
    ("asked first", "农林水支出一共多少，基本支出里多少，项目支出里多少", [90, 60, 30]),
]


@pytest.mark.parametrize(("title", "question", "expected"), WHOLES, ids=[w[0] for w in WHOLES])
def test_the_whole_beside_its_parts(
    assistant_of_scopes: Assistant, title: str, question: str, expected: list[int]
) -> None:
    told = dict.fromkeys(values(assistant_of_scopes.ask(question)))
    assert [value for value in told if value in map(Decimal, expected)] == [Decimal(n) for n in expected]
    assert set(told) <= {Decimal(n) for n in (90, 60, 30, 75, 55, 20)}
