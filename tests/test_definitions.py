"""Definitions: of several terms, of where money comes from, of what counts as what."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status

BUSINESS = "指事业单位开展专业业务活动及其辅助活动取得的收入"
OPERATING = "开展非独立核算经营活动取得的收入"
BASIC = "为保障机构正常运转、完成日常工作任务"
PROJECT = "在基本支出之外为完成特定行政任务"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("事业收入和经营收入有啥区别", (BUSINESS, OPERATING)),
        ("基本支出与项目支出怎么区分", (BASIC, PROJECT)),
        ("功能分类跟经济分类不同在哪", ("按政府主要职能活动分类", "按支出的经济性质和具体用途")),
        ("政府性基金预算的钱从哪里来", ("向社会征收以及出让土地、发行彩票",)),
        ("政府性基金预算是个什么东西", ("政府预算体系的重要组成部分",)),
        ("租金收入算哪一类收入", ("（四）其他收入",)),
        ("卖彩票的钱算什么预算", ("（八）政府性基金预算",)),
        ("功能分类科目按什么划分", ("按政府主要职能活动分类",)),
        ("说的三公，到底哪三公", ("因公出国（境）费用、公务用车购置及运行维护费和公务接待费",)),
        ("公务用车都指哪几种", ("省部级干部专车、一般公务用车和执法执勤用车",)),
        ("公务用车运行维护费可以报销些什么", ("燃料费、维修费、过桥过路费、保险费",)),
    ],
)
def test_the_definitions_are_quoted(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert all(text in answer.text for text in said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("接待费怎么压下来的，给的说法是什么", "厉行节约"),
        ("基本支出不降反升，文件怎么解释", "人员晋级晋档"),
        ("项目支出减少，给出的理由是什么", "节约成本，减少开支"),
        ("因公出国（境）真要发生了，走什么手续", "实际发生时报区委、区政府审批"),
    ],
)
def test_a_reason_by_any_word(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).text


def test_the_source_of_a_projects_money_is_no_definition(assistant: Assistant) -> None:
    assert "发行彩票" not in assistant.ask("扶贫开发工作的钱从哪里来").text
