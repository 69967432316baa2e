"""Which printed units mean the same, from `data/units.toml`; money comes from `index.numbers`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from eval.samples import EvaluationError
from index.numbers import MONEY_UNITS

MONEY = "元"
PERCENT = "%"


@cache
def unit_groups() -> dict[str, str]:
    """Printed unit → the unit that stands for its group. Raises EvaluationError if the data file is unsound."""
    data = tomllib.loads(files("eval").joinpath("data", "units.toml").read_text(encoding="utf-8"))
    groups: dict[str, str] = {}
    for names in _groups(data):
        if not names or not all(isinstance(name, str) and name.strip() for name in names):
            raise EvaluationError(f"units.toml 里有空的单位组：{names!r}", remedy="每组写上至少一个单位")
        for name in names:
            if name in groups or name in MONEY_UNITS:
                raise EvaluationError(f"units.toml 里单位“{name}”出现了两次", remedy="请只留一处")
            groups[name] = names[0]
    return groups


def _groups(data: Mapping[str, Any]) -> Iterator[list[str]]:
    for name, section in data.items():
        if name == "counts":
            yield from section["groups"]
        else:
            yield section["names"]


@cache
def count_units() -> frozenset[str]:
    """Units of things counted: neither money nor a ratio."""
    data = tomllib.loads(files("eval").joinpath("data", "units.toml").read_text(encoding="utf-8"))
    return frozenset(name for group in data["counts"]["groups"] for name in group)


def canonical(unit: str) -> str:
    """What decides whether two units agree: 元 for every money unit, else the name of its group."""
    unit = unit.strip()
    if unit in MONEY_UNITS:
        return MONEY
    unit = counted(unit)[0]
    return unit_groups().get(unit, unit)


def counted(unit: str) -> tuple[str, Decimal]:
    """A unit of things counted in tens of thousands and the factor to apply (万人次 → 人次, 10000)."""
    plain = unit[1:]
    return (plain, MONEY_UNITS[unit[0]]) if unit[:1] in {"万", "亿"} and plain in count_units() else (unit, Decimal(1))


@cache
def printed_units() -> tuple[str, ...]:
    """Every known unit, the longest first, so that 万元 is tried before 万."""
    return tuple(sorted({*MONEY_UNITS, *unit_groups()}, key=lambda unit: (-len(unit), unit)))
