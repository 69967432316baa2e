"""The previous year's figures, from this year's and the change that the document states against it.

Most budgets do not print last year's figure: "公务接待费1.16万元，比上年预算减少1.74万元" says that it was 2.90 万元.
Rates are never derived here: only printed ones are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from index.document import Document, Source
from index.evidence import Dimension, Fact, Origin, Statement, StatementKind
from index.numbers import MONEY_UNITS, format_decimal, half_width
from index.prose.facts import facts_of, subject_key


class _Amount(NamedTuple):
    """This year's figure a change belongs to, with the fact that carries its axes."""

    fact: Fact
    source: Source


def derive_previous(document: Document, facts: tuple[Fact, ...], statements: tuple[Statement, ...]) -> tuple[Fact, ...]:
    """A DERIVED fact of `base_year` for every stated change of money whose amount is known.

    `formula` shows the printed figures ("1.16 + 1.74 = 2.90 万元"), `sources` the amount's place and the change's.
    The amount is the nearest one stated before the change for the same subject; without one, the only figure
    that facts of this year give for it. Nothing is derived when that leaves a choice.
    """
    found: dict[tuple[object, ...], Fact] = {}
    for index, change in enumerate(statements):
        if not _is_change(change):
            continue
        amount = _stated_amount(change, statements[:index], facts, document.identity.body) or _only_amount(
            change, facts
        )
        if amount is None or amount.fact.value is None:
            continue
        previous = _previous(change, amount)
        if previous is not None:
            key = (
                previous.subject,
                previous.classification,
                previous.code,
                previous.measure,
                previous.fund,
                previous.year,
                previous.stage,
                previous.value,
                previous.body,
            )
            found.setdefault(key, previous)
    return tuple(found.values())


def _is_change(statement: Statement) -> bool:
    return (
        statement.kind is StatementKind.CHANGE
        and statement.dimension is Dimension.MONEY
        and statement.value is not None
        and statement.base_year is not None
        and (statement.base_year, statement.base_stage or statement.stage) != (statement.year, statement.stage)
    )


def _stated_amount(change: Statement, before: Sequence[Statement], facts: Sequence[Fact], own: str) -> _Amount | None:
    near: list[Statement] = []
    for amount in reversed(before):
        if amount.source.section != change.source.section:
            break
        if amount.kind is StatementKind.AMOUNT and _same_subject(amount, change):
            near.append(amount)
    if not near:
        return None
    whole = (amount for amount in near if amount.fund == change.fund)  # the parts by fund stand between the two
    chosen = near[0] if near[0].fund == change.fund else next(whole, near[0])
    fact = next((fact for fact in facts if _carries(fact, chosen)), None)
    return _Amount(fact or facts_of((chosen,), facts, own)[0], chosen.source)


def _same_subject(amount: Statement, change: Statement) -> bool:
    return (amount.subject, amount.classification, amount.code, amount.year, amount.stage, amount.project) == (
        change.subject,
        change.classification,
        change.code,
        change.year,
        change.stage,
        change.project,
    ) and (amount.fund == change.fund or not amount.fund or not change.fund)


def _carries(fact: Fact, amount: Statement) -> bool:
    return (
        fact.origin is Origin.PROSE
        and fact.sources[0] == amount.source
        and fact.value == amount.value
        and fact.printed == amount.printed
        and subject_key(fact.subject) == subject_key(amount.subject)
    )


def _only_amount(change: Statement, facts: Iterable[Fact]) -> _Amount | None:
    """The figure of the subject this year, if the document gives only one."""
    same = [
        fact
        for fact in facts
        if fact.dimension is Dimension.MONEY
        and fact.value is not None
        and fact.origin is not Origin.DERIVED
        and fact.classification is change.classification
        and subject_key(fact.subject) == subject_key(change.subject)
        and (fact.year, fact.stage, fact.project) == (change.year, change.stage, change.project)
        and (not change.fund or fact.fund == change.fund)
    ]
    return _Amount(same[0], same[0].sources[0]) if len({fact.value for fact in same}) == 1 else None


def _previous(change: Statement, amount: _Amount) -> Fact | None:
    fact = amount.fact
    if fact.value is None or change.value is None:
        return None
    value = fact.value - change.value
    if value < 0:
        return None
    unit = fact.unit or change.unit or "元"
    formula, printed = _formula(fact, change, value, unit)
    return replace(
        fact,
        value=value,
        printed=printed,
        unit=unit,
        sources=tuple(dict.fromkeys((amount.source, change.source))),
        year=change.base_year,
        stage=change.base_stage or change.stage,
        origin=Origin.DERIVED,
        formula=formula,
    )


def _formula(fact: Fact, change: Statement, value: int, unit: str) -> tuple[str, str]:
    """("1.16 + 1.74 = 2.90 万元", "2.90"). Figures of two units each carry their own."""
    changed = change.value or 0
    sign = "+" if changed < 0 else "−"
    same_unit = change.unit in ("", unit)
    moved = half_width(change.printed).lstrip("-−+") if change.unit else "0"
    digits = max(_places(fact.printed), _places(moved)) if same_unit else None
    exact = Dimension.MONEY.decimal(value) / MONEY_UNITS.get(unit, Decimal(1))
    result = _shown(exact, digits)
    note = f"（{change.clause}）" if not change.unit else ""
    if same_unit:
        return f"{fact.printed} {sign} {moved} = {result} {unit}{note}", result
    return f"{fact.printed} {unit} {sign} {moved} {change.unit} = {result} {unit}", result


def _shown(value: Decimal, digits: int | None) -> str:
    """Padded to the printed places, but never rounded: an inexact total shows every digit it has."""
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    exponent = plain.as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return format_decimal(plain, max(own, digits or 0))


def _places(printed: str) -> int:
    match = re.search(r"\.(\d+)$", half_width(printed).strip())
    return len(match[1]) if match else 0
