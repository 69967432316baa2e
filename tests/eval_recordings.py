"""Recorded answers and a suite for the evaluation tests: nothing here asks the product."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation, Conflict, Route, Status, Value
from eval.samples import Sample, parse_suite

RECEPTION = Answer(
    question="公务接待费是多少",
    text="公务接待费 **1.16 万元**（公开表7“公务接待费”行）。",
    values=(Value(Decimal("1.16"), "万元", "公务接待费"),),
    citations=(
        Citation(
            "jianghan-2021",
            table="公开表7 2021年一般公共预算“三公”经费支出表",
            row="3.公务接待费",
            column="本年预算数",
            quote="1.16",
        ),
    ),
    route=Route.SQL,
    sql=("SELECT value FROM facts",),
)
PREVIOUS = Answer(
    question="上年公务接待费预算是多少",
    text="上年预算为 **2.90 万元**：1.16 + 1.74 = 2.90 万元。",
    values=(Value(Decimal("2.90"), "万元", "上年", formula="1.16 + 1.74 = 2.90 万元"),),
    citations=(
        Citation(
            "jianghan-2021",
            section="第二部分 一般公共预算“三公”经费预算情况说明 > 二、2021年“三公”经费预算情况 > （二）公务接待费",
            quote="公务接待费 1.16 万元，比上年预算减少 1.74 万元。",
        ),
    ),
    route=Route.BOTH,
)
ABSENT = Answer("工会经费的金额", "文档没有披露工会经费的金额。", status=Status.ABSTAINED, reason="未披露")
CONTRADICTION = Answer(
    question="项目支出占比",
    text="文档印为 53%；按金额计算为 1071 ÷ 2053.67 × 100% = 52.15%，两者不符。",
    values=(
        Value(Decimal("53"), "%"),
        Value(Decimal("52.15"), "%", formula="1071 ÷ 2053.67 × 100% = 52.15%"),
    ),
    citations=(Citation("jianghan-2021", section="第一部分", quote="2053.67 万元，项目支出 1071 万元,占 53%"),),
    conflicts=(Conflict("占 53% 与 52.15% 不符"),),
    route=Route.SQL,
)


def case(**changes: Any) -> dict[str, Any]:
    """A valid line of a suite as an object; `expect` is merged into the default one."""
    expect = {"values": [{"value": 1.16, "unit": "万元"}], "text": [], "forbid": [], "status": "answered"}
    line = {
        "id": "lookup-1",
        "document": "jianghan-2021",
        "category": "lookup",
        "history": [],
        "question": "公务接待费是多少",
        "expect": expect | {"conflict": False} | changes.pop("expect", {}),
        "evidence": "公开表7：公务接待费 1.16",
        "note": "",
    }
    return line | changes


def sample(**changes: Any) -> Sample:
    return parse_suite([json.dumps(case(**changes), ensure_ascii=False)])[0]


SUITE = (
    case(),
    case(
        id="followup-1",
        category="followup",
        history=["公务接待费是多少"],
        question="上年公务接待费预算是多少",
        expect={"values": [{"value": 2.9, "unit": "万元"}]},
        evidence="第二部分 二（二）：1.16+1.74=2.90",
    ),
    case(
        id="unanswerable-1",
        category="unanswerable",
        question="工会经费的金额",
        expect={"values": [], "status": "abstained"},
        evidence="未披露",
    ),
    case(
        id="share-1",
        category="share",
        question="项目支出占比",
        expect={"values": [{"value": 53, "unit": "%"}, {"value": 52.15, "unit": "%"}], "conflict": True},
        evidence="第一部分 二",
    ),
)
ANSWERS = {answer.question: answer for answer in (RECEPTION, PREVIOUS, ABSENT, CONTRADICTION)}


@dataclass
class Recorded:
    """An assistant that repeats recorded answers and keeps what it was asked."""

    answers: Mapping[str, Answer] = field(default_factory=lambda: dict(ANSWERS))
    asked: list[tuple[str, list[Any], str | None]] = field(default_factory=list)

    def ask(self, question: str, history: Any = (), document: Any = None) -> Answer:
        self.asked.append((question, list(history), document))
        return self.answers[question]


def write_suite(path: Path) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in SUITE), encoding="utf-8")
    return path
