"""The previous year's figures follow from this year's and the stated change."""

from __future__ import annotations

from index.build import built_in_path
from index.derivation import derive_previous
from index.document import Position, Source, Stage
from index.evidence import Classification, Fact, Origin
from index.facts import table_facts
from index.reading import read_document
from index.statements import read_statements, statement_facts
from tests.evidence_making import cell, document_of, paragraphs


def derived(*texts: str, stage: Stage = Stage.BUDGET, tables: tuple[Fact, ...] = ()) -> tuple[Fact, ...]:
    """What follows from made-up paragraphs of a 2026 document."""
    document = document_of(stage=stage, paragraphs=paragraphs(*texts))
    statements = read_statements(document)
    return derive_previous(document, (*tables, *statement_facts(document, statements, tables)), statements)


def formulas(facts: tuple[Fact, ...]) -> list[tuple[str, str, int | None, str]]:
    return [(fact.subject, fact.formula, fact.year, str(fact.stage)) for fact in facts]


def test_a_decrease_is_added_back_and_both_places_are_cited() -> None:
    assert derived("公务接待费1.16万元。比上年预算减少1.74万元。") == (
        Fact(
            subject="公务接待费",
            classification=Classification.THREE_PUBLIC,
            value=2_900_000,
            printed="2.90",
            unit="万元",
            sources=(
                Source("qingchuan-2026", position=Position(1, 1), quote="公务接待费1.16万元。"),
                Source("qingchuan-2026", position=Position(1, 1), quote="比上年预算减少1.74万元。"),
            ),
            measure="合计",
            year=2025,
            origin=Origin.DERIVED,
            formula="1.16 + 1.74 = 2.90 万元",
        ),
    )


def test_an_increase_is_taken_off_and_持平_changes_nothing() -> None:
    facts = derived("基本支出982.67万元，较2025年预算增加7万元。培训费10万元，与上年持平。")
    assert formulas(facts) == [
        ("基本支出", "982.67 − 7 = 975.67 万元", 2025, "预算"),
        ("培训费", "10 − 0 = 10 万元（与上年持平）", 2025, "预算"),
    ]


def test_the_base_has_its_own_stage() -> None:
    facts = derived("公务接待费支出决算为3万元，比上年决算减少1万元，比年初预算减少2万元。", stage=Stage.FINAL)
    assert formulas(facts) == [
        ("公务接待费", "3 + 1 = 4 万元", 2025, "决算"),
        ("公务接待费", "3 + 2 = 5 万元", 2026, "预算"),
    ]


def test_figures_of_two_units_each_carry_theirs() -> None:
    facts = derived("培训费10万元，比上年减少5000元。")
    assert formulas(facts) == [("培训费", "10 万元 + 5000 元 = 10.5 万元", 2025, "预算")]
    assert facts[0].value == 10_500_000


def test_a_change_without_an_amount_beside_it_uses_the_only_figure_of_its_subject() -> None:
    table = cell("培训费", "10.00", classification=Classification.ECONOMIC, code="30216")
    facts = derived("培训费比上年增加2万元。", tables=(table,))
    assert formulas(facts) == [("培训费", "10.00 − 2 = 8.00 万元", 2025, "预算")]
    assert facts[0].sources[0] == table.sources[0]


def test_nothing_is_derived_from_a_rate_or_without_an_amount() -> None:
    assert derived("公务接待费5万元，比上年下降10%。会议费比上年减少1万元。") == ()


def test_the_built_in_disclosure() -> None:
    document = read_document(built_in_path())
    tables, statements = table_facts(document), read_statements(document)
    facts = derive_previous(document, (*tables, *statement_facts(document, statements, tables)), statements)
    found = {fact.formula for fact in facts if fact.year == 2020}
    assert found >= {
        "2053.67 + 178.84 = 2232.51 万元",
        "982.67 − 7 = 975.67 万元",
        "1071 + 186.2 = 1257.2 万元",
        "1.16 + 1.74 = 2.90 万元",
        "10 − 0 = 10 万元（与上年持平）",
    }
