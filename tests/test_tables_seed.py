"""Every table of the built-in document, compared whole with the checked rows in `data/seed_tables.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.document import Document, Table, TableKind
from index.reading import read_document
from index.tables.checks import Outcome, check_table

SEED = Path(__file__).parent.parent / "index" / "data" / "jianghan-2021.txt"
GOLDEN = Path(__file__).parent / "data" / "seed_tables.txt"
FORM = "整体绩效"


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(SEED)


def _golden() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("==="):
            found[line[4:]] = []
        elif not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


def _rows(table: Table) -> list[str]:
    side_by_side = len({row.list for row in table.rows}) > 1
    rows = []
    for index, row in enumerate(table.rows):
        figures = [cell.text for cell in table.cells_of(index)]
        if any(figures) or not side_by_side:
            rows.append(" ".join([row.code or "·", row.label, *(text or "·" for text in figures)]))
    return rows


def _table(document: Document, number: str) -> Table:
    return next(t for t in document.tables if (t.number or FORM) == number)


@pytest.mark.parametrize("number", _golden())
def test_rows_and_figures(document: Document, number: str) -> None:
    assert _rows(_table(document, number)) == _golden()[number]


def test_kinds_titles_and_units(document: Document) -> None:
    assert [(t.kind, t.number, t.title, t.unit, t.position.page) for t in document.tables] == [
        (TableKind.SUMMARY, "公开表1", "2021年部门收支预算总表", "万元", 8),
        (TableKind.REVENUE, "公开表2", "2021年部门收入预算总表", "万元", 9),
        (TableKind.EXPENDITURE, "公开表3", "2021年部门支出预算总表", "万元", 10),
        (TableKind.FISCAL_SUMMARY, "公开表4", "2021年财政拨款收支预算总表", "万元", 11),
        (TableKind.GENERAL_EXPENDITURE, "公开表5", "2021年一般公共预算支出表", "万元", 12),
        (TableKind.GENERAL_BASIC, "公开表6", "2021年一般公共预算基本支出表", "万元", 13),
        (TableKind.THREE_PUBLIC, "公开表7", "2021年一般公共预算“三公”经费支出表", "万元", 14),
        (TableKind.GOVERNMENT_FUND, "公开表8", "2021年政府性基金预算支出表", "万元", 15),
        (TableKind.OVERALL_PERFORMANCE, "", "2021年江汉区部门整体绩效目标申报表", "万元", 16),
    ]


@pytest.mark.parametrize(
    ("number", "headers"),
    [
        ("公开表1", ["收入/预算数", "支出（功能）/预算数", "支出（经济分类）/预算数"]),
        (
            "公开表2",
            [
                "总计",
                "一般公共预算财政拨款收入",
                "政府性基金预算财政拨款收入",
                "事业收入",
                "上年补助收入",
                "事业单位经营收入",
                "其他收入",
                "用事业基金弥补收支差额",
                "上年结转、结余",
            ],
        ),
        (
            "公开表3",
            ["总计", "基本支出", "项目支出", "上缴上级支出", "对附属单位补助支出", "事业单位经营支出", "结转下年"],
        ),
        (
            "公开表4",
            [
                "收入/预算数",
                "支出（功能分类）/一般公共预算",
                "支出（功能分类）/政府性基金预算",
                "支出（部门预算经济分类）/一般公共预算",
                "支出（部门预算经济分类）/政府性基金预算",
            ],
        ),
        ("公开表5", ["总计", "基本支出", "项目支出"]),
        ("公开表6", ["基本支出/小计", "基本支出/人员经费", "基本支出/公用经费"]),
        ("公开表7", ["本年预算数", "情况说明"]),
        (
            "公开表8",
            [
                "本年政府性基金预算支出/总计",
                "本年政府性基金预算支出/基本支出",
                "本年政府性基金预算支出/项目支出",
            ],
        ),
        (FORM, ["当年金额", "占比", "上年预算安排情况"]),
    ],
)
def test_headers(document: Document, number: str, headers: list[str]) -> None:
    table = _table(document, number)
    assert [c.header for c in table.columns if c.role not in {"code", "label"}] == headers


def test_every_row_of_every_table_is_there(document: Document) -> None:
    assert [(len(t.rows), len(t.cells)) for t in document.tables] == [
        (52, 52),
        (20, 180),
        (20, 140),
        (49, 93),
        (20, 60),
        (23, 69),
        (6, 12),
        (0, 0),
        (8, 24),
    ]


def test_every_figure_printed_in_a_table_is_in_a_cell(document: Document) -> None:
    for table in document.tables:
        assert table.confidence == 1.0
        assert all(cell.column < len(table.columns) and cell.row < len(table.rows) for cell in table.cells)


def test_notes(document: Document) -> None:
    assert _table(document, "公开表8").note == "注：本部门无政府性基金财政拨款支出。"
    assert _table(document, "公开表7").note.startswith("注：按照中央和省、市有关文件")
    assert _table(document, "公开表7").note.endswith("务接待（含外宾接待）费用。")


def test_hierarchy(document: Document) -> None:
    table = _table(document, "公开表7")
    assert [(r.level, None if r.parent is None else table.rows[r.parent].label) for r in table.rows] == [
        (0, None),
        (1, "合计"),
        (1, "合计"),
        (2, "2.公务用车购置及运行维护费"),
        (2, "2.公务用车购置及运行维护费"),
        (1, "合计"),
    ]
    summary = _table(document, "公开表4")
    tail = [(r.list, r.label, None if r.parent is None else summary.rows[r.parent].label) for r in summary.rows[-9:]]
    assert tail == [
        (0, "本年收入合计", "收入总计"),
        (1, "本年支出合计", "支出总计"),
        (2, "本年支出合计", "支出总计"),
        (0, "上年结转", "收入总计"),
        (1, "结转下年", "支出总计"),
        (2, "结转下年", "支出总计"),
        (0, "收入总计", None),
        (1, "支出总计", None),
        (2, "支出总计", None),
    ]


def test_all_arithmetic_holds_exactly(document: Document) -> None:
    outcomes = {table.number: [c.outcome for c in check_table(table)] for table in document.tables}
    assert {number: len(found) for number, found in outcomes.items()} == {
        "公开表1": 3,
        "公开表2": 38,
        "公开表3": 41,
        "公开表4": 6,
        "公开表5": 41,
        "公开表6": 32,
        "公开表7": 2,
        "公开表8": 0,
        "": 2,
    }
    assert {outcome for found in outcomes.values() for outcome in found} == {Outcome.HOLDS}
