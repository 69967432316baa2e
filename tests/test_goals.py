"""What a project is to achieve, printed in a column of words beside its money; single rows of purchases."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Status
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市水务局"
GOALS = (
    ("湖滨清淤项目", "450.00", "完成完工验收和尾款支付"),
    ("湖滨清淤研究", "35.00", "形成底泥分析报告一份"),
    ("规划类经费", "6.50", "编制并印发节水规划"),
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department that prints the goals of its projects beside their budgets."""
    directory: Path = tmp_path_factory.mktemp("goals")
    paper = Paper()
    paper.paragraph(80, (f"2026年{BODY}部门预算", "第一部分 部门概况", "一、主要职责", "负责全市水务工作。"))
    paper.page()
    top = paper.title(80, "2026年项目支出表", "表12", "万元", BODY)
    header = [[Span("项目名称"), Span("总计"), Span("绩效目标")]]
    rows = [["合计", "491.50", ""], *map(list, GOALS)]
    paper.table(top, [140, 80, 220], header, rows, Style(label_columns=1))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("湖滨清淤项目今年要干到什么程度", "完成完工验收和尾款支付"),
        ("规划类经费花出去要拿出什么成果", "编制并印发节水规划"),
        ("湖滨清淤研究的绩效目标是什么", "形成底泥分析报告一份"),
    ],
)
def test_the_goal_of_a_project(asked: Assistant, question: str, told: str) -> None:
    answer = asked.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.text


def test_money_stays_money(asked: Assistant) -> None:
    assert "450 万元" in asked.ask("湖滨清淤项目预算多少").text


@pytest.mark.parametrize("question", ["湖滨清淤项目的绩效目标是什么", "湖滨清淤项目绩效上要达到什么"])
def test_the_goal_alone_is_quoted_where_it_is_asked_for(asked: Assistant, question: str) -> None:
    answer = asked.ask(question)
    assert (answer.status, answer.text.splitlines()[0]) == (Status.ANSWERED, "湖滨清淤项目：“完成完工验收和尾款支付”")
