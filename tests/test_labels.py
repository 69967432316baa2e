"""Labelled texts of forms: several asked for at once, none in a longer expression, none of a project without a form."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("督查工作谁负责、电话多少", ("杨俊", "85481661")),
        ("整体绩效目标申报表是谁填的，哪天填的", ("周露", "2020年9月10日")),
        ("专项工作的实施单位和负责人分别是谁", ("政府办", "杨俊")),
        ("督查工作的联系电话是多少", ("85481661",)),
    ],
)
def test_every_label_is_told(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert all(text in answer.text for text in said)


@pytest.mark.parametrize("question", ["不可预见费的负责人是谁", "不可预见费的联系电话是多少"])
def test_a_project_without_a_form_has_no_field(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ABSTAINED
    assert "文件没有“不可预见费”的项目申报表" in answer.text


@pytest.mark.parametrize("question", ["区长专线电话归不归政府办管", "接电话的指标一年要多少次"])
def test_a_telephone_in_a_name_is_no_number(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert "85481661" not in answer.text


def test_an_amount_is_looked_for_in_the_label(assistant: Assistant) -> None:
    assert "同比5%的递减率" in assistant.ask("专项工作总目标里对发文总量的要求是多少").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("预算里算没算下属单位", "本部门由机关单位组成"),
        ("本次预算覆盖哪些单位", "本部门由机关单位组成"),
        ("三公经费统计的是哪些单位", "开支单位包括局机关单位"),
        ("国有资产情况", "实物保障用车1辆"),
    ],
)
def test_a_topic_is_the_text_under_its_heading(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).text
