"""Whose figures sentences tell: of the unit in whose section they stand, under the name the tables give it."""

from __future__ import annotations

import pytest

from index.evidence import Fact
from index.holders import one_name
from index.statements import read_statements, statement_facts
from tests.evidence_making import cell, document_of, nested, paragraphs

BODY = "青川市水务局"
TABLES = (cell("合计", "9.00", body="青川市水文监测站"), cell("合计", "7.00", body=f"{BODY}（本级）"))


def bodies_of(*headings: str, text: str, tables: tuple[Fact, ...] = TABLES) -> list[tuple[str, str, str]]:
    document = document_of(sections=nested(*headings), paragraphs=paragraphs(text, section=len(headings) - 1))
    return [(f.body, f.subject, f.printed) for f in statement_facts(document, read_statements(document), tables)]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("第三部分 支出具体情况", "四、青川市水文监测站", "（二）公用经费"), "青川市水文监测站"),
        (("第三部分 支出具体情况", "四、市水文监测站"), "青川市水文监测站"),
        (("第三部分 支出具体情况", "一、青川市水务局（本级）"), "青川市水务局（本级）"),
        (("第三部分 支出具体情况", "一、青川市水务局本级"), "青川市水务局（本级）"),
        (("第三部分 支出具体情况", "四、监测"), ""),
        (("第二部分 支出总体情况",), ""),
    ],
)
def test_an_amount_is_of_the_unit_whose_section_states_it(headings: tuple[str, ...], expected: str) -> None:
    assert bodies_of(*headings, text="公用经费3.00万元。") == [(expected, "公用经费", "3.00")]


def test_without_units_in_tables_every_amount_is_the_whole_bodys() -> None:
    headings = ("第三部分 支出具体情况", "四、青川市水文监测站")
    assert bodies_of(*headings, text="公用经费3.00万元。", tables=()) == [("", "公用经费", "3.00")]


def test_a_unit_printed_with_and_without_its_place_is_one() -> None:
    facts = (cell("合计", "9.00", body="青川市节水中心"), cell("合计", "8.00", body="市节水中心"), cell("合计", "1.00"))
    assert [f.body for f in one_name(facts, BODY)] == ["青川市节水中心", "青川市节水中心", ""]
