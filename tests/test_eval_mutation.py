"""Copies of an index with other amounts, and the golds that must follow."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from eval_recordings import sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Route, Value
from eval.bench import Measurement, bars, to_json
from eval.following import changed_sample, follow
from eval.mutation import mutated_copy, permutation, reprinted, scaling, stored_amounts
from eval.opening import database_of
from eval.samples import EvaluationError, ExpectedValue
from index.database import DATABASE_NAME, create

AMOUNTS = {"公务接待费": 1_160_000, "印刷费": 800_000, "差旅费": 3_000_000, "退费": -800_000, "空": None}

TEXT_COLUMNS = (
    "classification", "code", "parent", "measure", "fund", "stage", "project", "operator", "origin", "formula",
    "table_kind", "table_number", "body",
)  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index directory with one document and a few amounts (分)."""
    directory = tmp_path / "index"
    directory.mkdir()
    connection = create(directory / DATABASE_NAME)
    connection.execute(
        "INSERT INTO documents VALUES (1, 'jianghan-2021', '', '', '', 2021, '预算', '', 'text', NULL, '', '')"
    )
    connection.execute("INSERT INTO sources (id, document_id, section, quote) VALUES (1, 1, '', '')")
    for subject, amount in AMOUNTS.items():
        printed = "" if amount is None else f"{Decimal(amount) / 1_000_000:.2f}"
        blank = dict.fromkeys(TEXT_COLUMNS, "")
        own = {"document_id": 1, "subject": subject, "dimension": "金额", "value": amount, "printed": printed}
        row = blank | own | {"unit": "万元", "level": 0, "is_total": 0, "is_leaf": 1, "source_id": 1}
        names, marks = ", ".join(row), ", ".join("?" for _ in row)
        connection.execute(f"INSERT INTO facts ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
    connection.commit()
    connection.close()
    return directory


def facts(index: Path) -> dict[str, tuple[Any, str]]:
    connection = sqlite3.connect(database_of(index))
    try:
        return {row[0]: (row[1], row[2]) for row in connection.execute("SELECT subject, value, printed FROM facts")}
    finally:
        connection.close()


def test_a_scaled_copy(index: Path, tmp_path: Path) -> None:
    copy = mutated_copy(index, tmp_path / "copy", scaling(3))
    assert facts(copy) == {
        "公务接待费": (3_480_000, "3.48"),
        "印刷费": (2_400_000, "2.40"),
        "差旅费": (9_000_000, "9.00"),
        "退费": (-2_400_000, "-2.40"),
        "空": (None, ""),
    }
    assert facts(index)["公务接待费"] == (1_160_000, "1.16")


def test_a_permuted_copy_keeps_equals_equal_and_signs(index: Path, tmp_path: Path) -> None:
    mutation = permutation(stored_amounts(database_of(index)), 7)
    changed = facts(mutated_copy(index, tmp_path / "copy", mutation))
    assert changed["退费"][0] == -changed["印刷费"][0]
    assert {abs(value) for value, _ in changed.values() if value} == {1_160_000, 800_000, 3_000_000}
    assert all(changed[name][0] != amount for name, amount in AMOUNTS.items() if amount)


@given(st.sets(st.integers(1, 10**12), min_size=2, max_size=30), st.integers(0, 99))
def test_a_permutation_moves_every_amount_one_to_one(amounts: set[int], seed: int) -> None:
    mutation = permutation(amounts, seed)
    assert {mutation.apply(amount) for amount in amounts} == amounts
    assert all(mutation.apply(amount) != amount for amount in amounts)
    assert mutation.apply(0) == 0


def test_too_few_amounts_are_told() -> None:
    with pytest.raises(EvaluationError, match="金额太少"):
        permutation([5, -5, 0], 1)


@pytest.mark.parametrize(
    ("printed", "amount", "unit", "shown"),
    [
        ("1.16", 5_000_000, "万元", "5.00"),
        ("4", 1_234_500, "万元", "1.2345"),
        ("1,071.00万元", 100, "万元", "0.0001万元"),
        ("-1.74", -3_480_000, "万元", "-3.48"),
        ("持平", 0, "万元", "持平"),
        ("", 100, "万元", ""),
        ("87600", 300, "元", "3"),
    ],
)
def test_the_printed_form_follows(printed: str, amount: int, unit: str, shown: str) -> None:
    assert reprinted(printed, amount, unit) == shown


def test_the_gold_follows() -> None:
    changed = changed_sample(sample(expect={"text": [["减少"]], "forbid": ["1.74"]}), scaling(3))
    assert changed is not None
    assert changed.expect.values == (ExpectedValue(Decimal("3.48"), "万元"),)
    assert (changed.expect.text, changed.expect.forbid) == ((("",),), ())
    share = sample(expect={"values": [{"value": 53, "unit": "%"}]})
    assert changed_sample(share, permutation([1, 2], 1)) is None


@dataclass
class Reader:
    """Answers from the database, or (`frozen`) always what it once knew."""

    index: Path
    frozen: bool

    def ask(self, question: str, history: Any = (), document: Any = None) -> Answer:
        value = 1_160_000 if self.frozen else facts(self.index)["公务接待费"][0]
        amount = Decimal(value) / 1_000_000
        sql = ("SELECT value FROM facts WHERE subject = '公务接待费'",)
        return Answer(question, f"{amount}万元", values=(Value(amount, "万元"),), route=Route.SQL, sql=sql)


@pytest.mark.parametrize("frozen", [False, True])
def test_an_answer_that_does_not_follow_the_data_is_caught(index: Path, frozen: bool) -> None:
    def opener(directory: Path | None) -> Reader:
        assert directory is not None
        return Reader(directory, frozen)

    followed = follow([sample()], index, opener)
    assert [(case.stuck, case.executed) for case in followed] == [(frozen, True)] * 2


@pytest.fixture
def unmeasured() -> Iterator[Measurement]:
    yield Measurement("page", "网页就绪", "ms", 10.0, None, "没有 app.py")


def test_bars_are_read_and_measurements_printed(unmeasured: Measurement) -> None:
    assert {bar.unit for bar in bars()} == {"ms", "MB"}
    assert json.loads(to_json([unmeasured])) == [
        {
            "name": "page",
            "title": "网页就绪",
            "unit": "ms",
            "bar": 10.0,
            "measured": None,
            "note": "没有 app.py",
            "within": None,
        }
    ]
