"""Tables out of text lines whose blank cells have vanished."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from index.accounts import Accounts, System
from index.document import Table, TableKind
from index.layout import lay_out
from index.reading.text import paginate
from index.tables.checks import Outcome, check_table
from index.tables.text_tables import read_tables

HEADERS = ("总计", "基本支出", "项目支出", "上缴上级支出", "对附属单位补助支出", "结转下年")


def _read(text: str) -> tuple[Table, ...]:
    lines = paginate(text.split("\n")).lines
    return read_tables(lines, lay_out(lines))


def _grid(table: Table) -> list[tuple[str, str, list[str]]]:
    return [(row.code, row.label, [c.text for c in table.cells_of(i)]) for i, row in enumerate(table.rows)]


def test_a_later_column_is_found_by_arithmetic() -> None:
    (table,) = _read(
        "表3\n部门支出总表\n单位：元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 30 10 20\n"
        "205 教育支出 30 10 20\n20502 普通教育 30 10 20\n2050201 学前教育 20 20\n2050202 小学教育 10 10"
    )
    assert (table.kind, table.number, table.title, table.unit) == (TableKind.EXPENDITURE, "表3", "部门支出总表", "元")
    assert _grid(table) == [
        ("", "合计", ["30", "10", "20"]),
        ("205", "教育支出", ["30", "10", "20"]),
        ("20502", "普通教育", ["30", "10", "20"]),
        ("2050201", "学前教育", ["20", "", "20"]),
        ("2050202", "小学教育", ["10", "10", ""]),
    ]


def test_the_summary_tells_which_fund_the_only_figure_belongs_to() -> None:
    summary, revenue = _read(
        "表1\n部门收支总表\n单位：万元\n收入 支出\n项目 预算数 项目 预算数\n"
        "一、财政拨款收入 205教育支出 8.00\n二、事业收入 8.00\n本年收入合计 8.00 本年支出合计 8.00\n"
        "表2\n部门收入总表\n单位：万元\n科目编码 科目名称 合计 财政拨款收入 事业收入 其他收入\n合计 8.00 8.00\n"
        "205 教育支出 8.00 8.00"
    )
    assert _grid(summary)[0] == ("", "一、财政拨款收入", [""])
    assert _grid(revenue) == [
        ("", "合计", ["8.00", "", "8.00", ""]),
        ("205", "教育支出", ["8.00", "", "8.00", ""]),
    ]


def test_codes_in_three_columns_and_total_at_the_bottom() -> None:
    (table,) = _read(
        "支出决算表\n单位：万元\n科目编码 科目名称 本年支出合计 基本支出 项目支出\n类 款 项\n"
        "205 教育支出 3.00 1.00 2.00\n205 02 普通教育 3.00 1.00 2.00\n"
        "205 02 01 学前教育 3.00 1.00 2.00\n合计 3.00 1.00 2.00"
    )
    assert [(row.code, row.level, row.parent) for row in table.rows] == [
        ("205", 1, 3),
        ("20502", 2, 0),
        ("2050201", 3, 1),
        ("", 0, None),
    ]


def test_a_name_centred_on_its_code_is_put_together() -> None:
    (table,) = _read(
        "一般公共预算支出表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 3.00 3.00\n"
        "208 社会保障和就业支出 3.00 3.00\n20805 行政事业单位养老支出 3.00 3.00\n机关事业单位基本养老\n"
        "2080505 2.00 2.00\n保险缴费支出\n机关事业单位职业年金\n2080506 1.00 1.00\n缴费支出"
    )
    assert [row.label for row in table.rows][3:] == ["机关事业单位基本养老保险缴费支出", "机关事业单位职业年金缴费支出"]


def test_two_years_under_spanning_headers() -> None:
    (table,) = _read(
        "2023年一般公共预算支出表\n单位：万元\n科目编码 科目名称 上年预算数 本年预算数\n"
        "小计 基本支出 项目支出 小计 基本支出 项目支出\n205 教育支出 3.00 1.00 2.00 5.00 2.00 3.00"
    )
    assert [(c.header, c.measure, c.year) for c in table.columns[2:]] == [
        ("上年预算数/小计", "合计", 2022),
        ("上年预算数/基本支出", "基本支出", 2022),
        ("上年预算数/项目支出", "项目支出", 2022),
        ("本年预算数/小计", "合计", 2023),
        ("本年预算数/基本支出", "基本支出", 2023),
        ("本年预算数/项目支出", "项目支出", 2023),
    ]


def test_an_empty_table_keeps_header_and_note() -> None:
    (table,) = _read(
        "国有资本经营预算支出表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        "注：本单位没有国有资本经营预算支出。"
    )
    assert (table.kind, table.rows, table.cells) == (TableKind.STATE_CAPITAL, (), ())
    assert table.note == "注：本单位没有国有资本经营预算支出。"


def test_a_table_of_unknown_kind_is_kept() -> None:
    (table,) = _read("国有资产情况表\n单位：万元\n项目 数量\n房屋 12.00\n车辆 3.00")
    assert (table.kind, table.title) == (TableKind.GENERIC, "国有资产情况表")
    assert _grid(table) == [("", "房屋", ["12.00"]), ("", "车辆", ["3.00"])]


def test_a_contradiction_is_read_as_printed_and_reported() -> None:
    (table,) = _read(
        "部门支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 30.00 10.00 20.00\n"
        "205 教育支出 29.00 10.00 19.00"
    )
    broken = [(c.identity, c.difference) for c in check_table(table) if c.outcome is Outcome.BROKEN]
    assert broken == [
        ("合计 = 下级之和（合计）", Decimal("1.00")),
        ("合计 = 下级之和（项目支出）", Decimal("1.00")),
    ]


def test_rounding_is_not_a_contradiction() -> None:
    (table,) = _read("部门支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n205 教育支出 10.01 3.33 6.67")
    assert [c.outcome for c in check_table(table)] == [Outcome.ROUNDING]


SEED_LINES = (Path(__file__).parent.parent / "index" / "data" / "jianghan-2021.txt").read_text("utf-8").split("\n")


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, len(SEED_LINES) - 1), st.integers(1, 400), st.booleans())
def test_damaged_text_never_breaks_the_reader(random: Random, start: int, length: int, shuffled: bool) -> None:
    chosen = SEED_LINES[start : start + length]
    chosen = [line for line in chosen if random.random() < 0.9]
    if shuffled:
        random.shuffle(chosen)
    for table in _read("\n".join(chosen)):
        places = [(cell.row, cell.column) for cell in table.cells]
        assert len(places) == len(set(places))
        assert all(row.parent is None or row.parent != index for index, row in enumerate(table.rows))
        check_table(table)


TREE = [a for a in Accounts.load() if a.system is System.FUNCTIONAL and a.level == 3]


@st.composite
def _printed_tables(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, list[str]]]]:
    """A table with unique subset sums, printed with vanished blanks and wrapped names, and its true grid."""
    leaves = sorted(draw(st.sets(st.sampled_from(TREE), min_size=1, max_size=6)), key=lambda a: a.code)
    used = draw(st.integers(1, len(HEADERS) - 1))
    amounts: dict[str, list[Decimal]] = {}
    for order, leaf in enumerate(leaves):
        held = draw(st.sets(st.integers(0, used - 1), min_size=1)) if order else set(range(used))
        values = [Decimal(3) ** (order * used + c) / 100 if c in held else Decimal(0) for c in range(len(HEADERS) - 1)]
        for code in (leaf.code, leaf.code[:5], leaf.code[:3], ""):
            before = amounts.get(code, [Decimal(0)] * len(values))
            amounts[code] = [a + b for a, b in zip(before, values, strict=True)]
    grid: list[tuple[str, str, list[str]]] = []
    printed = ["部门支出总表", "单位：万元", "功能科目编码 功能科目名称 " + " ".join(HEADERS)]
    for code in sorted(amounts):
        account = Accounts.load().by_code(code)
        name = "合计" if not code else account.name if account else "科目"
        figures = [f"{v:,.2f}" if v else "" for v in (sum(amounts[code], Decimal(0)), *amounts[code])]
        grid.append((code, name, figures))
        printed += draw(_printed_row(code, name, [f for f in figures if f]))
    return "\n".join(printed), grid


@st.composite
def _printed_row(draw: st.DrawFn, code: str, name: str, figures: list[str]) -> list[str]:
    numbers = " ".join(figures)
    shape = draw(st.sampled_from(["line", "glued", "below", "middle"])) if code else "line"
    cut = draw(st.integers(1, max(1, len(name) - 1)))
    return {
        "line": [f"{code} {name} {numbers}".strip()],
        "glued": [f"{code}{name} {numbers}"],
        "below": [code, name[:cut], name[cut:], numbers],
        "middle": [f"{code} {name[:cut]} {numbers}", name[cut:]],
    }[shape]


@settings(max_examples=60, deadline=None)
@given(_printed_tables())
def test_printed_tables_are_read_back(case: tuple[str, list[tuple[str, str, list[str]]]]) -> None:
    text, grid = case
    (table,) = _read(text)
    assert _grid(table) == grid
    assert {c.outcome for c in check_table(table)} <= {Outcome.HOLDS}
