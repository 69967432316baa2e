"""Tables of generated PDFs, every layout trap of its own: exact cells, columns and hierarchy."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_making import Paper, Span, Style
from pdf_tables import BODY, broken, headers, only_table, printed, read

from index.document import Stage, TableKind
from index.facts import table_facts

BASIC_HEADER = [
    [Span("科目编码", 1, 2), Span("科目名称", 1, 2), Span("一般公共预算基本支出", 3, 1)],
    [Span("合计"), Span("人员经费"), Span("公用经费")],
]
BASIC_ROWS = [
    ["", "合    计", "1,300.00", "1,000.00", "300.00"],
    ["301", "工资福利支出", "900.00", "900.00", ""],
    ["30101", "基本工资", "300.00", "300.00", ""],
    ["30108", "机关事业单位\n基本养老保险\n缴费", "600.00", "600.00", ""],
    ["302", "商品和服务支出", "300.00", "", "300.00"],
    ["30201", "办公费", "250.00", "", "250.00"],
    ["30217", "公务接待费", "0.00", "", "0.00"],
    ["30239", "其他交通费用", "50.00", "", "50.00"],
    ["303", "对个人和家庭的补助", "100.00", "100.00", ""],
    ["30302", "退休费", "100.00", "100.00", ""],
]


@pytest.mark.parametrize("rules", ["all", "none", "rows", "columns"])
def test_wrapped_names_and_lifted_figures_with_any_ruling(rules: str, tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "一般公共预算基本支出表", "公开08表", "万元", BODY)
    paper.table(top, [60, 150, 100, 100, 100], BASIC_HEADER, BASIC_ROWS, Style(rules=rules, label_columns=2, lift=2.0))
    table = only_table(paper, tmp_path)
    assert (table.kind, table.number, table.title, table.unit) == (
        TableKind.GENERAL_BASIC,
        "公开08表",
        "一般公共预算基本支出表",
        "万元",
    )
    assert headers(table) == [
        "科目编码",
        "科目名称",
        "一般公共预算基本支出/合计",
        "一般公共预算基本支出/人员经费",
        "一般公共预算基本支出/公用经费",
    ]
    assert printed(table) == [
        ("", "合计", 0, ["1,300.00", "1,000.00", "300.00"]),
        ("301", "工资福利支出", 1, ["900.00", "900.00", ""]),
        ("30101", "基本工资", 2, ["300.00", "300.00", ""]),
        ("30108", "机关事业单位基本养老保险缴费", 2, ["600.00", "600.00", ""]),
        ("302", "商品和服务支出", 1, ["300.00", "", "300.00"]),
        ("30201", "办公费", 2, ["250.00", "", "250.00"]),
        ("30217", "公务接待费", 2, ["0.00", "", "0.00"]),
        ("30239", "其他交通费用", 2, ["50.00", "", "50.00"]),
        ("303", "对个人和家庭的补助", 1, ["100.00", "100.00", ""]),
        ("30302", "退休费", 2, ["100.00", "100.00", ""]),
    ]
    assert (broken(table), table.confidence) == ([], 1.0)


SPLIT_HEADER = [
    [
        Span("科目编码", 3, 1),
        Span("科目名称", 1, 2),
        Span("本年支出合计", 1, 2),
        Span("基本支出", 3, 1),
        Span("项目支出", 1, 2),
    ],
    [Span("类"), Span("款"), Span("项"), Span("小计"), Span("人员经费"), Span("公用经费")],
]
SPLIT_WIDTHS = [30, 25, 25, 120, 70, 65, 60, 60, 60]
FIRST_PAGE = [
    ["201", "", "", "一般公共服务支出", "1,200.50", "800.50", "600.00", "200.50", "400.00"],
    ["201", "03", "", "政府办公厅（室）及相关\n机构事务", "1,200.50", "800.50", "600.00", "200.50", "400.00"],
    ["201", "03", "01", "行政运行", "800.50", "800.50", "600.00", "200.50", ""],
    ["201", "03", "02", "一般行政管理事务", "400.00", "", "", "", "400.00"],
]
SECOND_PAGE = [
    ["208", "", "", "社会保障和就业支出", "99.50", "99.50", "99.50", "0.00", ""],
    ["208", "05", "", "行政事业单位养老支出", "99.50", "99.50", "99.50", "0.00", ""],
    ["208", "05", "05", "机关事业单位基本养老\n保险缴费支出", "99.50", "99.50", "99.50", "0.00", ""],
    ["", "", "", "合计", "1,300.00", "900.00", "699.50", "200.50", "400.00"],
]


@pytest.mark.parametrize("repeated", [False, True])
def test_split_codes_and_a_continuation_page(repeated: bool, tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "一般公共预算支出表", "公开07表", "万元", BODY)
    paper.table(top, SPLIT_WIDTHS, SPLIT_HEADER, FIRST_PAGE, Style(label_columns=4))
    paper.centred(297, 820, "- 1 -", 9)
    paper.page()
    paper.table(60, SPLIT_WIDTHS, SPLIT_HEADER if repeated else [], SECOND_PAGE, Style(label_columns=4))
    paper.centred(297, 820, "- 2 -", 9)
    table = only_table(paper, tmp_path)
    assert headers(table)[3:] == [
        "科目名称",
        "本年支出合计",
        "基本支出/小计",
        "基本支出/人员经费",
        "基本支出/公用经费",
        "项目支出",
    ]
    assert printed(table) == [
        ("201", "一般公共服务支出", 1, ["1,200.50", "800.50", "600.00", "200.50", "400.00"]),
        ("20103", "政府办公厅（室）及相关机构事务", 2, ["1,200.50", "800.50", "600.00", "200.50", "400.00"]),
        ("2010301", "行政运行", 3, ["800.50", "800.50", "600.00", "200.50", ""]),
        ("2010302", "一般行政管理事务", 3, ["400.00", "", "", "", "400.00"]),
        ("208", "社会保障和就业支出", 1, ["99.50", "99.50", "99.50", "0.00", ""]),
        ("20805", "行政事业单位养老支出", 2, ["99.50", "99.50", "99.50", "0.00", ""]),
        ("2080505", "机关事业单位基本养老保险缴费支出", 3, ["99.50", "99.50", "99.50", "0.00", ""]),
        ("", "合计", 0, ["1,300.00", "900.00", "699.50", "200.50", "400.00"]),
    ]
    assert broken(table) == []
    assert [row.position.page for row in table.rows] == [1, 1, 1, 1, 2, 2, 2, 2]


ONE_YEAR = [
    Span("合计", 1, 2),
    Span("因公出国\n（境）费", 1, 2),
    Span("公务用车购置及运行维护费", 3, 1),
    Span("公务接待费", 1, 2),
]
WIDE_HEADER = [
    [Span("预算数", 6, 1), Span("决算数", 6, 1)],
    [*ONE_YEAR, *ONE_YEAR],
    [Span("小计"), Span("购置费"), Span("运行维护费")] * 2,
]
WIDE_ROW = ["120.00", "10.00", "90.00", "0.00", "90.00", "20.00", "100.00", "", "85.00", "", "85.00", "15.00"]


@pytest.mark.parametrize("sideways", [False, True])
@pytest.mark.parametrize("rules", ["all", "none"])
def test_wide_three_public_expenses_of_two_stages(rules: str, sideways: bool, tmp_path: Path) -> None:
    paper = Paper() if sideways else Paper((842.0, 595.0))
    if sideways:
        paper.turn()
    top = paper.title(80, "2025年一般公共预算“三公”经费支出决算表", "公开09表", "元", BODY)
    paper.table(top, [62] * 12, WIDE_HEADER, [WIDE_ROW], Style(size=7, rules=rules, label_columns=0, height=24))
    document = read(paper, tmp_path)
    table = document.tables[0]
    assert (table.kind, table.unit, document.identity.stage) == (TableKind.THREE_PUBLIC, "元", Stage.FINAL)
    parts = [
        "合计",
        "因公出国（境）费",
        *(f"公务用车购置及运行维护费/{t}" for t in ("小计", "购置费", "运行维护费")),
        "公务接待费",
    ]
    assert headers(table) == [f"{stage}/{part}" for stage in ("预算数", "决算数") for part in parts]
    assert printed(table) == [("", "合计", 0, WIDE_ROW)]
    told = {(f.subject, f.stage, f.printed) for f in table_facts(document) if f.printed}
    assert ("公务接待费", Stage.FINAL, "15.00") in told
    assert ("公务接待费", Stage.BUDGET, "20.00") in told
    assert broken(table) == []


SIDE_HEADER = [
    [Span("收入", 2, 1), Span("支出", 2, 1)],
    [Span("项    目"), Span("预算数"), Span("项    目"), Span("预算数")],
]
SIDE_ROWS = [
    ["一、财政拨款收入", "1,000.00", "一、一般公共服务支出", "700.00"],
    ["1.一般公共预算", "1,000.00", "二、教育支出", "0.00"],
    ["2.政府性基金预算", "", "三、社会保障和就业支出", "200.00"],
    ["二、事业收入", "0.00", "四、住房保障支出", "110.00"],
    ["本年收入合计", "1,000.00", "本年支出合计", "1,010.00"],
    ["上年结转", "10.00", "结转下年", ""],
    ["收入总计", "1,010.00", "支出总计", "1,010.00"],
]


@pytest.mark.parametrize("rules", ["all", "none", "rows", "columns"])
def test_lists_side_by_side_blank_and_zero(rules: str, tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "收支总表", "公开01表", "万元", BODY)
    paper.table(top, [150, 90, 150, 90], SIDE_HEADER, SIDE_ROWS, Style(rules=rules))
    table = only_table(paper, tmp_path)
    assert table.kind is TableKind.SUMMARY
    assert headers(table) == ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]
    lists = [
        [(row.label, [c.text for c in table.cells_of(i)]) for i, row in enumerate(table.rows) if row.list == number]
        for number in (0, 1)
    ]
    assert lists[0] == [
        ("一、财政拨款收入", ["1,000.00"]),
        ("1.一般公共预算", ["1,000.00"]),
        ("2.政府性基金预算", [""]),
        ("二、事业收入", ["0.00"]),
        ("本年收入合计", ["1,000.00"]),
        ("上年结转", ["10.00"]),
        ("收入总计", ["1,010.00"]),
    ]
    assert lists[1] == [
        ("一、一般公共服务支出", ["700.00"]),
        ("二、教育支出", ["0.00"]),
        ("三、社会保障和就业支出", ["200.00"]),
        ("四、住房保障支出", ["110.00"]),
        ("本年支出合计", ["1,010.00"]),
        ("结转下年", [""]),
        ("支出总计", ["1,010.00"]),
    ]
    assert broken(table) == []


def test_header_letters_stacked_upright(tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "部门支出总表", "公开03表", "万元", BODY)
    header = [[Span("科目编码"), Span("科目名称"), Span("合计"), Span("基本支出"), Span("项目支出")]]
    rows = [
        ["205", "教育支出", "30.00", "10.00", "20.00"],
        ["20508", "进修及培训", "30.00", "10.00", "20.00"],
        ["2050803", "培训支出", "30.00", "10.00", "20.00"],
        ["", "合计", "30.00", "10.00", "20.00"],
    ]
    paper.table(top, [70, 150, 60, 60, 60], header, rows, Style(upright=True, label_columns=2))
    table = only_table(paper, tmp_path)
    assert headers(table) == ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    assert [(row.code, row.level) for row in table.rows] == [("205", 1), ("20508", 2), ("2050803", 3), ("", 0)]


@pytest.mark.parametrize("rules", ["all", "columns", "none"])
def test_indentation_is_the_only_hierarchy(rules: str, tmp_path: Path) -> None:
    paper = Paper()
    top = paper.title(80, "基本支出总表", "表4", "万元", BODY)
    header = [[Span("支出项目类别"), Span("总计"), Span("一般公共预算"), Span("政府性基金预算")]]
    rows = [
        ["工资福利支出", "90.00", "90.00", "0.00"],
        ["基本工资", "40.00", "40.00", "0.00"],
        ["津贴补贴", "50.00", "50.00", "0.00"],
        ["商品和服务支出", "12.00", "11.00", "1.00"],
        ["办公费", "12.00", "11.00", "1.00"],
        ["合计", "102.00", "101.00", "1.00"],
    ]
    style = Style(rules=rules, indents={1: 12, 2: 12, 4: 12})
    paper.table(top, [160, 90, 90, 90], header, rows, style)
    table = only_table(paper, tmp_path)
    parents = [None if row.parent is None else table.rows[row.parent].label for row in table.rows]
    assert parents == ["合计", "工资福利支出", "工资福利支出", "合计", "商品和服务支出", None]
    assert broken(table) == []


def test_an_empty_statutory_table_keeps_its_note(tmp_path: Path) -> None:
    for rules in ("all", "none"):
        paper = Paper()
        top = paper.title(80, "政府性基金预算支出表", "公开10表", "万元", BODY)
        header = [
            [Span("科目编码", 1, 2), Span("科目名称", 1, 2), Span("本年政府性基金预算支出", 3, 1)],
            [Span("合计"), Span("基本支出"), Span("项目支出")],
        ]
        rows = [["", "", "", "", ""]] * 3 if rules == "all" else []
        bottom = paper.table(top, [70, 150, 80, 80, 80], header, rows, Style(rules=rules, label_columns=2))
        paper.text(50, bottom + 20, "注：本部门无政府性基金预算，故本表无数据。", 9)
        table = only_table(paper, tmp_path)
        assert (table.kind, table.rows, table.cells) == (TableKind.GOVERNMENT_FUND, (), ())
        assert table.note == "注：本部门无政府性基金预算，故本表无数据。"


def test_a_caption_at_the_foot_of_a_page_names_the_table_that_begins_the_next(tmp_path: Path) -> None:
    paper = Paper()
    paper.paragraph(100, ["三、其他说明", "本部门按照规定公开预算。"])
    paper.title(770, "表7 “三公”经费预算表", unit="元", body=BODY)
    paper.page()
    header = [[Span("项目"), Span("2023年预算数"), Span("2024年预算数")]]
    rows = [
        ["“三公”经费合计", "146,000.00", "136,000.00"],
        ["一、因公出国（境）费", "", ""],
        ["二、公务接待费", "146,000.00", "136,000.00"],
    ]
    paper.table(50, [200, 120, 120], header, rows, Style(rules="none"))
    table = only_table(paper, tmp_path)
    assert (table.kind, table.number, table.unit) == (TableKind.THREE_PUBLIC, "表7", "元")
    assert [row.label for row in table.rows] == [row[0] for row in rows]


def test_the_heading_of_a_part_is_no_title_of_the_document(tmp_path: Path) -> None:
    paper = Paper()
    paper.text(200, 200, "2023年度", 20)
    paper.text(160, 240, "东湖市水务局部门决算", 20)
    paper.page()
    paper.paragraph(100, ["目录", "第一部分 部门概况", "第二部分 2023年度部门决算情况说明"])
    identity = read(paper, tmp_path).identity
    assert (identity.title, identity.year, identity.body) == ("东湖市水务局2023年部门决算", 2023, BODY)
