"""The indicator tables of the bundled document, compared with what is printed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from index.evidence import Classification, Fact, Forms
from index.performance import read_forms
from index.reading import read_document


@cache
def forms() -> Forms:
    return read_forms(read_document(Path(str(files("index").joinpath("data/jianghan-2021.txt")))))


def facts(classification: Classification, **axes: object) -> list[Fact]:
    return [
        fact
        for fact in forms().facts
        if fact.classification is classification and all(getattr(fact, axis) == axes[axis] for axis in axes)
    ]


def test_the_number_of_indicators_of_every_table() -> None:
    assert Counter((i.project, i.horizon, i.goal) for i in forms().indicators) == {
        ("", "长期", "长期目标1"): 15,
        ("", "长期", "长期目标2"): 11,
        ("", "长期", "长期目标3"): 10,
        ("", "年度", "年度目标1"): 15,
        ("", "年度", "年度目标2"): 11,
        ("", "年度", "年度目标3"): 10,
        ("督查工作", "项目", ""): 8,
        ("扶贫开发工作", "项目", ""): 5,
        ("聘用人员工作经费", "项目", ""): 6,
        ("调查研究", "项目", ""): 7,
        ("专项工作", "项目", ""): 10,
        ("总值班室工作", "项目", ""): 7,
    }
    assert [i.name for i in forms().indicators if not i.printed or not i.level1 or not i.level2] == []


def table(project: str, goal: str = "") -> list[tuple[str, str, str, str, str, str]]:
    """(level 1, level 2, name, printed value, number, unit) of every row."""
    return [
        (i.level1, i.level2, i.name, i.printed, "" if i.value is None else f"{Decimal(i.value) / 10_000:f}", i.unit)
        for i in forms().indicators
        if (i.project, i.goal) == (project, goal)
    ]


def test_a_complete_table_of_the_overall_form() -> None:
    output, effect = "项目产出", "项目效益"
    rows = [
        (output, "产出数量", "聘用人员人数", "14人", "14", "人"),
        (output, "产出数量", "收听处置公务电话", "≥3600次", "3600", "次"),
        (output, "产出数量", "报告值班突发事项", "≥200起", "200", "起"),
        (output, "产出数量", "处置群众投诉数量", "≥5万起", "50000", "起"),
        (output, "产出质量", "体检合格率", "100%", "100", "%"),
        (output, "产出质量", "专线平台设备完好率", "≥99%", "99", "%"),
        (output, "产出质量", "突发事项报告率", "100%", "100", "%"),
        (effect, "社会效益指标", "工作保障程度", "保障", "", ""),
        (effect, "社会效益指标", "政府运转效率", "有效提升", "", ""),
        (effect, "服务对象满意度", "投诉群众满意度", "≥95%", "95", "%"),
    ]
    assert table("", "长期目标3") == rows
    assert table("", "年度目标3") == rows


def test_wrapped_rows_of_the_overall_form() -> None:
    assert [(name, printed) for _, _, name, printed, _, _ in table("", "年度目标1")] == [
        ("人大、政协视察印制宣传册", "≥700份"),
        ("人大、政协议题案办理工作报告", "≥1000份"),
        ("人大、政协议题案办理工作方案", "≥500份"),
        ("《政府公报》编发期数", "≥12期"),
        ("机关图书室书籍更新数", "≥500册"),
        ("开展机关党委、党支部活动次数", "≥2次"),
        ("结对帮扶共建社区数", "≥2个"),
        ("政府组织系统培训次数", "≥2次"),
        ("节能环保宣传海报印制发放册数", "≥2000份"),
        ("人大、政协议题案办理见面率、办复率", "≥95%"),
        ("征订党报党刊完成率", "100%"),
        ("参政议政平台搭建数", "1个"),
        ("政府系统综合能力提升度", "提升"),
        ("招商引资提升率", "≥10%"),
        ("结对帮扶社区满意度", "≥95%"),
    ]


def test_complete_tables_of_project_forms() -> None:
    output, effect = "项目产出", "项目效益"
    assert table("调查研究") == [
        (output, "产出数量", "调研文集数", "≥1本", "1", "本"),
        (output, "产出数量", "广角信息期数", "≥10期", "10", "期"),
        (output, "产出数量", "政府工作报告", "≥1份", "1", "份"),
        (output, "产出数量", "专项课题数", "≥1项", "1", "项"),
        (output, "产出质量", "政府工作报告容错率", "≤千分之四", "0.4", "%"),
        (effect, "社会效益", "课题成果运用率", "≥10%", "10", "%"),
        (effect, "服务对象满意度", "区政府及各组成部门满意率", "满意率≥98%", "98", "%"),
    ]
    assert table("督查工作")[3:] == [
        (output, "产出质量", "人大、政协议题案办理见面率、办复率", "≥95%", "95", "%"),
        (effect, "经济效益", "经济发展提升度", "提升", "", ""),
        (effect, "社会效益", "参政议政平台搭建数", "1个", "1", "个"),
        (effect, "可持续影响", "促进政府决策", "促进", "", ""),
        (effect, "服务对象满意度", "人大代表、政协委员对办理结果满意", "≥95%", "95", "%"),
    ]


def test_explanations_are_joined() -> None:
    found = {i.name: i.explanation for i in forms().indicators if i.project == "专项工作" and i.explanation}
    assert found == {
        "《政府公报》编发期数": "《政府公报》编发≥12期",
        "征订党报党刊完成率": "征订党报党刊《长江日报》《人民日报》、《经济日报》、《湖北日报》35人/份/年，"
        "征订《南方周末》《楚天都市报》等20人次/年",
        "招商引资提升率": "招商引资金额较2020年提升10%以上。",
    }


def test_figures_of_an_explanation_are_facts() -> None:
    found = [
        (f.subject, f.printed, f.sources[0].column, f.sources[0].position.line)
        for f in facts(Classification.SPENDING_LINE, parent="扶贫对象个数", measure="指标说明")
        if f.unit == "万元"
    ]
    assert found == [
        ("西藏山南市乃东县泽当镇", "100万", "指标说明", 1558),
        ("来凤县大河镇", "70万元", "指标说明", 1560),
        ("五峰县五峰镇", "70万元", "指标说明", 1564),
        ("郧西县观音镇", "70万元", "指标说明", 1566),
        ("神农架林区木鱼镇", "70万元", "指标说明", 1568),
        ("黄陂区长轩岭街、蔡店街的20个贫困村", "420万", "指标说明", 1574),
        ("新疆博乐市青得里街道", "100万元", "指标说明", 1578),
    ]
