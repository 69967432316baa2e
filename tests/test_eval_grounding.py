"""Faithfulness and citations: every number from somewhere, every place the evidence names cited."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from eval_recordings import CONTRADICTION, PREVIOUS, RECEPTION

from assistant.answer import Answer, Citation, Conflict, ResultTable, Value
from eval.citations import CitationScore, Places, Section, places_in, score_citations, section_marks
from eval.faithfulness import untraceable

CITED = (Citation("d", table="公开表7 三公经费支出表", row="公务接待费", column="本年预算数", quote="1.16"),)
PROSE = (Citation("d", section="第二部分 说明", quote="公务接待费 1.16 万元，比上年预算减少 1.74 万元。"),)


def lost(text: str, *, question: str = "问", **fields: Any) -> tuple[str, ...]:
    return untraceable(Answer(question=question, text=text, **fields).to_dict())


@pytest.mark.parametrize("answer", [RECEPTION, PREVIOUS, CONTRADICTION], ids=lambda answer: answer.question)
def test_recorded_answers_are_faithful(answer: Answer) -> None:
    assert untraceable(answer.to_dict()) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("公务接待费 1.16 万元。", ()),
        ("公务接待费 11,600 元，即 0.000116 亿元。", ()),
        ("公务接待费 1.17 万元。", ("1.17万元",)),
        ("公务接待费 一万元。", ("一万元",)),
        ("2021年公务接待费 1.16 万元（公开表7，第3项）。", ()),
        ("1. 公务接待费 1.16 万元\n2. 公务用车 10 万元", ("10万元",)),
        ("见第5页。", ()),
        ("占 12%。", ("12%",)),
    ],
)
def test_numbers_without_a_source_are_returned(text: str, missing: tuple[str, ...]) -> None:
    assert lost(text, citations=CITED) == missing


def test_a_shown_formula_over_cited_figures_accounts_for_its_result() -> None:
    assert lost("1.16 + 1.74 = 2.90 万元，下降 1.74 ÷ 2.90 × 100% = 60.00%。", citations=PROSE) == ()


@pytest.mark.parametrize(
    "text",
    [
        "1.16 万元 × 10000 = 11600 元。",
        "10 − 0 = 10 万元（与上年持平）。",
        "(-1.74) ÷ 1.16 × 100% = -150.00%。",
        "1.16 ÷ 1.74 ≈ 0.67 倍。",
        "1.16 − 1.74 = -0.58 万元；(-0.58) ÷ 1.16 × 100% = -50.00%。",
    ],
)
def test_the_ways_a_formula_is_shown(text: str) -> None:
    assert lost(text, question="10万元是去年的吗", citations=PROSE) == ()


def test_a_wrong_or_ungrounded_formula_does_not() -> None:
    assert lost("1.16 + 1.74 = 3.90 万元。", citations=PROSE) == ("3.90万元",)
    assert lost("1.16 + 5 = 6.16 万元。", citations=PROSE) == ("5", "6.16万元")


def test_a_formula_beside_the_value_counts_and_may_be_rounded_in_the_text() -> None:
    value = Value(Decimal("2.90"), "万元", formula="1.16 + 1.74")
    rate = Value(Decimal("146.5517"), "%", formula="(1.16 + 1.74 - 1.20) ÷ 1.16")
    assert lost("上年 2.90 万元。", values=(value,), citations=PROSE) == ()
    assert lost("为 146.55%。", values=(rate,), citations=PROSE) == ("146.55%",)


def test_question_history_and_counts_of_what_is_shown_are_no_inventions() -> None:
    assert lost("不是 5 万元，是 1.16 万元。", question="是5万元吗", citations=CITED) == ()
    answer = Answer(question="那呢", text="不是 5 万元。", citations=CITED).to_dict()
    assert untraceable(answer, ["是5万元吗"]) == ()
    table = ResultTable(("项目",), (("督查",), ("扶贫",), ("调研",)))
    assert lost("共 3 个项目。", table=table) == ()
    assert lost("共 4 个项目。", table=table) == ("4个",)


def test_sources_of_reported_conflicts_count() -> None:
    conflict = Conflict("53% 与 52.15% 不符", (Citation("d", quote="占 53%"),))
    assert lost("印为 53%。", conflicts=(conflict,)) == ()


@pytest.mark.parametrize(
    ("evidence", "places"),
    [
        ("公开表7：公务接待费 1.16", Places(tables=("7",))),
        ("公开表 1；附表三 合计", Places(tables=("1", "3"))),
        ("第二部分 二（二）：1.16+1.74=2.90", Places(sections=(Section(("2", "2", "(2)")),))),
        ("第三部分（六）", Places(sections=(Section(("3", "(6)")),))),
        ("第二部分 二（三）2", Places(sections=(Section(("2", "2", "(3)", "2")),))),
        ("第12页 表5", Places(tables=("5",), pages=(12,))),
        ("第一部分 二：2021年部门总预算", Places(sections=(Section(("1", "2")),))),
        ("列表12万元，未披露", Places()),
    ],
)
def test_places_named_by_evidence(evidence: str, places: Places) -> None:
    assert places_in(evidence) == places


def test_the_marks_of_a_section_path() -> None:
    path = "第二部分 “三公”经费预算情况说明 > 二、2021年情况 > （二）公务接待费"
    assert section_marks(path) == Section(("2", "2", "(2)"))


@pytest.mark.parametrize(
    ("evidence", "citations", "scored"),
    [
        ("公开表7：公务接待费 1.16", CITED, CitationScore(1, 1, (), True)),
        ("公开表6：30217 公务接待费 1.16", CITED, CitationScore(1, 0, ("表6",))),
        ("公开表7：合计", CITED, CitationScore(1, 1, (), False)),
        ("第二部分 二（二）", PREVIOUS.citations, CitationScore(1, 1, ())),
        ("第二部分 二（三）", PREVIOUS.citations, CitationScore(1, 0, ("第2部分 2 (3)",))),
        (
            "第三部分（六）",
            (Citation("d", section="第三部分 名词解释", quote="（六）项目支出：指…"),),
            CitationScore(1, 1, ()),
        ),
        ("第9页", (Citation("d", page=9),), CitationScore(1, 1, ())),
        ("扶贫开发工作：2020年", CITED, None),
    ],
)
def test_citations_against_evidence(
    evidence: str, citations: tuple[Citation, ...], scored: CitationScore | None
) -> None:
    assert score_citations(evidence, Answer("问", "答", citations=citations).to_dict()) == scored
