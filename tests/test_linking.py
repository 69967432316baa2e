"""Which spans of a question mean what: the cover with fewest pieces, and what is left over compared with names."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engine import Engine
from assistant.linking import link
from assistant.shapes import Linked, Mention

Link = Callable[[str], Linked]


class Span(NamedTuple):
    """A span and what it means: a name, a project (in 【】), a cue (in <>), a label (in []) …"""

    text: str
    meaning: str
    via: str = "exact"


def meaning(mention: Mention) -> str:
    sense = mention.sense
    if sense.project:
        return f"【{sense.project}】"
    if sense.names:
        return sense.names[0]
    if sense.attribute:
        return f"[{sense.attribute}]"
    if sense.noun:
        return f"{{{sense.noun.surfaces[0]}}}"
    if sense.scope:
        return sense.scope.measure or sense.scope.fund
    if sense.document:
        return f"({sense.document[0]})"
    if mention.year or mention.code or mention.table or mention.quantity:
        return str(mention.year or mention.code or mention.table or mention.quantity)
    return sense.group or sense.table or "/".join(sorted(f"<{cue}>" for cue in sense.cues))


def spans(linked: Linked) -> list[Span]:
    """What means a thing; operation words are left to the tests of understanding."""
    found = [Span(m.text, meaning(m), m.via) for m in linked.mentions]
    return [span for span in found if span.meaning and not span.meaning.startswith("<")]


CASES = [
    ("a printed name", "公务接待费是多少", [Span("公务接待费", "公务接待费")]),
    ("a synonym", "招待费花了多少", [Span("招待费", "公务接待费")]),
    ("the longer of two names", "公务用车运行维护费多少", [Span("公务用车运行维护费", "公务用车运行维护费")]),
    ("two names", "基本工资和奖金", [Span("基本工资", "基本工资"), Span("奖金", "奖金")]),
    ("a name with brackets", "因公出国（境）费用多少", [Span("因公出国境费用", "因公出国（境）费用")]),
    ("a name across 的", "政府工作报告的容错率", [Span("政府工作报告的容错率", "政府工作报告容错率")]),
    ("a project", "督查工作的预算", [Span("督查工作", "【督查工作】")]),
    ("a project with a tail", "督查工作项目经费多少", [Span("督查工作项目经费", "【督查工作】")]),
    ("a project by its other name", "区政府总值班室工作", [Span("区政府总值班室工作", "【总值班室工作】")]),
    ("a year and a project", "调查研究2019年", [Span("调查研究", "【调查研究】"), Span("2019年", "2019")]),
    ("a code before its name", "30217公务接待费", [Span("30217", "30217"), Span("公务接待费", "公务接待费")]),
    ("a table and a name", "公开表6的奖金", [Span("公开表6", "公开表6"), Span("奖金", "奖金")]),
    ("a label of a form", "督查工作的负责人是谁", [Span("督查工作", "【督查工作】"), Span("负责人", "[负责人]")]),
    ("the body itself", "江汉区政府办的福利费", [Span("江汉区政府办", "(jianghan-2021)"), Span("福利费", "福利费")]),
    ("a mistyped name", "公务接代费多少", [Span("公务接代费", "公务接待费", "sound")]),
    ("a level of indicators", "产出数量指标有哪些", [Span("产出数量指标", "产出数量")]),
    ("nothing known", "今天天气怎么样", []),
]


@pytest.mark.parametrize(("title", "question", "expected"), CASES, ids=[title for title, _, _ in CASES])
def test_what_is_linked(linked: Link, title: str, question: str, expected: list[Span]) -> None:
    assert spans(linked(question)) == expected


def test_what_means_nothing_known_is_left_over(linked: Link) -> None:
    assert linked("今天天气怎么样").leftover == ("今天天气",)
    assert linked("公务接待费是多少").leftover == ()


def test_one_character_inside_a_word_is_no_cue(linked: Link) -> None:
    """占 is an operation word, but not in 占用."""
    assert linked("公务接待费占三公经费多少").has("share")
    assert not linked("国有资产占有使用情况").has("share")


def test_a_mistyped_name_is_told_from_a_printed_one(linked: Link) -> None:
    typed, printed = linked("公务接代费多少").mentions[0], linked("公务接待费多少").mentions[0]
    assert typed.score < printed.score == 1
    assert typed.sense.names == printed.sense.names


def test_linking_is_deterministic(engine: Engine, linked: Link) -> None:
    for _, question, _ in CASES:
        assert linked(question) == linked(question)


WORDS = st.lists(
    st.sampled_from(
        "公务接待费 三公经费 督查工作 2020年 比 占 的 里 和 除了 最大 多少 吗 前三 项目 指标 30217 公开表7 50万 超过 天气 ， 接代 负责人".split()
    ),
    min_size=1,
    max_size=9,
).map("".join)


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_mentions_stand_in_order_and_where_they_say(engine: Engine, text: str) -> None:
    found = link(text, engine.lexicon, engine.similarity)
    assert found.text == text
    assert all(0 <= m.start <= m.end <= len(text) for m in found.mentions)
    assert list(found.mentions) == sorted(found.mentions, key=lambda m: m.start)
    for mention in found.mentions:
        if mention.via == "exact":
            assert mention.text == text[mention.start : mention.end]
    covered = {i for m in found.mentions for i in range(m.start, m.end)}
    rest = "".join(c for i, c in enumerate(text) if i not in covered and c not in "，。？；：、")
    assert "".join(found.leftover) == rest
