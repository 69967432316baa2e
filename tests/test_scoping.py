"""口径: of several figures under one name, which is meant, which are told beside it, and how each is labelled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Citation
from assistant.executing import FactRow
from assistant.query import Selector
from assistant.resolving import Resolver
from assistant.scoping import Readings, choose, scope_label
from assistant.semantics import Defaults
from index.evidence import Classification, Dimension

DEFAULTS = Defaults(
    measure=("合计", "", "预算数", "本年预算"),
    fund=("全部资金", "财政拨款", "一般公共预算", ""),
    classification=("支出性质", "三公经费", "功能分类", "部门经济分类"),
)
ROW = FactRow(
    1, "住房公积金", Classification.FUNCTIONAL, "2210201", 3, "22102", "合计", "全部资金", 2021, "预算", "", Dimension.MONEY,
    796_900, "79.69", "万元", "", "表格", "", False, True, "支出总表", "表3", "甲", Citation("甲"),
)  # fmt: skip


def row(number: int, **axes: object) -> FactRow:
    return replace(ROW, id=number, **axes)  # type: ignore[arg-type]


def ids(readings: Readings) -> tuple[list[int], list[list[int]], list[list[int]], list[list[int]]]:
    """The ids behind the main reading, the others, those inside projects, the blanks."""
    several = [
        [[r.id for r in reading.rows] for reading in part]
        for part in (readings.others, readings.inner, readings.blanks)
    ]
    return [r.id for r in readings.main.rows] if readings.main else [], several[0], several[1], several[2]


def chosen(*rows: FactRow, selector: Selector = Selector(), year: int | None = 2021) -> object:  # noqa: B008
    return ids(choose(rows, selector, DEFAULTS, year))


def test_nothing_is_nothing() -> None:
    assert choose([], Selector(), DEFAULTS, 2021) == Readings(None)


def test_one_figure_printed_in_several_tables_is_one_reading() -> None:
    assert chosen(row(1), row(2, table_kind="收入总表"), row(3, table_kind="一般公共预算支出表", fund="一般公共预算")) == (
        [1, 2, 3], [], [], [],
    )  # fmt: skip


def test_another_figure_is_told_beside_it() -> None:
    other = row(2, classification=Classification.ECONOMIC, code="30113", value=100)
    assert chosen(row(1), other) == ([1], [[2]], [], [])
    assert chosen(other, row(1)) == ([1], [[2]], [], [])


def test_of_one_account_the_preferred_measure_is_kept() -> None:
    parts = [row(2, measure="基本支出", value=50), row(3, measure="项目支出", value=60), row(1)]
    assert chosen(*parts) == ([1], [], [], [])
    assert chosen(*parts[:2], selector=Selector(measures=("基本支出", "项目支出"))) == ([2], [[3]], [], [])


def test_of_one_table_the_widest_fund_is_kept_unless_one_is_named() -> None:
    rows = [row(1), row(2, fund="一般公共预算", value=70)]
    assert chosen(*rows) == ([1], [], [], [])
    assert chosen(*rows, selector=Selector(funds=("全部资金", "一般公共预算"))) == ([1], [[2]], [], [])


def test_a_table_outranks_prose_and_a_wider_fund_a_narrower() -> None:
    assert chosen(row(1, origin="文字", table_kind="", value=1), row(2, value=900_000)) == ([2], [[1]], [], [])
    assert chosen(row(1, fund="一般公共预算", table_kind="一般公共预算支出表", value=1), row(2, value=900_000)) == (
        [2], [[1]], [], [],
    )  # fmt: skip


def test_a_sentence_that_repeats_a_figure_in_round_numbers_is_the_same_reading() -> None:
    table = row(1, value=123_075_000, table_kind="支出总表")
    said = row(2, value=123_000_000, printed="123", origin="文字", table_kind="")
    assert chosen(table, said) == ([1, 2], [], [], [])
    assert chosen(table, replace(said, value=125_000_000, printed="125")) == ([1], [[2]], [], [])


def test_figures_inside_projects_are_told_apart() -> None:
    inside = row(2, project="督查工作", classification=Classification.SPENDING_LINE, value=5)
    assert chosen(row(1), inside) == ([1], [], [[2]], [])
    assert chosen(inside) == ([2], [], [], [])
    assert chosen(inside, selector=Selector(project="督查工作")) == ([2], [], [], [])


def test_a_blank_is_the_reading_only_where_there_is_no_figure() -> None:
    blank = row(2, value=None, printed="", classification=Classification.ECONOMIC, code="30113")
    only = choose([blank], Selector(), DEFAULTS, 2021)
    assert only.main is not None
    assert only.main.blank
    assert chosen(row(1), blank) == ([1], [], [], [[2]])
    assert chosen(row(1), replace(blank, classification=Classification.FUNCTIONAL, table_kind="别的表")) == (
        [1],
        [],
        [],
        [],
    )
    zero = choose([row(3, value=0), blank], Selector(), DEFAULTS, 2021)
    assert zero.main is not None
    assert (zero.main.row.id, zero.main.blank) == (3, False)


def test_the_year_of_the_document_is_meant_unless_another_is_named() -> None:
    rows = [row(1), row(2, year=2020, value=5), row(3, year=None, table_kind="别的表")]
    assert chosen(*rows) == ([1, 3], [], [], [])
    assert chosen(*rows[1:2]) == ([], [], [], [])
    assert chosen(*rows[:2], selector=Selector(years=(2020, 2021))) == ([1], [[2]], [], [])
    assert chosen(row(4, year=2020, classification=Classification.QUANTITY)) == ([4], [], [], [])
    assert chosen(*rows[:2], year=None) == ([1], [[2]], [], [])


def test_figures_of_two_documents_are_two_readings_even_when_equal() -> None:
    assert chosen(row(1), row(2, document="乙")) == ([1], [[2]], [], [])


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        (ROW, "2021年预算 · 全部资金 · 功能分类 · 合计 · 表3"),
        (replace(ROW, year=None, fund="", measure=""), "预算 · 功能分类 · 表3"),
        (replace(ROW, classification=Classification.TOTAL, stage="决算"), "2021年决算 · 全部资金 · 合计 · 表3"),
        (
            replace(ROW, project="督查工作", classification=Classification.SPENDING_LINE, fund="", table_number=""),
            "2021年预算 · 项目“督查工作” · 项目支出明细 · 合计",
        ),
        (
            replace(
                ROW,
                project="督查工作",
                classification=Classification.PROJECT,
                measure="本年预算",
                fund="",
                table_number="",
            ),
            "2021年预算 · 项目 · 本年预算",
        ),
    ],
)
def test_the_label_of_a_scope(fact: FactRow, label: str) -> None:
    assert scope_label(fact) == label


@pytest.mark.parametrize(
    ("name", "value", "places"),
    [
        ("公务接待费", 1_160_000, {"公开表6", "公开表7"}),
        ("住房公积金", 79_690_000, {"公开表2", "公开表3", "公开表5"}),
        ("工资福利支出", 841_080_000, {"公开表1", "公开表4"}),
        ("部门总预算", 2_053_670_000, set()),
    ],
)
def test_the_default_reading_in_the_built_in_disclosure(
    resolver: Resolver, name: str, value: int, places: set[str]
) -> None:
    main = resolver.readings(Selector(names=(name,))).main
    assert main is not None
    assert main.row.value == value
    assert places <= {r.table_number for r in main.rows}


def test_readings_that_differ_are_both_there(resolver: Resolver) -> None:
    """工资福利支出 is 841.08 over all spending and 772.08 in the table of basic expenditure."""
    found = resolver.readings(Selector(names=("工资福利支出",)))
    assert found.main is not None
    assert [found.main.row.value, *(r.row.value for r in found.others)] == [841_080_000, 772_080_000]


def test_a_project_is_worth_its_own_amount_not_what_is_bought_for_it_under_its_name() -> None:
    bought = row(1, subject="湿地恢复", classification=Classification.PROCUREMENT, code="", value=68, fund="")
    whole = row(2, subject="湿地恢复", classification=Classification.PROJECT, code="", project="湿地恢复", value=126)
    inside = row(3, subject="水泵", classification=Classification.SPENDING_LINE, code="", project="湿地恢复", value=4)
    defaults = replace(DEFAULTS, classification=(*DEFAULTS.classification, "项目", "政府采购"))
    assert ids(choose([bought, whole, inside], Selector(), defaults, 2021)) == ([2], [[1]], [[3]], [])
    assert ids(choose([bought, replace(whole, value=None)], Selector(), defaults, 2021)) == ([1], [], [], [])
