"""Every amount that prose states of a subject which a table has must be the table's figure; units must fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.document import Paragraph, Source, TableKind
from index.evidence import Classification, Dimension, Fact, Severity, Statement, StatementKind
from index.identities.calculations import flat
from index.identities.figures import Figure, common_unit, figure_of, same, shown
from index.identities.ledger import Ledger, Outcome, finding, place
from index.identities.listings import amount, amounts
from index.identities.names import core, key
from index.identities.rules import Quoted
from index.numbers import MONEY_UNITS
from index.tables.kinds import kind_rules

KIND, UNIT = "文表不符", "单位"
WHOLE = ("合计", "")  # measures of a figure that nothing narrows
_ACCOUNTS = (Classification.FUNCTIONAL, Classification.ECONOMIC)
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")


def check(ledger: Ledger) -> Iterator[Outcome]:
    """Quoted totals first (their sentences say which figure they quote), then every other stated amount."""
    quoted: set[str] = set()
    for rule in ledger.rules.quoted:
        for outcome, sentence in _quoted(ledger, rule):
            quoted.add(sentence)
            yield outcome
    told: set[tuple[str, int | None]] = set()
    for statement in ledger.statements:
        if (statement.kind, statement.dimension) != (StatementKind.AMOUNT, Dimension.MONEY) or statement.project:
            continue
        if any(flat(statement.clause) in sentence for sentence in quoted):
            continue
        found = _unit(ledger, statement) or _amount(ledger, statement)
        mark = (core(statement.subject), statement.value)
        if found and (found.finding is None or mark not in told):
            if found.finding:
                told.add(mark)
            yield found


def _quoted(ledger: Ledger, rule: Quoted) -> Iterator[tuple[Outcome, str]]:
    facts = [f for f in ledger.select(rule.figure) if f.year in (None, ledger.document.identity.year)]
    figures = [f for f in map(figure_of, facts) if f]
    for paragraph in ledger.document.paragraphs:
        for match in _SENTENCE.finditer(flat(paragraph.text)):
            sentence = match[0]
            if not all(word in sentence for word in rule.all) or any(word in sentence for word in rule.none):
                continue
            for found in amounts(sentence):
                if sentence[: found.start()].endswith(rule.after):
                    stated = amount(found)
                    yield _quoted_outcome(ledger, rule, paragraph, sentence, stated, figures), sentence


def _quoted_outcome(
    ledger: Ledger, rule: Quoted, paragraph: Paragraph, sentence: str, stated: Figure, figures: list[Figure]
) -> Outcome:
    if not figures or any(same(stated, f) is not Severity.CONTRADICTION for f in figures):
        return Outcome(KIND)
    truth = figures[0]
    source = Source(
        ledger.document.key, ledger.document.section_path(paragraph.section), paragraph.position, quote=paragraph.text
    )
    unit = common_unit((stated, truth))
    return Outcome(
        KIND,
        finding(
            KIND,
            Severity.CONTRADICTION,
            f"文中说的是{rule.what}，写作{stated.shown(unit)}{unit}，但{rule.what}是{truth.shown(unit)}{unit}"
            f"{_also(ledger, stated, unit)}。",
            f"{stated.shown(unit)} ≠ {truth.shown(unit)}（{unit}）",
            (source, truth.source),
            rule.subjects,
            aspects=("绩效管理",),
        ),
    )


def _also(ledger: Ledger, stated: Figure, unit: str) -> str:
    """Whose figure the stated one really is, if a table has exactly one name for it."""
    owners = [f for f in ledger.money if not f.is_total and (g := figure_of(f)) and g.value == stated.value]
    if not owners:
        return ""
    top = min(owners, key=lambda f: f.level)
    return f"（{stated.shown(unit)}{unit}其实是“{top.subject}”的金额）"


def _comparable(ledger: Ledger, statement: Statement) -> tuple[Fact, ...]:
    """Table figures that may be what the statement states: same name, year and stage."""
    facts = ledger.named(statement.subject, statement.code) + ledger.by_measure.get(core(statement.subject), ())
    return tuple(f for f in facts if f.year in (None, statement.year) and f.stage == statement.stage)


def _of_project(ledger: Ledger, statement: Statement) -> tuple[Fact, ...]:
    """Table figures of a project that prose calls by its name and perhaps a word more (污染防治, 污染防治项目)."""
    if statement.classification is not Classification.PROJECT:
        return ()
    said = key(statement.subject)
    year = (None, statement.year)
    return tuple(
        f
        for f in ledger.of_projects
        if f.year in year and f.stage == statement.stage and said.startswith(key(f.project))
    )


def _narrated(ledger: Ledger, fact: Fact) -> bool:
    """Whether prose is held against the table: the three public expenses have one figure wherever they are printed."""
    generic = fact.table_kind == TableKind.GENERIC.value and fact.classification is Classification.THREE_PUBLIC
    return generic or fact.table_kind in ledger.rules.narrated_kinds


def _of_any_fund(fact: Fact) -> bool:
    """Whether a table of the three public expenses leaves open which part of 财政拨款 it is of."""
    table = fact.sources[0].table or "" if fact.sources else ""
    return fact.classification is Classification.THREE_PUBLIC and not kind_rules().fund_of(table, TableKind.GENERIC)


def _is_of_fund(fact: Fact, fund: str) -> bool:
    """Is a whole table of one fund, not a column of it beside what was carried over?"""
    table = fact.sources[0].table or "" if fact.sources else ""
    kind = next((k for k in TableKind if k.value == fact.table_kind), TableKind.GENERIC)
    return kind_rules().fund_of(table, kind) == fund


def _usual_unit(ledger: Ledger) -> str:
    """The unit that prose uses most."""
    units = Counter(s.unit for s in ledger.statements if s.kind is StatementKind.AMOUNT and s.unit in MONEY_UNITS)
    return units.most_common(1)[0][0] if units else ""


def _unit(ledger: Ledger, statement: Statement) -> Outcome | None:
    """Same digits, another unit: 2053.67元 where a table, or the same sentence, has 2053.67万元."""
    stated = figure_of(statement)
    if stated is None or stated.value == 0 or stated.unit not in MONEY_UNITS:
        return None
    comparable = (*_comparable(ledger, statement), *_of_project(ledger, statement))
    printed = [f for f in map(figure_of, comparable) if f]
    if any(same(stated, f) is None for f in printed):
        return None
    beside = [
        f
        for s in ledger.statements
        if s.source == statement.source and s.kind is StatementKind.AMOUNT and (f := figure_of(s))
    ]
    others = printed or (beside if stated.unit != _usual_unit(ledger) else [])
    for other in others:
        same_digits = other.shown() == stated.shown()
        scale = MONEY_UNITS.get(other.unit)
        if scale and scale != MONEY_UNITS[stated.unit] and same_digits:
            return Outcome(
                UNIT,
                finding(
                    UNIT,
                    Severity.CONTRADICTION,
                    f"“{statement.subject}”印作{stated.printed}{stated.unit}，单位应为{other.unit}："
                    f"{place(other.source)}中是{other.shown()}{other.unit}。",
                    f"{stated.shown()} {stated.unit} ≠ {other.shown()} {other.unit}",
                    (statement.source, *(f.source for f in others if f.value == other.value)),
                    (statement.subject,),
                    aspects=("金额", "单位"),
                ),
            )
    return None


def _another(ledger: Ledger, statement: Statement, fact: Fact) -> bool:
    """The prose gives this account's figure elsewhere, by code: what it states here is of another account so named."""
    return (
        not statement.code
        and bool(fact.code)
        and any(
            s.code == fact.code
            and s.kind is StatementKind.AMOUNT
            and core(s.subject) == core(statement.subject)
            and (g := figure_of(s))
            and (h := figure_of(fact))
            and same(g, h) is not Severity.CONTRADICTION
            for s in ledger.statements
        )
    )


