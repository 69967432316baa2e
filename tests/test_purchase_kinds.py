"""The kinds of government purchases as prose states them."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status

_SAID = "- 文件写明：“政府采购预算包括：服务类20.5万元，为印刷和出版服务。”"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("今年货物类采购预算多少", "**没有**货物类采购：政府采购合计 20.5 万元，全部是服务类 20.5 万元。"),
        ("有供应商问：今年货物类采购预算多少？", "**没有**货物类采购：政府采购合计 20.5 万元，全部是服务类 20.5 万元。"),
        ("有没有工程类采购", "**没有**工程类采购：政府采购合计 20.5 万元，全部是服务类 20.5 万元。"),
        ("采购预算买的是货物还是服务", "政府采购：**20.5 万元**"),
        ("政府采购总共安排多少？买的是什么东西？", "政府采购：**20.5 万元**（2021年预算 · 政府采购 · 合计）"),
    ],
)  # fmt: skip
def test_what_is_bought_is_quoted(assistant: Assistant, question: str, first: str) -> None:
    answer = assistant.ask(question)
    lines = answer.text.splitlines()
    assert (answer.status, lines[0], _SAID in lines) == (Status.ANSWERED, first, True)


def test_who_won_the_contract_is_still_not_disclosed(assistant: Assistant) -> None:
    assert assistant.ask("想问一下，中标供应商是哪家").status is Status.ABSTAINED


@pytest.mark.parametrize("question", ["服务类政府采购预算列了多少", "服务类政府采购多少钱"])
def test_a_kind_before_the_purchases_is_asked_for_and_not_their_total(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).text.splitlines()[0].startswith("服务类：**20.5 万元**")
