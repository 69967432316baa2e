"""The statutory tables that the tests of Word, Excel and HTML readers share, and the same disclosure in each format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from office_making import At, Made, docx_file, html_file, xls, xlsx

from index.document import Document, Table
from index.reading import read_document

BODY = "东湖市水务局"


def d(text: str) -> Decimal:
    return Decimal(text)


SUMMARY = Made(  # two lists side by side
    "2026年部门收支总表",
    [
        [At("收入", columns=2), At("支出", columns=2)],
        ["项目", "预算数", "项目", "预算数"],
        ["一、一般公共预算拨款收入", d("1200.50"), "一、一般公共服务支出", d("1000.00")],
        ["二、政府性基金预算拨款收入", d("0"), "二、社会保障和就业支出", d("250.50")],
        ["三、事业收入", d("50.00"), "", ""],
        ["本年收入合计", d("1250.50"), "本年支出合计", d("1250.50")],
    ],
    number="公开01表",
    unit="万元",
    body=BODY,
    sheet="收支总表",
)
EXPENDITURE = Made(  # merged header, codes
    "2026年部门支出总表",
    [
        [At("科目", columns=2), At("合计", rows=2), At("基本支出", columns=3), At("项目支出", rows=2)],
        ["科目编码", "科目名称", "小计", "人员经费", "公用经费"],
        ["201", "一般公共服务支出", d("1000.00"), d("700.00"), d("600.00"), d("100.00"), d("300.00")],
        ["20103", "政府办公厅（室）及相关机构事务", d("1000.00"), d("700.00"), d("600.00"), d("100.00"), d("300.00")],
        ["2010301", "行政运行", d("700.00"), d("700.00"), d("600.00"), d("100.00"), ""],
        ["2010302", "一般行政管理事务", d("300.00"), "", "", "", d("300.00")],
        ["208", "社会保障和就业支出", d("250.50"), d("250.50"), d("250.50"), "", ""],
        [At("合计", columns=2), d("1250.50"), d("950.50"), d("850.50"), d("100.00"), d("300.00")],
    ],
    number="公开03表",
    unit="万元",
    body=BODY,
    sheet="支出总表",
)
THREE_PUBLIC = Made(  # wide, one row, in 元
    "2026年一般公共预算“三公”经费支出表",
    [
        [
            At("“三公”经费合计", rows=2),
            At("因公出国（境）费", rows=2),
            At("公务用车购置及运行费", columns=3),
            At("公务接待费", rows=2),
        ],
        ["小计", "公务用车购置费", "公务用车运行费"],
        [d("56000.00"), d("0"), d("40000.00"), d("0"), d("40000.00"), d("16000.00")],
    ],
    number="公开06表",
    unit="元",
    body=BODY,
    note="注：本表反映当年财政拨款安排的“三公”经费。",
    sheet="三公经费",
)
BASIC = Made(  # no codes, hierarchy by indentation
    "2026年一般公共预算基本支出表",
    [
        ["经济科目名称", "合计", "人员经费", "公用经费"],
        [At("工资福利支出"), d("850.50"), d("850.50"), ""],
        [At("基本工资", indent=2), d("500.00"), d("500.00"), ""],
        [At("津贴补贴", indent=2), d("350.50"), d("350.50"), ""],
        [At("商品和服务支出"), d("100.00"), "", d("100.00")],
        [At("办公费", indent=2), d("60.00"), "", d("60.00")],
        [At("公务接待费", indent=2), d("1.60"), "", d("1.60")],
        [At("其他商品和服务支出", indent=2), d("38.40"), "", d("38.40")],
        ["合计", d("950.50"), d("850.50"), d("100.00")],
    ],
    number="公开05表",
    unit="万元",
    body=BODY,
    sheet="基本支出",
)
TABLES = (SUMMARY, EXPENDITURE, BASIC, THREE_PUBLIC)
TEXTS = (
    "东湖市水务局2026年部门预算公开",
    "第一部分 部门概况",
    "一、主要职责",
    "东湖市水务局负责全市水资源的统一管理，组织编制水资源规划。",
    "二、部门预算单位构成",
    "纳入本部门预算编制范围的单位共1家。",
    "第二部分 2026年部门预算情况说明",
    "一、“三公”经费预算情况说明",
    "2026年“三公”经费预算5.6万元，比上年减少0.4万元。",
    "第三部分 2026年部门预算表",
)
Write = Callable[[Path, Sequence[Made], Sequence[str]], Path]
WRITERS: dict[str, Write] = {
    "docx": docx_file,
    "html": html_file,
    "xls": lambda path, tables, texts: xls(path, tables),
    "xlsx": lambda path, tables, texts: xlsx(path, tables, texts),
}


def written(folder: Path, suffix: str, tables: Sequence[Made] = TABLES, texts: Sequence[str] = ()) -> Path:
    return WRITERS[suffix](folder / f"公开.{suffix}", tables, texts)


def read(folder: Path, suffix: str, tables: Sequence[Made] = TABLES, texts: Sequence[str] = ()) -> Document:
    return read_document(written(folder, suffix, tables, texts))


def printed(table: Table) -> list[tuple[str, str, int, list[str]]]:
    """Code, label, level and cells of every row."""
    return [
        (row.code, row.label, row.level, [cell.text for cell in table.cells_of(index)])
        for index, row in enumerate(table.rows)
    ]
