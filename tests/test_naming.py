"""A row that is only called 合计 gets the name of what it is the total of; everything else stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.document import Source
from index.evidence import Classification, Fact
from index.naming import name_totals

TOTAL = Fact(
    "合计", Classification.TOTAL, 98_267, "982.67", "万元", (Source("甲", row="合计"),), measure="合计", is_total=True,
    table_kind="一般公共预算基本支出表",
)  # fmt: skip


def named(fact: Fact) -> Fact:
    (result,) = name_totals([fact])
    return result


@pytest.mark.parametrize("measure", ["人员经费", "公用经费", "基本支出", "项目支出"])
def test_a_total_in_a_column_is_the_figure_of_the_column(measure: str) -> None:
    total = replace(TOTAL, measure=measure)
    assert named(total) == replace(total, subject=measure, classification=Classification.NATURE, measure="合计")


def test_a_total_in_the_sum_column_is_called_after_its_kind_of_table() -> None:
    assert named(TOTAL) == replace(TOTAL, subject="基本支出", classification=Classification.NATURE)


@pytest.mark.parametrize(
    "fact",
    [
        replace(TOTAL, is_total=False),
        replace(TOTAL, project="督查工作"),
        replace(TOTAL, subject="公务接待费"),
        replace(TOTAL, table_kind="没有这种表"),
    ],
    ids=["no total", "inside a project", "a name of its own", "unknown kind"],
)
def test_what_is_no_bare_total_keeps_its_name(fact: Fact) -> None:
    assert named(fact) == fact


def test_a_percentage_beside_the_totals_is_no_amount_of_its_column() -> None:
    share = replace(TOTAL, measure="人员经费", printed="87.09%")
    assert named(share).subject != "人员经费"


def test_the_printed_label_stays_in_the_place() -> None:
    assert named(replace(TOTAL, measure="公用经费")).sources[0].row == "合计"


def test_order_and_number_of_facts_are_kept() -> None:
    facts = [TOTAL, replace(TOTAL, subject="公务接待费"), replace(TOTAL, measure="公用经费")]
    assert [f.subject for f in name_totals(facts)] == ["基本支出", "公务接待费", "公用经费"]
    assert name_totals([]) == ()
