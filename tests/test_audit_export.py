"""Findings as Markdown, CSV and JSON, and the validation of the identities kept as data."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from importlib.resources import files

import pytest

from index.document import Position, Source
from index.evidence import Finding, Severity
from index.findings_export import COLUMNS, to_csv, to_json, to_markdown
from index.identities import rules

TABLE = Source("d", "第四部分", Position(line=9), "公开表1", "合计", "预算数", 1, 2, "10.00")
PROSE = Source("d", "第一部分 > 二", Position(page=3), quote="总预算11万元")
ROUNDED = Finding("占比", Severity.ROUNDING, "占47%。", "47.85%", (PROSE,), ("基本支出",))
BROKEN = Finding(
    "文表不符", Severity.CONTRADICTION, "=文中<b>11</b>。", "11 ≠ 10", (PROSE, TABLE), ("总预算",), "甲", ("金额",)
)


def test_markdown_groups_by_severity_and_escapes_the_document() -> None:
    assert to_markdown([ROUNDED, BROKEN], "勾稽：d").splitlines() == [
        "# 勾稽：d",
        "",
        "## 矛盾（1处）",
        "",
        "1. **文表不符** =文中\\<b\\>11\\</b\\>。",
        "   - 算式：11 ≠ 10",
        "   - 出处：第一部分 \\> 二（第3页）",
        "   - 出处：公开表1“合计”行“预算数”列（第9行）",
        "",
        "## 取整（1处）",
        "",
        "1. **占比** 占47%。",
        "   - 算式：47.85%",
        "   - 出处：第一部分 \\> 二（第3页）",
    ]


def test_no_findings_is_said_in_words() -> None:
    assert to_markdown([]) == "# 勾稽检查\n\n没有发现不一致。\n"


def test_csv_has_a_row_a_finding_and_runs_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv([ROUNDED, BROKEN]))))
    assert rows[0] == list(COLUMNS)
    assert [r[:3] for r in rows[1:]] == [["矛盾", "文表不符", "'=文中<b>11</b>。"], ["取整", "占比", "占47%。"]]


def test_json_keeps_every_field() -> None:
    first, second = json.loads(to_json([ROUNDED, BROKEN]))
    assert (first["severity"], first["aspects"], first["project"]) == ("矛盾", ["金额"], "甲")
    assert first["sources"][1] == {
        "document": "d",
        "place": "公开表1“合计”行“预算数”列（第9行）",
        "section": "第四部分",
        "table": "公开表1",
        "row": "合计",
        "column": "预算数",
        "page": None,
        "line": 9,
        "quote": "10.00",
    }
    assert second["subjects"] == ["基本支出"]


def shipped() -> dict[str, object]:
    return tomllib.loads(files("index").joinpath("data", "identities.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"equal": [{"name": "x", "join": "sideways", "left": {}, "right": {}}]}, "第 1 个 [[equal]]"),
        ({"equal": [{"name": "x", "join": "total", "left": {"colour": []}, "right": {}}]}, "选择条件"),
        ({"partition": [{"name": "x", "wholes": ["甲"], "parts": [["乙"]]}]}, "第 1 个 [[partition]]"),
        ({"quoted": [{"name": "x"}]}, "第 1 个 [[quoted]]"),
        ({"words": {}}, "[words]"),
        ({"forms": None}, "[forms]"),
        ({"tables": None}, "[tables]"),
    ],
)
def test_a_wrong_rule_is_named(change: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named.replace("[", r"\[")):
        rules.parse(shipped() | change)


def test_the_shipped_rules_load() -> None:
    assert rules.load() == rules.parse(shipped())
