"""Kinds of table by title and header, and the meaning of header words."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.document import Column, Stage, TableKind
from index.errors import ReferenceDataError
from index.reading.text import paginate
from index.tables.header_text import read_header
from index.tables.headers import header_rules
from index.tables.kinds import kind_rules
from index.tables.regions import split_label
from index.tables.sums import Sum, column_sums


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2021年部门收支预算总表", TableKind.SUMMARY),
        ("收支总体情况表", TableKind.SUMMARY),
        ("2026年预算单位财务收支预算总表", TableKind.SUMMARY),
        ("收入支出决算总表", TableKind.SUMMARY),
        ("收入决算表", TableKind.REVENUE),
        ("收入总体情况表", TableKind.REVENUE),
        ("2026年预算单位收入预算总表", TableKind.REVENUE),
        ("支出决算表", TableKind.EXPENDITURE),
        ("本年支出总体情况表", TableKind.EXPENDITURE),
        ("财政拨款收入支出决算总表", TableKind.FISCAL_SUMMARY),
        ("财政拨款收支总体情况表", TableKind.FISCAL_SUMMARY),
        ("一般公共预算财政拨款支出决算表", TableKind.GENERAL_EXPENDITURE),
        ("一般公共预算支出情况表（按功能分类科目）", TableKind.GENERAL_EXPENDITURE),
        ("一般公共预算财政拨款基本支出决算明细表", TableKind.GENERAL_BASIC),
        ("2026年预算单位一般公共预算基本支出部门预算经济分类预算表", TableKind.GENERAL_BASIC),
        ("财政拨款基本支出表（经济科目）", TableKind.FISCAL_BASIC),
        ("财政拨款支出表（功能科目）", TableKind.FISCAL_EXPENDITURE),
        ("一般公共预算财政拨款“三公”经费支出决算表", TableKind.THREE_PUBLIC),
        ("财政拨款安排的行政经费及“三公”经费预算表", TableKind.THREE_PUBLIC),
        ("政府性基金预算财政拨款收入支出决算表", TableKind.GOVERNMENT_FUND),
        ("国有资本经营预算财政拨款支出决算表", TableKind.STATE_CAPITAL),
        ("一般公共预算机关运行经费支出预算表", TableKind.OPERATING),
        ("部门预算项目支出及其他支出预算表", TableKind.PROJECT_LIST),
        ("政府采购支出表", TableKind.PROCUREMENT),
        ("政府购买服务支出表", TableKind.SERVICE_PURCHASE),
        ("2021年江汉区部门整体绩效目标申报表", TableKind.OVERALL_PERFORMANCE),
        ("项目支出绩效目标表（含转移支付项目）", TableKind.PROJECT_FORM),
        ("项目绩效目标评价指标表", TableKind.INDICATORS),
    ],
)
def test_kinds_by_title(title: str, kind: TableKind) -> None:
    rule = kind_rules().of_title(title)
    assert rule is not None and rule.kind is kind


def test_an_unknown_title_has_no_kind() -> None:
    assert kind_rules().of_title("机动车辆登记表") is None


def test_a_kind_by_its_headers() -> None:
    rule = kind_rules().of_headers(["合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"])
    assert rule is not None and rule.kind is TableKind.THREE_PUBLIC


@pytest.mark.parametrize(
    ("title", "kind", "fund"),
    [
        ("一般公共预算“三公”经费支出表", TableKind.THREE_PUBLIC, "一般公共预算"),
        ("“三公”经费支出表", TableKind.THREE_PUBLIC, "财政拨款"),
        ("政府性基金预算财政拨款支出表", TableKind.GOVERNMENT_FUND, "政府性基金"),
        ("部门收支总表", TableKind.SUMMARY, "全部资金"),
        ("财政拨款收支总表", TableKind.FISCAL_SUMMARY, "财政拨款"),
    ],
)
def test_the_fund_of_a_table(title: str, kind: TableKind, fund: str) -> None:
    assert kind_rules().fund_of(title, kind) == fund


@pytest.mark.parametrize(
    ("path", "column"),
    [
        (["基本支出", "小计"], Column("基本支出/小计", measure="基本支出", role="amount")),
        (["基本支出", "人员经费"], Column("基本支出/人员经费", measure="人员经费", role="amount")),
        (
            ["2024年决算数", "合计"],
            Column("2024年决算数/合计", measure="合计", year=2024, stage=Stage.FINAL, role="amount"),
        ),
        (["上年预算数"], Column("上年预算数", measure="合计", year=2025, stage=Stage.BUDGET, role="amount")),
        (["调整预算数"], Column("调整预算数", measure="合计", stage=Stage.ADJUSTED, role="amount")),
        (["一般公共预算拨款收入"], Column("一般公共预算拨款收入", measure="合计", fund="一般公共预算", role="amount")),
        (["增减率"], Column("增减率", measure="增减率", role="rate")),
        (["科目编码"], Column("科目编码", role="code")),
        (["谁也没见过的列"], Column("谁也没见过的列", role="amount")),
    ],
)
def test_header_words(path: list[str], column: Column) -> None:
    assert header_rules().column(path, year=2026) == column


@pytest.mark.parametrize(
    ("path", "own", "any_name"),
    [
        (("项目名称",), True, True),
        (("支出", "单位名称"), True, True),
        (("支出 大类",), False, True),
        (("采购品目",), False, True),
        (("名称", "编码"), False, False),
    ],
)
def test_columns_of_names(path: tuple[str, ...], own: bool, any_name: bool) -> None:
    rules = header_rules()
    assert (rules.names_the_row(path), rules.is_of_names(path)) == (own, any_name)


@pytest.mark.parametrize(
    ("header", "unit"),
    [("金额（万元）", "万元"), ("预算数(单位：百万元)", "百万元"), ("单位: 元", "元"), ("多少元", ""), ("金额", "")],
)
def test_the_unit_of_a_header(header: str, unit: str) -> None:
    assert kind_rules().unit_in_header(header) == unit


def test_a_header_stacked_one_character_a_line() -> None:
    lines = paginate(["科目编码 科目名称 合计", "事", "业", "收", "入", "其", "他", "收", "入"]).lines
    header = read_header(lines, 3)
    assert [c.header for c in header.columns] == ["科目编码", "科目名称", "合计", "事业收入", "其他收入"]


def test_sums_of_nested_groups() -> None:
    rules = header_rules()
    inner = [["基本支出", word] for word in ("小计", "人员经费", "公用经费")]
    headers = [["总计"], *inner, ["项目支出"], ["增减率"]]
    assert column_sums([rules.column(path) for path in headers], 0) == (Sum(1, (2, 3)), Sum(0, (1, 4)))


@pytest.mark.parametrize("load", [kind_rules, header_rules])
@pytest.mark.parametrize("content", ["not toml", "", "[[kind]]\nkind = '没有的表'\n", "[rows]\ntotal = '('\n"])
def test_damaged_data_is_refused(tmp_path: Path, load: object, content: str) -> None:
    file = tmp_path / "data.toml"
    file.write_text(content, "utf-8")
    assert callable(load)
    with pytest.raises(ReferenceDataError, match=r"data\.toml"):
        load(file)


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("表5一般公共预算支出表", "表5", "一般公共预算支出表"),
        ("表五一般公共预算支出表", "表五", "一般公共预算支出表"),
        ("表十一 政府采购预算表", "表十一", "政府采购预算表"),
    ],
)
def test_the_number_of_a_table_ends_where_its_title_begins(text: str, number: str, title: str) -> None:
    assert split_label(text, kind_rules()) == (number, title)


@pytest.mark.parametrize(
    ("header", "role"), [("自评得分", "score"), ("评分", "score"), ("分值（分）", "text"), ("评价等次", "text")]
)
def test_a_score_is_no_amount(header: str, role: str) -> None:
    assert header_rules().column((header,)).role == role
