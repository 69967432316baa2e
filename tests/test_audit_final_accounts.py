"""Final accounts keep identities of their own: what came in is not what was spent, and the budget is not the outcome."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from index.build import understand_document
from index.evidence import Severity
from index.reading import read_document
from tests.final_accounts_making import Account, item_sentence, made, told, written


def findings(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    evidence = understand_document(read_document(path))
    return [(f.kind, f.subjects[:1]) for f in evidence.findings if f.severity is not Severity.ROUNDING]


@pytest.mark.parametrize("seed", range(4))
def test_consistent_final_accounts_are_not_accused(seed: int, tmp_path: Path) -> None:
    assert findings(written(made(seed), tmp_path / "云溪县交通运输局_2023_部门决算.pdf")) == []


def _without(text: str, printed: str, other: str) -> str:
    assert printed in text
    return text.replace(printed, other, 1)


def _planted(item: Account, number: int, what: str) -> str:
    text = item_sentence(number, item)
    if what == "amount":
        return _without(text, f"决算为{told(item.spent)}", f"决算为{told(item.spent + Decimal('0.27'))}")
    return _without(text, "完成年初预算的", "完成年初预算的1")


@pytest.mark.parametrize(("what", "kind"), [("amount", "文表不符"), ("rate", "完成率")])
def test_a_planted_contradiction_is_found(what: str, kind: str, tmp_path: Path) -> None:
    accounts = made(7)
    items = tuple(replace(i, budget=i.spent + 20) for i in accounts.items)
    accounts = replace(accounts, items=items)
    item = accounts.items[4]
    planted = {item.name: _planted(item, 5, what)}
    found = findings(written(accounts, tmp_path / "云溪县交通运输局_2023_部门决算.pdf", planted))
    assert (kind, (item.name,)) in found
