"""What generated tables mean: titles apart, rows of years, memoranda, subordinate bodies, contradictions."""

from __future__ import annotations

from pathlib import Path

from pdf_making import Paper, Span, Style
from pdf_tables import BODY, broken, only_table, printed, read
from test_pdf_layouts import BASIC_HEADER, BASIC_ROWS

from index.document import TableKind
from index.facts import table_facts
from index.tables.checks import Outcome, check_table


def test_title_on_the_page_above_and_unit_inside_the_frame(tmp_path: Path) -> None:
    paper = Paper()
    paper.centred(297, 700, "部门收入总表", 16)
    paper.page()
    rows = [
        [Span("单位：元", 4, 1)],
        [Span("科目编码"), Span("科目名称"), Span("合计"), Span("财政拨款收入")],
    ]
    paper.table(
        60,
        [80, 160, 90, 90],
        rows,
        [
            ["205", "教育支出", "300", "300"],
            ["20502", "普通教育", "300", "300"],
            ["", "合计", "300", "300"],
        ],
        Style(label_columns=2),
    )
    table = only_table(paper, tmp_path)
    assert (table.kind, table.title, table.unit) == (TableKind.REVENUE, "部门收入总表", "元")
    assert [row.label for row in table.rows] == ["教育支出", "普通教育", "合计"]


def test_rows_of_two_years_become_columns(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "2026年“三公”经费支出表", "表9", "万元", BODY)
    header = [[Span("预算单位"), Span("年度"), Span("总计"), Span("公务接待费"), Span("因公出国（境）费")]]
    rows = [
        [BODY, "2025年", "5.50", "3.00", "2.50"],
        ["", "2026年", "5.00", "3.00", "2.00"],
        ["", "增减变化金额", "-0.50", "0.00", "-0.50"],
    ]
    paper.table(top, [140, 80, 80, 80, 100], header, rows, Style(label_columns=2))
    document = read(paper, tmp_path)
    table = document.tables[0]
    assert printed(table) == [("", BODY, 1, ["5.50", "5.00", "-0.50", "3.00", "3.00", "0.00", "2.50", "2.00", "-0.50"])]
    assert [(c.year, c.role) for c in table.columns[2:5]] == [(2025, "amount"), (2026, "amount"), (None, "change")]
    facts = {(f.subject, f.year, f.printed) for f in table_facts(document) if f.measure != "增减额"}
    assert ("公务接待费", 2025, "3.00") in facts


def test_a_memorandum_column_is_in_no_sum(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "部门支出总表", "表3", "万元", BODY)
    header = [
        [
            Span("科目编码", 1, 2),
            Span("科目名称", 1, 2),
            Span("支出总计", 1, 2),
            Span("基本支出", 1, 2),
            Span("项目支出", 1, 2),
            Span("政府采购项目", 2, 1),
        ],
        [Span("小计"), Span("面向中小企业")],
    ]
    rows = [
        ["205", "教育支出", "30.00", "10.00", "20.00", "7.00", "5.00"],
        ["", "合计", "30.00", "10.00", "20.00", "7.00", "5.00"],
    ]
    paper.table(top, [60, 120, 70, 70, 70, 60, 70], header, rows, Style(label_columns=2))
    table = only_table(paper, tmp_path)
    assert [column.role for column in table.columns] == ["code", "label", "amount", "amount", "amount", "memo", "memo"]
    assert broken(table) == []


def test_subordinate_bodies_keep_their_figures_apart(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "一般公共预算支出表", "表7", "万元", BODY)
    header = [
        [Span("预算单位"), Span("科目编码"), Span("科目名称"), Span("支出总计"), Span("基本支出"), Span("项目支出")]
    ]
    rows = [
        [BODY, "", "", "30.00", "10.00", "20.00"],
        [f"{BODY}（本级）", "", "", "18.00", "8.00", "10.00"],
        ["", "205", "教育支出", "18.00", "8.00", "10.00"],
        ["东湖市水文中心", "", "", "12.00", "2.00", "10.00"],
        ["", "205", "教育支出", "12.00", "2.00", "10.00"],
    ]
    paper.table(top, [150, 60, 100, 70, 70, 70], header, rows, Style(label_columns=3))
    document = read(paper, tmp_path)
    assert [row.parent for row in document.tables[0].rows] == [None, 0, 1, 0, 3]
    facts = [(f.subject, f.body, f.printed) for f in table_facts(document) if f.measure == "合计"]
    assert facts == [
        ("合计", "", "30.00"),
        ("合计", f"{BODY}（本级）", "18.00"),
        ("教育支出", f"{BODY}（本级）", "18.00"),
        ("合计", "东湖市水文中心", "12.00"),
        ("教育支出", "东湖市水文中心", "12.00"),
    ]
    assert broken(document.tables[0]) == []


def test_a_real_contradiction_stays_visible(tmp_path: Path) -> None:
    rows = [row[:] for row in BASIC_ROWS]
    rows[5][2] = rows[5][4] = "251.00"
    paper = Paper()
    top = paper.title(80, "一般公共预算基本支出表", "公开08表", "万元", BODY)
    paper.table(top, [60, 150, 100, 100, 100], BASIC_HEADER, rows, Style(label_columns=2))
    table = only_table(paper, tmp_path)
    assert [c.identity for c in check_table(table) if c.outcome is Outcome.BROKEN] == [
        "商品和服务支出 = 下级之和（一般公共预算基本支出/合计）",
        "商品和服务支出 = 下级之和（一般公共预算基本支出/公用经费）",
    ]
    assert table.confidence < 1


def test_the_own_body_beside_others_is_that_body_alone(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "收入总表", "表2", "万元", BODY)
    header = [[Span("单位名称"), Span("合计"), Span("一般公共预算"), Span("政府性基金")]]
    rows = [
        ["合计", "30.00", "20.00", "10.00"],
        [BODY, "18.00", "8.00", "10.00"],
        ["东湖市水文中心", "12.00", "12.00", "0.00"],
    ]
    paper.table(top, [180, 90, 90, 90], header, rows, Style(label_columns=1))
    facts = table_facts(read(paper, tmp_path))
    assert [(f.body, f.fund, f.printed) for f in facts if f.measure == "合计" and f.fund == "全部资金"] == [
        ("", "全部资金", "30.00"),
        (f"{BODY}（本级）", "全部资金", "18.00"),
        ("东湖市水文中心", "全部资金", "12.00"),
    ]
