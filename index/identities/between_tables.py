"""The same account under the same 口径 has the same figure in every table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.evidence import Fact, Severity
from index.identities.figures import common_unit, figure_of, same, shown
from index.identities.ledger import Ledger, Outcome, finding, place
from index.identities.names import core
from index.identities.rules import Equal

KIND = "表间勾稽"


def check(ledger: Ledger) -> Iterator[Outcome]:
    told: set[frozenset[object]] = set()
    outcomes = [o for rule in ledger.rules.equal for o in _equal(ledger, rule)]
    for outcome in [*_same_axes(ledger), *outcomes]:
        mark = frozenset(outcome.finding.sources) if outcome.finding else frozenset()
        if outcome.finding is None or mark not in told:
            told.add(mark)
            yield outcome


def _same_axes(ledger: Ledger) -> Iterator[Outcome]:
    """Facts that agree in every axis but stand in different tables."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in ledger.money:
        if fact.measure and fact.fund and fact.table_kind:
            name = fact.code or core(fact.subject)
            parent = "" if fact.code else fact.parent
            axes = (fact.classification, name, parent, fact.measure, fact.fund, fact.year, fact.stage)
            groups.setdefault(axes, []).append(fact)
    for facts in groups.values():
        tables: dict[tuple[str, str | None], Fact] = {}
        for fact in facts:
            tables.setdefault((fact.table_kind, fact.sources[0].table), fact)
        if len(tables) > 1:
            yield _compare(list(tables.values()), facts)


def _compare(facts: Sequence[Fact], everywhere: Sequence[Fact]) -> Outcome:
    """Every table's figure against the first; a table that has the figure in another row also agrees."""
    first = figure_of(facts[0])
    for fact in facts[1:]:
        other = figure_of(fact)
        if first is None or other is None or same(first, other) is not Severity.CONTRADICTION:
            continue
        same_table = [figure_of(f) for f in everywhere if f.sources[0].table in (fact.sources[0].table,)]
        if any(f and same(first, f) is not Severity.CONTRADICTION for f in same_table):
            continue
        return _broken(facts[0], fact, "")
    return Outcome(KIND)


def _broken(left: Fact, right: Fact, rule: str) -> Outcome:
    a, b = figure_of(left), figure_of(right)
    if a is None or b is None:
        return Outcome(KIND)
    unit = common_unit((a, b))
    gap = shown(abs(a.value - b.value), unit)
    subject = left.subject if not rule else f"{left.subject}”与“{right.subject}"
    return Outcome(KIND, finding(
        KIND, Severity.CONTRADICTION,
        f"“{subject}”两张表不一致{f'（{rule}）' if rule else ''}：{place(a.source)}为{a.shown(unit)}{unit}，"
        f"{place(b.source)}为{b.shown(unit)}{unit}，相差{gap}{unit}。",
        f"{a.shown(unit)} ≠ {b.shown(unit)}（{unit}）", (a.source, b.source), (left.subject, right.subject),
        aspects=("金额",),
    ))


def _equal(ledger: Ledger, rule: Equal) -> Iterator[Outcome]:
    left = [f for f in ledger.select(rule.left) if f.year in (None, ledger.document.identity.year)]
    right = [f for f in ledger.select(rule.right) if f.year in (None, ledger.document.identity.year)]
    if rule.join == "subject":
        for fact in left:
            others = [f for f in right if (f.code and f.code == fact.code) or core(f.subject) == core(fact.subject)]
            yield from _counterpart(fact, others, rule)
        return
    for fact in left:
        others = [
            f for f in right
            if rule.left.kinds != rule.right.kinds or f.sources[0].table == fact.sources[0].table
        ]
        yield from _counterpart(fact, others, rule)


def _counterpart(fact: Fact, others: Sequence[Fact], rule: Equal) -> Iterator[Outcome]:
    mine = figure_of(fact)
    figures = [(f, g) for f in others if (g := figure_of(f))]
    if mine is None or not figures:
        return
    if any(same(mine, g) is not Severity.CONTRADICTION for _, g in figures):
        yield Outcome(KIND)
    else:
        yield _broken(fact, figures[0][0], rule.name)
