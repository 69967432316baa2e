"""Conversations about the built-in disclosure: every follow-up states the figures computed from the document."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant import Assistant
from assistant.answer import Answer, Status
from assistant.pointing import Way, first, pointing, without_preface
from assistant.shapes import Linked
from index.numbers import MONEY_UNITS

DIALOGUES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "dialogues.toml").read_text(encoding="utf-8")
)["dialogue"]


class Amount(NamedTuple):
    value: Decimal
    unit: str


def amount(value: Decimal | str, unit: str) -> Amount:
    """In 元 where it is money, so that 万元 and 元 compare."""
    number = Decimal(value)
    return Amount(number * MONEY_UNITS[unit], "元") if unit in MONEY_UNITS else Amount(number, unit)


def title(dialogue: dict[str, Any]) -> str:
    return " » ".join((*dialogue["history"], dialogue["question"]))


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=title)
def test_a_conversation(assistant: Assistant, dialogue: dict[str, Any]) -> None:
    answer = assistant.ask(dialogue["question"], history=dialogue["history"])
    told = [amount(v.value, v.unit) for v in answer.values]
    expected = [amount(*printed.split()) for printed in dialogue.get("values", [])]
    if not dialogue.get("anything"):
        assert answer.status == dialogue.get("status", "answered"), answer.text
    assert [e for e in expected if e not in told] == [], answer.text
    if expected and dialogue.get("lead", True):
        assert told[0] == expected[0], answer.text
    assert [g for g in dialogue.get("text", []) if not any(word in answer.text for word in g)] == [], answer.text
    assert [word for word in dialogue.get("forbid", []) if word in answer.text] == [], answer.text


def test_there_is_a_dialogue_only_once() -> None:
    titles = [title(dialogue) for dialogue in DIALOGUES]
    assert sorted(set(titles)) == sorted(titles)


UNRELATED = ("公务接待费是多少", "扶贫开发工作2020年实际支出多少", "金额最大的项目是哪个")
COMPLETE = (
    "培训费今年列了几万",
    "基本工资",
    "会议费安排了多少万？",
    "全年收听处置公务电话不少于多少次？",
    "现在保留了几辆公务车辆啊",
    "扶贫开发工作2021年当年预算比它2020年的预算少安排了多少？",
    "刨去一般公共服务，剩下三类功能支出的总和",
    "福利费和提租补贴的数是不是一样的？",
    "督查工作项目的产出数量指标及目标值",
    "我对数据有疑问，该打哪个电话咨询？",
    "各项目的负责人是哪位",
    "哪个项目的采购额最高，高到多少",
    "2020年这个办公室总共批了多少预算",
    "项目支出请以“元”为单位告诉我",
)


@pytest.mark.parametrize("question", COMPLETE)
@pytest.mark.parametrize("earlier", UNRELATED)
def test_a_complete_question_is_answered_as_if_it_came_first(assistant: Assistant, earlier: str, question: str) -> None:
    def essence(answer: Answer) -> tuple[object, ...]:
        return answer.status, answer.values, answer.text

    assert essence(assistant.ask(question, history=[earlier])) == essence(assistant.ask(question))


def test_history_may_be_questions_or_pairs(assistant: Assistant) -> None:
    earlier = assistant.ask("公务接待费是多少")
    assert assistant.ask("比去年呢", history=[("公务接待费是多少", earlier)]) == assistant.ask(
        "比去年呢", history=["公务接待费是多少"]
    )


def test_a_clarifying_question_offers_choices_that_can_be_picked(assistant: Assistant) -> None:
    asked = "那个项目的预算是多少"
    clarifying = assistant.ask(asked)
    assert clarifying.status is Status.CLARIFY
    for number, choice in zip("一二三", clarifying.choices, strict=False):
        assert assistant.ask(f"第{number}个", history=[asked]).values == assistant.ask(choice).values


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("不是，我问的是基本支出里的", "基本支出里的"),
        ("不对，我问的是2020年的", "2020年的"),
        ("好的，那培训费呢", "那培训费呢"),
        ("不是公务接待费，是培训费", "不是公务接待费，是培训费"),
        ("我问的是", "我问的是"),
    ],
)
def test_an_opening_that_says_nothing_is_left_out(typed: str, said: str) -> None:
    assert without_preface(typed) == said


def test_pointing_words_are_found_where_they_stand() -> None:
    assert first("前者是后者的几倍", Way.LATTER) == 3
    assert first("培训费多少", Way.LATTER) == -1
    plain = pointing(Linked("其中绿化费呢", (), ("其中绿化费呢",)))
    assert (plain.has(Way.INSIDE), plain.own_topic, plain.pronoun) == (True, True, False)
