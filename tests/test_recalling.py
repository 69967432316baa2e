"""A follow-up whose own words find nothing is searched with those of the question before; nothing is made up by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant import Assistant
from assistant.answer import Status
from assistant.recalling import joined
from assistant.shapes import Linked


@pytest.mark.parametrize(
    ("history", "question", "said"),
    [
        (["省内对口帮扶的是几个乡镇"], "具体是哪几个地方，说下名字", "大河镇"),
        (["聘用人员总共多少人"], "其中开车的几位", "3名司机"),
        (["节能环保工作这笔钱有多少"], "里头光印海报要花多少", "宣传海报2000套，每套10元"),
        (["外聘的人一个月基本工资给多少"], "吃饭补助呢", "600元/人/月"),
        (["聘用人员基本工资每人每月多少"], "五险呢", "968元/人/月"),
        (["精准扶贫经费420万怎么分的"], "分给区里那37家的，每家能拿多少", "其余每单位：**3万元**"),
        (["精准扶贫那120万拨给多少个行政事业单位"], "拿6万的有几家", "**三个单位**"),
        (["党建那6万怎么花"], "帮几个社区", "结对帮扶共建社区2个"),
        (["机关运行经费是多少"], "这笔钱主要都花在哪些地方", "办公费、印刷费、水费"),
        (["征订报纸杂志花多少", "订了哪些"], "一共订多少份", "40份"),
        (["出国费写0吗"], "万一要去呢", "区委、区政府审批"),
    ],
)
def test_the_earlier_words_help(assistant: Assistant, history: list[str], question: str, said: str) -> None:
    answer = assistant.ask(question, history=history)
    assert answer.status is Status.ANSWERED
    assert said in answer.text and answer.citations


@pytest.mark.parametrize(
    ("history", "question"),
    [
        (["公务接待费多少"], "武汉的天气怎么样"),
        (["三公经费多少"], "茅台买了几瓶"),
        (["专项工作多少钱"], "食堂有几个人"),
        (["扶贫开发工作多少钱"], "区长是哪里人"),
    ],
)
def test_words_of_their_own_must_be_said(assistant: Assistant, history: list[str], question: str) -> None:
    assert assistant.ask(question, history=history).status is Status.ABSTAINED


def test_the_cues_of_the_earlier_question_are_left_out(linked: Callable[[str], Linked]) -> None:
    both = joined(linked("公务接待费是多少"), linked("茅台几瓶"))
    assert both.text == "公务接待费，，，，茅台几瓶"
    assert [(m.text, both.text[m.start : m.end]) for m in both.mentions if m.sense.names][:1] == [
        ("公务接待费", "公务接待费")
    ]
