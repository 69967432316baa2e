"""Which row stands under which, where neither indentation nor a code alone tells: the sums do."""

from __future__ import annotations

from pathlib import Path

from pdf_making import Paper, Span, Style
from pdf_tables import BODY, broken, only_table

from index.document import Table


def parents(table: Table) -> dict[str, str]:
    return {row.label: "" if row.parent is None else table.rows[row.parent].label for row in table.rows}


def test_an_account_printed_once_for_every_account_beside_it_is_no_part_of_itself(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "一般公共预算基本支出表", "表6", "万元", BODY)
    header = [
        [Span("部门预算经济分类", 2), Span("政府预算经济分类"), Span("合计", 1, 2), Span("人员经费", 1, 2)],
        [Span("科目编码"), Span("科目名称"), Span("科目名称")],
    ]
    rows = [
        ["", "合计", "", "70.00", "70.00"],
        ["301", "工资福利支出", "", "70.00", "70.00"],
        ["30101", "基本工资", "工资奖金津补贴", "30.00", "30.00"],
        ["30101", "基本工资", "工资福利支出", "25.00", "25.00"],
        ["30102", "津贴补贴", "工资奖金津补贴", "15.00", "15.00"],
    ]
    paper.table(top, [60, 130, 120, 80, 80], header, rows, Style(label_columns=3))
    table = only_table(paper, tmp_path)
    assert [row.level for row in table.rows] == [0, 1, 2, 2, 2]
    assert broken(table) == []


def test_parts_that_stand_beside_their_whole(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "收入决算表", "表1", "万元", BODY)
    rows = [
        ["一、财政拨款", "200.00"],
        ["二、事业收入", "29.00"],
        ["本年收入合计", "229.00"],
        ["年初财政拨款结转和结余", "48.00"],
        ["一般公共预算财政拨款", "30.00"],
        ["政府性基金预算财政拨款", "18.00"],
        ["总计", "277.00"],
    ]
    paper.table(top, [200, 90], [[Span("项目"), Span("金额")]], rows, Style())
    table = only_table(paper, tmp_path)
    assert parents(table)["一般公共预算财政拨款"] == "年初财政拨款结转和结余"
    assert parents(table)["政府性基金预算财政拨款"] == "年初财政拨款结转和结余"
    assert broken(table) == []


def test_what_follows_of_which_is_beside_it_and_not_under_it(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "支出预算表", "表1", "元", BODY)
    rows = [
        ["一、基本支出", "100.00"],
        ["二、项目支出", "584.00"],
        ["其中：一般公共预算", "469.00"],
        ["政府性基金预算", "85.00"],
        ["单位资金", "30.00"],
        ["支出总计", "684.00"],
    ]
    indents = {2: 18.0, 3: 45.0, 4: 45.0}
    paper.table(top, [200, 90], [[Span("项目"), Span("预算数")]], rows, Style(indents=indents))
    table = only_table(paper, tmp_path)
    assert {parents(table)[row[0]] for row in rows[2:5]} == {"二、项目支出"}
    assert broken(table) == []


def test_a_split_code_beside_the_code_of_the_body(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "支出总表", "表3", "万元", BODY)
    header = [
        [
            Span("科目编码", 3),
            Span("单位代码", 1, 2),
            Span("科目名称", 1, 2),
            Span("合计", 1, 2),
            Span("基本支出", 1, 2),
        ],
        [Span("类"), Span("款"), Span("项")],
    ]
    rows = [
        ["", "", "", "", "合计", "30.00", "30.00"],
        ["208", "05", "01", "045001", "行政单位离退休", "10.00", "10.00"],
        ["208", "05", "05", "045001", "机关事业单位基本养老保险缴费支出", "12.00", "12.00"],
        ["210", "11", "01", "045001", "行政单位医疗", "8.00", "8.00"],
    ]
    paper.table(top, [35, 30, 30, 55, 190, 70, 70], header, rows, Style(label_columns=5))
    table = only_table(paper, tmp_path)
    assert [row.code for row in table.rows] == ["", "2080501", "2080505", "2101101"]
    assert broken(table) == []
