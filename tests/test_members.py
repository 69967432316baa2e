"""Described sets: ranked, listed, counted, summed, averaged, shared out; each tied to one table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Status
from assistant.engine import Engine
from assistant.homes import at_home
from assistant.query import Selector
from assistant.reply import Reply
from index.evidence import Classification
from tests.replies import figures, text

Calculate = Callable[[str], Reply]
PROJECTS = ["扶贫开发工作", "不可预见费", "聘用人员工作经费", "专项工作", "总值班室工作", "调查研究", "督查工作"]
ALL = "4 + 814 + 13 + 39 + 24 + 69 + 108"

CASES = [
    ("the largest", "哪个项目花钱最多", "**扶贫开发工作**", ["814 万元"]),
    ("the smallest", "预算最小的项目是哪一个", "**督查工作**", ["4 万元"]),
    ("the second", "预算第二大的项目是哪个", "**不可预见费**", ["108 万元", "814 万元"]),
    ("the last but one", "预算倒数第二的项目", "**调查研究**", ["13 万元", "4 万元"]),
    ("both ends", "最大和最小的项目分别是哪个", "最小的是 **督查工作**", ["814 万元", "4 万元"]),
    ("the first three", "金额排前三的项目", "3. 聘用人员工作经费", ["814 万元", "108 万元", "69 万元"]),
    (
        "the first three together", "预算最多的三个项目合计多少", "合计 **991 万元**",
        ["991 万元: 814 + 108 + 69 = 991 万元", "814 万元", "108 万元", "69 万元"],
    ),
    (
        "the largest with its share", "哪个项目占项目支出的比重最大", "**扶贫开发工作**",
        ["76.00%: 814 ÷ 1071 × 100% ≈ 76.00%", "1071 万元", "814 万元"],
    ),
    ("a place", "督查工作的预算在所有项目中排第几", "排第 **7**", ["7 名", "4 万元"]),
    ("the largest account", "经济科目里金额最大的三个是什么", "1. 奖金", ["267.74 万元", "181.31 万元", "134.85 万元"]),
    ("the smallest class", "四类功能支出里最少的是哪类", "**卫生健康支出**", ["74.8 万元"]),
    ("the deepest accounts", "功能分类科目里，金额最大的项级科目", "一般行政管理事务", ["1002 万元"]),
    ("an earlier year", "2020年预算最多的项目是哪个", "扶贫开发工作", ["968 万元"]),
    ("what was spent in an earlier year", "2020年实际支出最少的项目", "督查工作", ["4 万元"]),
    (
        "all of them", "列出所有项目", "项目共 7 项",
        ["4 万元", "814 万元", "13 万元", "39 万元", "24 万元", "69 万元", "108 万元"],
    ),
    ("those over a bound", "超过50万元的项目有哪些", "共 3 项", ["814 万元", "69 万元", "108 万元"]),
    ("those within two bounds", "20万以上40万以下的项目有哪些", "共 2 项", ["39 万元", "24 万元"]),
    ("how many under a bound", "预算不到30万的项目有几个", "共 **3** 个", ["3 个", "4 万元", "13 万元", "24 万元"]),
    ("a sum", "七个项目的预算一共是多少", "7 项", [f"1071 万元: {ALL} = 1071 万元"]),
    ("a sum without one", "除了扶贫开发工作，其他项目一共多少钱", "6 项", ["257 万元: 4 + 13 + 39 + 24 + 69 + 108 = 257 万元"]),
    (
        "a sum of an earlier year", "2020年各项目实际支出合计多少", "6 项",
        ["1093.2 万元: 4 + 961.1 + 61 + 9.6 + 26.5 + 31 = 1093.2 万元"],
    ),
    (
        "a sum of the rest", "刨去一般公共服务，剩下的功能支出合计", "3 项",
        ["321.90 万元: 123.07 + 74.8 + 124.03 = 321.90 万元"],
    ),
    (
        "a mean", "平均每个项目多少钱", "7 项",
        ["153.00 万元: 1071 ÷ 7 = 153.00 万元", f"1071 万元: {ALL} = 1071 万元"],
    ),
    (
        "each with a sum", "各项目的采购金额一共多少", "合计 **20.5 万元**",
        ["20.5 万元: 1 + 6.5 + 2 + 6 + 5 = 20.5 万元", "1 万元", "6.5 万元", "2 万元", "6 万元", "5 万元"],
    ),
    ("children", "对个人和家庭的补助包括什么", "共 2 项", ["70.12 万元", "13.64 万元"]),
    ("children of an only child", "住房保障支出包括哪些", "共 3 项", ["79.69 万元", "16.6 万元", "27.74 万元"]),
    (
        "lines of a project", "督查工作的支出明细", "共 2 项", ["3 万元", "1 万元"],
    ),
    (
        "indicators with those in words", "扶贫开发工作有哪些绩效指标", "显著提高", ["25 个", "≥90%", "≥95%"],
    ),
    ("one level of indicators", "专项工作的产出质量指标有哪些", "共 1 项", ["100%"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "question", "said", "told"), CASES, ids=[case[0] for case in CASES])
def test_a_described_set(calculated: Calculate, title: str, question: str, said: str, told: list[str]) -> None:
    reply = calculated(question)
    assert (reply.status, figures(reply)) == (Status.ANSWERED, told)
    assert said in text(reply)
    assert reply.citations
    assert reply.table is not None


def test_the_table_behind_a_ranking_holds_every_member_in_order(calculated: Calculate) -> None:
    reply = calculated("哪个项目花钱最多")
    assert reply.table is not None
    assert reply.table.columns == ("名称", "数值", "单位", "出处")
    assert [row[:3] for row in reply.table.rows] == [
        (name, amount, "万元")
        for name, amount in zip(PROJECTS, ["814", "108", "69", "39", "24", "13", "4"], strict=True)
    ]
    assert [figure.label for figure in reply.items] == PROJECTS


def test_equals_share_a_rank(calculated: Calculate) -> None:
    """福利费 and 提租补贴 only coincide; 公务用车运行维护费 and the whole of its line are the same 10.00."""
    reply = calculated("三公经费里最大的是哪项")
    assert figures(reply) == ["10 万元"]


def test_a_rank_beyond_the_end_is_not_made_up(calculated: Calculate) -> None:
    reply = calculated("预算第九大的项目是哪个")
    assert (reply.status, reply.figures) == (Status.ABSTAINED, ())
    assert "没有第 9 项；文件列出的是：扶贫开发工作、" in text(reply)


def test_an_empty_set_is_an_answer_where_a_bound_emptied_it(calculated: Calculate) -> None:
    reply = calculated("超过5000万元的项目有哪些")
    assert (reply.status, reply.figures) == (Status.ANSWERED, ())
    assert "没有超过5000万元" in text(reply)


def test_a_form_that_was_left_blank_is_told(calculated: Calculate) -> None:
    reply = calculated("聘用人员工作经费有没有采购计划")
    assert reply.status is Status.ANSWERED
    assert "没有填报" in text(reply)


def test_blank_rows_of_a_short_printed_list_are_told_as_the_text_states_them(calculated: Calculate) -> None:
    reply = calculated("三公经费包括哪些")
    assert figures(reply) == ["0 万元", "10 万元", "1.16 万元"]
    assert "因公出国（境）费用：0 万元" in text(reply)


def test_shares_of_each_come_to_the_whole(calculated: Calculate) -> None:
    shares = [figure for figure in calculated("各项目分别占项目支出的多少").figures if figure.unit == "%"]
    assert len(shares) == 7
    assert sum(share.amount for share in shares).quantize(shares[0].amount.__class__("0.01")) == 100


def test_indicators_in_words_are_counted(calculated: Calculate) -> None:
    counted = calculated("调查研究有几个绩效指标")
    assert figures(counted)[0] == "7 个"
    assert figures(calculated("扶贫开发工作有多少个绩效指标"))[0] == "5 个"


@pytest.mark.parametrize(
    ("selector", "kind", "measure", "level"),
    [
        (Selector(classifications=(Classification.FUNCTIONAL,), level=1), "收支总表", "合计", 1),
        (Selector(classifications=(Classification.ECONOMIC,)), "一般公共预算基本支出表", "基本支出", 2),
        (Selector(classifications=(Classification.FUNCTIONAL,), measures=("项目支出",)), "支出总表", "项目支出", 3),
    ],
)
def test_a_set_of_accounts_is_tied_to_one_table(
    engine: Engine, selector: Selector, kind: str, measure: str, level: int
) -> None:
    home = at_home(selector, engine.catalog, 2021)
    assert (home.table_kinds, home.measures, home.level, home.years) == ((kind,), (measure,), level, (2021,))
    assert home.project == ""


def test_parents_and_children_are_never_added_together(calculated: Calculate) -> None:
    reply = calculated("功能分类项级科目合计多少")
    assert figures(reply)[0].startswith("2053.67 万元")
