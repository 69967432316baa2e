"""Contradictions of other places in other words: what is found and how it is told depends on no one document."""

from __future__ import annotations

import pytest

from assistant import Assistant
from index.build import ingest

CHANGES = """\
2024年临川市城市管理局部门预算
第一部分 部门预算公开说明
一、收支预算总体安排情况
2024年部门总预算3200.50万元，比2023年预算减少50.00万元，下降1.54%，变动的主要原因是压减项目。
二、一般公共预算安排情况
（一）基本支出1200.50万元，比2023年预算增加60.00万元，增长8%，变动的主要原因是人员增加。
（二）项目支出2000.00万元，比2023年预算减少80.00万元，下降3.85%，变动的主要原因是工程完工。
"""
PARTS = """\
2023年云溪县文化和旅游局部门预算
第一部分 部门预算公开说明
一、收支预算总体安排情况
2023年部门总预算860万元，其中：基本支出344万元，占30%；项目支出516万元，占60%。
第二部分 “三公”经费预算情况说明
2023年“三公”经费预算20.00万元，其中：公务用车运行维护费12.00万元，公务接待费9.50万元。
"""
LISTED = """\
2022年北屏区教育局部门预算
第一部分 部门预算公开说明
一、收支预算总体安排情况
2022年部门总预算5000万元。
二、其他重要事项说明
教师培训费安排1.6万元（培训费500元/人×30人＝1.6万元）。
校园信息化建设30.00万元（硬件设备12.00万元，软件采购8.00万元，运行维护9.00万元）。
校舍维修比上年增加5万元（上年30万元，本年35万元）。
"""
ISSUES = """\
2024年苍梧市档案馆部门预算
第一部分 部门预算公开说明
一、收支预算总体安排情况
2024年部门总预算410万元。
2024年项目支出绩效目标申报表
项目名称 档案数字化 项目性质 延续性项目
主管部门 苍梧市档案馆 项目负责人 罗一舟
联系方式 0774-8210077
立项
依据 《档案法》
项目概况 每季度编印《档案通讯》，整理馆藏档案。
项目总金额 80万元 当年金额 60万元
资金来源 金额（万元）
1、一般公共预算拨款 60
合计 60
支出内容 经济分类科目 金额（万元）
档案扫描 委托业务费 45.00
编印通讯 印刷费 15.00
一级指标 二级指标 三级指标 指标值 备注
产出指标 数量指标 档案通讯期数 ≥3期
"""
UNITS = """\
2021年清河镇人民政府部门预算
第一部分 部门预算公开说明
一、收支预算总体安排情况
2021年部门总预算1500万元，其中：基本支出900万元，项目支出600万元。
二、收入情况
2021年部门预算收入1500万元，其中：一般公共预算财政拨款收入1500元，占100%。
三、会议费
会议费5.00万元，比2020年预算增加1.00万元，增长20%，变动的主要原因是会议增加。
"""
DOCUMENTS = {"changes": CHANGES, "parts": PARTS, "listed": LISTED, "issues": ISSUES, "units": UNITS}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assistant]:
    """An assistant of its own for every document."""
    opened = {}
    for key, text in DOCUMENTS.items():
        directory = tmp_path_factory.mktemp(key)
        path = directory / f"{key}.txt"
        path.write_text(text, encoding="utf-8")
        assert ingest([path], directory / "index", fresh=True).failed == ()
        opened[key] = Assistant.open(directory / "index")
    return opened


@pytest.mark.parametrize(
    ("document", "findings"),
    [
        (
            "changes",
            {"1200.5 − 60 = 1140.5；60 ÷ 1140.5 = 5.26% ≠ 8%", "60 − 80 = −20 万元 ≠ −50 万元；50 − 20 = 30 万元"},
        ),
        ("parts", {"344 ÷ 860 = 40.00% ≠ 30%", "12 + 9.5 = 21.5 万元 ≠ 20 万元；21.5 − 20 = 1.5 万元"}),
        ("listed", {"500元/人×30人=15000元 ≠ 1.6万元", "12 + 8 + 9 = 29 万元 ≠ 30 万元，差 1 万元"}),
        ("issues", {"全年四期 > 3期"}),
        ("units", {"1500 元 ≠ 1500 万元", "5 − 1 = 4；1 ÷ 4 = 25.00% ≠ 20%；1 ÷ 5 ≈ 20.00%"}),
    ],
)
def test_what_is_found(elsewhere: dict[str, Assistant], document: str, findings: set[str]) -> None:
    assert {finding.arithmetic for finding in elsewhere[document].findings()} == findings


@pytest.mark.parametrize(
    ("document", "question", "figures"),
    [
        ("changes", "基本支出多了60万、项目少了80万，两笔抵下来等于总预算少的数吗", {"20 万元", "50 万元", "30 万元"}),
        ("changes", "基本支出比上年涨了百分之几", {"8 %", "5.26 %"}),
        ("parts", "三公经费各项加起来够20万吗", {"20 万元", "21.5 万元"}),
        ("parts", "基本支出占总预算的比重印得准吗", {"30 %", "40.00 %"}),
        ("listed", "校园信息化建设那几笔加起来够30万吗", {"30 万元", "29 万元"}),
        ("listed", "教师培训费的算式对得上吗", {"1.6 万元", "15000 元"}),
        ("issues", "档案通讯一年出几期", {"3 期"}),
        ("issues", "档案通讯的期数和概况里说的一致吗", {"3 期"}),
        ("units", "一般公共预算财政拨款收入是1500元？印错了吧", {"1500 元", "1500 万元"}),
        ("units", "会议费增加1万元、增长20%，说得通吗", {"20 %", "25.00 %"}),
    ],
)
def test_both_sides_are_values(
    elsewhere: dict[str, Assistant], document: str, question: str, figures: set[str]
) -> None:
    answer = elsewhere[document].ask(question)
    assert len(answer.conflicts) == 1
    assert figures <= {f"{value.value} {value.unit}" for value in answer.values}


@pytest.mark.parametrize(
    ("document", "question"),
    [
        ("changes", "项目支出是多少"),
        ("changes", "基本支出为什么增加"),
        ("parts", "项目支出占总预算多少"),
        ("listed", "部门总预算多少"),
        ("issues", "档案数字化当年金额多少"),
        ("units", "基本支出和项目支出加起来等于总预算吗"),
    ],
)
def test_what_touches_none_says_nothing(elsewhere: dict[str, Assistant], document: str, question: str) -> None:
    assert elsewhere[document].ask(question).conflicts == ()
