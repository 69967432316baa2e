"""What is known by its shape alone: years, codes, tables, amounts, ranks, units, counting words."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.lexicon import Lexicon, Sense
from assistant.question import normalise
from assistant.shapes import Mention, shaped_entities
from index.evidence import Dimension
from index.numbers import Quantity

NAMED = Lexicon({"政府采购20强": Sense(names=("政府采购20强",))}, 7, codes=frozenset({"301"}))
PLAIN = {field.name: field.default for field in fields(Mention)}


def shaped(text: str) -> list[dict[str, object]]:
    """Every entity with its text and what it says, in the order of the question."""
    found = sorted(shaped_entities(normalise(text).text, NAMED), key=lambda m: m.start)
    told = ("year", "code", "table", "quantity", "unit", "position", "limit", "reverse", "counter", "head_unit")
    return [
        {"text": m.text} | {name: getattr(m, name) for name in told if getattr(m, name) != PLAIN[name]} for m in found
    ]


def money(text: str, amount: str, unit: str) -> dict[str, object]:
    return {"text": text, "quantity": Quantity(Decimal(amount), unit, Dimension.MONEY)}


def percent(text: str, value: str) -> dict[str, object]:
    return {"text": text, "quantity": Quantity(Decimal(value), "%", Dimension.PERCENT)}


def count(text: str, value: int, unit: str) -> dict[str, object]:
    return {"text": text, "quantity": Quantity(Decimal(value), unit, Dimension.COUNT)}


CASES = [
    ("a year", "2021年预算", [{"text": "2021年", "year": 2021}]),
    ("a fiscal year", "2020年度的", [{"text": "2020年度", "year": 2020}]),
    ("two years", "2019和2020年", [{"text": "2019", "year": 2019}, {"text": "2020年", "year": 2020}]),
    ("an account code", "2010302是多少", [{"text": "2010302", "code": "2010302"}]),
    ("a short code that the index has", "301有多少", [{"text": "301", "code": "301"}]),
    ("a short number that is no code", "403有多少", [money("403", "4030000", "万元")]),
    ("a table by its number", "公开表7里的", [{"text": "公开表7", "table": "公开表7"}]),
    ("a table in Chinese digits", "表七的合计", [{"text": "表七", "table": "表七"}]),
    ("money", "超过50万元吗", [money("50万元", "500000", "万元")]),
    ("money in words", "有没有五十万", [money("五十万", "500000", "万元")]),
    ("money with decimals", "是11.16万元吗", [money("11.16万元", "111600", "万元")]),
    ("money in yuan", "87600元对吗", [money("87600元", "87600", "元")]),
    ("money in hundreds of millions", "到了1.5亿吗", [money("1.5亿", "150000000", "亿元")]),
    ("a bare number is of 万元", "是不是11.16", [money("11.16", "111600", "万元")]),
    ("a percentage", "下降17%对吗", [percent("17%", "17")]),
    ("a percentage in words", "有没有百分之八", [percent("百分之八", "8")]),
    ("tenths", "超过八成，是吗", [percent("八成", "80")]),
    ("a count", "是33人吗", [count("33人", 33, "人")]),
    ("a rank", "排第三的是", [{"text": "第三", "position": 3}]),
    ("a rank from the end", "倒数第二的", [{"text": "倒数第二", "position": 2, "reverse": True}]),
    ("the first few", "前三项", [{"text": "前三项", "limit": 3}]),
    ("the last few", "最少的两个项目", [{"text": "两个", "limit": 2}]),
    ("a unit asked for", "换算成元", [{"text": "元", "unit": "元"}]),
    ("how many of a unit", "是多少亿", [{"text": "亿", "unit": "亿元"}]),
    ("heads asked for", "有几个人", [{"text": "几个人", "head_unit": "人"}]),
    ("heads politely", "多少位", [{"text": "多少位", "head_unit": "人"}]),
    ("vehicles", "有几台车", [{"text": "几台", "head_unit": "辆"}]),
    ("so many things", "这三个项目", [{"text": "这三个", "counter": 3}]),
    ("a question for a number is no number", "有几个项目", []),
    ("a number inside a printed name", "政府采购20强有多少", []),
    ("a chapter is no rank", "第一部分讲什么", []),
    ("a span of time is no rank", "前三年的", []),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[title for title, _, _ in CASES])
def test_an_entity_with_a_shape(title: str, text: str, expected: list[dict[str, object]]) -> None:
    assert shaped(text) == expected


@given(st.text(st.sampled_from("0123456789.年第前倒数三十几个项人辆万亿元%成表公开多少换成最大的 费"), max_size=30))
def test_entities_are_what_stands_there_and_none_overlap(text: str) -> None:
    found = sorted(shaped_entities(text, NAMED), key=lambda m: m.start)
    assert [m.text for m in found] == [text[m.start : m.end] for m in found]
    assert all(m.start < m.end for m in found)
    assert all(before.end <= after.start for before, after in zip(found, found[1:], strict=False))


@given(st.integers(1, 10**7), st.integers(0, 99), st.sampled_from(["元", "万元", "亿元"]))
def test_an_amount_is_read_exactly(whole: int, hundredths: int, unit: str) -> None:
    factor = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
    amount = (Decimal(whole) + Decimal(hundredths) / 100) * factor
    for printed in (f"{whole}.{hundredths:02}", f"{whole:,}.{hundredths:02}"):
        (found,) = shaped_entities(normalise(f"超过{printed}{unit}的项目").text, NAMED)
        assert found.quantity == Quantity(amount, unit, Dimension.MONEY)
