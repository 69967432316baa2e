"""Tables with lines over and under the header and at the end only, and a short line under a group of columns."""

from __future__ import annotations

from index.tables.grid_geometry import Glyph, Page, Ruling
from index.tables.grid_rulings import ruled_grids
from index.tables.headers import header_rules

SIZE = 9.0


def printed(text: str, left: float, top: float) -> list[Glyph]:
    wide = [SIZE if ord(c) > 0x2E80 else SIZE / 2 for c in text]
    starts = [left + sum(wide[:i]) for i in range(len(text))]
    return [Glyph(c, x, top, x + w, top + SIZE, top + SIZE) for c, x, w in zip(text, starts, wide, strict=True)]


def page() -> Page:
    words = [
        ("科目名称", 60, 118), ("合计", 205, 118), ("基本支出", 300, 112), ("项目支出", 420, 118),
        ("人员经费", 275, 127), ("公用经费", 335, 127),
        ("行政运行", 60, 144), ("325.17", 205, 144), ("286.42", 275, 144), ("38.75", 345, 144),
        ("对村级公益事业建设", 60, 160), ("的补助", 60, 171), ("45.00", 210, 165), ("45.00", 425, 165),
        ("合计", 60, 187), ("370.17", 205, 187), ("286.42", 275, 187), ("38.75", 345, 187), ("45.00", 425, 187),
    ]  # fmt: skip
    glyphs = tuple(g for text, x, y in words for g in printed(text, x, y))
    lines = (Ruling(108, 50, 480), Ruling(124, 268, 390), Ruling(139, 50, 480), Ruling(200, 50, 480))
    return Page(1, 595, 842, glyphs, lines)


def test_columns_groups_and_wrapped_rows() -> None:
    (grid,) = ruled_grids(page())
    assert [[cell.text for cell in grid.row_cells(row)] for row in range(grid.height)] == [
        ["科目名称", "合计", "基本支出", "项目支出"],
        ["科目名称", "合计", "人员经费", "公用经费", "项目支出"],
        ["行政运行", "325.17", "286.42", "38.75", ""],
        ["对村级公益事业建设的补助", "45.00", "", "", "45.00"],
        ["合计", "370.17", "286.42", "38.75", "45.00"],
    ]


def test_what_is_carried_over_of_a_fund_is_no_part_of_this_years() -> None:
    rules = header_rules()
    assert rules.column(("本年收入", "一般公共预算")).fund == "一般公共预算"
    assert rules.column(("上年结转", "一般公共预算")).fund == "上年结转结余（一般公共预算）"
    assert rules.column(("上年结转", "小计")).fund == "上年结转结余"
