"""What kind of income a thing is, a reason that presumes the wrong direction, what 除了 sets aside."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    "question",
    ["账户里存款的利息，按名词解释该归到哪类收入？", "把房子租出去收的租金应归哪一类收入？", "存货盘盈归入哪类"],
)
def test_the_definition_that_lists_it(assistant: Assistant, question: str) -> None:
    assert "（四）其他收入：" in assistant.ask(question).text


def test_what_no_definition_lists_is_not_said(assistant: Assistant) -> None:
    assert assistant.ask("罚款收入归哪类收入").status is Status.ABSTAINED


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("公务接待费为什么增加了？", "注意：不是增加，公务接待费是**减少**的。"),
        ("基本支出为啥减少了", "注意：不是减少，基本支出是**增加**的。"),
        ("公务接待费为什么减少了", "公务接待费变动的原因：厉行节约、加强内部审批，严控一般性支出，节省行政运行成本"),
    ],
)
def test_a_wrong_direction_is_put_right_before_the_reason(assistant: Assistant, question: str, first: str) -> None:
    assert assistant.ask(question).text.splitlines()[0] == first


def test_what_is_set_aside_narrows_nothing(assistant: Assistant) -> None:
    assert assistant.ask("除了一般公共预算，还动用政府性基金的拨款不？").text.startswith("**没有**")
