"""Which accounts of a set rose or fell, as prose states it; why; and what the glossary says of their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Status
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市水务局"
PROSE = (
    f"2026年{BODY}部门预算",
    "第一部分 2026年度部门预算情况说明",
    "五、财政拨款支出预算情况说明",
    "（一）住房保障支出（类）",
    "1.住房改革支出（款）住房公积金（项）支出40万元，与上年相比减少2万元，减少4.76%。主要原因是人员减少。",
    "2.住房改革支出（款）提租补贴（项）支出20万元，与上年相比减少5万元，减少20%。主要原因是标准调整。",
    "3.住房改革支出（款）购房补贴（项）支出30万元，与上年相比增加6万元，增长25%。主要原因是新职工增加。",
    "第二部分 名词解释",
    "一、财政拨款：单位从同级财政部门取得的各类财政拨款。",
    "二、单位资金：除财政拨款以外的收入，包括事业收入、其他收入。",
    "三、住房保障支出(类)住房改革支出(款)提租补贴(项)：反映向职工发放的租金补贴。",
)
ACCOUNTS = (
    ("221", "住房保障支出", "90.00"), ("22102", "住房改革支出", "90.00"), ("2210201", "住房公积金", "40.00"),
    ("2210202", "提租补贴", "20.00"), ("2210203", "购房补贴", "30.00"),
)  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department that tells in prose how the children of one account changed."""
    directory: Path = tmp_path_factory.mktemp("stated")
    paper = Paper()
    paper.paragraph(80, PROSE)
    paper.page()
    top = paper.title(80, "2026年支出总表", "公开03表", "万元", BODY)
    header = [[Span("科目编码"), Span("科目名称"), Span("合计")]]
    paper.table(top, [90, 200, 90], header, [["", "合计", "90.00"], *map(list, ACCOUNTS)], Style(label_columns=2))
    paper.page()
    top = paper.title(80, "2026年一般公共预算“三公”经费支出表", "公开09表", "万元", BODY)
    header = [[Span("“三公”经费合计"), Span("因公出国（境）费"), Span("公务用车购置及运行维护费"), Span("公务接待费")]]
    paper.table(top, [100, 110, 150, 90], header, [["12.00", "2.00", "7.00", "3.00"]], Style(label_columns=0))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("住房保障支出下面三项里哪项砍得最多", "减少最多的是**提租补贴**"),
        ("住房保障里头哪项不降反涨", "购房补贴比2025年预算**增加 6 万元**"),
        ("住房改革支出里哪个科目比上年增加最多，增了多少", "增加最多的是**购房补贴**"),
        ("提租补贴比上年少了多少", "文件说明：“主要原因是标准调整”"),
        ("三公经费里哪项最多", "最大的是 **公务用车购置及运行维护费**（7 万元）；共比较 3 项"),
    ],
)
def test_the_part_that_moved_most(asked: Assistant, question: str, told: str) -> None:
    answer = asked.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("“提租补贴”这个科目记的是什么钱", "反映向职工发放的租金补贴"),
        ("单位资金都包括哪些收入", "包括事业收入、其他收入"),
    ],
)
def test_a_term_of_the_glossary_is_explained_by_its_own_name(asked: Assistant, question: str, told: str) -> None:
    assert told in asked.ask(question).text


def test_several_accounts_added_up_against_the_year_before(asked: Assistant) -> None:
    answer = asked.ask("提租补贴和购房补贴合起来看，两年比是多了还是少了，差多少")
    assert "提租补贴、购房补贴合起来比上年**增加 1 万元**（50 − 49 = 1 万元）" in answer.text
    assert "比购房补贴" not in answer.text


def test_by_how_much_after_why(asked: Assistant) -> None:
    answer = asked.ask("少了多少", history=["住房保障支出是多少", "其中提租补贴反而少了，怎么回事"])
    assert "减少 5 万元" in answer.text
