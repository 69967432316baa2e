"""The performance forms of the bundled document, compared with what is printed."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from index.document import Document
from index.evidence import Classification, Fact, Forms
from index.performance import read_forms
from index.reading import read_document
from tests.evidence_making import document_of

OVERALL = "部门整体绩效目标申报表"
PROJECTS = ("督查工作", "扶贫开发工作", "调查研究", "专项工作", "总值班室工作", "聘用人员工作经费", "不可预见费")


@cache
def document() -> Document:
    return read_document(Path(str(files("index").joinpath("data/jianghan-2021.txt"))), "jianghan-2021")


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
    assert read_forms(document_of(lines=first)) == Forms()
