"""The performance forms of the bundled document, compared with what is printed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache

import pytest

from index.build import built_in_path
from index.document import Document
from index.evidence import Classification, Fact, Forms
from index.performance import read_forms
from index.reading import read_document

OVERALL = "部门整体绩效目标申报表"
PROJECTS = ("督查工作", "扶贫开发工作", "调查研究", "专项工作", "总值班室工作", "聘用人员工作经费", "不可预见费")


@cache
def document() -> Document:
    return read_document(built_in_path(), "jianghan-2021")


@cache
def forms() -> Forms:
    return read_forms(document())


def facts(classification: Classification, **axes: object) -> list[Fact]:
    return [
        fact
        for fact in forms().facts
        if fact.classification is classification and all(getattr(fact, axis) == axes[axis] for axis in axes)
    ]


def yuan(fact: Fact) -> Decimal | None:
    return None if fact.value is None else fact.dimension.decimal(fact.value)


def ten_thousand(value: int | None) -> str:
    return "" if value is None else f"{Decimal(value) / 1_000_000:f}"


def test_projects() -> None:
    found = [(p.name, p.aliases, p.category, ten_thousand(p.total), ten_thousand(p.current)) for p in forms().projects]
    assert found == [
        ("督查工作", (), "经常性项目", "4", "4"),
        ("扶贫开发工作", (), "经常性项目", "814", "814"),
        ("调查研究", (), "经常性项目", "13", "13"),
        ("专项工作", (), "经常性项目", "39", "39"),
        ("总值班室工作", ("区政府总值班室工作",), "经常性项目", "24", "24"),
        ("聘用人员工作经费", (), "经常性项目", "69", "69"),
        ("不可预见费", (), "不可预见费", "108", "108"),
    ]


def test_both_forms_state_the_amounts_of_a_project() -> None:
    found = [
        (f.measure, f.printed, f.fund, f.sources[0].table, f.sources[0].position.line)
        for f in facts(Classification.PROJECT, project="扶贫开发工作", year=2021)
    ]
    assert found == [
        ("项目总预算", "814", "", OVERALL, 885),
        ("本年预算", "814", "", OVERALL, 885),
        ("项目总预算", "864.00", "", "项目预算资金投入表（扶贫开发工作）", 1506),
        ("本年预算", "814.00", "", "项目预算资金投入表（扶贫开发工作）", 1506),
        ("本年预算", "814.00", "财政拨款", "项目绩效目标评价指标表（扶贫开发工作）", 1552),
    ]


def test_an_alias_keeps_its_printed_name_in_the_citation() -> None:
    fact = facts(Classification.PROJECT, project="总值班室工作", year=2021, measure="项目总预算")[-1]
    assert (fact.subject, fact.sources[0].table) == ("总值班室工作", "项目预算资金投入表（区政府总值班室工作）")


LINES = {
    "督查工作": [("1", "各级议案、提案办理工作经费", "3"), ("2", "市政府督查专项工作资料汇编", "1")],
    "扶贫开发工作": [
        ("1", "省内对口帮扶资金", "270"),
        ("2", "精准扶贫经费", "420"),
        ("3", "援疆经费", "100"),
        ("4", "差旅费用", "17.5"),
        ("5", "文印费", "6.5"),
    ],
    "调查研究": [
        ("1", "重大课题调研、形成调研成果", "6.5"),
        ("2", "编印年度调研文集", "3"),
        ("3", "政府工作报告专班", "2"),
        ("4", "其他文字材料印刷", "1.5"),
    ],
    "专项工作": [
        ("1", "党建工作", "6"),
        ("2", "招商引资工作经费", "2"),
        ("3", "征订党报党刊及杂志", "6"),
        ("4", "《政府公报》编发", "8"),
        ("5", "机关图书室", "2"),
        ("6", "开展节能环保工作", "4"),
        ("7", "重大行政决策", "5"),
        ("8", "办公室机关政务信息公开、宣传思想、意识形态、精神文明、法治建设工作", "3"),
        ("9", "区政府大事记、年鉴、组织沿革编制工作", "2"),
        ("10", "区国防动员综合办公室运转工作", "1"),
    ],
    "总值班室工作": [
        ("1", "区政府总值班室政务值班保障经费", "17"),
        ("2", "群众投诉工作业务培训、印刷资料", "5"),
        ("3", "群众投诉专班专项工作经费", "2"),
    ],
    "聘用人员工作经费": [("", "区长专线临时人员7名，3名司机及4名文员", "")],
    "不可预见费": [],
}


@pytest.mark.parametrize("project", PROJECTS)
def test_spending_lines_of_the_overall_form(project: str) -> None:
    found = [
        (line.ordinal, line.content, ten_thousand(line.value))
        for line in forms().spending
        if line.project == project and line.origin_form == "整体绩效目标申报表"
    ]
    assert found == LINES[project]


def test_spending_lines_of_the_project_forms() -> None:
    found = [
        (line.project, line.content, line.economic_name, ten_thousand(line.value))
        for line in forms().spending
        if line.origin_form == "项目表"
    ]
    assert found == [
        ("督查工作", "其他专项支出1", "其他专项支出1", "4"),
        ("扶贫开发工作", "差旅费", "差旅费", "17.5"),
        ("扶贫开发工作", "省内对口扶贫资金、援藏经费、精准扶贫经费、援疆经费", "其他专项支出1", "790"),
        ("扶贫开发工作", "印刷费", "印刷费", "6.5"),
        ("聘用人员工作经费", "单位长聘人员支出", "单位长聘人员支出", "69"),
        ("调查研究", "调查研究", "其他专项支出1", "13"),
        ("专项工作", "专项工作经费", "其他商品和服务支出1", "39"),
        ("总值班室工作", "开展业务培训", "培训费", "5"),
        ("总值班室工作", "群众投诉工作办理专班工作经费", "其他专项支出1", "2"),
        ("总值班室工作", "政务值班保障经费", "办公费", "17"),
    ]


def test_a_line_of_a_fund_table_knows_its_account_and_cell() -> None:
    (fact,) = [f for f in facts(Classification.SPENDING_LINE, subject="开展业务培训") if f.code]
    source = fact.sources[0]
    assert (fact.parent, fact.code, fact.printed, fact.unit) == ("培训费", "30216", "5.00", "万元")
    assert (source.row, source.column, source.row_index, source.quote) == (
        "开展业务培训",
        "财拨合计",
        1,
        "开展业务培训 培训费 5.00",
    )


def test_figures_inside_a_line() -> None:
    found = [
        (f.subject, f.printed, f.measure, f.level, f.sources[0].position.line)
        for f in facts(Classification.SPENDING_LINE, parent="精准扶贫经费")
    ]
    assert found == [
        ("拨付到全区37个行政事业单位", "120万", "预算数", 2, 897),
        ("行政事业单位", "37个", "数量", 2, 897),
        ("三个单位", "6万元", "预算数", 3, 899),
        ("其余每单位", "3万元", "标准", 3, 901),
        ("由区扶贫开发办公室以每村15万元（20个贫困村）的标准拨付到两个街道集中使用", "300万元", "预算数", 2, 901),
        ("每村", "15万元", "标准", 2, 903),
        ("贫困村", "20个", "数量", 3, 903),
    ]
    towns = [
        (f.subject, yuan(f)) for f in facts(Classification.SPENDING_LINE, parent="省内对口帮扶资金", measure="预算数")
    ]
    assert towns == [
        ("来凤县大河镇", 600_000),
        ("五峰县五峰镇", 700_000),
        ("郧西县观音镇", 700_000),
        ("神农架林区木鱼镇", 700_000),
    ]


def test_printed_arithmetic_inside_a_line() -> None:
    found = [
        (f.subject, f.measure, yuan(f), f.unit, f.formula)
        for f in facts(Classification.SPENDING_LINE, project="聘用人员工作经费")
        if f.formula
    ]
    assert found == [
        ("基本工资", "标准", 2080, "元", "2080元/人/月×14人×12月=349440元"),
        ("基本工资", "预算数", 349_440, "元", "2080元/人/月×14人×12月=349440元"),
        ("五险", "标准", 968, "元", "968元/人/月×14人×12月=162624元"),
        ("五险", "预算数", 162_624, "元", "968元/人/月×14人×12月=162624元"),
        ("节日补助", "标准", 1500, "元", "1500元/人×14人=21000元"),
        ("节日补助", "预算数", 21_000, "元", "1500元/人×14人=21000元"),
        ("伙食补助", "标准", 600, "元", "600元/人/月×14人×12月=100800元"),
        ("伙食补助", "预算数", 100_800, "元", "600元/人/月×14人×12月=100800元"),
        ("代理费", "标准", 60, "元", "60元、人/月×14人×12月=10080元"),
        ("代理费", "预算数", 10_080, "元", "60元、人/月×14人×12月=10080元"),
    ]
    (monthly,) = facts(Classification.SPENDING_LINE, subject="月刊", measure="预算数")
    assert (monthly.parent, monthly.formula) == ("《政府公报》编发", "0.5万元*12月=6万元")


HISTORY = {
    "督查工作": ["2019 预算 9", "2019 实际支出 9", "2020 预算 5", "2020 调整后预算 4", "2020 实际支出 4"],
    "扶贫开发工作": [
        "2019 预算 389",
        "2019 调整后预算 419",
        "2019 实际支出 419",
        "2020 预算 968",
        "2020 实际支出 961.1",
    ],
    "聘用人员工作经费": ["2020 预算 69", "2020 调整后预算 61", "2020 实际支出 61"],
    "调查研究": [
        "2019 预算 24",
        "2019 实际支出 24",
        "2020 预算 19.2",
        "2020 调整后预算 9.6",
        "2020 实际支出 9.6",
    ],
    "专项工作": [
        "2019 预算 81",
        "2019 实际支出 70.2",
        "2019 结余 10.8",
        "2020 预算 53",
        "2020 调整后预算 26.5",
        "2020 实际支出 26.5",
    ],
    "总值班室工作": [
        "2020 预算 31",
        "2020 截止目前执行 24",
        "2019 预算 120",
        "2019 调整后预算 77.04",
        "2019 实际支出 74.32",
        "2020 预算 31",
        "2020 实际支出 31",
    ],
    "不可预见费": [],
}


@pytest.mark.parametrize("project", PROJECTS)
def test_history(project: str) -> None:
    found = [
        f"{f.year} {f.measure} {ten_thousand(f.value)}"
        for f in facts(Classification.PROJECT, project=project)
        if f.year != 2021
    ]
    assert found == HISTORY[project]


def test_funding_states_a_printed_zero() -> None:
    found = [(f.subject, f.printed, f.value) for f in facts(Classification.FUNDING, project="总值班室工作")]
    assert found == [
        ("财政拨款收入（区级安排数）", "24.00", 24_000_000),
        ("财政拨款收入（上级转移支付）", "0", 0),
        ("专户管理的非税收入拨款", "0", 0),
        ("其他资金（含事业基金及上年结转或结余）", "0", 0),
    ]
    assert len(facts(Classification.FUNDING)) == 24


def test_procurement() -> None:
    found = [(p.project, p.category, p.catalogue, p.quantity, ten_thousand(p.value)) for p in forms().procurement]
    assert found == [
        ("督查工作", "服务类", "印刷和出版服务", "批", "1"),
        ("扶贫开发工作", "服务类", "印刷和出版服务", "批", "6.5"),
        ("调查研究", "服务类", "印刷和出版服务", "批", "2"),
        ("专项工作", "服务类", "印刷和出版服务", "批", "6"),
        ("总值班室工作", "服务类", "印刷和出版服务", "批", "5"),
    ]
    assert [f.value for f in facts(Classification.PROCUREMENT)] == [p.value for p in forms().procurement]


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
        ("黄陂区长轩岭街、蔡店街的20个贫困村", "420万", "指标说明", 1576),
        ("新疆博乐市青得里街道", "100万元", "指标说明", 1578),
    ]


def texts(owner: str, label: str) -> list[str]:
    return [item.text for item in forms().fields if (item.owner, item.label) == (owner, label)]


def test_fields_of_the_overall_form() -> None:
    assert texts("", "填报日期") == ["2020年9月10日"]
    assert texts("", "填报人") == ["周露"]
    assert texts("", "联系电话") == ["85481661"]
    assert texts("", "单位名称") == ["武汉市江汉区人民政府办公室"]
    (duties,) = texts("", "部门职能概述")
    assert len(duties.split("\n")) == 12
    assert duties.split("\n")[10] == "11、精准扶贫、对口支援和援疆、援藏扶贫开发工作。"
    (tasks,) = texts("", "年度工作任务")
    assert [task[:12] for task in tasks.split("\n")] == [
        "1.立足大局当好参谋助手",
        "2.周密细致做好服务保障",
        "3.凸显实效抓好落实督办",
    ]


def test_goals_of_two_columns_are_told_apart() -> None:
    assert [len(texts("", f"{kind}目标{n}")) for kind in ("长期", "年度") for n in (1, 2, 3)] == [1, 1, 2, 1, 1, 1]
    first, second = texts("", "长期目标3")
    assert (first[:8], second[:8]) == ("狠抓政府工作报告", "做好值班检查工作")
    assert texts("", "年度目标2") == [
        "开展调研及扶贫工作，开展专项课题研究，出具1本调研文集，1份政府工作报告且政府工作报告容错率控制在千分之四以内，"
        "完成10期广角信息，课题成果运用率达到10%；扶贫对象达到25个乡镇，扶贫单位按期落实资金程度达到90%，"
        "显著提高乡镇经济收入，达到区域内全面脱贫，扶贫对象满意度达到95%以上。"
    ]


def test_fields_of_a_project_form() -> None:
    found = [
        (item.label, item.text, item.source.row)
        for item in forms().fields
        if item.owner == "总值班室工作" and len(item.text) < 30 and item.source.table != OVERALL
    ]
    assert found == [
        ("项目名称", "区政府总值班室工作", "项目名称"),
        ("项目类别", "经常性项目支出", "项目类别"),
        ("申报部门", "政府办", "项目申报部门"),
        ("负责人", "杨俊", "项目申报部门负责人"),
        ("联系电话", "85481661", "项目申报部门联系电话"),
        ("实施单位", "江汉区人民政府办公室", "项目实施单位"),
        ("负责人", "杨俊", "项目实施单位负责人"),
        ("联系电话", "85481661", "项目实施单位联系电话"),
        ("上年绩效评价结果", "无 2020年预算31万元，截止目前执行情况24万元", "上年绩效评价结果整改及应用"),
        ("单位名称", "区政府办", "单位名称"),
    ]
    assert texts("聘用人员工作经费", "项目概况") == [
        "1、做好区长专线、网上群众投诉办理相关工作。\n2、做好扶贫开发工作。\n"
        "3、做好公车日常运行、维修、修理等相关工作。\n4、负责做好领导交办的其他事项。"
    ]
    assert texts("聘用人员工作经费", "预算及执行情况") == [
        "2019年无此项目。\n2020年预算69万元，后期调整为61万元，实际支出61万元。"
    ]


def test_every_fact_can_be_cited() -> None:
    printed = {line.position.line for line in document().lines}
    for fact in forms().facts:
        source = fact.sources[0]
        assert source.position.line in printed
        assert source.document == "jianghan-2021" and source.table and source.row and source.quote
        assert fact.formula or fact.printed in source.quote


def test_a_document_without_forms_has_none() -> None:
    first = document().lines[:300]
    without = Document("x", document().identity, first, (), (), (), "", "text")
    assert read_forms(without) == Forms()
