"""The figure of a named thing: with its other readings, blank, 0, stated none, absent. Each is another answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Status
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.values import absence, stated_none, value
from tests.replies import figures, text

Calculate = Callable[[str], Reply]

FIGURES = [
    ("a figure of one table", "奖金多少", ["267.74 万元"]),
    ("a figure of several tables", "公务接待费是多少", ["1.16 万元"]),
    ("a code", "30239是多少", ["30.07 万元"]),
    ("a code of three digits", "208是多少", ["123.07 万元"]),
    ("two readings", "工资福利支出是多少", ["841.08 万元", "772.08 万元"]),
    ("the reading that is named", "基本支出中的工资福利支出是多少", ["772.08 万元"]),
    ("another inside a project", "培训费多少", ["4.36 万元", "5 万元"]),
    ("only inside a project", "援疆经费多少", ["100 万元"]),
    ("a project", "专项工作多少钱", ["39 万元"]),
    ("a project, earlier, spent", "专项工作2019年实际支出多少", ["70.2 万元"]),
    ("a project, earlier, left", "专项工作2019年结余多少", ["10.8 万元"]),
    ("a project, both totals that are printed", "扶贫开发工作的项目总预算", ["814 万元", "864 万元"]),
    ("a count", "一共有多少编制", ["33 人"]),
    ("a target", "扶贫对象满意度的目标值", ["≥95%"]),
    ("several", "人员经费和公用经费各是多少", ["855.84 万元", "126.83 万元"]),
    ("another unit", "福利费是多少元", ["166000 元: 16.6 万元 × 10000 = 166000 元"]),
    ("the year before, derived", "2020年公务接待费是多少", ["2.9 万元: 1.16 + 1.74 = 2.90 万元"]),
]


@pytest.mark.parametrize(("title", "question", "told"), FIGURES, ids=[title for title, _, _ in FIGURES])
def test_the_figure_and_its_other_readings(calculated: Calculate, title: str, question: str, told: list[str]) -> None:
    reply = calculated(question)
    assert (reply.status, figures(reply)) == (Status.ANSWERED, told)
    assert reply.citations
    assert all(figure.text in text(reply) for figure in reply.figures)


def test_readings_are_told_apart_by_their_scope(calculated: Calculate) -> None:
    lines = calculated("工资福利支出是多少").lines
    assert "公开表1" in lines[0]
    assert "另一口径" in lines[1]
    assert "公开表6" in lines[1]


def test_a_printed_zero_is_told_as_such(calculated: Calculate) -> None:
    reply = calculated("公车购置费多少")
    assert figures(reply) == ["0 万元"]
    assert "写明为 0" in text(reply)


@pytest.mark.parametrize("question", ["203国防支出填了多少", "事业收入有多少"])
def test_a_blank_is_neither_zero_nor_absent(calculated: Calculate, question: str) -> None:
    reply = calculated(question)
    assert (reply.status, reply.figures) == (Status.ANSWERED, ())
    assert "空白" in text(reply)
    assert reply.citations[0].quote == ""
    assert reply.citations[0].row


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("政府性基金预算支出多少", "没有使用政府性基金预算财政拨款安排的支出"),
        ("政府购买服务多少钱", "无政府购买服务支出"),
        ("有没有政府性基金预算支出", "没有使用政府性基金预算财政拨款安排的支出"),
    ],
)
def test_what_is_stated_not_to_be_is_none(calculated: Calculate, question: str, clause: str) -> None:
    reply = calculated(question)
    assert (reply.status, reply.figures) == (Status.ANSWERED, ())
    assert "没有" in reply.lines[0]
    assert clause in text(reply)
    assert clause in reply.citations[0].quote


def test_what_is_nowhere_is_not_disclosed(calculated: Calculate) -> None:
    reply = calculated("工会经费多少")
    assert (reply.status, reply.reason, reply.figures) == (Status.ABSTAINED, "未披露", ())
    assert "工会经费" in text(reply)


def test_a_year_that_is_not_there_is_told_with_the_one_that_is(calculated: Calculate) -> None:
    reply = calculated("公务接待费2018年是多少")
    assert reply.status is Status.ABSTAINED
    assert "2018年" in text(reply)
    assert "1.16 万元" in text(reply)


def test_a_year_without_the_project_is_told_in_the_words_of_the_form(calculated: Calculate) -> None:
    reply = calculated("聘用人员工作经费2019年预算多少")
    assert reply.status is Status.ANSWERED
    assert "2019年无此项目" in text(reply)
    assert reply.citations[0].mark == "2019年无此项目。"


def test_one_missing_of_several_does_not_hide_the_others(calculated: Calculate) -> None:
    reply = calculated("培训费和会议费分别多少")
    assert reply.status is Status.ANSWERED
    assert figures(reply)[0] == "4.36 万元"
    assert "没有披露“会议费”" in text(reply)


@pytest.mark.parametrize(
    ("question", "verdict", "told"),
    [
        ("有没有因公出国费", "没有", ["0 万元"]),
        ("有没有退休费", "有", ["70.12 万元"]),
    ],
)
def test_whether_there_is_any(calculated: Calculate, question: str, verdict: str, told: list[str]) -> None:
    reply = calculated(question)
    assert reply.lines[0].startswith(f"**{verdict}**")
    assert figures(reply) == told


def test_a_printed_target_that_reads_differently_is_quoted(calculated: Calculate) -> None:
    reply = calculated("政府工作报告容错率是多少")
    assert figures(reply) == ["≤0.4%"]
    assert "≤千分之四" in text(reply)


def test_a_target_in_words_and_its_explanation(calculated: Calculate) -> None:
    reply = calculated("乡镇经济收入程度的指标值")
    assert reply.figures == ()
    assert "显著提高" in text(reply)
    assert "提高乡镇经济收入程度" in text(reply)


def test_absence_names_what_was_asked(resolver: Resolver) -> None:
    assert absence(Selector(names=("没有的费",), label="某费"), resolver) == "文件没有披露“某费”的金额。"
    assert absence(Selector(names=("没有的费",), years=(2019,)), resolver) == "文件没有披露“没有的费”2019年的数。"
    assert stated_none(Selector(names=("没有的费",)), resolver) is None


def test_names_and_projects_are_handed_on(resolver: Resolver) -> None:
    project = Selector(names=("督查工作",), project="督查工作", label="督查")
    reply = value(SemanticQuery(Operation.VALUE, (Selector(names=("奖金",)), project)), resolver)
    assert (reply.names, reply.projects, reply.aspects) == (("奖金", "督查工作"), ("督查工作",), frozenset({"金额"}))
    assert [f.text for f in reply.items] == [f.text for f in reply.figures]
