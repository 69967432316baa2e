"""Sentences become statements: golden pairs of made-up sentences and everything read from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import built_in_path
from index.document import Document, Position, Source, Stage
from index.errors import ReferenceDataError
from index.evidence import Classification, Dimension, Fact, Origin, Statement, StatementKind
from index.numbers import format_decimal
from index.prose.terms import terms
from index.reading import read_document
from index.statements import read_statements, statement_facts
from tests.evidence_making import cell, document_of, nested, paragraphs
from tests.golden_statements import GOLDEN


def document(*texts: str, headings: tuple[str, ...] = (), year: int = 2026, stage: Stage = Stage.BUDGET) -> Document:
    """A document of paragraphs under one heading path."""
    innermost = len(headings) - 1 if headings else None
    return document_of(
        year=year, stage=stage, sections=nested(*headings), paragraphs=paragraphs(*texts, section=innermost)
    )


def told(statement: Statement) -> str:
    """Every field of a statement but its place, on one line; empty ones are left out."""
    value = "" if statement.value is None else format_decimal(statement.dimension.decimal(statement.value).normalize())
    parts = {
        "": f"{statement.kind} {statement.subject}〔{statement.classification}{statement.code}〕",
        "值": value,
        "印": f"{statement.printed}{statement.unit}",
        "占": statement.whole,
        "列": statement.measure,
        "资金": statement.fund,
        "年": str(statement.year or ""),
        "段": "" if statement.stage is Stage.BUDGET else str(statement.stage),
        "比": f"{statement.base_year or ''}{statement.base_stage or ''}",
        "文": statement.text,
        "句": statement.clause,
    }
    return " ".join(f"{name}{text}" for name, text in parts.items() if text)


@pytest.mark.parametrize(("texts", "expected"), GOLDEN.values(), ids=list(GOLDEN))
def test_golden_sentences(texts: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(told(statement) for statement in read_statements(document(*texts))) == expected


def test_subject_fund_and_whole_come_from_the_headings() -> None:
    headings = ("二、一般公共预算“三公”经费预算情况", "（一）因公出国（境）费")
    found = read_statements(document("预算控制数为0万元，与上年预算持平。", headings=headings))
    assert tuple(told(statement) for statement in found) == (
        "金额 因公出国（境）费〔三公经费〕 值0 印0万元 资金一般公共预算 年2026 句预算控制数为0万元",
        "增减额 因公出国（境）费〔三公经费〕 值0 印持平 资金一般公共预算 年2026 比2025预算 句与上年预算持平",
    )


def test_final_accounts_take_their_stage_and_year_from_the_document() -> None:
    text = "公务接待费支出决算数为12.3万元，完成年初预算的98%，比上年决算减少1.2万元，下降8.9%，主要原因是接待减少。"
    found = read_statements(document(text, year=2025, stage=Stage.FINAL))
    assert tuple(told(statement) for statement in found) == (
        "金额 公务接待费〔三公经费〕 值123000 印12.3万元 年2025 段决算 句公务接待费支出决算数为12.3万元",
        "完成率 公务接待费〔三公经费〕 值98 印98% 年2025 段决算 比2025预算 句完成年初预算的98%",
        "增减额 公务接待费〔三公经费〕 值-12000 印1.2万元 年2025 段决算 比2024决算 句比上年决算减少1.2万元",
        "增减率 公务接待费〔三公经费〕 值-8.9 印8.9% 年2025 段决算 比2024决算 句下降8.9%",
        "原因 公务接待费〔三公经费〕 年2025 段决算 比2024决算 文接待减少 句主要原因是接待减少",
    )


def test_a_statement_keeps_its_sentence_as_printed() -> None:
    found = read_statements(document("公务接待费 1.16 万元， 比上年预算减少 1.74 万元。", headings=("三公",)))
    assert found[1] == Statement(
        kind=StatementKind.CHANGE,
        subject="公务接待费",
        classification=Classification.THREE_PUBLIC,
        source=Source(
            "qingchuan-2026",
            section="三公",
            position=Position(1, 1),
            quote="公务接待费 1.16 万元， 比上年预算减少 1.74 万元。",
        ),
        clause="比上年预算减少 1.74 万元",
        value=-1_740_000,
        dimension=Dimension.MONEY,
        printed="1.74",
        unit="万元",
        year=2026,
        base_year=2025,
        base_stage=Stage.BUDGET,
    )


def test_the_built_in_disclosure() -> None:
    found = {
        (s.kind.value, s.subject, s.printed + s.unit, s.whole, s.fund)
        for s in read_statements(read_document(built_in_path()))
    }
    assert found >= {
        ("金额", "一般公共预算财政拨款收入", "2053.67元", "收入总计", "一般公共预算"),
        ("占比", "基本支出", "47%", "支出总计", ""),
        ("增减额", "项目支出", "186.2万元", "", "一般公共预算"),
        ("增减率", "基本支出", "0.1%", "", "一般公共预算"),
        ("金额", "项目支出", "1731.77万元", "", "一般公共预算"),
        ("金额", "服务类", "20.5万元", "政府采购", ""),
        ("数量", "机要保障用车", "1辆", "", ""),
        ("增减额", "公务用车运行维护费", "持平", "", "一般公共预算"),
    }


def test_stated_amounts_become_facts_in_the_words_of_the_tables() -> None:
    text = "2026年一般行政管理事务1071万元。其他收入3万元。"
    name = "一般行政管理事务（政府办公厅）"
    account = {"classification": Classification.FUNCTIONAL, "code": "2010302", "level": 3, "parent": "20103"}
    table = cell(name, "1,002.00", kind="", fund="一般公共预算", **account)
    found = document(text)
    facts = statement_facts(found, read_statements(found), (table,))
    assert facts == (
        replace(
            table,
            value=1_071_000_000,
            printed="1071",
            sources=(Source("qingchuan-2026", position=Position(1, 1), quote="2026年一般行政管理事务1071万元。"),),
            origin=Origin.PROSE,
        ),
        Fact(
            subject="其他收入",
            classification=Classification.REVENUE,
            value=3_000_000,
            printed="3",
            unit="万元",
            sources=(Source("qingchuan-2026", position=Position(1, 1), quote="其他收入3万元。"),),
            measure="合计",
            fund="全部资金",
            year=2026,
            origin=Origin.PROSE,
        ),
    )


_ALPHABET = "公务接待费预算基本支出比上年增加减少26年1.5万元%，。；：（）“”其中占持平原因用于无 "


@given(st.text(alphabet=_ALPHABET, max_size=60))
def test_any_text_is_read_and_quoted_from_itself(text: str) -> None:
    for statement in read_statements(document(text)):
        assert statement.clause in text
        assert statement.source.quote in text
        assert statement.printed.removesuffix("%") in text


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("[change", "prose_terms.toml 有误"),
        ('[[subject]]\nname = "甲"\nclassification = "没有这一类"\naliases = ["甲"]', "没有这一类"),
        (
            '[[subject]]\nname = "甲"\nclassification = "总额"\naliases = ["甲"]\n'
            '[[subject]]\nname = "乙"\nclassification = "总额"\naliases = ["甲"]',
            "别名“甲”同时属于“甲”和“乙”",
        ),
        ('[[subject]]\nname = "甲"\nclassification = "总额"\naliases = ["甲"]', "change"),
    ],
)
def test_a_wrong_vocabulary_is_refused(tmp_path: Path, broken: str, why: str) -> None:
    path = tmp_path / "prose_terms.toml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=why):
        terms(path)


def heard(*texts: str) -> list[tuple[str, str, str]]:
    """Of every statement its kind, subject, and what it says."""
    return [(s.kind.value, s.subject, s.text or f"{s.printed}{s.unit}") for s in read_statements(document(*texts))]


def test_a_heading_of_a_reason_names_what_has_changed() -> None:
    assert heard("预算收支减少主要原因说明：信息化项目经费尚未安排。") == [
        ("原因", "收入总计", "信息化项目经费尚未安排"),
        ("原因", "支出总计", "信息化项目经费尚未安排"),
    ]


def test_a_change_after_a_list_is_of_what_the_list_took_apart() -> None:
    found = heard("3.上级转移支付项目30万元，主要包括：物业服务10万元，电梯运维20万元。较2025年年初预算增加5万元。")
    assert found[-1] == ("增减额", "上级转移支付项目", "5万元")


def test_a_list_of_counts_is_no_use() -> None:
    assert heard("人员编制496人，机构设置包括23个内设机构、2个下属事业单位。") == [
        ("数量", "编制", "496人"),
        ("数量", "内设机构", "23个"),
        ("数量", "下属事业单位", "2个"),
    ]


def test_a_count_ends_what_something_consists_of() -> None:
    assert heard("本部门内设机构包括办公厅、研究室，编制338名，其中行政编制200名。") == [
        ("数量", "编制", "338名"),
        ("数量", "行政编制", "200名"),
    ]


def test_what_is_carried_over_is_of_the_fund_that_its_part_of_the_sentence_speaks_of() -> None:
    text = "收入包括：一般公共预算当年拨款90万元、上年结转5万元；政府性基金预算当年拨款30万元、上年结转2万元。"
    found = [s for s in read_statements(document(text)) if s.subject == "上年结转结余"]
    assert [(s.fund, s.printed) for s in found] == [("一般公共预算", "5"), ("政府性基金", "2")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "养护项目90万元，主要包括：道路清扫服务20万元，上年结转3万元，用于日常清扫。",
            [("养护项目", 90), ("道路清扫服务", 20), ("道路清扫服务上年结转", 3)],
        ),
        ("养护项目90万元（其中上年结转3万元）。", [("养护项目", 90), ("养护项目上年结转", 3)]),
        (
            "收入预算90万元，包括：财政拨款收入80万元，上年结转10万元。",
            [("收入总计", 90), ("财政拨款收入", 80), ("上年结转结余", 10)],
        ),
        (
            "社工项目9万元，包括：大厅社工3名支出4万元；社区社工2名支出5万元。",
            [("社工项目", 9), ("大厅社工3名", 4), ("社区社工2名", 5)],
        ),
        ("教育支出90万元。同时，缴费由省里下达，增加部门预算7万元。", [("教育支出", 90)]),
    ],
)
def test_whose_an_amount_is_that_its_words_leave_open(text: str, expected: list[tuple[str, int]]) -> None:
    amounts = [s for s in read_statements(document(text)) if s.kind is StatementKind.AMOUNT]
    assert [(s.subject, s.dimension.decimal(s.value or 0) / 10000) for s in amounts] == expected


def test_a_share_is_of_what_stands_before_it() -> None:
    text = "授予中小企业合同金额80万元，占政府采购支出总额的80%，货物采购授予中小企业合同金额占货物支出金额的62.5%。"
    found = [s for s in read_statements(document(text)) if s.kind is StatementKind.SHARE]
    assert [s.subject for s in found] == ["授予中小企业合同金额", "货物采购授予中小企业合同金额"]


def test_a_comparison_that_makes_the_amount_of_the_whole_is_said_of_it() -> None:
    text = (
        "公务用车购置费0万元；公务用车运行维护费21万元，其中：公务用车加油5万元，公务用车维修16万元，"
        "比2025年23万元减少2万元，下降8.7%。"
    )
    found = [s for s in read_statements(document(text)) if s.kind in (StatementKind.CHANGE, StatementKind.RATE)]
    assert {s.subject for s in found} == {"公务用车运行维护费"}


def test_a_list_is_of_what_announces_it() -> None:
    texts = (
        "2026年末结转和结余58万元。",
        "2026年一般公共预算支出主要用于以下几个方面：",
        "（1）农林水支出20万元，占0.3%。",
    )
    share = next(s for s in read_statements(document(*texts)) if s.kind is StatementKind.SHARE)
    assert share.whole == "一般公共预算支出"
