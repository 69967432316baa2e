"""Tables with lines over and under the header and at the end only, and a short line under a group of columns."""

from __future__ import annotations

from index.tables.grid_geometry import Glyph, Grid, Page, Ruling
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
    (grid,) = ruled_grids([page()])[1]
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


def sheet(number: int, words: list[tuple[str, float, float]], lines: list[tuple[float, float, float]]) -> Page:
    glyphs = tuple(g for text, x, y in words for g in printed(text, x, y))
    return Page(number, 595, 842, glyphs, tuple(Ruling(*line) for line in lines))


def rows_of(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.row_cells(row)] for row in range(grid.height)]


def test_a_full_line_under_several_heads_and_a_row_that_numbers_the_columns() -> None:
    words = [
        ("收入", 115, 112), ("支出", 340, 112),
        ("项目", 70, 134), ("金额", 190, 134), ("项目", 270, 134), ("合计", 360, 134), ("政府性基", 420, 128), ("金预算", 424, 139),
        ("栏次", 70, 158), ("1", 195, 158), ("栏次", 270, 158), ("2", 365, 158), ("3", 435, 158),
        ("一、财政拨款", 55, 180), ("160.50", 190, 180), ("一、教育支出", 255, 180), ("150.00", 355, 180), ("0.00", 435, 180),
        ("总计", 55, 196), ("160.50", 190, 196), ("总计", 255, 196), ("160.50", 355, 196), ("10.50", 430, 196),
    ]  # fmt: skip
    lines = [(108, 50, 480), (124, 50, 480), (152, 50, 480), (170, 50, 480), (210, 50, 480)]
    (grid,) = ruled_grids([sheet(1, words, lines)])[1]
    assert rows_of(grid) == [
        ["收入", "支出"],
        ["项目", "金额", "项目", "合计", "政府性基金预算"],
        ["栏次", "1", "栏次", "2", "3"],
        ["一、财政拨款", "160.50", "一、教育支出", "150.00", "0.00"],
        ["总计", "160.50", "总计", "160.50", "10.50"],
    ]


def test_every_row_between_its_own_lines_and_the_page_that_goes_on() -> None:
    head = [("科目名称", 60, 118), ("合计", 205, 118), ("基本支出", 300, 112), ("项目支出", 420, 118)]
    head += [("人员经费", 275, 127), ("公用经费", 335, 127)]
    first = [("行政运行", 60, 144), ("325.17", 205, 144), ("286.42", 275, 144), ("38.75", 345, 144)]
    second = [("对村级公益事业建设", 60, 160), ("的补助", 60, 171), ("45.00", 210, 165), ("45.00", 425, 165)]
    frame = [(108, 50, 480), (124, 268, 390), (139, 50, 480), (156, 50, 480), (184, 50, 480)]
    more = [("住房公积金", 60, 64), ("12.00", 210, 64), ("12.00", 280, 64), ("2", 290, 800)]
    pages = ruled_grids(
        [sheet(1, [*head, *first, *second, ("1", 290, 800)], frame), sheet(2, more, [(60, 50, 480), (76, 50, 480)])]
    )
    (grid,), (rest,) = pages[1], pages[2]
    assert rows_of(grid) == [
        ["科目名称", "合计", "基本支出", "项目支出"],
        ["科目名称", "合计", "人员经费", "公用经费", "项目支出"],
        ["行政运行", "325.17", "286.42", "38.75", ""],
        ["对村级公益事业建设的补助", "45.00", "", "", "45.00"],
    ]
    assert rest.columns == grid.columns
    assert rows_of(rest) == [["住房公积金", "12.00", "12.00", "", ""]]


def test_figures_right_of_their_names_are_aligned_like_the_others() -> None:
    words = [
        ("三公经费", 200, 112),
        ("项目", 60, 120), ("小计", 150, 130), ("出国费", 225, 130), ("接待费", 305, 130), ("会议费", 395, 120),
        ("预算数", 60, 150), ("49.20", 171, 150), ("4.20", 342, 150), ("2.00", 432, 150),
        ("决算数", 60, 166), ("45.19", 171, 166), ("3.47", 342, 166), ("1.24", 432, 166),
    ]  # fmt: skip
    lines = [(108.0, 50.0, 480.0), (124.0, 130.0, 370.0), (144.0, 50.0, 480.0), (180.0, 50.0, 480.0)]
    (grid,) = ruled_grids([sheet(1, words, lines)])[1]
    assert rows_of(grid)[-2:] == [["预算数", "49.20", "", "4.20", "2.00"], ["决算数", "45.19", "", "3.47", "1.24"]]
