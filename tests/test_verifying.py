"""What a question puts forward gets a verdict: borne out, not borne out, or none where the figures disagree."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.figures import Figure
from assistant.query import Condition, Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.verifying import verified
from index.evidence import Dimension

ONE = (Selector(names=("某费",)),)


def reply(*figures: Figure, rule: str = "value") -> Reply:
    return Reply(("第一行", *(f.text for f in figures)), figures, rule=rule)


def money(amount: str, unit: str = "万元") -> Figure:
    return Figure("某费", Decimal(amount), unit, Dimension.MONEY, 2)


def first_line(claim: Condition, *figures: Figure, operation: Operation = Operation.VALUE) -> str:
    return verified(SemanticQuery(operation, ONE, claim=claim), reply(*figures)).lines[0]


@pytest.mark.parametrize(
    ("operator", "amount", "line"),
    [
        ("=", "1.16", "**是的**。"),
        ("=", "1.17", "**不是**。"),
        (">", "1.15", "**不是**，没有超过。"),
        (">", "1.17", "**是的**。"),
        (">=", "1.16", "**是的**。"),
        ("<", "1.16", "**不是**，没有超过。"),
        ("<=", "1.16", "**是的**。"),
    ],
)
def test_an_amount_against_a_claim(operator: str, amount: str, line: str) -> None:
    assert first_line(Condition(operator, 1_160_000, "超过"), money(amount)) == line


def test_units_are_brought_together_and_signs_left_out() -> None:
    assert first_line(Condition("=", 1_160_000, "1.16万元"), money("11600", "元")) == "**是的**。"
    assert first_line(Condition("=", 1_160_000, "1.16万元"), money("-1.16"), operation=Operation.CHANGE) == "**是的**。"


def test_a_figure_of_another_kind_is_no_answer() -> None:
    heads = Figure("编制", Decimal("1.16"), "人", Dimension.COUNT, 0)
    assert first_line(Condition("=", 1_160_000, "1.16万元"), heads) == "第一行"


def test_figures_that_disagree_give_no_verdict() -> None:
    claim = Condition("=", 530_000, "53%", Dimension.PERCENT)
    shares = [Figure("占比", Decimal(a), "%", Dimension.PERCENT, 2) for a in ("52.15", "53")]
    assert first_line(claim, *shares, operation=Operation.SHARE) == "第一行"
    assert first_line(claim, *reversed(shares), operation=Operation.SHARE) == "**是的**。"


def test_a_bound_is_only_borne_out_by_itself() -> None:
    target = Figure("满意度", Decimal(95), "%", Dimension.PERCENT, 0, operator="≥")
    assert first_line(Condition(">=", 950_000, "95%以上", Dimension.PERCENT), target) == "**是的**。"
    assert first_line(Condition(">=", 900_000, "90%以上", Dimension.PERCENT), target) == "第一行"


@pytest.mark.parametrize(
    "query",
    [
        SemanticQuery(Operation.VALUE, ONE),
        SemanticQuery(Operation.DIFFERENCE, ONE, claim=Condition("=", 1, "1")),
        SemanticQuery(Operation.VALUE, (*ONE, *ONE), claim=Condition("=", 1, "1")),
    ],
    ids=["no claim", "another operation", "several things"],
)
def test_nothing_is_added_otherwise(query: SemanticQuery) -> None:
    assert verified(query, reply(money("1.16"))) == reply(money("1.16"))


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("三公经费是11.16万元吗", "**是的**。"),
        ("三公经费是12万元吗", "**不是**。"),
        ("公务接待费超过两万元了吗", "**不是**，没有超过两万元。"),
        ("人员经费占基本支出超过八成吗", "**是的**。"),
        ("人员经费有没有1000万", "**没有**达到1000万。"),
        ("人员经费有没有800万", "**有**。"),
        ("公车购置费是不是0", "**是的**。"),
        ("公务接待费减少了2万元吗", "**不是**。"),
        ("编制是33人吗", "**是的**。"),
    ],
)
def test_the_verdict_comes_first(calculated: Callable[[str], Reply], question: str, line: str) -> None:
    assert calculated(question).lines[0] == line
