"""Final accounts asked: what was spent, what was budgeted, what was saved, each change against its own base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.answer import Status
from index.build import ingest
from tests.final_accounts_making import Account, Accounts, made, written

KEY = "云溪县交通运输局_2023_部门决算"


def accounts() -> Accounts:
    """Fixed figures: 公路建设 stays 20.00 below its budget, 公路养护 goes 5.00 over it, 行政运行 meets it."""
    base = made(11)
    planned = {"公路建设": Decimal("20.00"), "公路养护": Decimal("-5.00"), "行政运行": Decimal(0)}
    items = tuple(_item(item, planned.get(item.name, Decimal("1.00"))) for item in base.items)
    public = {
        "因公出国（境）费": (Decimal(0), Decimal(0), Decimal(0)),
        "公务用车运行维护费": (Decimal("9.00"), Decimal("8.00"), Decimal("8.50")),
        "公务接待费": (Decimal("4.50"), Decimal("2.88"), Decimal("3.40")),
    }
    return replace(base, items=items, public=public)


def _item(item: Account, left: Decimal) -> Account:
    spent = Decimal("300.00") if item.name == "公路建设" else item.spent
    income = spent - (item.spent - item.income)
    return replace(item, spent=spent, income=income, budget=spent + left, previous=spent - 7)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    directory = tmp_path_factory.mktemp("final")
    path = written(accounts(), directory / f"{KEY}.pdf")
    ingest([path], directory / "index", fresh=True)
    yield Assistant.open(directory / "index")


def values(assistant: Assistant, question: str, history: tuple[str, ...] = ()) -> list[str]:
    answer = assistant.ask(question, history=list(history))
    assert answer.status is Status.ANSWERED, answer.text
    return [f"{value.value.normalize():f}{value.unit}" for value in answer.values]


def first(assistant: Assistant, question: str, history: tuple[str, ...] = ()) -> str:
    return values(assistant, question, history)[0]


def test_spent_budgeted_and_carried_out(assistant: Assistant) -> None:
    assert first(assistant, "公路建设花了多少") == "300万元"
    assert first(assistant, "公路建设的年初预算是多少") == "320万元"
    assert first(assistant, "公路建设的预算完成率") == "93.75%"
    assert values(assistant, "公务接待费预算多少，决算多少")[:2] == ["4.5万元", "2.88万元"]


def test_saved_against_the_budget(assistant: Assistant) -> None:
    assert first(assistant, "公路建设比年初预算省了多少") == "20万元"
    assert first(assistant, "那它比全年预算省下多少", ("公务接待费决算数是多少",)) == "1.62万元"
    assert "没有用完预算的有 **4** 项" in assistant.ask("哪些科目没用完预算").text
    assert "**公路养护**（5.00 万元）" in assistant.ask("哪个科目超预算最多").text
    assert "与预算一致的有 **1** 项" in assistant.ask("有几项科目决算数和年初预算一分不差").text


def test_ranked_by_what_was_carried_out(assistant: Assistant) -> None:
    assert "最低的是 **公路建设**（93.75%）" in assistant.ask("完成年初预算比例最低的科目是哪个").text
    assert assistant.ask("公路建设超支了吗").text.startswith("注意：不是增加，公路建设是**减少**的。")


def test_against_the_year_before(assistant: Assistant) -> None:
    assert first(assistant, "公务接待费比上年少多少") == "0.52万元"
    assert first(assistant, "2022年公务接待费是多少") == "3.4万元"
    assert "按实际进度支付" in assistant.ask("公路建设为什么没花完预算").text
    assert "严控接待标准" in assistant.ask("公务接待费比上年减少的原因").text


def test_shared_out_over_what_is_counted(assistant: Assistant) -> None:
    assert first(assistant, "公务接待平均每批次多少钱") == "800元"
    assert first(assistant, "平均每位来客接待花多少元") == "100元"


def test_without_a_subject_it_is_asked_which(assistant: Assistant) -> None:
    assert assistant.ask("完成率是多少？").status is Status.CLARIFY
    assert assistant.ask("比年初预算多了多少？").status is Status.CLARIFY
