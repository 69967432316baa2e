"""完成年初预算的…%: what was spent ÷ what was budgeted, both as the sentence, a table or a stated difference gives them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from index.document import Stage
from index.evidence import Severity, Statement, StatementKind
from index.identities.figures import Figure, common_unit, figure_of, per_cent, rate_severity, rounded
from index.identities.ledger import Ledger, Outcome, finding

COMPLETION = "完成率"
ASPECTS = ("完成率",)
_PLANNED = (Stage.BUDGET, Stage.ADJUSTED)
_RANK = {None: 0, Severity.ROUNDING: 1, Severity.DISCREPANCY: 2, Severity.CONTRADICTION: 3}


def completion(ledger: Ledger, statement: Statement, spent: Sequence[Figure]) -> Outcome | None:
    """`spent`: what the same sentence or paragraph says was spent. None where nothing tells what was budgeted."""
    printed, budgets = figure_of(statement), _budgets(ledger, statement)
    verdicts = []
    if printed is None:
        return None
    for part, whole in product(spent, budgets):
        if whole.value > 0:
            severity = rate_severity(printed, part, whole.value, whole.ulp)
            verdicts.append((_RANK[severity], severity, part, whole))
    if not verdicts:
        return None
    _, severity, part, whole = min(verdicts, key=lambda v: v[0])
    if severity is None:
        return Outcome(COMPLETION)
    unit, true_rate = common_unit((part, whole)), rounded(per_cent(part.value, whole.value))
    return Outcome(
        COMPLETION,
        finding(
            COMPLETION,
            severity,
            f"文中说“{statement.subject}”完成预算的{printed.shown()}%，按金额计算是{true_rate}%。",
            f"{part.shown(unit)} ÷ {whole.shown(unit)} = {true_rate}% ≠ {printed.shown()}%",
            (statement.source, part.source, whole.source),
            (statement.subject,),
            aspects=ASPECTS,
        ),
    )


def _budgets(ledger: Ledger, statement: Statement) -> list[Figure]:
    """What may be the budget meant: stated in the same sentence, else anywhere in prose or in a table."""
    own = [
        s
        for s in ledger.statements
        if s.kind is StatementKind.AMOUNT
        and s.subject == statement.subject
        and s.year == statement.year
        and s.stage in _PLANNED
        and (not s.fund or not statement.fund or s.fund == statement.fund)
    ]
    own = [s for s in own if s.source == statement.source] or own
    facts = [
        f
        for f in ledger.named(statement.subject, statement.code)
        if f.year in (None, statement.year) and f.stage in _PLANNED and ledger.trusted(f)
    ]
    return [g for g in (*map(figure_of, own), *map(figure_of, facts)) if g]
