"""Against the year before: the stated change, the rate and the previous value that follow, and what is printed of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Status
from assistant.reply import Reply
from tests.replies import figures, text

Calculate = Callable[[str], Reply]

CHANGES = [
    (
        "a stated fall", "公务接待费比上年减少多少", "减少 1.74 万元",
        ["1.74 万元", "60.00%: (-1.74) ÷ 2.90 × 100% = -60.00%", "2.90 万元: 1.16 + 1.74 = 2.90 万元", "1.16 万元"],
    ),
    (
        "a stated rise with a printed rate that is wrong", "基本支出比上年增加了多少", "增加 7 万元",
        ["7 万元", "0.72%: 7 ÷ 975.67 × 100% ≈ 0.72%", "975.67 万元: 982.67 − 7.00 = 975.67 万元", "982.67 万元", "0.1%"],
    ),
    (
        "a stated fall with a printed rate that is rounded", "部门总预算同比变动多少", "减少 178.84 万元",
        [
            "178.84 万元", "8.01%: (-178.84) ÷ 2232.51 × 100% ≈ -8.01%", "2232.51 万元: 2053.67 + 178.84 = 2232.51 万元",
            "2053.67 万元", "8%",
        ],
    ),
    ("unchanged, as stated", "公务用车运行维护费和上年比有变化吗", "持平", ["0 万元", "10 万元"]),
    ("nothing, as the year before", "因公出国费比上年增减多少", "持平", ["0 万元", "0 万元"]),
    (
        "a project against what was budgeted", "扶贫开发工作比2020年减少多少", "减少 154 万元",
        [
            "154 万元: 814 − 968 = -154 万元", "15.91%: (-154) ÷ 968 × 100% ≈ -15.91%", "814 万元", "968 万元", "961.1 万元",
        ],
    ),
    (
        "a project unchanged", "聘用人员工作经费和上年相比变化多少", "持平",
        ["0 万元: 69 − 69 = 0 万元", "69 万元", "69 万元", "61 万元", "61 万元"],
    ),
    (
        "another unit", "公务接待费比上年减少多少元", "减少 17400 元",
        [
            "17400 元: 1.74 万元 × 10000 = 17400 元", "60.00%: (-1.74) ÷ 2.90 × 100% = -60.00%",
            "29000 元: 1.16 + 1.74 = 2.90 万元；2.90 万元 × 10000 = 29000 元", "11600 元: 1.16 万元 × 10000 = 11600 元",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "question", "said", "told"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_change_its_rate_and_the_previous_value(
    calculated: Calculate, title: str, question: str, said: str, told: list[str]
) -> None:
    reply = calculated(question)
    assert (reply.status, reply.aspects) == (Status.ANSWERED, {"金额", "增减"})
    assert figures(reply) == told
    assert said in text(reply)
    assert reply.citations


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("基本支出比上年减少了多少", "不是减少"),
        ("公务接待费比上年增加多少", "不是增加"),
        ("公务用车运行维护费比上年下降多少", "没有减少"),
        ("公务接待费比上年减少多少", ""),
    ],
)
def test_a_wrong_presumption_is_corrected_first(calculated: Calculate, question: str, note: str) -> None:
    first = calculated(question).lines[0]
    assert first.startswith("注意") == bool(note)
    assert note in first


def test_the_words_of_the_document_are_quoted(calculated: Calculate) -> None:
    reply = calculated("项目支出比上年减少多少")
    assert "“较2020年预算减少186.2万元”" in text(reply)
    assert reply.citations[0].mark == "较2020年预算减少186.2万元"
    assert "下降 17%" in text(reply)
    assert "-14.81%" in text(reply)


def test_without_a_stated_change_or_a_previous_figure_nothing_is_made_up(calculated: Calculate) -> None:
    reply = calculated("培训费比上年增加多少")
    assert (reply.status, reply.reason, reply.figures) == (Status.ABSTAINED, "未披露", ())
    assert "4.36 万元" in text(reply)


def test_several_things_each(calculated: Calculate) -> None:
    reply = calculated("公务接待费和公务用车运行维护费分别比上年变化多少")
    assert [f.text for f in reply.items] == ["1.74 万元", "0 万元"]
    assert "减少 1.74 万元" in text(reply)
    assert "持平" in text(reply)


def test_only_what_fell_is_told_when_falls_are_asked_for(calculated: Calculate) -> None:
    fell = calculated("哪些支出比上年减少了")
    rose = calculated("哪些支出比上年增加了")
    assert ("部门总预算" in fell.names, "公务接待费" in fell.names, "基本支出" in fell.names) == (True, True, False)
    assert (rose.names[0], figures(rose)[0]) == ("基本支出", "7 万元")
    assert "公务接待费" not in rose.names
