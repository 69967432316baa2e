"""Is one thing part of another: said, left out of a closed list, or not said."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status


@pytest.mark.parametrize(
    ("question", "status", "verdict", "said"),
    [
        ("公务接待费包不包括招待外宾", Status.ANSWERED, "**包括**", "各类公务接待（含外宾接待）费用"),
        ("公务用车购置费含不含车辆购置税", Status.ANSWERED, "**包括**", "公务用车购置费（含车辆购置税）"),
        ("机关运行经费里算不算会议费", Status.ANSWERED, "**包括**", "差旅费、会议费、福利费"),
        ("三公经费包不包括会议费", Status.ANSWERED, "**不包括**", "公务用车购置及运行维护费和公务接待费"),
        ("培训费里包不包括住宿费", Status.ABSTAINED, "文件没有说“培训费”是否包括“住宿费”", "培训费"),
    ],
)
def test_the_verdict_comes_first(assistant: Assistant, question: str, status: Status, verdict: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is status
    assert answer.text.startswith(verdict) and said in answer.text
