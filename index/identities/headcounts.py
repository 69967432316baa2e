"""Counts of people and things: parts never exceed the whole, and one count stated twice is one number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from index.evidence import Dimension, Severity, Statement, StatementKind
from index.identities.figures import shown
from index.identities.ledger import Ledger, Outcome, finding
from index.identities.names import core

KIND = "数量"


def check(ledger: Ledger) -> Iterator[Outcome]:
    counts = [s for s in ledger.statements if s.kind is StatementKind.COUNT and s.value is not None and not s.project]
    yield from _parts(counts)
    yield from _twice(counts)


def _number(statement: Statement) -> Decimal:
    return Dimension.COUNT.decimal(statement.value or 0)


def _parts(counts: list[Statement]) -> Iterator[Outcome]:
    """Parts that say whose parts they are, sentence by sentence."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in counts:
        if statement.whole:
            axes = (statement.source, statement.whole, statement.year, statement.unit)
            groups.setdefault(axes, []).append(statement)
    for (source, name, year, unit), parts in groups.items():
        beside = (s for s in counts if s.source == source and (s.subject, s.year, s.unit) == (name, year, unit))
        whole = next(beside, None)
        if whole is None:
            continue
        largest = max(parts, key=_number)
        if _number(largest) <= _number(whole):
            yield Outcome(KIND)
            continue
        yield Outcome(
            KIND,
            finding(
                KIND,
                Severity.CONTRADICTION,
                f"“{largest.subject}”{shown(_number(largest))}{largest.unit}，多于它所属的“{whole.subject}”"
                f"{shown(_number(whole))}{whole.unit}。",
                f"{shown(_number(largest))} > {shown(_number(whole))}",
                (largest.source, whole.source),
                (largest.subject, whole.subject),
                aspects=("数量",),
            ),
        )


def _twice(counts: list[Statement]) -> Iterator[Outcome]:
    """The same count in two sections."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in counts:
        axes = (core(statement.subject), statement.year, statement.unit, statement.stage)
        groups.setdefault(axes, []).append(statement)
    for group in groups.values():
        plain = [s for s in group if not s.whole]
        if len({s.source for s in plain}) < 2 or len({s.value for s in plain}) != 2:
            continue
        first = plain[0]
        other = next(s for s in plain if s.value != first.value)
        if other.source.section == first.source.section:
            continue
        yield Outcome(
            KIND,
            finding(
                KIND,
                Severity.DISCREPANCY,
                f"“{first.subject}”两处说法不一：一处{shown(_number(first))}{first.unit}，另一处{shown(_number(other))}{other.unit}。",
                f"{shown(_number(first))} ≠ {shown(_number(other))}",
                (first.source, other.source),
                (first.subject,),
                aspects=("数量",),
            ),
        )
