"""What is printed or follows for a single one: standards per head and month, and their sum; a price per issue or copy."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("临时工每人每月五险和伙食补助合计多少", "合计：**1568 元/人/月**（968 + 600 = 1568 元）"),
        ("代理费每人每月多少", "代理费：**60元、人/月**（文件所印的标准）"),
        ("《政府公报》每期编印成本合多少元？", "专项工作·《政府公报》编发每期：**5000 元**（文件所印的标准：0.5万元*12月=6万元）"),
        ("月刊一期印下来要几千元", "月刊：**0.5万元**（文件所印的标准，即 5 千元）"),
        ("机关图书室平均每本书多少元", "专项工作·机关图书室平均每本：**40.00 元**"),
    ],
)  # fmt: skip
def test_the_price_of_one_is_told_first(assistant: Assistant, question: str, first: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.text.splitlines()[0]) == (Status.ANSWERED, first)


def test_standards_of_different_spans_are_not_added(assistant: Assistant) -> None:
    answer = assistant.ask("聘用人员节日补助和基本工资每人加起来多少")
    assert "这几项的计算周期不同，不能直接相加。" in answer.text and "合计" not in answer.text
