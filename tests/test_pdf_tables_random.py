"""Whatever figures a table holds, it is read back exactly, with every ruling and without any."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_making import Paper, Span, Style

from index.document import Table
from index.reading import read_document

ACCOUNTS = [
    ("201", "一般公共服务支出"),
    ("205", "教育支出"),
    ("208", "社会保障和就业支出"),
    ("210", "卫生健康支出"),
    ("221", "住房保障支出"),
]
cents = st.integers(0, 9_999_999)
rows_of_figures = st.lists(st.tuples(cents, cents, st.booleans()), min_size=2, max_size=5)


def shown(value: int) -> str:
    return f"{value // 100:,}.{value % 100:02d}"


def read(rows: list[list[str]], rules: str) -> Table:
    paper = Paper()
    top = paper.title(80, "部门支出总表", "公开03表", "万元", "东湖市水务局")
    header = [[Span("科目编码"), Span("科目名称"), Span("合计"), Span("基本支出"), Span("项目支出")]]
    paper.table(top, [70, 160, 90, 90, 90], header, rows, Style(rules=rules, label_columns=2))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "公开.pdf"
        path.write_bytes(paper.bytes())
        return read_document(path).tables[0]


@settings(max_examples=12, deadline=None)
@given(rows_of_figures, st.sampled_from(["all", "none", "rows", "columns"]))
def test_every_figure_is_read_back_in_its_column(figures: list[tuple[int, int, bool]], rules: str) -> None:
    rows = []
    for (code, name), (basic, project, blank) in zip(ACCOUNTS, figures, strict=False):
        basic = 0 if blank else basic
        rows.append([code, name, shown(basic + project), "" if blank else shown(basic), shown(project)])
    totals = [sum(0 if blank else b for b, _, blank in figures), sum(p for _, p, _ in figures)]
    rows.append(["", "合计", shown(sum(totals)), *map(shown, totals)])
    table = read(rows, rules)
    assert [
        [row.code, row.label, *(cell.text for cell in table.cells_of(index))] for index, row in enumerate(table.rows)
    ] == rows
    assert table.confidence == 1.0
