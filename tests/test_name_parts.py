"""Sets picked by a part of their names or by the kind of body, and what a sentence counts with its kinds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.name_parts import NamePart, find
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY = "东湖市教育局"
PROSE = (
    f"2026年{BODY}部门预算",
    "第一部分 部门概况",
    "二、部门机构设置情况",
    "东湖市教育局下设办公室、基础教育处、职业教育处、教育督导处，共4个处室。东湖市教育局有4个下属单位。",
    "第二部分 其他说明",
    "四、国有资产占用情况说明",
    "本部门共有车辆10辆，其中，机要通信用车9辆、特种专业技术用车1辆。",
    "五、绩效目标情况",
    "本部门编报绩效目标的项目共4个，涉及项目预算资金10.00万元。",
)
UNITS = (
    (BODY, "30.00"), ("东湖市第一中学", "18.00"), ("东湖市高级中学滨湖分校", "13.00"), ("东湖市实验小学东城分校", "7.00"),
    ("东湖市教育电视台", "5.00"),
)  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department with schools and a station under it."""
    directory: Path = tmp_path_factory.mktemp("names")
    paper = Paper()
    paper.paragraph(80, PROSE)
    paper.page()
    top = paper.title(80, "2026年收入总表", "表2", "万元", BODY)
    header = [[Span("单位名称"), Span("合计"), Span("一般公共预算")]]
    rows = [["合计", "73.00", "73.00"], *([name, amount, amount] for name, amount in UNITS)]
    paper.table(top, [200, 90, 110], header, rows, Style(label_columns=1))
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("名字里带“分校”的那几所学校，预算加起来是多少", "20.00", "万元"),
        ("下属学校里预算最低的是哪所", "7.00", "万元"),
        ("下属的学校里，去掉东湖市第一中学，哪所预算最高", "13.00", "万元"),
        ("东湖市教育电视台的预算是多少", "5.00", "万元"),
        ("处室名称中带有“教育”字样的有几个", "3", "个"),
        ("下面管着几家单位", "4", "个"),
        ("机要通信用车有多少辆，占到百分之多少", "90", "%"),
    ],
)
def test_what_is_picked_by_name(asked: Assistant, question: str, value: str, unit: str) -> None:
    answer = asked.ask(question)
    assert (answer.values[0].value, answer.values[0].unit) == (Decimal(value), unit)


def test_a_number_of_things_is_told_with_its_kinds(asked: Assistant) -> None:
    assert "其中：机要通信用车 9 辆、特种专业技术用车 1 辆" in asked.ask("一共几辆车，都是什么车").text


def test_the_mean_of_what_a_sentence_counts(asked: Assistant) -> None:
    assert "**2.50 万元**" in asked.ask("报绩效目标的项目有几个，平均每个项目多少钱").text


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("名字里带分校的那几所", NamePart("分校", 0, 7)),
        ("凡是名头冠以科研资金的专项加总", NamePart("科研资金", 2, 11)),
        ("名称含基金二字的科", NamePart("基金", 0, 8)),
        ("项目名称是什么", None),
        ("预算最高的是哪所", None),
    ],
)
def test_the_part_that_names_have_to_hold(question: str, part: NamePart | None) -> None:
    assert find(question) == part
