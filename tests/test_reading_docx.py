"""Word documents: paragraphs, lists and tables as Word shows them, and the tables that a printed page would give."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from office_making import At, Made, document, docx_file
from office_tables import BODY, TABLES, TEXTS, printed, read

from index.document import Document, Stage, Table
from index.reading import read_document
from index.reading.docx_styles import written


def opened(tmp_path: Path, made: Any) -> Document:
    path = tmp_path / "公开.docx"
    made.save(str(path))
    return read_document(path)


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def without_places(table: Table) -> Table:
    """The table as such: for tables of files that count pages and lines in other ways."""
    blank = type(table.position)()
    rows = tuple(replace(row, position=blank) for row in table.rows)
    cells = tuple(replace(cell, position=blank) for cell in table.cells)
    return replace(table, section=None, position=blank, rows=rows, cells=cells)


def paragraph(xml: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")


def test_the_statutory_tables_are_those_of_the_workbook(tmp_path: Path) -> None:
    word, sheets = read(tmp_path, "docx"), read(tmp_path, "xlsx")
    assert [without_places(table) for table in word.tables] == [without_places(table) for table in sheets.tables]
    assert (word.format, word.pages, len(word.tables)) == ("docx", None, 4)


def test_lines_count_paragraphs_and_rows(tmp_path: Path) -> None:
    document = read(tmp_path, "docx", TABLES[:1], TEXTS)
    table = document.tables[0]
    assert (table.position.page, table.position.line, document.section_path(table.section)) == (
        None,
        len(TEXTS) + 1,
        "第三部分 2026年部门预算表",
    )
    first = table.rows[0].position.line
    assert first == len(TEXTS) + len(TABLES[0].over) + 3
    assert [cell.position.line for cell in table.cells_of(0)] == [first]


def test_headings_paragraphs_and_identity(tmp_path: Path) -> None:
    document = read(tmp_path, "docx", TABLES, TEXTS)
    assert (document.identity.body, document.identity.year, document.identity.stage) == (BODY, 2026, Stage.BUDGET)
    assert [section.path for section in document.sections] == [
        "第一部分 部门概况",
        "第一部分 部门概况 > 一、主要职责",
        "第一部分 部门概况 > 二、部门预算单位构成",
        "第二部分 2026年部门预算情况说明",
        "第二部分 2026年部门预算情况说明 > 一、“三公”经费预算情况说明",
        "第三部分 2026年部门预算表",
    ]
    assert [p.text for p in document.paragraphs] == [TEXTS[0], TEXTS[3], TEXTS[5], TEXTS[8]]


def test_a_paragraph_is_never_joined_with_the_next(tmp_path: Path) -> None:
    long = "本年收入预算安排与上年相比有所变化，主要是按照统一要求压减一般性支出，" * 3
    told = [long, "此外没有其他收入安排", long]
    assert [p.text for p in read(tmp_path, "docx", TABLES[:1], told).paragraphs] == told


def test_numbers_of_lists_are_written_out(tmp_path: Path) -> None:
    made = docx.Document()
    numbering = made.part.numbering_part.element
    levels = (
        ("chineseCountingThousand", "第%1部分"),
        ("chineseCounting", "%2、"),
        ("decimal", "%2.%3"),
        ("bullet", "●"),
    )
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"<w:isLgl/>" * (form == "decimal")}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{inner}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in enumerate(["部门概况", "主要职责", "规划", "细目"]):
        _listed(made, text, level)
    for level, text in ((1, "机构设置"), (0, "预算表"), (1, "收支总表"), (2, "说明")):
        _listed(made, text, level)
    assert texts(opened(tmp_path, made)) == [
        "第一部分部门概况",
        "一、主要职责",
        "1.1规划",
        "细目",
        "二、机构设置",
        "第二部分预算表",
        "一、收支总表",
        "1.1说明",
    ]


def _listed(made: Any, text: str, level: int) -> None:
    own = made.add_paragraph(text)
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
    own._p.get_or_add_pPr().append(parse_xml(xml))


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (12, "chineseCountingThousand", "十二"),
     (20, "japaneseCounting", "二十"), (35, "chineseCounting", "三十五"), (3, "decimalEnclosedCircle", "③"),
     (2, "lowerLetter", "b"), (7, "decimal", "7"), (100, "chineseCounting", "100")],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


def test_changes_controls_boxes_and_hidden_text(tmp_path: Path) -> None:
    made = docx.Document()
    body = made.element.body
    pieces = [
        '<w:r><w:t>原有</w:t></w:r><w:ins w:id="1"><w:r><w:t>新增</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>可见</w:t><w:br/><w:t>下一行</w:t></w:r>",
        "<w:sdt><w:sdtContent><w:r><w:t>控件里的字</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ]
    for piece in pieces:
        body.insert(len(body) - 1, paragraph(piece))
    block = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>成块的控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    body.insert(len(body) - 1, parse_xml(block))
    assert texts(opened(tmp_path, made)) == ["原有新增", "可见", "下一行", "控件里的字", "文本框", "成块的控件"]


def test_the_table_of_contents_is_no_text(tmp_path: Path) -> None:
    made = document([], ["第一部分 部门概况", "本部门负责水务。"])
    style = made.styles.add_style("TOC 1", 1)
    entry = made.paragraphs[0].insert_paragraph_before("第一部分 部门概况\t1")
    entry.style = style
    assert texts(opened(tmp_path, made)) == ["第一部分 部门概况", "本部门负责水务。"]


def test_centred_large_lines_head_parts_that_bear_no_number(tmp_path: Path) -> None:
    made = document([], ["部门主要职责", "本部门负责全市水务工作。", "部门机构设置", "本部门下设两个科室，编制十人。"])
    for at in (0, 2):
        made.paragraphs[at].alignment = 1
        made.paragraphs[at].runs[0].font.size = Pt(18)
    assert [section.path for section in opened(tmp_path, made).sections] == ["部门主要职责", "部门机构设置"]


def test_a_table_that_repeats_its_header_goes_on(tmp_path: Path) -> None:
    header = ["科目编码", "科目名称", "合计"]
    first = Made("2026年部门支出总表", [header, ["205", "教育支出", Decimal(3)]], unit="万元")
    made = document([first])
    made.paragraphs[-1]._p.getparent().remove(made.paragraphs[-1]._p)
    rest = made.add_table(2, 3)
    for row, cells in enumerate((header, ["208", "社会保障和就业支出", "4.00"])):
        for column, text in enumerate(cells):
            rest.cell(row, column).text = text
    made.element.body.insert(len(made.element.body) - 2, paragraph(""))
    (table,) = opened(tmp_path, made).tables
    assert printed(table) == [("205", "教育支出", 1, ["3.00"]), ("208", "社会保障和就业支出", 1, ["4.00"])]


def test_captions_and_notes_in_the_table_itself(tmp_path: Path) -> None:
    rows = [
        [At("2026年部门支出总表", columns=3)],
        [At("部门：东湖市水务局", columns=2), "单位：元"],
        ["科目编码", "科目名称", "合计"],
        ["205", "教育支出", Decimal(3)],
        [At("注：本表含上年结转。", columns=3)],
    ]
    made = docx.Document()
    whole = Made("", rows)
    table = made.add_table(len(rows), 3)
    for placed in whole.placed():
        cell = table.cell(placed.row, placed.column)
        cell.merge(table.cell(placed.row, placed.column + placed.cell.columns - 1)).text = placed.cell.printed
    (found,) = opened(tmp_path, made).tables
    assert (found.title, found.unit, found.note) == ("2026年部门支出总表", "元", "注：本表含上年结转。")
    assert printed(found) == [("205", "教育支出", 1, ["3.00"])]


def test_a_name_over_several_lines_of_its_cell_is_one(tmp_path: Path) -> None:
    rows = [["科目编码", "科目名称", "合计"], ["20103", "政府办公厅（室）及\n相关机构事务", Decimal(3)]]
    path = docx_file(tmp_path / "公开.docx", [Made("2026年部门支出总表", rows, unit="万元")])
    assert [row.label for row in read_document(path).tables[0].rows] == ["政府办公厅（室）及相关机构事务"]


def test_rows_that_were_deleted_are_not_read(tmp_path: Path) -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["205", "教育支出", Decimal(3)],
        ["208", "社会保障和就业支出", Decimal(4)],
    ]
    made = document([Made("2026年部门支出总表", rows, unit="万元")])
    made.tables[0].rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="9"/>'))
    assert printed(opened(tmp_path, made).tables[0]) == [("208", "社会保障和就业支出", 1, ["4.00"])]


def test_a_table_inside_a_cell_follows_its_table(tmp_path: Path) -> None:
    rows = [["科目编码", "科目名称", "合计"], ["205", "教育支出", Decimal(3)]]
    made = document([Made("2026年部门支出总表", rows, unit="万元")])
    outer = made.add_table(1, 1)
    outer.cell(0, 0)._tc.append(made.tables[0]._tbl)
    outer.cell(0, 0)._tc.append(paragraph(""))
    document_ = opened(tmp_path, made)
    assert [printed(table) for table in document_.tables] == [[("205", "教育支出", 1, ["3.00"])]]
    assert qn("w:tbl") in [child.tag for child in outer.cell(0, 0)._tc]
