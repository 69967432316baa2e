"""The same account under the same 口径 has the same figure in every table.

Only tables that hold every figure of their 口径 are compared, and only figures that their axes tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from index.evidence import Classification, Fact, Severity
from index.identities.figures import common_unit, figure_of, same, shown
from index.identities.ledger import Ledger, Outcome, finding, place
from index.identities.names import core
from index.identities.rules import Equal

KIND = "表间勾稽"
MOST_BROKEN = 4  # one wrong account shows up in its 项, 款, 类 and total
MOST_SHARE = Decimal("0.2")
_COMPARED = (
    Classification.TOTAL,
    Classification.REVENUE,
    Classification.FUNCTIONAL,
    Classification.ECONOMIC,
    Classification.GOVERNMENT_ECONOMIC,
)


class Pair(NamedTuple):
    """Two figures that must be one; `rule` names the rule that says so."""

    left: Fact
    right: Fact
    rule: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Left minus right in 元; None when the two can stand for one number."""
        a, b = figure_of(self.left), figure_of(self.right)
        broken = a and b and same(a, b) is Severity.CONTRADICTION
        return a.value - b.value if broken and a and b else None


def check(ledger: Ledger) -> Iterator[Outcome]:
    """Pairs of tables that mostly agree are held to agree wholly; a pair that mostly differs was misread."""
    tables: dict[tuple[str | None, str | None], list[Pair]] = {}
    for pair in (*_same_axes(ledger), *(p for rule in ledger.rules.equal for p in _equal(ledger, rule))):
        tables.setdefault((pair.left.sources[0].table, pair.right.sources[0].table), []).append(pair)
    for pairs in tables.values():
        broken = [p for p in pairs if p.difference is not None]
        trusted = len(broken) <= MOST_BROKEN and Decimal(len(broken)) <= MOST_SHARE * len(pairs)
        told = _deepest(broken) if trusted else []
        yield from (Outcome(KIND) for _ in range(len(pairs) - len(told)))
        yield from (_broken(pair) for pair in told)


def _deepest(broken: Sequence[Pair]) -> list[Pair]:
    """Of figures that differ by the same amount up one hierarchy, the innermost: the others follow from it."""
    kept: dict[Decimal | None, Pair] = {}
    for pair in broken:
        rival = kept.get(pair.difference)
        if rival is None or pair.left.level > rival.left.level:
            kept[pair.difference] = pair
    return list(kept.values())


def _same_axes(ledger: Ledger) -> Iterator[Pair]:
    """Facts that agree in every axis but stand in different tables."""
    groups: dict[tuple[object, ...], dict[str | None, list[Fact]]] = {}
    for fact in ledger.money:
        full = fact.table_kind in ledger.rules.full_kinds and fact.classification in _COMPARED
        if full and fact.measure and fact.fund and ledger.trusted(fact):
            name, parent = fact.code or core(fact.subject), "" if fact.code else fact.parent
            axes = (fact.classification, name, parent, fact.measure, fact.fund, fact.year, fact.stage, fact.is_total)
            groups.setdefault(axes, {}).setdefault(fact.sources[0].table, []).append(fact)
    for tables in groups.values():
        distinct = [facts[0] for facts in tables.values() if len({f.value for f in facts}) == 1]
        yield from (Pair(distinct[0], other) for other in distinct[1:])


def _broken(pair: Pair) -> Outcome:
    left, right = pair.left, pair.right
    a, b = figure_of(left), figure_of(right)
    if a is None or b is None:
        return Outcome(KIND)
    unit = common_unit((a, b))
    gap = shown(abs(a.value - b.value), unit)
    subject = left.subject if left.subject == right.subject else f"{left.subject}”与“{right.subject}"
    rule = f"（{pair.rule}）" if pair.rule else ""
    return Outcome(
        KIND,
        finding(
            KIND,
            Severity.CONTRADICTION,
            f"“{subject}”两张表不一致{rule}：{place(a.source)}为{a.shown(unit)}{unit}，"
            f"{place(b.source)}为{b.shown(unit)}{unit}，相差{gap}{unit}。",
            f"{shown(max(a.value, b.value), unit)} − {shown(min(a.value, b.value), unit)} = {gap} {unit}",
            (a.source, b.source),
            (left.subject, right.subject),
            aspects=("金额",),
        ),
    )


def _equal(ledger: Ledger, rule: Equal) -> Iterator[Pair]:
    """One rule of the data file. A figure that its table gives twice is not told apart and not compared."""
    year, stage = ledger.document.identity.year, ledger.document.identity.stage
    if rule.stage not in ("", stage):
        return
    left = [f for f in ledger.select(rule.left) if f.year in (None, year)]
    right = [f for f in ledger.select(rule.right) if f.year in (None, year)]
    for fact in left:
        table = fact.sources[0].table
        rivals = {f.value for f in left if core(f.subject) == core(fact.subject) and f.sources[0].table == table}
        if rule.join == "subject":
            others = [f for f in right if (f.code and f.code == fact.code) or core(f.subject) == core(fact.subject)]
        elif rule.left.kinds == rule.right.kinds:
            others = [f for f in right if f.sources[0].table == table]
        else:
            others = list(right)
        agreeing = next((f for f in others if Pair(fact, f).difference is None), None)
        if agreeing:
            yield Pair(fact, agreeing, rule.name)
        elif len(rivals) == 1 and len({f.value for f in others}) == 1:
            yield Pair(fact, others[0], rule.name)
