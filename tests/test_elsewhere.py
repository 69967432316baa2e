"""A figure asked of another place or body is refused, never answered with the figures of the body that is held."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("硚口区人民政府办公室", "硚口区"),
        ("硚口区政府", "硚口区"),
        ("硚口", "硚口"),
        ("隔壁硚口", "硚口"),
        ("江岸", "江岸"),
        ("黄陂区政府办公室", "黄陂区"),
        ("黄陂区", "黄陂区"),
        ("江汉区纪委", "江汉区纪委"),
        ("市府办", "市府办"),
        ("全江汉区所有部门", "所有部门"),
    ],
)
@pytest.mark.parametrize("asked", ["{}2021年公务接待费是多少", "想看看{}的三公经费预算", "把{}今年的培训费告诉我"])
def test_the_figures_of_another_body_are_not_collected(assistant: Assistant, body: str, told: str, asked: str) -> None:
    answer = assistant.ask(asked.format(body))
    assert (answer.status, answer.values) == (Status.ABSTAINED, ())
    assert told in answer.text


@pytest.mark.parametrize(
    "body", ["湖北省武汉市江汉区人民政府办公室", "我区政府办", "那府办", "咱区府办", "本区政府办", "江汉政府办", "贵办"]
)
@pytest.mark.parametrize("asked", ["{}2021年公务接待费是多少", "{}的公务接待费预算多少", "把{}今年的公务接待费告诉我"])
def test_the_body_itself_is_known_by_any_of_its_names(assistant: Assistant, body: str, asked: str) -> None:
    answer = assistant.ask(asked.format(body))
    assert [(str(v.value), v.unit) for v in answer.values[:1]] == [("1.16", "万元")]


@pytest.mark.parametrize("question", ["省里对口帮扶的是哪几个镇呀", "卫生健康支出当中公务员医疗补助的占比是？"])
def test_a_word_of_place_in_general_is_no_place(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ANSWERED
