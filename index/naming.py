"""Names for totals: a row that is only called 合计 gets the name of what it is the total of.

The cell of a total row in a column 基本支出 is the figure of 基本支出. Printed labels stay in the sources.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from index.errors import ReferenceDataError
from index.evidence import Classification, Fact

_WHOLE = "合计"


@dataclass(frozen=True, slots=True)
class TotalNames:
    generic: frozenset[str]
    by_kind: dict[str, str]
    within: dict[str, str]


@cache
def load() -> TotalNames:
    """The validated data file. Raises ReferenceDataError."""
    try:
        raw = tomllib.loads(files("index").joinpath("data").joinpath("total_names.toml").read_text(encoding="utf-8"))
        return TotalNames(frozenset(raw["generic"]), dict(raw["by_kind"]), dict(raw["within"]))
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ReferenceDataError(f"total_names.toml 读不出来：{error}", remedy="请恢复 index/data") from error


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
