"""Stated amounts, changes, rates and shares of one subject must agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

from index.evidence import Dimension, Finding, Origin, Severity, Statement, StatementKind
from index.identities.completions import completion
from index.identities.figures import (
    Figure,
    common_unit,
    factor_of,
    figure_of,
    per_cent,
    rate_severity,
    rounded,
    shown,
)
from index.identities.ledger import Ledger, Outcome, finding
from index.identities.names import core

RATE, SHARE, DIRECTION = "增减率", "占比", "增减方向"
CHANGE_ASPECTS = ("增减",)
SHARE_ASPECTS = ("占比",)
_RANK = {None: 0, Severity.ROUNDING: 1, Severity.DISCREPANCY: 2, Severity.CONTRADICTION: 3}


def check(ledger: Ledger) -> Iterator[Outcome]:
    """Rates against changes, shares against amounts."""
    told: set[tuple[str, str, str]] = set()
    for index, statement in enumerate(ledger.statements):
        outcome = None
        if statement.kind is StatementKind.RATE:
            outcome = _rate(ledger, index, statement)
        elif statement.kind is StatementKind.SHARE:
            outcome = _share(ledger, index, statement)
        elif statement.kind is StatementKind.COMPLETION:
            outcome = completion(ledger, statement, _near(ledger, index, statement.subject, statement.year))
        if outcome is None:
            continue
        mark = (outcome.kind, statement.subject, outcome.finding.arithmetic if outcome.finding else "")
        if outcome.finding is None or mark not in told:
            told.add(mark)
            yield outcome


def _companions(ledger: Ledger, index: int, kind: StatementKind, subject: str) -> list[Statement]:
    """Statements of `kind` and subject in the sentence of statement `index`, the nearest first."""
    here = ledger.statements[index]
    found = [
        (abs(other - index), statement)
        for other, statement in _around(ledger, index)
        if statement.kind is kind
        and statement.subject == subject
        and statement.source == here.source
        and statement.value is not None
    ]
    return [statement for _, statement in sorted(found, key=lambda pair: pair[0])]


def _around(ledger: Ledger, index: int, reach: int = 12) -> Iterator[tuple[int, Statement]]:
    for other in range(max(0, index - reach), min(len(ledger.statements), index + reach + 1)):
        if other != index:
            yield other, ledger.statements[other]


def _near(ledger: Ledger, index: int, subject: str, year: int | None) -> list[Figure]:
    """What the subject amounts to in this sentence, else in this paragraph."""
    here = ledger.statements[index]
    near = [s for s in _companions(ledger, index, StatementKind.AMOUNT, subject) if s.year == year or year is None]
    near = [s for s in near if s.stage == here.stage] or [
        s
        for _, s in _around(ledger, index)
        if s.kind is StatementKind.AMOUNT
        and s.subject == subject
        and (s.year, s.stage) == (year, here.stage)
        and (s.source.section, s.source.position) == (here.source.section, here.source.position)
    ]
    return [f for f in map(figure_of, near) if f]


def _amounts(ledger: Ledger, index: int, subject: str, year: int | None) -> list[Figure]:
    """What the subject amounts to: in this sentence, else in its paragraph, elsewhere in prose, or in tables."""
    here = ledger.statements[index]
    if figures := _near(ledger, index, subject, year):
        return figures
    if year is not None:
        near = [
            s
            for s in ledger.statements
            if s.kind is StatementKind.AMOUNT
            and s.subject == subject
            and s.year == year
            and s.stage == here.stage
            and (not here.fund or not s.fund or s.fund == here.fund)
        ]
        if figures := [f for f in map(figure_of, near) if f]:
            return figures
    return _in_tables(ledger, here, subject, year)


def _in_tables(ledger: Ledger, here: Statement, subject: str, year: int | None = None) -> list[Figure]:
    year = here.year if year is None else year
    facts = [
        f
        for f in ledger.named(subject, here.code) + ledger.by_measure.get(subject, ())
        if f.year in (None, year) and f.stage == here.stage
    ]
    return [f for f in map(figure_of, facts) if f]


def _rate(ledger: Ledger, index: int, statement: Statement) -> Outcome | None:
    printed = figure_of(statement)
    changes = _companions(ledger, index, StatementKind.CHANGE, statement.subject)
    base = (statement.base_year, statement.base_stage)
    changes = [c for c in changes if (c.base_year, c.base_stage) == base] or changes
    change = figure_of(changes[0]) if changes else None
    if printed is None or change is None or change.value == 0:
        return None
    if printed.value * change.value < 0:
        return Outcome(
            DIRECTION,
            finding(
                DIRECTION,
                Severity.CONTRADICTION,
                f"“{statement.subject}”的增减额（{changes[0].clause}）与增减率（{statement.clause}）方向相反。",
                f"{change.shown()} {change.unit} 与 {printed.shown()}% 一增一减",
                (statement.source,),
                (statement.subject,),
                aspects=CHANGE_ASPECTS,
            ),
        )
    amounts = _amounts(ledger, index, statement.subject, statement.year)
    verdicts = []
    for current in amounts:
        previous = current.value - change.value
        if previous > 0:
            severity = rate_severity(printed, change, previous, current.ulp + change.ulp)
            verdicts.append((_RANK[severity], severity, current))
    if not verdicts:
        return None
    _, severity, current = min(verdicts, key=lambda v: v[0])
    if severity is None or not _near(ledger, index, statement.subject, statement.year):
        return Outcome(RATE)
    return Outcome(RATE, _rate_finding(statement, changes[0], printed, change, current, severity))


def _rate_finding(
    statement: Statement, stated: Statement, printed: Figure, change: Figure, current: Figure, severity: Severity
) -> Finding:
    previous = current.value - change.value
    unit = common_unit((current, change))
    true_rate = rounded(per_cent(abs(change.value), previous))
    grows = change.value > 0
    sign, word = ("−", "增长") if grows else ("+", "下降")
    size = shown(abs(change.value), unit)
    arithmetic = (
        f"{current.shown(unit)} {sign} {size} = {shown(previous, unit)}；"
        f"{size} ÷ {shown(previous, unit)} = {true_rate}% ≠ {shown(abs(printed.value))}%"
    )
    message = (
        f"文中说“{statement.subject}”{word}{shown(abs(printed.value))}%，"
        f"但按所写金额和{'增加' if grows else '减少'}额推算应{word}{true_rate}%。"
    )
    if severity is not Severity.ROUNDING and current.value:
        wrong_base = per_cent(abs(change.value), abs(current.value))
        if abs(wrong_base - abs(printed.value)) <= printed.ulp / 2:
            message = f"{message[:-1]}（所印比率接近误以本年数为分母得到的{rounded(wrong_base)}%）。"
            arithmetic += f"；{size} ÷ {current.shown(unit)} ≈ {rounded(wrong_base)}%"
    return finding(
        RATE,
        severity,
        message,
        arithmetic,
        (statement.source, stated.source, current.source),
        (statement.subject,),
        aspects=CHANGE_ASPECTS,
    )


def _share(ledger: Ledger, index: int, statement: Statement) -> Outcome | None:
    printed = figure_of(statement)
    if printed is None or core(statement.whole) in ("", core(statement.subject)):
        return None
    parts = _amounts(ledger, index, statement.subject, statement.year)
    wholes = _amounts(ledger, index, statement.whole, statement.year)
    if not _near(ledger, index, statement.whole, statement.year):  # of any 口径 that a table prints it under
        wholes += _in_tables(ledger, statement, statement.whole)
    verdicts = []
    for part, whole in product(parts, wholes):
        beyond = whole.value > 0 and part.value > whole.value and printed.value <= 100
        if whole.value > 0 and not beyond:  # what is less than its part is not what the part is a share of
            severity = rate_severity(printed, part, whole.value, whole.ulp)
            if severity and part.unit != whole.unit and part.value:
                severity = rate_severity(
                    printed, replace(part, unit=whole.unit, value=_reread(part, whole)), whole.value, whole.ulp
                )  # a misprinted unit is told as such elsewhere
            verdicts.append((_RANK[severity], severity, part, whole))
    if not verdicts:
        return None
    _, severity, part, whole = min(verdicts, key=lambda v: v[0])
    if severity is None:
        return Outcome(SHARE)
    cells = [
        f.sources[0]
        for f in ledger.facts
        if (f.dimension, f.origin, f.value) == (Dimension.PERCENT, Origin.TABLE, statement.value)
        and core(f.subject) == core(statement.subject)
    ]
    true_share = rounded(per_cent(part.value, whole.value))
    unit = common_unit((part, whole))
    how = "（截去小数，未四舍五入）" if severity is Severity.ROUNDING else ""
    return Outcome(
        SHARE,
        finding(
            SHARE,
            severity,
            f"文中说“{statement.subject}”占{printed.shown()}%，按金额计算是{true_share}%{how}。",
            f"{part.shown(unit)} ÷ {whole.shown(unit)} = {true_share}% ≠ {printed.shown()}%",
            (statement.source, *cells, part.source, whole.source),
            (statement.subject,),
            aspects=SHARE_ASPECTS,
        ),
    )


def _reread(part: Figure, whole: Figure) -> Decimal:
    """The part's digits read in the whole's unit."""
    return part.value / factor_of(part.unit) * factor_of(whole.unit)
