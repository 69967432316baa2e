"""Identities between stated amounts, changes, rates, shares and tables, on hand-made evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.audit import audit
from index.document import Document, Position
from index.evidence import (
    Classification,
    Fact,
    Finding,
    Forms,
    Indicator,
    Project,
    Severity,
    SpendingLine,
    Statement,
    StatementKind,
    TextField,
)
from tests.evidence_making import SENTENCE, cell, document_of, paragraphs, said

DOCUMENT = document_of()
NO_FORMS = Forms()


def found(*evidence: Statement | Fact, forms: Forms = NO_FORMS) -> list[tuple[str, Severity, tuple[str, ...]]]:
    return [(f.kind, f.severity, f.subjects) for f in findings(*evidence, forms=forms)]


def findings(
    *evidence: Statement | Fact, forms: Forms = NO_FORMS, document: Document = DOCUMENT
) -> tuple[Finding, ...]:
    facts = tuple(e for e in evidence if isinstance(e, Fact))
    return audit(document, facts, tuple(e for e in evidence if isinstance(e, Statement)), forms)


AMOUNT, CHANGE, RATE, SHARE = StatementKind.AMOUNT, StatementKind.CHANGE, StatementKind.RATE, StatementKind.SHARE


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("25", []),
        ("20", [("增减率", Severity.CONTRADICTION, ("培训费",))]),
        ("-25", [("增减方向", Severity.CONTRADICTION, ("培训费",))]),
    ],
)
def test_a_rate_against_its_change(rate: str, expected: list[object]) -> None:
    evidence = (
        said(AMOUNT, "培训费", "5.00"),
        said(CHANGE, "培训费", "1.00"),
        said(RATE, "培训费", rate, "%"),
    )
    assert found(*evidence) == expected


def test_a_rate_whose_amount_stands_elsewhere_is_not_blamed() -> None:
    far = replace(SENTENCE, section="第三部分", position=Position(line=99))
    evidence = (
        said(AMOUNT, "培训费", "5.00", source=far),
        said(CHANGE, "培训费", "1.00"),
        said(RATE, "培训费", "20", "%"),
    )
    assert found(*evidence) == []


def test_changes_must_add_up_where_amounts_do() -> None:
    amounts = (said(AMOUNT, "支出总计", "30.00"), said(AMOUNT, "基本支出", "10.00"), said(AMOUNT, "项目支出", "20.00"))
    changes = (said(CHANGE, "支出总计", "3.00"), said(CHANGE, "基本支出", "1.00"), said(CHANGE, "项目支出", "2.50"))
    assert found(*amounts, *changes) == [
        ("分项合计", Severity.CONTRADICTION, ("支出总计", "基本支出", "项目支出")),
    ]


def test_parts_that_only_some_bodies_have_complete_a_sum() -> None:
    stated = [said(AMOUNT, n, a) for n, a in (("支出总计", "33"), ("基本支出", "10"), ("项目支出", "20"))]
    assert len(found(*stated)) == 1
    assert found(*stated, said(AMOUNT, "单位预留机动经费", "3")) == []


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (("12.34", "万元"), []),
        (("12.3", "万元"), []),
        (("13.24", "万元"), [("文表不符", Severity.CONTRADICTION, ("会议费",))]),
        (("12.34", "万"), []),
        (("12.34", "元"), [("单位", Severity.CONTRADICTION, ("会议费",))]),
    ],
)
def test_an_amount_against_its_table(stated: tuple[str, str], expected: list[object]) -> None:
    assert found(said(AMOUNT, "会议费", *stated), cell("会议费", "12.34")) == expected


def test_a_narrower_table_does_not_contradict_a_wider_amount() -> None:
    assert found(said(AMOUNT, "会议费", "20.00"), cell("会议费", "12.34", "基本支出")) == []


def test_an_account_told_beside_the_projects_is_held_against_the_basic_column() -> None:
    account = {"classification": Classification.ECONOMIC, "whole": "部门总预算"}
    evidence = (
        said(AMOUNT, "津贴补贴", "5.00", **account),
        said(AMOUNT, "项目支出", "2.00", whole="部门总预算"),
        *(
            cell("津贴补贴", printed, classification=Classification.ECONOMIC, measure=column, table_kind="支出总表")
            for column, printed in (("合计", "6.00"), ("基本支出", "5.50"), ("项目支出", "0.50"))
        ),
    )
    (finding,) = findings(*evidence)
    assert "“基本支出”列中是5.5万元，相差0.5万元" in finding.message


def test_parts_told_apart_are_added_up_only_where_tables_know_no_further_one() -> None:
    far = [replace(SENTENCE, position=Position(line=90 + line)) for line in range(2)]
    told = (
        said(AMOUNT, "支出总计", "40"),
        said(AMOUNT, "基本支出", "10", source=far[0]),
        said(AMOUNT, "项目支出", "20", source=far[1]),
    )
    columns = [cell("基本支出", "10.00"), cell("项目支出", "20.00")]
    assert found(*told) == []
    assert [kind for kind, *_ in found(*told, *columns)] == ["分项合计"]
    assert found(*told, *columns, cell("单位预留机动经费", "10.00")) == []


def test_an_amount_of_another_year_is_not_compared() -> None:
    assert found(said(AMOUNT, "会议费", "20.00", year=2025), cell("会议费", "12.34")) == []


def test_two_names_of_one_subject_are_one() -> None:
    stated = said(AMOUNT, "因公出国（境）费", "5.00", classification=Classification.THREE_PUBLIC)
    printed = cell("因公出国（境）费用", "4.00", kind="三公经费支出表", classification=Classification.THREE_PUBLIC)
    assert [f.kind for f in findings(stated, printed)] == ["文表不符"]


def test_the_same_account_in_two_tables() -> None:
    account = {"classification": Classification.FUNCTIONAL, "code": "201"}
    agreeing = [
        cell(str(n), "1.00", kind=k, classification=Classification.FUNCTIONAL, code=str(300 + n))
        for n in range(9)
        for k in ("支出总表", "收支总表")
    ]
    left, right = (
        cell("一般公共服务支出", a, kind=k, **account) for a, k in (("12.34", "支出总表"), ("13.24", "收支总表"))
    )
    assert found(*agreeing, left, right) == [("表间勾稽", Severity.CONTRADICTION, ("一般公共服务支出",))]
    assert found(left, right) == []  # nothing tells a misprint from a misread table


def test_a_quoted_total_is_held_against_the_figure_it_quotes() -> None:
    text = "2026年本部门所有项目支出均纳入预算绩效管理，涉及一般公共预算50万元。"
    document = document_of(paragraphs=paragraphs(text))
    total = cell("合计", "40.00", "项目支出", is_total=True)
    (finding,) = findings(total, document=document)
    assert (finding.kind, finding.aspects, finding.arithmetic) == ("文表不符", ("绩效管理",), "50 ≠ 40（万元）")


def test_goals_and_targets_that_are_stated_twice() -> None:
    texts = ("完成值班检查工作，处置投诉5万起", "完成值班检查工作，处置投诉6万起")
    goals = tuple(TextField("", "长期目标1", text, SENTENCE) for text in texts)
    targets = tuple(
        Indicator(
            project,
            "年度" if not project else "项目",
            "",
            "产出",
            "数量",
            "培训次数",
            f"≥{n}次",
            SENTENCE,
            "≥",
            n * 10_000,
            "次",
        )
        for project, n in (("", 2), ("甲项目", 3))
    )
    assert found(forms=Forms(fields=goals, indicators=targets)) == [
        ("目标两处不一", Severity.CONTRADICTION, ("长期目标1",)),
        ("指标两处不一", Severity.CONTRADICTION, ("培训次数",)),
    ]


def test_the_lines_of_a_project_make_up_its_amount() -> None:
    project = Project("甲项目", current=39_000_000, total=39_000_000, source=SENTENCE)
    lines = tuple(
        SpendingLine("甲项目", name, amount * 1_000_000, SENTENCE, f"{name}{amount}万元")
        for name, amount in (("乙", 30), ("丙", 8))
    )
    (finding,) = findings(forms=Forms(projects=(project,), spending=lines))
    assert (finding.kind, finding.arithmetic, finding.project) == ("项目分项合计", "30 + 8 = 38 ≠ 39（万元）", "甲项目")


def test_nothing_known_is_nothing_found() -> None:
    assert findings() == ()


def of_section(path: str, subject: str, printed: str, clause: str = "") -> Statement:
    return said(
        AMOUNT,
        subject,
        printed,
        source=replace(SENTENCE, section=path, quote=path),
        clause=clause or f"{subject}{printed}",
    )


@pytest.mark.parametrize(
    ("heading", "printed", "expected"),
    [
        ("（二）公用经费", "8.75", [("总述与分述不符", Severity.CONTRADICTION, ("公用经费",))]),
        ("（二）公用经费", "8.57", []),
        ("（二）公用经费", "8.6", []),
        ("（五）项目支出", "8.75", []),
    ],
)
def test_what_a_section_lists_against_the_sections_under_it(heading: str, printed: str, expected: list[object]) -> None:
    listed = of_section("四、监测站", "公用经费", "8.57")
    own = of_section(f"四、监测站 > {heading}", "公用经费", printed, clause=f"{heading}{printed}万元")
    assert found(listed, own) == expected


def test_a_project_in_a_wrong_unit() -> None:
    stated = said(AMOUNT, "污染防治项目", "18686.86", "元", classification=Classification.PROJECT)
    printed = cell("污染防治", "18686.86", classification=Classification.PROJECT, project="污染防治")
    assert found(stated, printed) == [("单位", Severity.CONTRADICTION, ("污染防治项目",))]


def test_the_three_public_expenses_are_held_against_a_table_of_any_kind_and_fund() -> None:
    three = Classification.THREE_PUBLIC
    stated = said(AMOUNT, "公务接待费", "5.08", classification=three, fund="一般公共预算")
    for kind, fund in (("三公经费支出表", "财政拨款"), ("其他表", "")):
        printed = cell("公务接待费", "5.80", kind=kind, classification=three, fund=fund)
        assert [f.kind for f in findings(stated, printed)] == ["文表不符"]
