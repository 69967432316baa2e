"""A stated change (比上年减少5万元) against the amounts of both years, where one place prints both: a row of a table with
a column for each year, or a paragraph that names each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from index.evidence import Classification, Dimension, Fact, Severity, Statement, StatementKind
from index.identities.figures import Figure, common_unit, figure_of, same, shown, sum_severity
from index.identities.ledger import Ledger, Outcome, finding

KIND = "增减额"
ASPECTS = ("增减",)
_WHOLE = ("合计", "")


class _Years(NamedTuple):
    """What one place prints of a thing for the year of a change and for the year before it."""

    now: Figure
    before: Figure


def check(ledger: Ledger) -> Iterator[Outcome]:
    """Every change of money whose two years one place prints; the same change is told once."""
    told: set[tuple[str, int | None]] = set()
    for statement in ledger.statements:
        if (statement.kind, statement.dimension) != (StatementKind.CHANGE, Dimension.MONEY) or statement.project:
            continue
        mark = (statement.subject, statement.value)
        if statement.base_year in (None, statement.year) or mark in told:
            continue
        outcome = _against_years(ledger, statement)
        if outcome is not None:
            told.add(mark)
            yield outcome


def _against_years(ledger: Ledger, statement: Statement) -> Outcome | None:
    change = figure_of(statement)
    pairs = [*_in_paragraph(ledger, statement), *_in_tables(ledger, statement)]
    if change is None or not pairs:
        return None
    verdicts = [(sum_severity(pair.now, (pair.before, change)), pair) for pair in pairs]
    if any(severity is not Severity.CONTRADICTION for severity, _ in verdicts):
        return Outcome(KIND)
    if len({(pair.now.value, pair.before.value) for _, pair in verdicts}) > 1:
        return None  # of several 口径: which of them is meant is not said
    now, before = verdicts[0][1]
    unit, gap = common_unit((now, before, change)), now.value - before.value
    moved = "与上年持平" if not change.value else f"{'减少' if change.value < 0 else '增加'}{_size(change, unit)}"
    real = "持平" if not gap else f"{'减少' if gap < 0 else '增加'}{shown(abs(gap), unit)}{unit}"
    return Outcome(
        KIND,
        finding(
            KIND,
            Severity.CONTRADICTION,
            f"文中说“{statement.subject}”{moved}，但按所印的两年金额应为{real}。",
            f"{now.shown(unit)} − {before.shown(unit)} = {shown(gap, unit)} {unit} ≠ {shown(change.value, unit)} {unit}",
            (statement.source, now.source, before.source),
            (statement.subject,),
            aspects=ASPECTS,
        ),
    )


def _size(change: Figure, unit: str) -> str:
    return f"{shown(abs(change.value), unit)}{unit}"


def _in_paragraph(ledger: Ledger, statement: Statement) -> Iterator[_Years]:
    """Both years as the paragraph of the change states them."""
    here = [
        s
        for s in ledger.statements
        if (s.kind, s.dimension, s.subject) == (StatementKind.AMOUNT, Dimension.MONEY, statement.subject)
        and (s.source.section, s.source.position) == (statement.source.section, statement.source.position)
        and s.fund == statement.fund
    ]
    now = {s.value: s for s in here if (s.year, s.stage) == (statement.year, statement.stage)}
    before = {s.value: s for s in here if s.year == statement.base_year and _stage_fits(s.stage, statement)}
    if len(now) == len(before) == 1:
        yield from _figures(next(iter(now.values())), next(iter(before.values())))


def _stage_fits(stage: object, statement: Statement) -> bool:
    return stage == (statement.base_stage or statement.stage)


def _in_tables(ledger: Ledger, statement: Statement) -> Iterator[_Years]:
    """Both years as a row of a table prints them, where the row's amount is the one that the prose tells."""
    rows: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in ledger.named(statement.subject, statement.code):
        named = fact.classification is statement.classification is not Classification.TOTAL
        if named and fact.measure in _WHOLE and fact.sources and ledger.trusted(fact):
            place = fact.sources[0]
            rows[place.table, place.row_index, fact.fund, fact.subject].append(fact)
    told = [
        figure
        for s in ledger.statements
        if (s.kind, s.subject, s.year, s.stage)
        == (StatementKind.AMOUNT, statement.subject, statement.year, statement.stage)
        and (figure := figure_of(s))
    ]
    for facts in rows.values():
        now = [f for f in facts if f.year == statement.year and f.stage == statement.stage]
        before = [f for f in facts if f.year == statement.base_year and _stage_fits(f.stage, statement)]
        if len(now) != 1 or len(before) != 1:
            continue
        for pair in _figures(now[0], before[0]):
            if any(same(pair.now, figure) is not Severity.CONTRADICTION for figure in told):
                yield pair


def _figures(now: Fact | Statement, before: Fact | Statement) -> Iterator[_Years]:
    one, other = figure_of(now), figure_of(before)
    if one is not None and other is not None:
        yield _Years(one, other)
