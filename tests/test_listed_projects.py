"""Lists of projects: goals and indicators in cells of text, indicators a row each, whose a project is."""

from __future__ import annotations

from index.document import Cell, Column, Position, Row, Table, TableKind
from index.performance import read_forms
from tests.evidence_making import document_of


def table(kind: TableKind, columns: list[tuple[str, str]], rows: list[tuple[str, list[str]]]) -> Table:
    cells_at = [i for i, (_, role) in enumerate(columns) if role not in {"label", "code"}]
    return Table(
        kind=kind,
        number="表10",
        title="项目表",
        unit="万元",
        columns=tuple(Column(header, role=role) for header, role in columns),
        rows=tuple(Row(label, position=Position(1, i + 1)) for i, (label, _) in enumerate(rows)),
        cells=tuple(
            Cell(text, r, c, Position(1, r + 1))
            for r, (_, texts) in enumerate(rows)
            for c, text in zip(cells_at, texts, strict=True)
        ),
        section=None,
        position=Position(1, 1),
    )


def test_indicators_inside_cells() -> None:
    columns = [
        ("专项名称", "label"),
        ("资金总额", "amount"),
        ("年度绩效目标", "text"),
        ("产出指标", "text"),
        ("满意度指标", "text"),
    ]
    rows = [
        (
            "污水治理",
            ["60.00", "日处理80吨。", "数量指标：处理站1座，管网3.2公里；时效指标：11月底前完工", "农户满意度≥92%"],
        )
    ]
    forms = read_forms(document_of("x", 2024, tables=(table(TableKind.PROJECT_LIST, columns, rows),)))
    assert [(p.name, p.current) for p in forms.projects] == [("污水治理", 60_000_000)]
    assert [(f.owner, f.label, f.text) for f in forms.fields] == [("污水治理", "年度目标", "日处理80吨。")]
    assert [(i.level1, i.level2, i.name, i.printed) for i in forms.indicators] == [
        ("产出指标", "数量指标", "处理站", "1座"),
        ("产出指标", "数量指标", "管网", "3.2公里"),
        ("产出指标", "时效指标", "时效指标", "11月底前完工"),
        ("满意度指标", "", "农户满意度", "≥92%"),
    ]


def test_an_indicator_a_row_beside_a_project_printed_once() -> None:
    columns = [
        ("项目名称", "label"), ("年度绩效目标", "text"), ("一级指标", "text"), ("二级指标", "text"), ("三级指标", "text"),
        ("指标性质", "text"), ("指标值", "text"), ("度量单位", "text"),
    ]  # fmt: skip
    rows = [
        ("残膜回收", ["回收残膜。", "产出指标", "数量指标", "回收数量", ">=", "1200", "吨"]),
        ("个", ["", "", "", "回收点", "=", "12", "个"]),
    ]
    forms = read_forms(document_of("x", 2024, tables=(table(TableKind.PROJECT_FORM, columns, rows),)))
    assert [(i.project, i.level1, i.level2, i.name, i.operator, i.printed) for i in forms.indicators] == [
        ("残膜回收", "产出指标", "数量指标", "回收数量", "≥", ">=1200吨"),
        ("残膜回收", "产出指标", "数量指标", "回收点", "=", "=12个"),
    ]


def test_whose_a_project_is() -> None:
    columns = [("项目名称", "label"), ("项目单位", "text"), ("合计", "amount")]
    rows = [("飞机防治", ["永宁市林业保护站", "282.50"]), ("合计", ["", "282.50"])]
    forms = read_forms(document_of("x", 2024, tables=(table(TableKind.PROJECT_LIST, columns, rows),)))
    assert [(f.owner, f.label, f.text) for f in forms.fields] == [("飞机防治", "实施单位", "永宁市林业保护站")]
