"""Excel workbooks: what a sheet shows becomes the same tables that a printed page would."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from office_making import At, Made, xls, xlsx
from office_tables import BASIC, EXPENDITURE, SUMMARY, TABLES, TEXTS, THREE_PUBLIC, printed, read
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment

from index.document import Cell, Column, Document, Position, Row, Stage, Table, TableKind
from index.errors import UnreadableDocument
from index.reading import read_document


def opened(tmp_path: Path, book: Workbook) -> Document:
    path = tmp_path / "公开.xlsx"
    book.save(path)
    return read_document(path)


def small(sheet: Any, top: int = 1, title: str = "2026年支出总表", figure: object = 3) -> None:
    """A table of one figure under its title and unit."""
    for at, row in enumerate([[title], [None, "单位：万元"], ["项目", "金额"], ["教育支出", figure]], top):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column, value)


def test_two_lists_side_by_side_are_one_table(tmp_path: Path) -> None:
    def at(row: int) -> Position:
        return Position(1, row)

    income = [
        ("一、一般公共预算拨款收入", "1,200.50"),
        ("二、政府性基金预算拨款收入", "0.00"),
        ("三、事业收入", "50.00"),
    ]
    spending = [("一、一般公共服务支出", "1,000.00"), ("二、社会保障和就业支出", "250.50")]
    assert read(tmp_path, "xlsx", [SUMMARY]).tables == (
        Table(
            kind=TableKind.SUMMARY,
            number="公开01表",
            title="2026年部门收支总表",
            unit="万元",
            columns=(
                Column("收入/项目", 0, role="label"),
                Column("收入/预算数", 0, measure="合计", stage=Stage.BUDGET, role="amount"),
                Column("支出/项目", 1, role="label"),
                Column("支出/预算数", 1, measure="合计", stage=Stage.BUDGET, role="amount"),
            ),
            rows=(
                Row(income[0][0], list=0, level=1, parent=5, position=at(6)),
                Row(spending[0][0], list=1, level=1, parent=6, position=at(6)),
                Row(income[1][0], list=0, level=1, parent=5, position=at(7)),
                Row(spending[1][0], list=1, level=1, parent=6, position=at(7)),
                Row(income[2][0], list=0, level=1, parent=5, position=at(8)),
                Row("本年收入合计", list=0, position=at(9)),
                Row("本年支出合计", list=1, position=at(9)),
            ),
            cells=(
                Cell(income[0][1], 0, 1, at(6)),
                Cell(spending[0][1], 1, 3, at(6)),
                Cell(income[1][1], 2, 1, at(7)),
                Cell(spending[1][1], 3, 3, at(7)),
                Cell(income[2][1], 4, 1, at(8)),
                Cell("1,250.50", 5, 1, at(9)),
                Cell("1,250.50", 6, 3, at(9)),
            ),
            section=0,
            position=at(1),
        ),
    )


def test_merged_headers_say_what_a_column_means(tmp_path: Path) -> None:
    table = read(tmp_path, "xlsx", [EXPENDITURE]).tables[0]
    assert (table.kind, table.number, table.unit, table.confidence) == (TableKind.EXPENDITURE, "公开03表", "万元", 1.0)
    assert table.columns == (
        Column("科目/科目编码", role="code"),
        Column("科目/科目名称", role="label"),
        Column("合计", measure="合计", role="amount"),
        Column("基本支出/小计", measure="基本支出", role="amount"),
        Column("基本支出/人员经费", measure="人员经费", role="amount"),
        Column("基本支出/公用经费", measure="公用经费", role="amount"),
        Column("项目支出", measure="项目支出", role="amount"),
    )
    office = ["1,000.00", "700.00", "600.00", "100.00", "300.00"]
    assert printed(table) == [
        ("201", "一般公共服务支出", 1, office),
        ("20103", "政府办公厅（室）及相关机构事务", 2, office),
        ("2010301", "行政运行", 3, ["700.00", "700.00", "600.00", "100.00", ""]),
        ("2010302", "一般行政管理事务", 3, ["300.00", "", "", "", "300.00"]),
        ("208", "社会保障和就业支出", 1, ["250.50", "250.50", "250.50", "", ""]),
        ("", "合计", 0, ["1,250.50", "950.50", "850.50", "100.00", "300.00"]),
    ]


def test_indentation_is_hierarchy(tmp_path: Path) -> None:
    table = read(tmp_path, "xlsx", [BASIC]).tables[0]
    assert (table.kind, table.title) == (TableKind.GENERAL_BASIC, "2026年一般公共预算基本支出表")
    assert [(row.label, row.level, row.parent) for row in table.rows] == [
        ("工资福利支出", 1, 7),
        ("基本工资", 2, 0),
        ("津贴补贴", 2, 0),
        ("商品和服务支出", 1, 7),
        ("办公费", 2, 3),
        ("公务接待费", 2, 3),
        ("其他商品和服务支出", 2, 3),
        ("合计", 0, None),
    ]


def test_blanks_before_a_name_set_it_in_as_well(tmp_path: Path) -> None:
    rows = [
        ["项目", "金额"],
        ["工资", Decimal(4)],
        ["\u3000\u3000基本工资", Decimal(2)],
        ["\u3000\u3000津贴", Decimal(2)],
    ]
    made = Made("2026年一般公共预算基本支出表", rows, unit="万元")
    table = read(tmp_path, "xlsx", [made]).tables[0]
    assert [(row.label, row.level, row.parent) for row in table.rows] == [
        ("工资", 1, None),
        ("基本工资", 2, 0),
        ("津贴", 2, 0),
    ]


def test_every_table_has_its_own_unit_and_note(tmp_path: Path) -> None:
    tables = read(tmp_path, "xlsx", [BASIC, THREE_PUBLIC]).tables
    assert [(t.title, t.unit, t.note) for t in tables] == [
        ("2026年一般公共预算基本支出表", "万元", ""),
        ("2026年一般公共预算“三公”经费支出表", "元", "注：本表反映当年财政拨款安排的“三公”经费。"),
    ]
    three = ["56,000.00", "0.00", "40,000.00", "0.00", "40,000.00", "16,000.00"]
    assert printed(tables[1]) == [("", "合计", 0, three)]


def test_texts_and_sheets_are_sections(tmp_path: Path) -> None:
    document = read(tmp_path, "xlsx", TABLES, TEXTS)
    assert (document.format, document.pages) == ("xlsx", 5)
    assert (document.identity.body, document.identity.year, document.identity.stage) == (
        "东湖市水务局",
        2026,
        Stage.BUDGET,
    )
    assert [document.section_path(table.section) for table in document.tables] == [
        "收支总表",
        "支出总表",
        "基本支出",
        "三公经费",
    ]
    told = [(document.section_path(p.section), p.text, p.position) for p in document.paragraphs]
    assert told == [
        ("说明", "东湖市水务局2026年部门预算公开", Position(1, 1)),
        ("第一部分 部门概况 > 一、主要职责", TEXTS[3], Position(1, 4)),
        ("第一部分 部门概况 > 二、部门预算单位构成", TEXTS[5], Position(1, 6)),
        ("第二部分 2026年部门预算情况说明 > 一、“三公”经费预算情况说明", TEXTS[8], Position(1, 9)),
    ]


def test_the_name_of_a_sheet_is_the_title_of_a_table_without_one(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "2026年支出总表"
    for row in (["项目", "金额（万元）"], ["教育支出", 3]):
        book.active.append(row)
    table = opened(tmp_path, book).tables[0]
    assert (table.kind, table.title, table.unit) == (TableKind.EXPENDITURE, "2026年支出总表", "万元")


def test_sheets_with_the_same_header_are_tables_of_their_own(tmp_path: Path) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet()):
        for row in (["项目", "金额（万元）"], ["教育支出", 3]):
            sheet.append(row)
    assert [printed(table) for table in opened(tmp_path, book).tables] == [[("", "教育支出", 1, ["3"])]] * 2


def test_tables_under_one_another_in_a_sheet_are_parted_by_their_titles(tmp_path: Path) -> None:
    book = Workbook()
    small(book.active, 1, "2026年收入总表", 5)
    small(book.active, 7, "2026年支出总表", 4)
    tables = opened(tmp_path, book).tables
    assert [(t.kind, t.unit, t.position, printed(t)) for t in tables] == [
        (TableKind.REVENUE, "万元", Position(1, 1), [("", "教育支出", 1, ["5"])]),
        (TableKind.EXPENDITURE, "万元", Position(1, 7), [("", "教育支出", 1, ["4"])]),
    ]


def test_hidden_sheets_rows_and_columns_are_not_read(tmp_path: Path) -> None:
    book = Workbook()
    rows = [["代码", "项目", "金额", "核对"], ["7", "甲", 3, 9], ["8", "乙", 4, 9]]
    for row in rows:
        book.active.append(row)
    book.active.title = "2026年支出总表"
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions.group("D", "F", hidden=True)
    small(book.create_sheet("底稿"))
    book["底稿"].sheet_state = "hidden"
    document = opened(tmp_path, book)
    assert [[column.header for column in table.columns] for table in document.tables] == [["代码", "项目", "金额"]]
    assert printed(document.tables[0]) == [("", "甲", 1, ["3"])]


def test_a_header_centred_over_a_selection_and_a_spacing_column(tmp_path: Path) -> None:
    book = Workbook()
    rows = [
        ["2026年收支总表"],
        [None] * 4 + ["单位：元"],
        ["收入项目", "预算数", None, "支出项目", "预算数"],
        ["拨款", 1, None, "教育", 1],
    ]
    for row in rows:
        book.active.append(row)
    book.active["A1"].alignment = Alignment(horizontal="centerContinuous")
    table = opened(tmp_path, book).tables[0]
    assert [(column.header, column.list) for column in table.columns] == [
        ("收入项目", 0),
        ("预算数", 0),
        ("支出项目", 1),
        ("预算数", 1),
    ]
    assert (table.unit, printed(table)) == ("元", [("", "拨款", 1, ["1"]), ("", "教育", 1, ["1"])])


def test_figures_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    small(book.active, figure=1234.5678)
    book.active["B4"].number_format = "#,##0.00_ "
    assert printed(opened(tmp_path, book).tables[0]) == [("", "教育支出", 1, ["1,234.57"])]


def test_a_stored_result_of_a_formula_is_read(tmp_path: Path) -> None:
    book = Workbook()
    small(book.active, figure="=1+2")
    with pytest.raises(UnreadableDocument, match="公开.xlsx 的公式没有保存计算结果。请用 Excel 或 WPS 打开，保存一次"):
        opened(tmp_path, book)
    path, done = tmp_path / "公开.xlsx", tmp_path / "算好.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(done, "w") as target:
        for name in source.namelist():
            target.writestr(
                name,
                source.read(name)
                .replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>")
                .replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>"),
            )
    assert printed(read_document(done).tables[0]) == [("", "教育支出", 1, ["3"])]


def test_a_sheet_as_high_as_sheets_can_be(tmp_path: Path) -> None:
    book = Workbook()
    small(book.active)
    book.active["XFD1048576"] = " "
    assert printed(opened(tmp_path, book).tables[0]) == [("", "教育支出", 1, ["3"])]


def test_an_old_workbook_reads_like_a_new_one(tmp_path: Path) -> None:
    old, new = read_document(xls(tmp_path / "公开.xls", TABLES)), read_document(xlsx(tmp_path / "公开.xlsx", TABLES))
    assert old.tables == new.tables
    assert (old.lines, old.sections, old.paragraphs) == (new.lines, new.sections, new.paragraphs)
    assert (old.format, old.pages, len(old.tables)) == ("xls", 4, 4)


def test_a_name_merged_over_several_rows(tmp_path: Path) -> None:
    rows = [
        ["类别", "项目", "金额"],
        [At("教育", rows=2), "小学", Decimal(3)],
        ["中学", Decimal(4)],
        [At("合计", columns=2), Decimal(7)],
    ]
    table = read(tmp_path, "xlsx", [Made("2026年项目支出表", rows, unit="万元")]).tables[0]
    assert [(label, figures) for _, label, _, figures in printed(table)][-1] == ("合计", ["7.00"])
    assert [figures for *_, figures in printed(table)] == [["3.00"], ["4.00"], ["7.00"]]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    first = read(tmp_path, "xlsx")
    assert read_document(tmp_path / "公开.xlsx") == first
    assert load_workbook(tmp_path / "公开.xlsx").sheetnames == ["收支总表", "支出总表", "基本支出", "三公经费"]
