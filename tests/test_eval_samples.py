"""A suite is read exactly, or refused with the line and a remedy."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from eval_recordings import case

from eval.samples import (
    Category,
    EvaluationError,
    Expectation,
    ExpectedStatus,
    ExpectedValue,
    Sample,
    SuiteError,
    load_suite,
    parse_suite,
)

SUITES = sorted((Path(__file__).parent.parent / "eval" / "suites").glob("*.dev.jsonl"))


def test_a_line_becomes_a_sample_with_exact_values() -> None:
    line = case(expect={"values": [{"value": 1.74, "unit": "万元"}], "text": [["减少", "下降"]], "forbid": ["增加"]})
    assert parse_suite([json.dumps(line), ""]) == (
        Sample(
            id="lookup-1",
            document="jianghan-2021",
            category=Category.LOOKUP,
            question="公务接待费是多少",
            expect=Expectation(
                values=(ExpectedValue(Decimal("1.74"), "万元"),),
                text=(("减少", "下降"),),
                forbid=("增加",),
                status=ExpectedStatus.ANSWERED,
                conflict=False,
            ),
            evidence="公开表7：公务接待费 1.16",
        ),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "第 2 行：不是 JSON"),
        ("[]", "第 2 行：不是一个 JSON 对象"),
        (json.dumps({"id": "a"}), "第 2 行：缺少 category、document、expect、question"),
        (json.dumps(case(answer="1")), "未知的键 answer。可用的键："),
        (json.dumps(case(id="first")), "id“first”与第 1 行重复"),
        (json.dumps(case(id=" ")), "id 应为非空字符串"),
        (json.dumps(case(category="sums")), "category“sums”不认识。可选：lookup、yoy"),
        (json.dumps(case(category="followup")), "追问题没有 history"),
        (json.dumps(case(history=["x"])), "lookup 题不该有 history"),
        (json.dumps(case(expect={"status": "wrong"})), "expect.status“wrong”不认识"),
        (json.dumps(case(expect={"text": ["减少"]})), '请写成 [["减少"]]'),
        (json.dumps(case(expect={"text": [[]]})), "expect.text 有一个空组"),
        (json.dumps(case(expect={"values": []})), "应答题没有可核对的内容"),
        (json.dumps(case(expect={"status": "abstained"})), "应拒答题不该有 expect.values"),
        (json.dumps(case(expect={"values": [{"value": True, "unit": "元"}]})), "value True 不是一个确切的数"),
        (json.dumps(case(expect={"values": [{"value": float("nan"), "unit": "元"}]})), "不是一个确切的数"),
        (json.dumps(case(expect={"values": [{"value": 1}]})), "expect.values 的一项缺少 unit"),
        (json.dumps(case(expect={"conflict": "no"})), "expect.conflict 应为 true 或 false"),
        (json.dumps(case(document=1)), "document 应为非空字符串"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_a_remedy(line: str, said: str) -> None:
    with pytest.raises(SuiteError) as raised:
        parse_suite([json.dumps(case(id="first")), line])
    assert said in str(raised.value)
    assert isinstance(raised.value, EvaluationError)
    assert raised.value.remedy


def test_an_absent_or_empty_suite_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="读不出题集"):
        load_suite(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="没有题目"):
        load_suite(tmp_path / "empty.jsonl")


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.name)
def test_the_suites_that_ship_are_valid(path: Path) -> None:
    assert load_suite(path)