def _measures(ledger: Ledger, statement: Statement, facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """The columns that may hold it. An account told as a part beside 项目支出 is the rest, 基本支出, where tables have
    that column."""
    if statement.measure or statement.classification not in _ACCOUNTS:
        return (statement.measure, *WHOLE)
    pairs = [p.parts for p in ledger.rules.partitions if len(p.parts) == 2]
    for (first,), (second,) in pairs:
        for column, other in ((first, second), (second, first)):
            if any(f.measure == column for f in facts) and _beside(ledger, statement, other):
                return (column,)
    return WHOLE


def _beside(ledger: Ledger, statement: Statement, name: str) -> bool:
    """Whether the document lists the amount among the parts of a whole with `name` as another of them."""
    lists = {
        (s.source, s.whole)
        for s in ledger.statements
        if s.whole and (s.subject, s.value, s.kind) == (statement.subject, statement.value, statement.kind)
    }
    return any((s.source, s.whole) in lists and s.subject == name and s.whole != name for s in ledger.statements)


def _amount(ledger: Ledger, statement: Statement) -> Outcome | None:
    stated = figure_of(statement)
    facts = _comparable(ledger, statement)
    if stated is None or not facts:
        return None
    figures = [(f, g) for f in facts if (g := figure_of(f))]
    if any(same(stated, g) is not Severity.CONTRADICTION for _, g in figures):
        return Outcome(KIND)
    measures = _measures(ledger, statement, facts)
    strict = [
        (f, g)
        for f, g in figures
        if f.classification == statement.classification
        and _narrated(ledger, f)
        and f.measure in measures
        and (not statement.fund or f.fund in (statement.fund, "") or _of_any_fund(f))
    ]
    if len({g.value for _, g in strict}) > 1 and statement.fund:
        strict = [(f, g) for f, g in strict if _is_of_fund(f, statement.fund)] or strict
    if len({g.value for _, g in strict}) != 1 or not all(ledger.trusted(f) for f in facts):
        return None
    if _another(ledger, statement, strict[0][0]):
        return None
    fact, truth = strict[0]
    unit = common_unit((stated, truth))
    gap = shown(stated.value - truth.value, unit)
    where = place(fact.sources[0]) + (f"“{fact.measure}”列" if fact.measure not in WHOLE else "")
    return Outcome(
        KIND,
        finding(
            KIND,
            Severity.CONTRADICTION,
            f"文中说“{statement.subject}”{stated.shown(unit)}{unit}，{where}中是{truth.shown(unit)}{unit}，"
            f"相差{gap.lstrip('−')}{unit}。",
            f"{stated.shown(unit)} − {truth.shown(unit)} = {gap} {unit}",
            (statement.source, *(f.sources[0] for f, _ in strict)),
            (statement.subject, fact.subject),
            aspects=("金额",),
        ),
    )
