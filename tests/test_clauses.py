"""Several questions in one sentence: cut where two are said in one breath, asked on where a later clause wants more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant import Assistant, clauses
from assistant.shapes import Linked

FURTHER = [
    ("a rate and what is left", "执行率是多少，剩多少没用", ("剩多少没用",)),
    ("one question with its object in front", "扶贫开发工作2020年的，预算多少", ()),
    ("a remark behind", "公务接待费多少，谢谢", ()),
]
APART = [
    ("a clause that asks on", "奖金多少，办公费呢", False, ("奖金多少", "办公费呢")),
    ("one question", "奖金和办公费，哪个多", False, ("奖金和办公费，哪个多",)),
    ("one of a set is picked first", "钱最少的那个，是拿来干嘛的", True, ("钱最少的那个", "是拿来干嘛的")),
    ("without a set nothing is picked", "钱最少的那个，是拿来干嘛的", False, ("钱最少的那个，是拿来干嘛的",)),
]


@pytest.mark.parametrize(("title", "question", "further"), FURTHER, ids=[case[0] for case in FURTHER])
def test_later_clauses_that_ask(
    linked: Callable[[str], Linked], title: str, question: str, further: tuple[str, ...]
) -> None:
    assert clauses.further(linked(question)) == further


@pytest.mark.parametrize(("title", "question", "on_set", "pieces"), APART, ids=[case[0] for case in APART])
def test_two_questions_in_one_breath(
    linked: Callable[[str], Linked], title: str, question: str, on_set: bool, pieces: tuple[str, ...]
) -> None:
    assert clauses.apart(linked(question), on_set=on_set) == pieces


def test_what_a_later_clause_asks_is_answered_after_the_first(assistant: Assistant) -> None:
    answer = assistant.ask("扶贫开发工作2020年预算是多少，剩多少没用")
    assert [(str(v.value), v.unit) for v in answer.values][:1] == [("968", "万元")]
    assert ("6.9", "万元") in {(str(v.value), v.unit) for v in answer.values}
