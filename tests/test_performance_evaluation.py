"""Self-evaluation forms (绩效自评表): the project, its money at each stage, indicators as planned and as reached."""

from __future__ import annotations

from pathlib import Path

from index.facts import table_facts
from index.performance import read_forms
from index.reading import read_document
from tests.pdf_making import Paper, Span, Style

PROJECT = "县乡公路安全生命防护工程"


def form(path: Path) -> Path:
    paper = Paper((842.0, 595.0))
    paper.centred(421, 60, "云溪县交通运输局2023年度部门决算", 16)
    paper.centred(421, 100, "2023年度项目支出绩效自评表", 14)
    header = [
        [Span("项目名称", 2, 1), Span(PROJECT, 5, 1)],
        [Span("项目资金\n（万元）", 2, 2), Span("", 2, 1), Span("全年预算数"), Span("全年执行数"), Span("执行率")],
        [Span("年度资金总额", 2, 1), Span("120.00"), Span("96.00"), Span("80%")],
    ]
    rows = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "安装护栏长度", "≥12公里", "12.6公里", "40", "40"],
        ["", "时效指标", "完工时间", "2023年11月底前", "2023年12月", "20", "15"],
        ["满意度指标", "服务对象满意度", "群众满意度", "≥90%", "95%", "30", "30"],
        ["合计", "", "", "", "", "90", "85"],
    ]
    widths = [80.0, 100.0, 180.0, 110.0, 110.0, 70.0, 70.0]
    paper.table(120, widths, header, rows, Style(size=8, height=24, label_columns=5))
    path.write_bytes(paper.bytes())
    return path


def test_a_self_evaluation_is_a_form_and_no_table_of_projects(tmp_path: Path) -> None:
    document = read_document(form(tmp_path / "云溪县交通运输局_2023_部门决算.pdf"))
    forms = read_forms(document)
    assert [project.name for project in forms.projects] == [PROJECT]
    assert table_facts(document) == ()
    told = [(i.level1, i.level2, i.name, i.printed, i.explanation) for i in forms.indicators]
    assert told == [
        ("产出指标", "数量指标", "安装护栏长度", "≥12公里", "实际完成值12.6公里，分值40，得分40"),
        ("产出指标", "时效指标", "完工时间", "2023年11月底前", "实际完成值2023年12月，分值20，得分15"),
        ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "实际完成值95%，分值30，得分30"),
    ]
    reached = [(f.subject, f.printed, f.unit) for f in forms.facts if f.measure == "实际完成值"]
    assert reached == [
        ("安装护栏长度", "12.6公里", "公里"), ("完工时间", "2023年12月", ""), ("群众满意度", "95%", "%"),
    ]  # fmt: skip
    assert [(f.label, f.text) for f in forms.fields] == [("自评得分", "85分")]
