"""Running text of generated PDFs: page furniture, contents, headings, wraps, and the text between tables."""

from __future__ import annotations

from pathlib import Path

from pdf_making import Paper, Span, Style

from index.document import Document, Stage
from index.reading import read_document

BODY = "东湖市水务局"
FIRST = [
    "　　东湖市水务局2026年收入预算1,300.00万元，与上年相比增加20.00万",
    "元，增长1.56%。主要原因是新增河道治理项目。",
]
SECOND = ["　　支出预算1,300.00万元，其中：基本支出900.00万元，项目支出", "400.00万元。"]


def furnished(paper: Paper, number: int) -> None:
    """A running head over a line, and a page number."""
    paper.text(60, 40, f"{BODY}2026年度部门预算公开", 9)
    paper.line(60, 46, 535, 46)
    paper.centred(297, 815, f"— {number} —", 9)


def indented(paper: Paper, y: float, lines: list[str]) -> float:
    for line in lines:
        text = line.lstrip("　")
        paper.text(84 if text != line else 60, y, text, 12)
        y += 24
    return y


def document(tmp_path: Path) -> Document:
    paper = Paper()
    paper.centred(297, 300, "2026年度", 22)
    paper.centred(297, 340, f"{BODY}部门预算公开", 22)
    paper.page()
    furnished(paper, 1)
    paper.centred(297, 90, "目　　录", 18)
    for at, line in enumerate(
        ["第一部分 部门概况", "第二部分 2026年度部门预算表", "一、收支总表", "第三部分 预算情况说明"]
    ):
        paper.text(80, 130 + at * 24, line, 12)
    paper.page()
    furnished(paper, 2)
    paper.centred(297, 90, "第一部分 部门概况", 18)
    y = indented(paper, 130, ["　　一、主要职能", *FIRST])
    indented(paper, y, SECOND)
    paper.page()
    furnished(paper, 3)
    paper.centred(297, 90, "第二部分", 18)
    paper.centred(297, 120, "2026年度部门预算表", 18)
    top = paper.title(170, "收支总表", "公开01表", "万元", BODY)
    header = [[Span("收入", 2, 1), Span("支出", 2, 1)], [Span("项目"), Span("预算数"), Span("项目"), Span("预算数")]]
    rows = [
        ["一、财政拨款收入", "1,300.00", "一、农林水支出", "1,300.00"],
        ["收入总计", "1,300.00", "支出总计", "1,300.00"],
    ]
    paper.table(top, [140, 90, 140, 90], header, rows, Style())
    paper.page()
    furnished(paper, 4)
    paper.centred(297, 90, "第三部分 预算情况说明", 18)
    indented(paper, 130, ["　　一、收支预算总体情况说明", *FIRST, *SECOND])
    path = tmp_path / "公开.pdf"
    path.write_bytes(paper.bytes())
    return read_document(path)


def test_furniture_contents_and_tables_are_in_no_paragraph(tmp_path: Path) -> None:
    read = document(tmp_path)
    joined = ["".join(FIRST).lstrip("　"), "".join(SECOND).lstrip("　")]
    assert [p.text for p in read.paragraphs if p.section is not None] == joined * 2
    assert not any("公开01表" in p.text or "目" in p.text[:1] for p in read.paragraphs)
    assert [line.text for line in read.lines if "—" in line.text or line.text.endswith("年度部门预算公开")] == []


def test_sections_are_headed_by_what_stands_over_them(tmp_path: Path) -> None:
    assert [section.path for section in document(tmp_path).sections] == [
        "第一部分 部门概况",
        "第一部分 部门概况 > 一、主要职能",
        "第二部分 2026年度部门预算表",
        "第三部分 预算情况说明",
        "第三部分 预算情况说明 > 一、收支预算总体情况说明",
    ]


def test_the_table_stands_in_its_section_and_on_its_page(tmp_path: Path) -> None:
    read = document(tmp_path)
    table = read.tables[0]
    assert (table.number, table.position.page, read.section_path(table.section)) == (
        "公开01表",
        4,
        "第二部分 2026年度部门预算表",
    )
    cell = next(cell for cell in table.cells if cell.text)
    assert cell.position.page == 4
    assert cell.position.bbox is not None
    left, top, right, bottom = cell.position.bbox
    assert (round(right - left), round(bottom - top)) == (90, 20)
    line = next(line for line in read.lines if line.position.line == cell.position.line)
    assert line.text == "一、财政拨款收入  1,300.00  一、农林水支出  1,300.00"


def test_identity_comes_from_the_cover(tmp_path: Path) -> None:
    identity = document(tmp_path).identity
    assert (identity.body, identity.region, identity.year, identity.stage, identity.level) == (
        BODY,
        "东湖市",
        2026,
        Stage.BUDGET,
        "部门",
    )


def test_unnumbered_titles_set_large_head_the_parts(tmp_path: Path) -> None:
    paper = Paper()
    for title, lines in ((f"{BODY}主要职能", FIRST), ("名词解释", SECOND)):
        paper.centred(297, 90, title, 18)
        indented(paper, 130, lines)
        paper.page()
    path = tmp_path / "单位.pdf"
    path.write_bytes(paper.bytes())
    read = read_document(path)
    assert [section.path for section in read.sections] == [f"{BODY}主要职能", "名词解释"]
    assert [paragraph.section for paragraph in read.paragraphs] == [0, 1]


def test_an_italic_is_read_and_a_watermark_is_not(tmp_path: Path) -> None:
    paper = Paper()
    paper.centred(297, 90, "第一部分 预算情况说明", 18)
    paper.text(60, 130, "项目支出3,666万元，与上年相比增加21.8万元，增长", 12)
    paper.sheared(350, 130, "0.06", slope=0.33)
    paper.text(380, 130, "%。", 12)
    paper.sheared(120, 160, "样稿请勿外传", slope=-0.5, turn=0.5)
    path = tmp_path / "斜体.pdf"
    path.write_bytes(paper.bytes())
    assert [p.text for p in read_document(path).paragraphs if p.section is not None] == [
        "项目支出3,666万元，与上年相比增加21.8万元，增长0.06%。"
    ]
