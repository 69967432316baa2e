"""What a section lists of its parts must be what the part's own heading under it says (公用经费857.93万元 … （二）公用经费
875.93万元)."""

from __future__ import annotations

from collections.abc import Iterator

from index.evidence import Dimension, Severity, Statement, StatementKind
from index.identities.figures import common_unit, figure_of, same, shown
from index.identities.ledger import Ledger, Outcome, finding, place, subject_key

KIND = "总述与分述不符"


def check(ledger: Ledger) -> Iterator[Outcome]:
    amounts = [
        s for s in ledger.statements
        if (s.kind, s.dimension) == (StatementKind.AMOUNT, Dimension.MONEY) and not s.project
    ]  # fmt: skip
    listed: dict[tuple[object, ...], list[Statement]] = {}
    for statement in amounts:
        listed.setdefault(_key(statement, statement.source.section), []).append(statement)
    for statement in amounts:
        above, _, heading = statement.source.section.rpartition(" > ")
        rivals = listed.get(_key(statement, above), ()) if above and _is_of(heading, statement) else ()
        if len(rivals) == 1:
            yield _outcome(rivals[0], statement)


def _key(statement: Statement, section: str) -> tuple[object, ...]:
    axes = (statement.measure, statement.fund, statement.whole, statement.year, statement.stage)
    return (section, subject_key(statement.subject), statement.classification, *axes)


def _is_of(heading: str, statement: Statement) -> bool:
    """Is the sentence the one that a heading opens: of its subject, and told in its words?"""
    return statement.clause.startswith(heading) and subject_key(statement.subject) in subject_key(heading)


def _outcome(listed: Statement, own: Statement) -> Outcome:
    first, second = figure_of(listed), figure_of(own)
    if first is None or second is None or same(first, second) is not Severity.CONTRADICTION:
        return Outcome(KIND)
    unit = common_unit((first, second))
    gap = shown(abs(first.value - second.value), unit)
    return Outcome(
        KIND,
        finding(
            KIND,
            Severity.CONTRADICTION,
            f"“{listed.subject}”前后写得不一样：{place(listed.source)}写{first.shown(unit)}{unit}，"
            f"{place(own.source)}写{second.shown(unit)}{unit}，相差{gap}{unit}。",
            f"{first.shown(unit)} ≠ {second.shown(unit)}（{unit}）",
            (listed.source, own.source),
            (listed.subject, own.subject),
            aspects=("金额",),
        ),
    )
