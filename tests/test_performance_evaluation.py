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


def other_form(path: Path) -> Path:
    """A form with units and signs in columns of their own, an adjusted budget, and a note on what was missed."""
    paper = Paper((842.0, 595.0))
    paper.centred(421, 60, "云溪县城市管理局2023年度部门决算", 16)
    paper.centred(421, 100, "2023年度项目绩效自评表", 14)
    header = [
        [Span("项目名称"), Span("垃圾收运经费", 3, 1), Span("自评总分"), Span("93.5")],
        [
            Span("项目资金"),
            Span("年初预算数"),
            Span("全年（调整）预算数"),
            Span("全年执行数"),
            Span("执行率"),
            Span("得分"),
        ],
        [Span("年度总金额"), Span("1,260.00"), Span("1,418.60"), Span("1,388.52"), Span("97.88"), Span("9.79")],
    ]
    rows = [
        ["绩效指标", "计量单位", "指标性质/年初指标值", "全年完成值", "指标权重", "指标得分"],
        ["新增收集点", "个", "≥ 60", "54", "20", "18"],
        ["群众满意度", "%", "≥ 90", "95", "10", "10"],
        ["说明", "新增收集点未达目标，原因是场地协调困难", "", "", "", ""],
    ]
    widths = [110.0, 200.0, 130.0, 100.0, 90.0, 90.0]
    paper.table(120, widths, header, rows, Style(size=8, height=24, label_columns=3))
    path.write_bytes(paper.bytes())
    return path


def test_units_signs_and_notes_of_another_template(tmp_path: Path) -> None:
    document = read_document(other_form(tmp_path / "云溪县城市管理局_2023_部门决算.pdf"))
    forms = read_forms(document)
    money = [(f.stage.value, f.printed) for f in forms.facts if f.project == f.subject]
    assert money == [("预算", "1,260.00"), ("调整预算", "1,418.60"), ("决算", "1,388.52")]
    first = forms.indicators[0]
    assert (first.name, first.operator, first.printed, first.unit) == ("新增收集点", "≥", "≥60个", "个")
    assert "实际完成值54个" in first.explanation and "场地协调困难" in first.explanation
    assert "场地" not in forms.indicators[1].explanation
