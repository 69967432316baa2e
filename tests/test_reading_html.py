"""Saved web pages: the text and tables that a reader sees, without what surrounds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_making import html
from office_tables import BODY, EXPENDITURE, TABLES, TEXTS, printed, read
from test_reading_docx import without_places

from index.document import Document, Stage
from index.errors import UnreadableDocument
from index.reading import read_document

CAPTION = "<p>2026年部门支出总表</p><p>单位：万元</p>"
ROWS = "<tr><td>项目</td><td>金额</td></tr><tr><td>教育支出</td><td>3.00</td></tr>"


def page(tmp_path: Path, body: str, head: str = "", name: str = "公开.html") -> Document:
    path = tmp_path / name
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return read_document(path)


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def test_the_statutory_tables_are_those_of_the_workbook(tmp_path: Path) -> None:
    web, sheets = read(tmp_path, "html"), read(tmp_path, "xlsx")
    assert [without_places(table) for table in web.tables] == [without_places(table) for table in sheets.tables]
    assert (web.format, web.pages, len(web.tables)) == ("html", None, 4)


def test_headings_paragraphs_and_identity(tmp_path: Path) -> None:
    document = read(tmp_path, "html", TABLES, TEXTS)
    assert (document.identity.body, document.identity.year, document.identity.stage) == (BODY, 2026, Stage.BUDGET)
    assert [p.text for p in document.paragraphs] == [TEXTS[0], TEXTS[3], TEXTS[5], TEXTS[8]]
    assert {document.section_path(table.section) for table in document.tables} == {"第三部分 2026年部门预算表"}


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb2312"), ("gbk", "GBK"), ("gb18030", "")],
)
def test_encodings(tmp_path: Path, encoding: str, named: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={named}">' if named else ""
    path = tmp_path / "公开.htm"
    path.write_bytes(html([EXPENDITURE], head=head).encode(encoding))
    assert read_document(path).tables[0].title == "2026年部门支出总表"


def test_what_surrounds_the_text_is_left_out(tmp_path: Path) -> None:
    around = (
        "<nav>首页 政务公开</nav><script>var a = '脚本';</script><style>p{}</style><p style='display:none'>隐藏</p>"
        "<ul><li><a href='/'>网站地图</a></li></ul><select><option>选项</option></select><footer>版权所有</footer>"
    )
    document = page(tmp_path, f"{around}<p>正文有<a href='/'>链接</a>的一段</p>{CAPTION}<table>{ROWS}</table>{around}")
    assert texts(document) == ["正文有链接的一段", "2026年部门支出总表", "单位：万元", "项目  金额", "教育支出  3.00"]
    assert printed(document.tables[0]) == [("", "教育支出", 1, ["3.00"])]


def test_a_table_that_lays_out_the_page_is_none(tmp_path: Path) -> None:
    inner = f"{CAPTION}<table>{ROWS}</table>"
    document = page(tmp_path, f"<table><tr><td>左栏<br>第二行</td><td>{inner}</td></tr></table>")
    assert texts(document)[:2] == ["左栏", "第二行"]
    assert [(t.title, printed(t)) for t in document.tables] == [("2026年部门支出总表", [("", "教育支出", 1, ["3.00"])])]


def test_indentation_by_blanks_styles_and_classes(tmp_path: Path) -> None:
    def row(cell: str, figure: str) -> str:
        return f"<tr>{cell}<td>{figure}</td></tr>"

    cells = [
        row("<td>工资福利支出</td>", "9"),
        row("<td>&nbsp;&nbsp;&nbsp;&nbsp;基本工资</td>", "5"),
        row("<td>津贴补贴</td>".replace("<td>", '<td class="x1">'), "4"),
        row('<td><p style="text-indent:2em">绩效工资</p></td>', "0"),
        row("<td>商品和服务支出</td>", "3"),
        row("<td>　　办公费</td>", "3"),
    ]
    head = "<style>.x1 { padding-left: 21pt; color: red }</style>"
    title = "<p>2026年一般公共预算基本支出表</p>"
    table = page(tmp_path, f"{title}<table><tr><th>项目</th><th>金额</th></tr>{''.join(cells)}</table>", head).tables[0]
    assert [(row.label, row.level, row.parent) for row in table.rows] == [
        ("工资福利支出", 1, None),
        ("基本工资", 2, 0),
        ("津贴补贴", 2, 0),
        ("绩效工资", 2, 0),
        ("商品和服务支出", 1, None),
        ("办公费", 2, 4),
    ]


def test_a_caption_names_its_table(tmp_path: Path) -> None:
    table = page(tmp_path, f"<table><caption>2026年部门支出总表</caption>{ROWS}</table>").tables[0]
    assert (table.title, printed(table)) == ("2026年部门支出总表", [("", "教育支出", 1, ["3.00"])])


def test_headings_of_the_page_are_sections(tmp_path: Path) -> None:
    body = "<h1>部门主要职责</h1><p>本部门负责全市水务工作。</p><h2>部门机构设置</h2><p>本部门下设两个科室。</p>"
    document = page(tmp_path, f"{body}{CAPTION}<table>{ROWS}</table>")
    assert [section.path for section in document.sections] == ["部门主要职责", "部门机构设置"]


def test_broken_markup_is_read_as_browsers_do(tmp_path: Path) -> None:
    document = page(tmp_path, f"{CAPTION}<table><tr><td>项目<td>金额<tr><td>教育支出<td><b>3.00")
    assert printed(document.tables[0]) == [("", "教育支出", 1, ["3.00"])]


def test_links_in_tables_are_kept_and_hidden_rows_are_not(tmp_path: Path) -> None:
    rows = "<tr><td><a href='/'>教育支出</a></td><td>3.00</td></tr><tr style='display:none'><td>底稿</td><td>9.00</td></tr>"
    document = page(tmp_path, f"{CAPTION}<table><tr><td>项目</td><td>金额</td></tr>{rows}</table>")
    assert printed(document.tables[0]) == [("", "教育支出", 1, ["3.00"])]


@pytest.mark.parametrize("body", ["<p>附件：<a href='a.pdf'>2026年部门预算.pdf</a></p>", "<div id='app'></div>", ""])
def test_a_page_without_tables_says_what_to_do(tmp_path: Path, body: str) -> None:
    with pytest.raises(UnreadableDocument, match="网页 公开.html 里没有表格。请下载网页上的附件"):
        page(tmp_path, body)


def test_spans_beyond_the_table_are_cut(tmp_path: Path) -> None:
    rows = "<tr><td rowspan='99'>教育</td><td>小学</td><td>3.00</td></tr><tr><td>中学</td><td>4.00</td></tr>"
    header = "<tr><td>类别</td><td>项目</td><td>金额</td></tr>"
    table = page(tmp_path, f"<p>2026年项目支出表</p><p>单位：元</p><table>{header}{rows}</table>").tables[0]
    assert [(row.label, cells[-1]) for row, (*_, cells) in zip(table.rows, printed(table), strict=True)] == [
        ("小学", "3.00"),
        ("中学", "4.00"),
    ]
