"""Wholes and what they consist of: printed or summed, shares of what was spoken of, totals against one source."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Status
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市科技创新局（本级）"
PROSE = (
    f"2026年{BODY}部门预算",
    "第一部分 2026年度部门预算情况说明",
    "九、“三公”经费、会议费、培训费预算情况说明",
    "因公出国（境）费10万元，公务用车购置及运行维护费15万元，公务接待费25万元，会议费8万元，培训费2万元。",
    "十、政府采购情况说明",
    "2026年政府采购预算40万元，其中：政府采购货物预算10万元、政府采购工程预算0万元、政府采购服务预算30万元。",
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department that tells the three public expenses one by one and never their sum."""
    directory: Path = tmp_path_factory.mktemp("wholes")
    paper = Paper()
    paper.paragraph(80, PROSE)
    paper.page()
    top = paper.title(80, "2026年收入支出总表", "表1", "万元", BODY)
    header = [[Span("收入项目"), Span("2026年预算数"), Span("支出项目"), Span("2026年预算数")]]
    rows = [["一、财政拨款", "92.00", "一、科学技术支出", "70.00"], ["二、其他收入", "0.00", "二、住房保障支出", "30.00"],
            ["三、上年结余、结转", "8.00", "", ""], ["收入总计", "100.00", "支出总计", "100.00"]]  # fmt: skip
    paper.table(top, [140, 90, 140, 90], header, rows, Style(label_columns=1))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["三公里头吃饭接待占了百分之几"], "25 ÷ 50 × 100% = 50.00%"),
        (["三公经费一共多少", "接待费占百分之几", "那公车占百分之几"], "15 ÷ 50 × 100% = 30.00%"),
        (["请把三公总数里的出国、用车、接待加一下，合计多少"], "10 + 15 + 25 = 50 万元"),
        (["三公、会议、培训这三大块合计是多少"], "50 + 8 + 2 = 60 万元"),
        (["出国费、会议费、培训费比一比，最多的比最少的高出多少"], "10 − 2 = 8 万元"),
        (["政府采购拆开看，买服务比买货物多出多少"], "30 − 10 = 20 万元"),
        (["今年要花的总额比财政拨款多出多少"], "差额正好是：上年结余、结转 8 万元"),
        (["科创局打算在培训上花掉多少"], "培训费：**2 万元**"),
    ],
)
def test_a_part_against_its_whole(asked: Assistant, turns: list[str], told: str) -> None:
    answer = asked.ask(turns[-1], history=turns[:-1])
    assert answer.status is Status.ANSWERED
    assert told in answer.text


def test_what_was_really_spent_stays_unknown(asked: Assistant) -> None:
    assert asked.ask("培训费实际花掉了多少").status is Status.ABSTAINED
