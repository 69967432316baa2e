"""勾稽 on the built-in disclosure: exactly the contradictions a careful reader finds, nothing else."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from index.audit import Audit, examine
from index.build import built_in_path
from index.derivation import derive_previous
from index.evidence import Severity
from index.facts import table_facts
from index.performance import read_forms
from index.reading import read_document
from index.statements import read_statements, statement_facts

GOLD = Path(__file__).parent / "data" / "jianghan-2021.findings.toml"


def audited(path: Path) -> Audit:
    document = read_document(path, "jianghan-2021")
    tables, statements, forms = table_facts(document), read_statements(document), read_forms(document)
    prose = statement_facts(document, statements, tables)
    derived = derive_previous(document, (*tables, *prose, *forms.facts), statements)
    return examine(document, (*tables, *prose, *derived, *forms.facts), statements, forms)


@cache
def seed() -> Audit:
    return audited(built_in_path())


def test_exactly_the_gold_findings() -> None:
    gold = tomllib.loads(GOLD.read_text(encoding="utf-8"))["finding"]
    found = [
        {
            "kind": f.kind,
            "severity": f.severity.value,
            "subjects": list(f.subjects),
            "aspects": list(f.aspects),
            "project": f.project,
            "arithmetic": f.arithmetic,
            "lines": [s.position.line for s in f.sources],
        }
        for f in seed().findings
    ]
    assert found == gold


def test_no_table_of_the_seed_is_a_suspect_and_all_their_sums_hold() -> None:
    audit = seed()
    assert audit.suspects == ()
    assert audit.held["表内勾稽"] == audit.examined["表内勾稽"] > 150
    assert audit.held["表间勾稽"] == audit.examined["表间勾稽"] > 40


def test_every_finding_is_written_in_plain_words_with_places() -> None:
    for finding in seed().findings:
        assert finding.message.endswith("。")
        assert finding.sources and finding.subjects and finding.arithmetic
        assert all(source.document == "jianghan-2021" and source.quote for source in finding.sources)


def test_it_is_the_same_when_repeated() -> None:
    assert audited(built_in_path()) == seed()


MUTATIONS = (
    ("a wrong cell inside a table", "30101   基本工资 134.85 134.85", "30101   基本工资 143.85 143.85", "表内勾稽"),
    ("a wrong total of the three public expenses", "经费预算 11.16 万元", "经费预算 11.66 万元", "文表不符"),
    ("a wrong amount in prose", "2、社会保障和就业支出 123.07 万元", "2、社会保障和就业支出 132.07 万元", "文表不符"),
    ("a wrong printed product", "21000", "22000", "算式"),
    ("a spending line that no longer adds up", "2、编印年度调研文集3万元", "2、编印年度调研文集5万元", "项目分项合计"),
    ("a wrong rate", "元，下降 8%，变动", "元，下降 18%，变动", "增减率"),
    ("a rate of the other direction", "元，下降 8%，变动", "元，增长 8%，变动", "增减方向"),
    ("a target that differs", "01 产出数量 调研文集数 ≥1本", "01 产出数量 调研文集数 ≥2本", "指标两处不一"),
    ("a goal that promises another number", "完成\n\n10期广角信息", "完成\n\n11期广角信息", "目标两处不一"),
    ("brackets that no longer add up", "宣传用品制作2万", "宣传用品制作3万", "分项合计"),
)


@pytest.mark.parametrize(("title", "printed", "misprint", "kind"), MUTATIONS, ids=[m[0] for m in MUTATIONS])
def test_a_misprint_is_found(title: str, printed: str, misprint: str, kind: str, tmp_path: Path) -> None:
    text = built_in_path().read_text(encoding="utf-8")
    assert text.count(printed) >= 1, title
    path = tmp_path / "misprint.txt"
    path.write_text(text.replace(printed, misprint), encoding="utf-8")
    known = {f.arithmetic for f in seed().findings}
    fresh = [f for f in audited(path).findings if f.arithmetic not in known]
    assert kind in {f.kind for f in fresh}
    assert len(fresh) <= 3


REPAIRS = (
    ("2053.67 元，占", "2053.67 万元，占", "单位"),
    ("增长 0.1%", "增长 0.7%", "增减率"),
    ("降 17%", "降 14.8%", "增减率"),
    ("1、一般行政管理事务 1071 万元", "1、一般行政管理事务 1002 万元", "文表不符"),
    ("涉及一般公共预算 1731.77", "涉及一般公共预算 1071", "文表不符"),
    ("项目总金额 864.00", "项目总金额 814.00", "同一项目两处金额"),
    ("截止目前执行情况 24 万元", "截止目前执行情况 31 万元", "执行数"),
    ("35 人/份/年", "40 份/年", "份数"),
    ("值班干部盒饭保障9万元", "值班干部盒饭保障8.8万元", "算式"),
    ("值班系统维护费用 8万元", "值班系统维护费用 8.2万元", ""),
)


def test_repaired_misprints_are_not_reported(tmp_path: Path) -> None:
    text = built_in_path().read_text(encoding="utf-8")
    for printed, repaired, _ in REPAIRS:
        assert printed in text
        text = text.replace(printed, repaired)
    path = tmp_path / "repaired.txt"
    path.write_text(text, encoding="utf-8")
    left = Counter(f.kind for f in audited(path).findings)
    assert left == Counter(f.kind for f in seed().findings) - Counter(kind for _, _, kind in REPAIRS if kind)


def test_severities_separate_rounding_from_contradiction() -> None:
    count = {s: sum(f.severity is s for f in seed().findings) for s in Severity}
    assert count == {Severity.CONTRADICTION: 11, Severity.DISCREPANCY: 7, Severity.ROUNDING: 2}
