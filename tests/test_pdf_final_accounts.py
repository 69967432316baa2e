"""The layouts of final accounts (决算): column numbers, row numbers, folded lists, totals in the columns of the code."""

from __future__ import annotations

from pathlib import Path

from pdf_making import Paper, Span, Style

from index.document import Document, Stage, Table, TableKind
from index.facts import table_facts
from index.reading import read_document
from index.tables.checks import Outcome, check_table

BODY = "东湖市水务局"


def read(
    title: str, widths: list[float], header: list[list[Span]], rows: list[list[str]], style: Style, tmp_path: Path
) -> Document:
    paper = Paper((842.0, 595.0))
    top = paper.title(80, f"2025年度{title}", "公开01表", "万元", BODY)
    bottom = paper.table(top, widths, header, rows, style)
    paper.text(50, bottom + 16, "注：本表反映本年度收支情况。", 8)
    path = tmp_path / "决算.pdf"
    path.write_bytes(paper.bytes())
    return read_document(path)


def rows_of(table: Table, number: int) -> list[tuple[str, str, list[str]]]:
    return [
        (row.code, row.label, [cell.text for cell in table.cells_of(index)])
        for index, row in enumerate(table.rows)
        if row.list == number
    ]


def broken(table: Table) -> int:
    return sum(check.outcome is Outcome.BROKEN for check in check_table(table))


def test_row_and_column_numbers_are_no_figures(tmp_path: Path) -> None:
    header = [
        [Span("收入", 3, 1), Span("支出", 3, 1)],
        [Span("项目"), Span("行次"), Span("金额"), Span("项目（按功能分类）"), Span("行次"), Span("金额")],
        [Span("栏次"), Span(""), Span("1"), Span("栏次"), Span(""), Span("2")],
    ]
    rows = [
        ["一、一般公共预算财政拨款收入", "1", "1,000.00", "一、教育支出", "14", "12.00"],
        ["二、事业收入", "2", "10.00", "二、农林水支出", "15", "990.00"],
        ["", "3", "", "三、住房保障支出", "16", ""],
        ["本年收入合计", "4", "1,010.00", "本年支出合计", "17", "1,002.00"],
        ["年初结转和结余", "5", "2.00", "年末结转和结余", "18", "10.00"],
        ["总计", "6", "1,012.00", "总计", "19", "1,012.00"],
    ]
    style = Style(size=8, height=18)
    document = read("收入支出决算总表", [170, 40, 100, 200, 40, 100], header, rows, style, tmp_path)
    table = document.tables[0]
    assert (table.kind, document.identity.year, document.identity.stage) == (TableKind.SUMMARY, 2025, Stage.FINAL)
    assert [column.role for column in table.columns] == ["label", "code", "amount"] * 2
    assert rows_of(table, 0) == [
        ("", "一、一般公共预算财政拨款收入", ["1,000.00"]),
        ("", "二、事业收入", ["10.00"]),
        ("", "本年收入合计", ["1,010.00"]),
        ("", "年初结转和结余", ["2.00"]),
        ("", "总计", ["1,012.00"]),
    ]
    assert rows_of(table, 1)[2] == ("", "三、住房保障支出", [""])
    totals = [(f.subject, f.printed) for f in table_facts(document) if f.is_total]
    assert totals == [
        ("本年收入合计", "1,010.00"), ("本年支出合计", "1,002.00"), ("收入总计", "1,012.00"), ("支出总计", "1,012.00"),
    ]  # fmt: skip
    assert (broken(table), table.note) == (0, "注：本表反映本年度收支情况。")


def test_a_folded_list_is_one_list(tmp_path: Path) -> None:
    columns = [Span("科目编码"), Span("科目名称"), Span("决算数")]
    header = [[Span("人员经费", 3, 1), Span("公用经费", 6, 1)], columns * 3]
    rows = [
        ["301", "工资福利支出", "500.00", "302", "商品和服务支出", "90.00", "310", "资本性支出", "10.00"],
        ["30101", "基本工资", "300.00", "30201", "办公费", "50.00", "31002", "办公设备购置", "10.00"],
        ["30102", "津贴补贴", "200.00", "30217", "公务接待费", "40.00", "", "", ""],
        ["", "人员经费合计", "500.00", "", "", "", "", "公用经费合计", "100.00"],
    ]
    style = Style(size=7, height=18, label_columns=2)
    document = read("一般公共预算财政拨款基本支出决算表", [50, 110, 80] * 3, header, rows, style, tmp_path)
    table = document.tables[0]
    assert [column.header for column in table.columns] == [
        f"{list_title}/{name}" for list_title in ("人员经费", "公用经费") for name in ("科目编码", "科目名称", "决算数")
    ]
    assert rows_of(table, 1) == [
        ("302", "商品和服务支出", ["90.00"]),
        ("30201", "办公费", ["50.00"]),
        ("30217", "公务接待费", ["40.00"]),
        ("310", "资本性支出", ["10.00"]),
        ("31002", "办公设备购置", ["10.00"]),
        ("", "公用经费合计", ["100.00"]),
    ]
    assert broken(table) == 0


def test_a_total_set_in_the_columns_of_the_code(tmp_path: Path) -> None:
    header = [
        [Span("项目", 4, 1), Span("本年支出合计", 1, 2), Span("基本支出", 1, 2), Span("项目支出", 1, 2)],
        [Span("功能分类科目编码", 3, 1), Span("科目名称")],
    ]
    rows = [
        ["栏次", "", "", "", "1", "2", "3"],
        ["合计", "", "", "", "30.00", "10.00", "20.00"],
        ["205", "", "", "教育支出", "30.00", "10.00", "20.00"],
        ["20508", "", "", "进修及培训", "30.00", "10.00", "20.00"],
        ["2050803", "", "", "培训支出", "30.00", "10.00", "20.00"],
    ]
    style = Style(size=8, height=18, label_columns=4)
    document = read("支出决算表", [60, 30, 30, 160, 100, 100, 100], header, rows, style, tmp_path)
    table = document.tables[0]
    assert table.kind is TableKind.EXPENDITURE
    assert rows_of(table, 0) == [
        ("", "合计", ["30.00", "10.00", "20.00"]),
        ("205", "教育支出", ["30.00", "10.00", "20.00"]),
        ("20508", "进修及培训", ["30.00", "10.00", "20.00"]),
        ("2050803", "培训支出", ["30.00", "10.00", "20.00"]),
    ]
    assert [row.parent for row in table.rows] == [None, 0, 1, 2]
    assert broken(table) == 0
