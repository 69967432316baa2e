"""The kinds of nothing are different replies: not collected, not disclosed, no concern of a budget; 0 is none."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status
from assistant.errors import SemanticDataError
from assistant.text_terms import load, parse


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2022年的总预算是多少", "未收录"),
        ("2020年决算总支出多少", "未收录"),
        ("江岸区政府办今年部门预算多少", "未收录"),
        ("硚口区政府办公务接待费", "未收录"),
        ("江汉区教育局有多少编制", "未收录"),
        ("区委办的预算有多少", "未收录"),
        ("市政府办公厅三公经费", "未收录"),
        ("全区财政收入多少", "未收录"),
        ("会议费安排了多少万", "未披露"),
        ("工会经费的金额", "未披露"),
        ("公用经费的水费是多少", "未披露"),
        ("30213维修（护）费列支几万元", "未披露"),
        ("国有资本经营预算支出表里填了多少钱", "未披露"),
        ("区长一个月拿多少工资", "未披露"),
        ("印刷服务最后是哪家公司中标的", "未披露"),
        ("一年接待了多少批次、多少人次", "未披露"),
        ("公务接待的茅台酒花了多少钱", "未披露"),
        ("公务用车是什么牌子", "未披露"),
        ("政府办2019年三公经费", "未披露"),
        ("明天武汉下不下雨", "与预算无关"),
        ("给我写一首关于春天的诗", "与预算无关"),
        ("1+1等于几", "与预算无关"),
    ],
)
def test_a_refusal_says_which_kind_of_nothing(assistant: Assistant, question: str, reason: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason, answer.values) == (Status.ABSTAINED, reason, ())
    assert answer.text


def test_an_amount_that_is_only_mentioned_is_told_with_its_place(assistant: Assistant) -> None:
    answer = assistant.ask("工会经费的金额")
    assert "文件没有披露“工会经费”的" in answer.text
    assert "工会经费" in answer.citations[0].mark
    assert answer.citations[0].mark in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("因公出国费是零还是没填", "文件写明为 0"),
        ("教育支出是多少", "空白"),
        ("政府性基金支出多少", "没有使用政府性基金预算财政拨款安排的支出"),
        ("政府性基金预算支出表怎么是空表", "无政府性基金财政拨款支出"),
        ("有没有工程类的政府采购", "没有"),
    ],
)
def test_zero_blank_and_lawfully_empty_are_answers(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "老百姓最关心的三公经费是多少",
        "请问江汉区政府办公务接待费今年安排多少",
        "文件里写的公务接待费",
        "市政府督查专项工作资料汇编多少钱",
        "扶贫开发工作2020年实际支出了多少",
        "不可预见费留了多少",
        "招商引资提升率目标",
    ],
)
def test_what_is_there_is_not_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ANSWERED


def test_the_data_file_is_validated() -> None:
    assert load().same_counter("名", "人") and not load().same_counter("名", "辆")
    with pytest.raises(SemanticDataError, match=r"\[counter\]"):
        parse({})
    with pytest.raises(SemanticDataError, match=r"\[light\]"):
        parse({"counter": {"groups": [["人"]]}, "light": {"words": []}})


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("区长一年工资多少", "未披露"),
        ("谁中了打印复印的标", "未披露"),
        ("江汉区2021年一般公共预算收入是多少", "未收录"),
        ("江汉区今年税收多少", "未收录"),
    ],
)
def test_persons_winners_and_regions_are_not_the_body(assistant: Assistant, question: str, reason: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == (Status.ABSTAINED, reason)


@pytest.mark.parametrize(
    "question", ["区长专线临时人员有几个", "江汉区政府办一般公共预算收入是多少", "江汉区三公经费多少"]
)
def test_names_that_only_begin_like_them_are_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ANSWERED
