"""A contradiction is told exactly when the answer tells one side of it; asked for, it is told with both places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.answer import Status
from assistant.findings import aspects, worth_telling
from index.evidence import Severity


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("基本支出增长0.1%是不是印错了", {("0.1", "%"), ("0.72", "%")}),
        ("项目支出减少186.2万元、下降17%，两者能自洽吗", {("17", "%"), ("14.81", "%")}),
        ("一般行政管理事务在文字和表里的数一致吗", {("1071", "万元"), ("1002", "万元")}),
        ("扶贫开发工作的总预算有没有矛盾", {("814", "万元"), ("864", "万元")}),
        ("聘用人员经费的明细加起来对得上69万吗", {("69", "万元"), ("64.3944", "万元")}),
        ("纳入绩效管理的金额与项目支出对不对得上", {("1731.77", "万元"), ("1071", "万元")}),
        ("20个贫困村的资金有几个说法", {("300", "万元"), ("420", "万元")}),
        ("来凤县大河镇的帮扶资金前后说法一致吗", {("60", "万元"), ("70", "万元")}),
        ("盒饭费9万元和8.8万元哪个对", {("9", "万元"), ("8.8", "万元"), ("8.76", "万元")}),
        ("援藏资金各处表述一致吗", {("100", "万元"), ("814", "万元")}),
        ("党报党刊份数前后一致吗", {("40", "份"), ("35", "份")}),
        ("聘用人员的工资、五险、伙食、代理费，一笔笔加起来够69万吗", {("69", "万元"), ("64.3944", "万元")}),
        ("逐项加总，聘用人员工作经费凑得够69万吗", {("69", "万元"), ("64.3944", "万元")}),
        ("正文写一般行政管理事务1071万元，公开表5里也是这个数吗", {("1071", "万元"), ("1002", "万元")}),
        ("扶贫款分到各处加起来超没超过814万", {("900", "万元"), ("814", "万元")}),
        ("20个贫困村合计300万吗", {("300", "万元"), ("420", "万元")}),
        ("广角信息每月一期，跟指标定的期数对得上吗", {("10", "期")}),
        ("项目支出占比印的是53%，印得准吗", {("53", "%"), ("52.15", "%")}),
        ("项目支出一共减了186.2万，说是下降17%。写的和算的是一回事吧", {("17", "%"), ("14.81", "%")}),
    ],
)
def test_a_question_about_a_contradiction_gets_both_sides(
    assistant: Assistant, question: str, figures: set[tuple[str, str]]
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED and "不一致" in answer.text
    assert {(Decimal(number), unit) for number, unit in figures} <= {(v.value, v.unit) for v in answer.values}
    assert len(answer.conflicts) == 1 or len(answer.conflicts) <= 2
    assert all(conflict.citations for conflict in answer.conflicts)


@pytest.mark.parametrize("question", ["请把自相矛盾的地方都指出来", "这份文件有没有算错的地方", "数据之间有没有打架的"])
def test_a_question_about_everything_gets_everything(assistant: Assistant, question: str) -> None:
    told = {conflict.message for conflict in assistant.ask(question).conflicts}
    worth = [finding for finding in assistant.findings() if worth_telling(finding)]
    assert told == {finding.conflict.message for finding in worth}
    assert len(worth) >= 16


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("总值班室2020年实际支出多少", {"31 万元", "24 万元"}),
        ("扶贫开发工作的项目总金额", {"814 万元", "864 万元"}),
        ("一般行政管理事务是多少", {"1002 万元", "1071 万元"}),
        ("来凤县大河镇给了多少", {"60 万元", "70 万元"}),
    ],
)
def test_the_other_place_is_among_the_values(assistant: Assistant, question: str, told: set[str]) -> None:
    answer = assistant.ask(question)
    assert len(answer.conflicts) == 1
    assert told <= {f"{value.value} {value.unit}" for value in answer.values}
    places = {place.label() for place in answer.conflicts[0].citations}
    assert any(value.formula or value.label in places for value in answer.values[1:])


@pytest.mark.parametrize(
    "question",
    [
        "总预算减178.84万，基本支出增7万、项目减186.2万，这几个数能对平吗",
        "基本支出多了7万、项目少了186.2万，合起来跟总预算说的减少数一样吗",
        "基本支出和项目支出的增减额加起来，等于总预算减少的数吗",
    ],
)
def test_a_rounding_difference_is_told_on_request(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "取整" in answer.text and "自相矛盾" not in answer.text
    assert {"179.2", "178.84", "0.36"} <= {str(value.value) for value in answer.values}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("正文里基本支出982.67万，跟表三的数是同一个吗", "**一致**"),
        ("公务接待费正文写1.16万，公开表7也是这个数吗", "第2处"),
        ("正文说公务接待费是2万元，表里也是这个数吗", "**不是**"),
        ("工资福利支出在表4和表6里是同一个数吗", "口径不同"),
        ("督查工作的数在两张表里一样吗", "**一致**"),
        ("公务接待费和公务用车加起来够11.16万吗", "合计正好是11.16万"),
        ("督查工作和聘用人员工作经费加起来够80万吗", "比80万少 7 万元"),
        ("机关运行经费和公用经费一致吗", "一致"),
        ("三公经费的分项之和与合计一致吗", "1.16 = 11.16 万元，三公经费也是 11.16 万元"),
        ("公务接待费在两张表里的数一致吗", "没有发现文件在这里自相矛盾"),
        ("《政府公报》的8万元算得对吗", "6 + 2 = 8 万元，相符"),
    ],
)
def test_what_agrees_is_said_to_agree(assistant: Assistant, question: str, verdict: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.conflicts) == (Status.ANSWERED, ())
    assert verdict in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "项目支出占总支出多少",
        "项目支出同比下降多少",
        "2020年的项目支出有多少",
        "扶贫开发工作的项目总金额",
        "值班干部盒饭保障多少钱",
        "一般行政管理事务是多少",
        "总值班室2020年实际支出多少",
        "基本支出占比",
    ],
)
def test_an_answer_that_tells_one_side_warns(assistant: Assistant, question: str) -> None:
    assert len(assistant.ask(question).conflicts) == 1


@pytest.mark.parametrize(
    "question",
    [
        "项目支出是多少",
        "基本支出今年多少钱",
        "一共有几个项目",
        "2021年都申报了哪些项目",
        "扶贫开发工作本年预算是多少",
        "基本支出增加的主要原因是什么",
        "专项工作那39万分别花到哪些事情上了",
        "聘用人员五险一年多少钱",
        "部门总预算多少",
        "总预算比上年减少多少",
        "公务接待费比上年减少多少",
        "预算绩效开展情况",
        "扶贫开发工作的负责人是谁",
        "扶贫开发工作占总预算的百分之多少",
        "总值班室2019年实际花掉的比2021年的预算多多少",
        "表4的301跟表6的301差额多少",
        "聘用人员全年基本工资小计多少元",
    ],
)
def test_an_answer_that_tells_no_side_does_not_warn(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.conflicts) == (Status.ANSWERED, ())


def test_rounding_is_no_contradiction(assistant: Assistant) -> None:
    rounded = [finding for finding in assistant.findings() if finding.severity == Severity.ROUNDING]
    assert {finding.kind for finding in rounded if worth_telling(finding)} <= aspects().rounding


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("印的17%对不对", "14.81"),
        ("87600元算对了吗", "8.76"),
        ("64.3944万元这个合计有没有加错", "64.3944"),
        ("8.76万算得准不准", "8.76"),
    ],
)
def test_a_printed_figure_is_enough_to_name_what_is_checked(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)
    assert answer.conflicts and Decimal(told) in {value.value for value in answer.values}


def test_printed_arithmetic_that_holds_is_said_to_hold(assistant: Assistant) -> None:
    answer = assistant.ask("349440元对不对")
    assert "**相符**" in answer.text and not answer.conflicts
