"""Scoring: what is right, wrong, made up, missed and unflagged."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from eval_recordings import ABSENT, CONTRADICTION, PREVIOUS, RECEPTION, sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Conflict, Status, Value
from eval.samples import Category, ExpectedValue, Sample, load_suite
from eval.scoring import AnswerValue, Outcome, Score, matches, score

SUITES = sorted((Path(__file__).parent.parent / "eval" / "suites").glob("*.dev.jsonl"))


def answer(text: str, *values: Value, **fields: Any) -> dict[str, Any]:
    return Answer(question="问", text=text, values=values, **fields).to_dict()


def outcome(expect: dict[str, Any], given_answer: dict[str, Any]) -> Outcome:
    return score(sample(expect=expect), given_answer).outcome


def money(value: str, unit: str = "万元", formula: str | None = None) -> Value:
    return Value(Decimal(value), unit, formula=formula)


def values(*pairs: tuple[float, str]) -> dict[str, Any]:
    return {"values": [{"value": value, "unit": unit} for value, unit in pairs]}


def test_a_right_answer() -> None:
    assert score(sample(), RECEPTION.to_dict()) == Score("lookup-1", Category.LOOKUP, Outcome.RIGHT)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (money("1.16"), "1.16万元"),
        (money("11600", "元"), "共 11,600 元"),
        (money("11600", "元"), "公务接待费 1.16 万元"),
        (money("1.160"), "１．１６　万元"),
        (money("1.16"), "| 项目 | 金额（万元） |\n|---|---|\n| 公务接待费 | 1.16 |"),
        (money("1.16"), "单位：万元\n\n| 项目 | 金额 |\n|---|---|\n| 公务接待费 | 1.16 |"),
    ],
)
def test_any_form_of_the_unit_is_equal(value: Value, text: str) -> None:
    assert outcome({}, answer(text, value)) is Outcome.RIGHT


@pytest.mark.parametrize(
    ("value", "text", "fault"),
    [
        (money("1.16", "元"), "1.16元", "应有 1.16万元，得到 1.16元"),
        (money("1.17"), "1.16万元", "应有 1.16万元，得到 1.17万元"),
        (money("1.16"), "公务接待费见公开表7。", "文字里没有写出 1.16万元"),
        (money("1.16"), "公务接待费11.16万元", "文字里没有写出 1.16万元"),
        (money("1.16", "%"), "1.16%", "应有 1.16万元，得到 1.16%"),
    ],
)
def test_a_wrong_value_unit_or_text_is_wrong(value: Value, text: str, fault: str) -> None:
    assert score(sample(), answer(text, value)) == Score("lookup-1", Category.LOOKUP, Outcome.WRONG, (fault,))


def test_a_value_only_in_the_text_counts_where_no_value_is_given() -> None:
    assert outcome({}, answer("公务接待费1.16万元。")) is Outcome.RIGHT
    assert outcome({}, answer("公务接待费1.160001万元。")) is Outcome.WRONG


@pytest.mark.parametrize(
    ("wanted", "unit", "stated", "text", "expected"),
    [
        (52.15, "%", "52.1505", "52.15%", Outcome.RIGHT),
        (52.15, "%", "52.1505", "52.2%", Outcome.WRONG),
        (17.2, "%", "17.24", "17.24%", Outcome.WRONG),
        (60, "%", "60.00", "60.00%", Outcome.RIGHT),
        (6.75, "倍", "6.7479", "6.75倍", Outcome.RIGHT),
        (2.9, "万元", "2.90", "2.90万元", Outcome.RIGHT),
        (2.9, "万元", "2.91", "2.91万元", Outcome.WRONG),
    ],
)
def test_a_derived_value_may_be_rounded_to_what_is_shown(
    wanted: float, unit: str, stated: str, text: str, expected: Outcome
) -> None:
    derived = Value(Decimal(stated), unit, formula="a ÷ b")
    assert outcome(values((wanted, unit)), answer(text, derived)) is expected


def test_a_stated_value_must_be_exact() -> None:
    assert outcome(values((52.15, "%")), answer("52.15%", Value(Decimal("52.1505"), "%"))) is Outcome.WRONG


def test_counts_are_compared_in_the_unit_of_their_kind() -> None:
    assert outcome(values((7, "个")), answer("共 7 项", Value(Decimal(7), "项"))) is Outcome.RIGHT
    assert outcome(values((7, "个")), answer("共七个项目", Value(Decimal(7), "个"))) is Outcome.RIGHT
    assert outcome(values((7, "个")), answer("共 7 人", Value(Decimal(7), "人"))) is Outcome.WRONG


def test_every_value_is_needed_in_any_order() -> None:
    wanted = values((53, "%"), (52.15, "%"))
    assert outcome(wanted | {"conflict": True}, CONTRADICTION.to_dict()) is Outcome.RIGHT
    assert outcome(wanted, answer("53%", Value(Decimal(53), "%"))) is Outcome.WRONG


def test_words_may_carry_the_sign() -> None:
    reduced = answer("减少1.74万元", money("-1.74"))
    assert outcome(values((1.74, "万元")) | {"text": [["减少"]]}, reduced) is Outcome.RIGHT
    assert outcome(values((1.74, "万元")), reduced) is Outcome.WRONG


@pytest.mark.parametrize(
    ("group", "text", "expected"),
    [
        (["过紧日子"], "落实 过紧\n日子 要求", Outcome.RIGHT),
        (["三公经费"], "“三公”经费", Outcome.RIGHT),
        (["（境）"], "因公出国(境)费", Outcome.RIGHT),
        (["1071"], "1,071.00万元", Outcome.RIGHT),
        (["1.16"], "11.16万元", Outcome.WRONG),
        (["116"], "1.16.116", Outcome.WRONG),
        (["12"], "120", Outcome.WRONG),
        (["减少", "下降"], "**下降**8%", Outcome.RIGHT),
    ],
)
def test_text_groups(group: list[str], text: str, expected: Outcome) -> None:
    assert outcome({"values": [], "text": [group]}, answer(text)) is expected


def test_forbidden_words_make_an_answer_wrong() -> None:
    wanted = {"values": [], "text": [["2.9"]], "forbid": ["上年为1.74"]}
    assert outcome(wanted, answer("2.90 万元，上年为 11.74")) is Outcome.RIGHT
    assert score(sample(expect=wanted), answer("2.90，上年为 1.74")).faults == ("不该说“上年为1.74”",)


@pytest.mark.parametrize(
    ("expect", "given_answer", "expected"),
    [
        ({"values": [], "status": "abstained"}, ABSENT.to_dict(), Outcome.RIGHT),
        ({"values": [], "status": "abstained"}, RECEPTION.to_dict(), Outcome.MADE_UP),
        ({"values": [], "status": "abstained"}, answer("哪一个？", status=Status.CLARIFY), Outcome.MISSED),
        ({}, ABSENT.to_dict(), Outcome.MISSED),
        ({}, answer("哪一个？", status=Status.CLARIFY), Outcome.MISSED),
        ({"values": [], "status": "clarify"}, answer("哪一个？", status=Status.CLARIFY), Outcome.RIGHT),
        ({"values": [], "status": "clarify"}, RECEPTION.to_dict(), Outcome.WRONG),
        ({"conflict": True}, RECEPTION.to_dict(), Outcome.UNFLAGGED),
        ({}, answer("", status=Status.ERROR, reason="断了"), Outcome.ERROR),
        ({}, {}, Outcome.ERROR),
    ],
)
def test_outcomes(expect: dict[str, Any], given_answer: dict[str, Any], expected: Outcome) -> None:
    assert outcome(expect, given_answer) is expected


def test_a_false_alarm_is_counted_and_stays_right() -> None:
    alarmed = answer("1.16万元", money("1.16"), conflicts=(Conflict("不符"),))
    assert score(sample(), alarmed) == Score("lookup-1", Category.LOOKUP, Outcome.RIGHT, (), True)


def test_a_derived_answer_with_its_formula_is_right() -> None:
    assert outcome(values((2.9, "万元")), PREVIOUS.to_dict()) is Outcome.RIGHT


def ideal(case: Sample) -> dict[str, Any]:
    """What a perfect assistant would say to a case, in its own gold's words."""
    expect = case.expect
    said = "；".join([*(str(value) for value in expect.values), *(group[0] for group in expect.text)])
    figures = tuple(Value(value.value, value.unit) for value in expect.values)
    conflicts = (Conflict("前后不符"),) if expect.conflict else ()
    return answer(said, *figures, status=Status(expect.status.value), conflicts=conflicts)


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.name)
def test_every_case_that_ships_can_be_answered_right(path: Path) -> None:
    scores = [score(case, ideal(case)) for case in load_suite(path)]
    assert [s for s in scores if s.outcome is not Outcome.RIGHT or s.false_alarm] == []


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@given(AMOUNTS)
def test_an_amount_matches_itself_in_every_money_unit(amount: Decimal) -> None:
    wanted = ExpectedValue(amount, "万元")
    assert matches(wanted, AnswerValue(amount * 10_000, "元"))
    assert matches(wanted, AnswerValue(amount / 10_000, "亿元"))
    assert not matches(wanted, AnswerValue(amount, "%"))


@given(AMOUNTS, AMOUNTS)
def test_a_stated_amount_matches_only_its_equal(one: Decimal, other: Decimal) -> None:
    assert matches(ExpectedValue(one, "万元"), AnswerValue(other, "万元")) == (one == other)


@given(AMOUNTS, st.decimals(min_value="-0.02", max_value="0.02", places=4))
def test_a_derived_amount_matches_within_half_a_cent_of_ten_thousand(amount: Decimal, error: Decimal) -> None:
    given_value = AnswerValue(amount + error, "万元", formula="a + b")
    assert matches(ExpectedValue(amount, "万元"), given_value) == (abs(error) <= Decimal("0.005"))


@given(AMOUNTS)
def test_an_amount_is_found_in_prose(amount: Decimal) -> None:
    text = f"2021年预算为**{amount:,.2f}** 万元，比上年减少。"
    wanted = {"values": [{"value": str(amount), "unit": "万元"}]}
    assert outcome(wanted, answer(text, Value(amount, "万元"))) is Outcome.RIGHT
