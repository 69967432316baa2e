"""A stated change against the amounts of both years, and whose parts a sum is made of, on hand-made evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.audit import audit
from index.document import Position, Stage
from index.evidence import Classification, Fact, Forms, Statement, StatementKind
from tests.evidence_making import SENTENCE, YEAR, cell, document_of, said

AMOUNT, CHANGE = StatementKind.AMOUNT, StatementKind.CHANGE
PUBLIC = {"classification": Classification.THREE_PUBLIC}


def found(*evidence: Statement | Fact) -> list[str]:
    facts = tuple(e for e in evidence if isinstance(e, Fact))
    stated = tuple(e for e in evidence if isinstance(e, Statement))
    return [f.message for f in audit(document_of(), facts, stated, Forms())]


def both_years(now: str, before: str, **axes: object) -> tuple[Fact, Fact]:
    """A row of a table with a column for each year."""
    this = cell("公务接待费", now, kind="三公经费支出表", **{**PUBLIC, "fund": "", **axes})
    place = replace(this.sources[0], row_index=3)
    this = replace(this, sources=(place,))
    last = cell("公务接待费", before, kind="三公经费支出表", **{**PUBLIC, "fund": "", **axes, "year": YEAR - 1})
    return this, replace(last, sources=(replace(last.sources[0], row_index=3, column="上年"),))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("-1.50", []),
        ("-1.51", []),  # both amounts are rounded
        ("-3.50", ["文中说“公务接待费”减少3.5万元，但按所印的两年金额应为减少1.5万元。"]),
        ("0.00", ["文中说“公务接待费”与上年持平，但按所印的两年金额应为减少1.5万元。"]),
    ],
)
def test_a_change_against_both_years_of_a_paragraph(change: str, expected: list[str]) -> None:
    evidence = (
        said(AMOUNT, "公务接待费", "2.50", **PUBLIC),
        said(AMOUNT, "公务接待费", "4.00", year=YEAR - 1, **PUBLIC),
        said(CHANGE, "公务接待费", change, **PUBLIC),
    )
    assert found(*evidence) == expected


def test_a_change_against_both_columns_of_a_table() -> None:
    stated = (said(AMOUNT, "公务接待费", "2.50", **PUBLIC), said(CHANGE, "公务接待费", "-3.50", **PUBLIC))
    assert found(*stated, *both_years("2.50", "6.00")) == []
    assert found(*stated, *both_years("2.50", "4.00")) == [
        "文中说“公务接待费”减少3.5万元，但按所印的两年金额应为减少1.5万元。"
    ]


def test_a_table_with_another_amount_is_of_another_scope() -> None:
    stated = (said(AMOUNT, "公务接待费", "9.00", **PUBLIC), said(CHANGE, "公务接待费", "-3.50", **PUBLIC))
    messages = found(*stated, *both_years("2.50", "4.00"))
    assert not any("两年金额" in message for message in messages)


def test_a_year_told_at_another_stage_is_no_base() -> None:
    evidence = (
        said(AMOUNT, "公务接待费", "2.50", **PUBLIC),
        said(AMOUNT, "公务接待费", "4.00", year=YEAR - 1, stage=Stage.FINAL, **PUBLIC),
        said(CHANGE, "公务接待费", "-3.50", **PUBLIC),
    )
    assert found(*evidence) == []


def test_a_part_of_one_fund_is_no_part_of_the_whole_of_all() -> None:
    kinds = ("货物类", "157"), ("工程类", "2763"), ("服务类", "226")
    parts = [said(AMOUNT, name, amount, classification=Classification.PROCUREMENT) for name, amount in kinds]
    whole = said(AMOUNT, "政府采购", "3146", classification=Classification.NATURE)
    funded = replace(whole, value=(whole.value or 0) - 418_000_000, printed="2728", fund="一般公共预算")
    assert found(*parts, whole, funded) == []


def test_parts_of_what_pays_for_a_part_are_not_the_parts_of_the_whole() -> None:
    elsewhere = replace(SENTENCE, position=Position(line=90))
    evidence = (
        said(AMOUNT, "基本支出", "1390.05", source=elsewhere),
        said(AMOUNT, "事业收入", "101.70", whole="基本支出"),
        said(AMOUNT, "人员经费", "64.50", whole="事业收入"),
        said(AMOUNT, "公用经费", "37.20", whole="事业收入"),
    )
    assert found(*evidence) == []
