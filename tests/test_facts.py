"""Facts: every cell of a table with its 口径 axes and the place it was read from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.document import Document, Position, Source, Stage, Table
from index.evidence import Classification, Dimension, Fact
from index.facts import table_facts, units_of
from index.layout import lay_out
from index.reading import read_document
from index.reading.text import paginate
from index.tables.headers import clean_name
from index.tables.text_tables import read_tables

SEED = Path(__file__).parent.parent / "index" / "data" / "jianghan-2021.txt"


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(SEED)


@pytest.fixture(scope="module")
def facts(document: Document) -> tuple[Fact, ...]:
    return table_facts(document)


def _of(document: Document, text: str) -> tuple[Fact, ...]:
    lines = paginate(text.split("\n")).lines
    return table_facts(replace(document, tables=read_tables(lines, lay_out(lines), 2021), sections=()))


def _amounts(facts: tuple[Fact, ...]) -> list[tuple[object, ...]]:
    return [(f.subject, f.classification.value, f.value, f.measure, f.fund, f.year, f.stage.value) for f in facts]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、一般公共预算财政拨款收入", "一般公共预算财政拨款收入"),
        ("其中：(1)公务用车购置", "公务用车购置"),
        ("1.因公出国(境)费用", "因公出国（境）费用"),
        ("——项目支出", "项目支出"),
        ("合   计", "合计"),
        ("（二）Ａ类 补贴", "A类补贴"),
        ("30.5公里专线", "30.5公里专线"),
    ],
)
def test_names_are_cleaned(label: str, name: str) -> None:
    assert clean_name(label) == name


def test_a_fact_has_every_axis_and_its_cell(facts: tuple[Fact, ...]) -> None:
    fact = next(f for f in facts if f.code == "30217" and f.measure == "公用经费")
    assert fact == Fact(
        subject="公务接待费",
        classification=Classification.ECONOMIC,
        value=1_160_000,
        printed="1.16",
        unit="万元",
        sources=(
            Source(
                document="jianghan-2021",
                section="第四部分 部门预算报表及预算绩效目标表",
                position=Position(page=13, line=741),
                table="公开表6 2021年一般公共预算基本支出表",
                row="公务接待费",
                column="基本支出/公用经费",
                row_index=16,
                column_index=5,
                quote="1.16",
            ),
        ),
        code="30217",
        measure="公用经费",
        fund="一般公共预算",
        year=2021,
        stage=Stage.BUDGET,
        level=2,
        parent="302",
        table_kind="一般公共预算基本支出表",
        table_number="公开表6",
    )


def test_a_blank_cell_of_a_printed_row_is_a_fact_without_value(facts: tuple[Fact, ...]) -> None:
    abroad = [f for f in facts if f.subject == "因公出国（境）费用"]
    assert [(f.value, f.printed, f.measure, f.fund, f.sources[0].quote) for f in abroad] == [
        (None, "", "合计", "一般公共预算", "")
    ]


def test_the_three_public_table(facts: tuple[Fact, ...]) -> None:
    found = [f for f in facts if f.table_number == "公开表7"]
    assert [(f.subject, f.value, f.level, f.parent, f.is_total, f.is_leaf) for f in found] == [
        ("合计", 11_160_000, 0, "", True, False),
        ("因公出国（境）费用", None, 1, "合计", False, True),
        ("公务用车购置及运行维护费", 10_000_000, 1, "合计", False, False),
        ("公务用车购置", None, 2, "公务用车购置及运行维护费", False, True),
        ("公务用车运行维护费", 10_000_000, 2, "公务用车购置及运行维护费", False, True),
        ("公务接待费", 1_160_000, 1, "合计", False, True),
    ]
    assert {f.classification for f in found} == {Classification.THREE_PUBLIC}


def test_the_same_name_under_different_scopes(facts: tuple[Fact, ...]) -> None:
    wages = [f for f in facts if f.code == "301" and f.value]
    assert [(f.table_number, f.printed, f.measure, f.fund) for f in wages] == [
        ("公开表1", "841.08", "合计", "全部资金"),
        ("公开表4", "841.08", "合计", "一般公共预算"),
        ("公开表6", "772.08", "基本支出", "一般公共预算"),
        ("公开表6", "772.08", "人员经费", "一般公共预算"),
    ]


def test_the_revenue_table_gives_each_figure_its_fund(facts: tuple[Fact, ...]) -> None:
    row = [f for f in facts if f.table_number == "公开表2" and f.code == "2210203"]
    assert [(f.fund, f.value) for f in row] == [
        ("全部资金", 27_740_000),
        ("一般公共预算", 27_740_000),
        ("政府性基金", None),
        ("事业收入", None),
        ("上级补助收入", None),
        ("事业单位经营收入", None),
        ("其他收入", None),
        ("用事业基金弥补收支差额", None),
        ("上年结转结余", None),
    ]


def test_totals_of_the_side_by_side_lists(facts: tuple[Fact, ...]) -> None:
    totals = [f for f in facts if f.table_number == "公开表4" and f.is_total and f.value]
    assert {(f.subject, f.value, f.fund, f.classification) for f in totals} == {
        ("本年收入合计", 2_053_670_000, "财政拨款", Classification.TOTAL),
        ("收入总计", 2_053_670_000, "财政拨款", Classification.TOTAL),
        ("本年支出合计", 2_053_670_000, "一般公共预算", Classification.TOTAL),
        ("支出总计", 2_053_670_000, "一般公共预算", Classification.TOTAL),
    }


def test_the_fund_table_of_the_performance_form(facts: tuple[Fact, ...]) -> None:
    found = [f for f in facts if f.table_kind == "部门整体绩效目标表"]
    assert [(f.subject, f.classification.value, f.value, f.dimension, f.parent) for f in found] == [
        ("财政拨款", "收入来源", 2_053_670_000, Dimension.MONEY, "合计"),
        ("财政拨款", "收入来源", 1_000_000, Dimension.PERCENT, "合计"),
        ("其他资金", "收入来源", None, Dimension.MONEY, "合计"),
        ("其他资金", "收入来源", None, Dimension.PERCENT, "合计"),
        ("合计", "总额", 2_053_670_000, Dimension.MONEY, "收入构成"),
        ("合计", "总额", 1_000_000, Dimension.PERCENT, "收入构成"),
        ("基本支出", "支出性质", 982_670_000, Dimension.MONEY, "合计"),
        ("基本支出", "支出性质", 470_000, Dimension.PERCENT, "合计"),
        ("项目支出", "支出性质", 1_071_000_000, Dimension.MONEY, "合计"),
        ("项目支出", "支出性质", 530_000, Dimension.PERCENT, "合计"),
        ("合计", "总额", 2_053_670_000, Dimension.MONEY, "支出构成"),
        ("合计", "总额", 1_000_000, Dimension.PERCENT, "支出构成"),
    ]


def test_captions_and_groups_are_no_facts(facts: tuple[Fact, ...]) -> None:
    assert not {"支出", "支出（部门预算经济分类）", "收入构成", "支出构成"} & {f.subject for f in facts}


def test_every_cell_is_a_fact_with_a_place(facts: tuple[Fact, ...]) -> None:
    assert len(facts) == 609
    assert all(f.sources[0].quote == f.printed and f.sources[0].position.page for f in facts)
    assert all((f.value is None) == (f.printed == "") for f in facts)


def test_a_table_in_yuan_with_two_years_and_a_rate(document: Document) -> None:
    facts = _of(
        document,
        "2021年一般公共预算支出表\n单位：元\n科目编码 科目名称 上年决算数 本年预算数 增减额 增减率\n"
        "205 教育支出 100 150 50 50%",
    )
    assert _amounts(facts) == [
        ("教育支出", "功能分类", 10_000, "合计", "一般公共预算", 2020, "决算"),
        ("教育支出", "功能分类", 15_000, "合计", "一般公共预算", 2021, "预算"),
        ("教育支出", "功能分类", 5_000, "增减额", "一般公共预算", 2021, "预算"),
        ("教育支出", "功能分类", 500_000, "增减率", "一般公共预算", 2021, "预算"),
    ]


def test_a_wide_three_public_table_has_its_subjects_in_the_header(document: Document) -> None:
    facts = _of(
        document,
        "2021年财政拨款“三公”经费支出表\n单位：万元\n"
        "单位名称 合计 因公出国（境）费 公务用车购置 公务用车运行维护费 公务接待费\n"
        "水利局 6.00 1.00 0.00 2.00 3.00",
    )
    assert [(f.subject, f.classification.value, f.value, f.is_total, f.fund) for f in facts] == [
        ("合计", "三公经费", 6_000_000, True, "财政拨款"),
        ("因公出国（境）费", "三公经费", 1_000_000, False, "财政拨款"),
        ("公务用车购置", "三公经费", 0, False, "财政拨款"),
        ("公务用车运行维护费", "三公经费", 2_000_000, False, "财政拨款"),
        ("公务接待费", "三公经费", 3_000_000, False, "财政拨款"),
    ]


def test_accounts_without_codes_are_found_by_name(document: Document) -> None:
    facts = _of(
        document,
        "部门收支总表\n单位：万元\n收入 支出\n项目 预算数 项目 预算数\n"
        "一、财政拨款收入 5.00 一、教育支出 4.00\n二、卫生健康支出 1.00\n本年收入合计 5.00 本年支出合计 5.00",
    )
    assert [(f.subject, f.classification.value, f.code, f.value) for f in facts] == [
        ("财政拨款收入", "收入来源", "", 5_000_000),
        ("教育支出", "功能分类", "205", 4_000_000),
        ("卫生健康支出", "功能分类", "210", 1_000_000),
        ("本年收入合计", "总额", "", 5_000_000),
        ("本年支出合计", "总额", "", 5_000_000),
    ]


def test_a_missing_unit_is_taken_from_tables_with_the_same_figures_or_left_unknown(document: Document) -> None:
    tables = document.tables
    bare: tuple[Table, ...] = tuple(replace(t, unit="") if t.number == "公开表5" else t for t in tables)
    assert units_of(bare) == ("万元",) * 9
    alone = replace(document, tables=(replace(tables[4], unit=""),))
    assert {(f.unit, f.value) for f in table_facts(alone)} == {("", None)}
