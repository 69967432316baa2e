"""What the identities read: one document with everything known from it, and what they report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from index.document import Document, Source, Table
from index.evidence import Classification, Dimension, Fact, Finding, Forms, Origin, Project, Severity, Statement
from index.identities.names import core, key
from index.identities.rules import Rules, Selector
from index.prose.terms import terms


@cache
def _aliases() -> dict[str, str]:
    return {
        core(name): core(entry.name) for entry in reversed(terms().entries) for name in (*entry.aliases, entry.name)
    }


@cache
def _totals() -> dict[Classification, str]:
    return {entry.classification: core(entry.name) for entry in terms().entries if entry.total}


def subject_key(name: str) -> str:
    """A subject as compared between prose and tables: 因公出国（境）费用 and 因公出国费 are one."""
    stripped = core(name)
    return _aliases().get(stripped, stripped)


def _fact_key(fact: Fact) -> str:
    """As `subject_key`; the 合计 of a table is what its list of names calls its total."""
    return _totals().get(fact.classification, core(fact.subject)) if fact.is_total else subject_key(fact.subject)


class Outcome(NamedTuple):
    """One identity that was examined. `finding` None: it holds. `scope` names the table or form it tests."""

    kind: str
    finding: Finding | None = None
    scope: str = ""


@dataclass(frozen=True)
class Ledger:
    """Read-only access to a document's evidence for the identities."""

    document: Document
    facts: tuple[Fact, ...]
    statements: tuple[Statement, ...]
    forms: Forms
    rules: Rules
    suspects: tuple[str, ...] = ()  # names of tables whose reading is in doubt

    @cached_property
    def money(self) -> tuple[Fact, ...]:
        """Amounts printed in tables of the body, outside any project."""
        return tuple(
            f
            for f in self.facts
            if f.dimension is Dimension.MONEY and f.value is not None and not f.project and f.origin is Origin.TABLE
        )

    @cached_property
    def of_projects(self) -> tuple[Fact, ...]:
        """What tables print of projects as a whole."""
        return tuple(
            f
            for f in self.facts
            if f.dimension is Dimension.MONEY and f.value is not None and f.classification is Classification.PROJECT
            and f.origin is Origin.TABLE
        )  # fmt: skip

    @cached_property
    def by_name(self) -> dict[str, tuple[Fact, ...]]:
        """Printed table amounts by the core of their subject."""
        found: dict[str, list[Fact]] = {}
        for fact in self.money:
            found.setdefault(_fact_key(fact), []).append(fact)
        return {name: tuple(facts) for name, facts in found.items()}

    def named(self, subject: str, code: str = "") -> tuple[Fact, ...]:
        """Table amounts of the same subject, by code where both have one."""
        facts = self.by_name.get(subject_key(subject), ())
        if code:
            return tuple(f for f in facts if not f.code or f.code == code) or tuple(
                f for f in self.money if f.code == code
            )
        return facts

    @cached_property
    def by_measure(self) -> dict[str, tuple[Fact, ...]]:
        """Grand totals of a column by what the column measures: 基本支出 → the total of its column."""
        found: dict[str, list[Fact]] = {}
        for fact in self.money:
            if fact.is_total and fact.measure:
                found.setdefault(core(fact.measure), []).append(fact)
        return {name: tuple(facts) for name, facts in found.items()}

    def trusted(self, fact: Fact) -> bool:
        """Its table keeps its own sums, so a difference is the document's and not the reader's."""
        return not fact.sources or fact.sources[0].table not in self.suspects

    def select(self, selector: Selector) -> tuple[Fact, ...]:
        return tuple(f for f in self.money if selector.admits(f) and self.trusted(f))

    @cached_property
    def projects(self) -> dict[str, Project]:
        """Projects by every name the document gives them."""
        found: dict[str, Project] = {}
        for project in self.forms.projects:
            for name in (project.name, *project.aliases):
                found.setdefault(key(name), project)
        return found

    def project_name(self, name: str) -> str:
        """The project's canonical name, or the name itself."""
        project = self.projects.get(key(name))
        return project.name if project else name

    def project_source(self, name: str) -> Source | None:
        """Where the project's amount of the year is printed."""
        found = self.projects.get(key(name))
        value = found.current if found else None
        for fact in self.forms.facts:
            if fact.value == value and fact.measure and self.project_name(fact.project) == self.project_name(name):
                return fact.sources[0]
        return found.source if found else None


def finding(
    kind: str,
    severity: Severity,
    message: str,
    arithmetic: str,
    sources: Iterable[Source | None],
    subjects: Iterable[str],
    *,
    project: str = "",
    aspects: tuple[str, ...] = (),
) -> Finding:
    """A `Finding` with its places and names made unique in order."""
    return Finding(
        kind,
        severity,
        message,
        arithmetic,
        tuple(dict.fromkeys(s for s in sources if s is not None)),
        tuple(dict.fromkeys(s for s in subjects if s)),
        project,
        aspects,
    )


def table_name(table: Table) -> str:
    return table.name or str(table.kind.value)


def place(source: Source | None) -> str:
    """A short Chinese name of where something stands, for messages."""
    if source is None:
        return "文中"
    if source.table:
        return f"“{source.table.split()[0]}”" if " " in source.table else f"“{source.table}”"
    return f"“{source.section.rsplit(' > ', 1)[-1]}”" if source.section else "文中"
