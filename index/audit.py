"""勾稽: every identity that a disclosure must satisfy, checked; what is broken becomes a `Finding`.

Identities test our own reading too: a table that breaks most of its own sums is named in `Audit.suspects`
instead of being blamed, and no other identity trusts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.document import Document
from index.evidence import Fact, Finding, Forms, Severity, Statement
from index.identities import (
    allocations,
    between_tables,
    headcounts,
    movements,
    narrative_changes,
    narrative_sections,
    narrative_tables,
    partitions,
    printed_arithmetic,
    project_forms,
    promises,
    tables,
)
from index.identities.ledger import Ledger, Outcome
from index.identities.rules import Rules, load

Check = Callable[[Ledger], Iterator[Outcome]]

CHECKS: tuple[Check, ...] = (
    tables.check,
    between_tables.check,
    narrative_tables.check,
    narrative_changes.check,
    movements.check,
    narrative_sections.check,
    partitions.check,
    printed_arithmetic.check,
    project_forms.check,
    allocations.check,
    promises.check,
    headcounts.check,
)

SEVERITY_ORDER = (Severity.CONTRADICTION, Severity.DISCREPANCY, Severity.ROUNDING)


@dataclass(frozen=True, slots=True)
class Audit:
    """`examined` and `held` count identities by kind; `suspects` are tables whose reading is in doubt."""

    findings: tuple[Finding, ...]
    examined: dict[str, int]
    held: dict[str, int]
    suspects: tuple[str, ...]


def audit(
    document: Document, facts: tuple[Fact, ...], statements: tuple[Statement, ...], forms: Forms
) -> tuple[Finding, ...]:
    """Broken identities of one document, the gravest first.

    `facts`: table, prose, derived and form facts together. Deterministic; raises nothing on odd input.
    """
    return examine(document, facts, statements, forms).findings


def examine(
    document: Document,
    facts: tuple[Fact, ...],
    statements: tuple[Statement, ...],
    forms: Forms,
    rules: Rules | None = None,
) -> Audit:
    """As `audit`, with the number of identities that were examined and held."""
    rules = rules or load()
    doubtful = tables.suspects(document)
    ledger = Ledger(document, facts, statements, forms, rules, doubtful)
    examined: Counter[str] = Counter()
    held: Counter[str] = Counter()
    findings: list[Finding] = []
    for check in CHECKS:
        for outcome in check(ledger):
            examined[outcome.kind] += 1
            held[outcome.kind] += outcome.finding is None
            if outcome.finding:
                findings.append(outcome.finding)
    return Audit(_ordered(_unique(findings)), dict(examined), dict(held), doubtful)


def _unique(findings: list[Finding]) -> list[Finding]:
    """One finding a broken identity: the same calculation over overlapping places is told once."""
    kept: list[Finding] = []
    for finding in findings:
        places = {(s.section, s.table, s.position.line, s.quote) for s in finding.sources}
        twin = next(
            (
                k
                for k in kept
                if k.arithmetic == finding.arithmetic
                and (
                    k.subjects == finding.subjects
                    or places & {(s.section, s.table, s.position.line, s.quote) for s in k.sources}
                )
            ),
            None,
        )
        if twin is None:
            kept.append(finding)
    return kept


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """By severity, otherwise in the order they were found."""
    return tuple(sorted(findings, key=lambda f: SEVERITY_ORDER.index(f.severity)))
