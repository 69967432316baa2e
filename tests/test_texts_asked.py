"""Questions whose answer is in words: what is said of them, by whom, how it is handled, what they are sorted by."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("几个部门之间有分歧，区政府办在里面起什么作用", ("提出处理意见", "审定")),
        ("两个局扯皮了，政府办怎么处理", ("提出处理意见",)),
        ("要是年中真有人要出国，钱怎么批", ("区委、区政府审批",)),
        ("功能分类科目分成几级", ("大类下再分款、项两级",)),
        ("这些数字把下属单位也算进去了吗", ("本部门由机关单位组成",)),
        ("黄陂那二十个贫困村，扶贫款主要搞些什么产业", ("光伏发电", "油茶基地", "金银花基地", "特色水稻")),
        ("发文总量每年要降几个点", ("同比5%的递减率",)),
        ("公务用车按用途有哪几种", ("实物保障用车", "应急用车", "机要保障用车")),
        ("精准扶贫拨给行政事业单位的一共几家，其中几家是6万", ("37个行政事业单位", "三个单位6万元")),
    ],
)
def test_the_sentence_that_says_it(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.text] == []


@pytest.mark.parametrize("question", ["扶贫的钱花得值吗", "办公大楼的建筑面积有多少平米？房产证在谁名下"])
def test_what_is_not_said_is_not_made_up(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ABSTAINED


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("经常性项目有几个", "项目类别是“经常性项目”的有 **6** 个："),
        ("有没有一次性项目", "**没有**：项目类别是“一次性项目”的有 **0** 个。"),
        ("经常性项目合计多少钱", "项目类别是“经常性项目”的项目合计：**963 万元**（6 项，2021年预算 · 项目 · 本年预算）"),
    ],
)  # fmt: skip
def test_projects_by_what_their_forms_say(assistant: Assistant, question: str, first: str) -> None:
    assert assistant.ask(question).text.splitlines()[0] == first


def test_a_sum_in_words_is_read(assistant: Assistant) -> None:
    assert assistant.ask("政府采购是贰拾万零伍仟元，对不对").text.startswith("**是的**")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("有多少项目编了绩效目标", ("共 **6** 个", "没有绩效总目标的有 1 个：不可预见费。")),
        ("援疆的钱给了哪里，多少", ("**100 万元**", "博乐市青得里街道")),
        ("其他收入包含租金吗", ("**包括**", "租金收入")),
        ("三公经费包括培训费吗", ("**不包括**",)),
    ],
)
def test_both_halves_are_said(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    text = assistant.ask(question).text
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("长期目标2讲的是什么", "长期目标2：开展调研及扶贫工作"),
        ("年度工作任务有几条，第二条讲什么", "年度工作任务一共列了 **3** 条："),
        ("省内对口帮扶资金怎么拨", "扶贫开发工作·支出明细：1、省内对口帮扶资金270万元"),
        ("公开咨询电话是不是027-85481661", "公开咨询电话：027-85481661"),
        ("满意度指标最低的是哪一个", "满意度指标中最小的是 **聘用人员工作经费·对聘用人员满意度**（≥85%）"),
        ("文件里的数是计划要花的，还是已经花出去的", "武汉市江汉区人民政府办公室2021年部门预算所列的是**2021年预算数**。"),
    ],
)  # fmt: skip
def test_what_is_asked_comes_first(assistant: Assistant, question: str, first: str) -> None:
    assert assistant.ask(question).text.startswith(first)
