"""Names for totals: a row that is only called 合计 gets the name of what it is the total of.

The cell of a total row in a column 基本支出 is the figure of 基本支出. Printed labels stay in the sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from index.data_files import DATA, load_toml
from index.evidence import Classification, Fact

_WHOLE = "合计"


@dataclass(frozen=True, slots=True)
class TotalNames:
    generic: frozenset[str]
    by_kind: dict[str, str]
    within: dict[str, str]


@cache
def load(path: Path = DATA / "total_names.toml") -> TotalNames:
    """The validated data file. Raises ReferenceDataError."""
    return load_toml(path, _total_names)


def _total_names(data: dict[str, Any]) -> TotalNames:
    return TotalNames(frozenset(data["generic"]), dict(data["by_kind"]), dict(data["within"]))


def name_totals(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The same facts with generic totals named; nothing else changes."""
    names = load()
    return tuple(_named(fact, names) for fact in facts)


def _named(fact: Fact, names: TotalNames) -> Fact:
    if not fact.is_total or fact.project or fact.subject not in names.generic:
        return fact
    if fact.measure not in ("", _WHOLE) and fact.classification is Classification.TOTAL and fact.printed.find("%") < 0:
        return replace(fact, subject=fact.measure, classification=Classification.NATURE, measure=_WHOLE, parent="")
    name = names.within.get(fact.parent) or names.by_kind.get(fact.table_kind)
    if name is None:
        return fact
    classification = fact.classification
    if classification is Classification.TOTAL and name not in names.within.values() and not name.endswith(_WHOLE):
        classification = Classification.NATURE
    return replace(fact, subject=name, classification=classification)
