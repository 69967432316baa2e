"""Identities inside and between the forms of a project: parts and whole, form and overview, history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from index.evidence import Classification, Dimension, Fact, Severity, SpendingLine, StatementKind
from index.identities.calculations import MONEY_UNIT, NUMERAL, flat
from index.identities.figures import Figure, common_unit, figure, figure_of, same, shown, sum_severity
from index.identities.ledger import Ledger, Outcome, finding, place
from index.identities.names import core
from index.numbers import MONEY_UNITS, parse_number

LINES, TOTALS, FORMS, HISTORY = "项目分项合计", "项目合计", "同一项目两处金额", "执行数"


def check(ledger: Ledger) -> Iterator[Outcome]:
    yield from _lines(ledger)
    yield from _amounts(ledger)
    yield from _total(ledger)
    yield from _procurement(ledger)
    yield from _executed(ledger)


def _project_facts(ledger: Ledger) -> list[tuple[str, Fact]]:
    """Amounts of whole projects with the project's canonical name."""
    return [
        (ledger.project_name(f.project or f.subject), f)
        for f in ledger.forms.facts
        if f.classification is Classification.PROJECT and f.dimension is Dimension.MONEY and f.value is not None
    ]


def _current(ledger: Ledger, project: str) -> Figure | None:
    """The project's amount of the year as printed, else as known."""
    found = next((p for p in ledger.forms.projects if p.name == project), None)
    if found is None or found.current is None:
        return None
    for name, fact in _project_facts(ledger):
        if name == project and fact.value == found.current:
            return figure_of(fact)
    value = Dimension.MONEY.decimal(found.current)
    return figure(value, shown(value, "万元"), "万元", project, found.source)


def _lines(ledger: Ledger) -> Iterator[Outcome]:
    """Spending lines of one form against the project's amount of the year."""

    def form(line: SpendingLine) -> tuple[str, str]:
        return ledger.project_name(line.project), line.origin_form

    for (project, origin), group in groupby(sorted(ledger.forms.spending, key=form), key=form):
        lines = list(group)
        whole = _current(ledger, project)
        if whole is None or any(line.value is None for line in lines):
            continue
        parts = [_line_figure(line) for line in lines]
        severity = sum_severity(whole, parts)
        if severity is None:
            yield Outcome(LINES)
            continue
        unit = common_unit((whole, *parts))
        total = sum((p.value for p in parts), Decimal(0))
        gap = shown(abs(total - whole.value), unit)
        yield Outcome(
            LINES,
            finding(
                LINES,
                severity,
                f"项目“{project}”本年预算{whole.shown(unit)}{unit}，{origin or '项目表'}所列各项合计"
                f"{shown(total, unit)}{unit}，相差{gap}{unit}。",
                f"{' + '.join(p.shown(unit) for p in parts)} = {shown(total, unit)} ≠ {whole.shown(unit)}（{unit}）",
                (*(line.source for line in lines), whole.source),
                (project,),
                project=project,
                aspects=("明细",),
            ),
        )


def _line_figure(line: SpendingLine) -> Figure:
    """The line's amount with the precision of its first printed amount."""
    value = Dimension.MONEY.decimal(line.value or 0)
    for match in re.finditer(rf"({NUMERAL})({MONEY_UNIT})?", flat(line.text)):
        number = parse_number(match[1])
        for unit in (match[2], "万元", "元"):
            if number is not None and unit and number * MONEY_UNITS[unit] == value:
                return figure(value, match[1], unit, line.content, line.source)
    return figure(value, shown(value, "万元"), "万元", line.content, line.source)


def _amounts(ledger: Ledger) -> Iterator[Outcome]:
    """The same amount of the same project in two forms."""

    def axes(item: tuple[str, Fact]) -> tuple[str, str, int, str]:
        return item[0], item[1].measure, item[1].year or 0, item[1].stage

    facts = [item for item in _project_facts(ledger) if item[1].measure]
    for (project, measure, _, _), group in groupby(sorted(facts, key=axes), key=axes):
        figures = list({(f.value, f.sources[0].section, f.sources[0].table): f for _, f in group}.values())
        if len(figures) < 2:
            continue
        first, other = figure_of(figures[0]), None
        for fact in figures[1:]:
            candidate = figure_of(fact)
            if first and candidate and same(first, candidate) is Severity.CONTRADICTION:
                other = candidate
                break
        if first is None or other is None:
            yield Outcome(FORMS)
            continue
        unit = common_unit((first, other))
        gap = shown(abs(first.value - other.value), unit)
        yield Outcome(
            FORMS,
            finding(
                FORMS,
                Severity.CONTRADICTION,
                f"项目“{project}”的{measure}两处不一致：{place(first.source)}中是{first.shown(unit)}{unit}，"
                f"{place(other.source)}中是{other.shown(unit)}{unit}，相差{gap}{unit}。",
                f"{max(first.value, other.value) / MONEY_UNITS[unit]:f} − "
                f"{min(first.value, other.value) / MONEY_UNITS[unit]:f} = {gap} {unit}",
                (first.source, other.source),
                (project,),
                project=project,
                aspects=(measure,),
            ),
        )


def _total(ledger: Ledger) -> Iterator[Outcome]:
    """All projects together never exceed 项目支出. A document may list only some, so less is no contradiction."""
    figures = [f for p in ledger.forms.projects if (f := _current(ledger, p.name))]
    totals = [f for f in map(figure_of, ledger.select(ledger.rules.project_total)) if f]
    if len(figures) < 2 or not totals:
        return
    whole = max(totals, key=lambda f: f.value)
    total = sum((f.value for f in figures), Decimal(0))
    severity = sum_severity(whole, figures)
    if severity is not Severity.CONTRADICTION or total < whole.value:
        yield Outcome(TOTALS)
        return
    unit = common_unit((whole, *figures))
    yield Outcome(
        TOTALS,
        finding(
            TOTALS,
            severity,
            f"各项目本年预算合计{shown(total, unit)}{unit}，超过项目支出总额{whole.shown(unit)}{unit}。",
            f"{' + '.join(f.shown(unit) for f in figures)} = {shown(total, unit)} > {whole.shown(unit)}（{unit}）",
            (whole.source, *(f.source for f in figures)),
            ("项目合计",),
            aspects=("合计",),
        ),
    )


def _procurement(ledger: Ledger) -> Iterator[Outcome]:
    """Purchases planned in project forms never exceed the stated 政府采购 total."""
    parts = [p for p in ledger.forms.procurement if p.value]
    names = {core(n) for n in ledger.rules.procurement_names}
    stated = [
        s
        for s in ledger.statements
        if s.kind is StatementKind.AMOUNT and core(s.subject) in names and s.year == ledger.document.identity.year
    ]
    wholes = [f for f in map(figure_of, stated) if f]
    if len(parts) < 2 or not wholes:
        return
    figures = [
        figure(
            Dimension.MONEY.decimal(p.value or 0),
            shown(Dimension.MONEY.decimal(p.value or 0), "万元"),
            "万元",
            p.project,
            p.source,
        )
        for p in parts
    ]
    whole = max(wholes, key=lambda f: f.value)
    total = sum((f.value for f in figures), Decimal(0))
    if sum_severity(whole, figures) is not Severity.CONTRADICTION or total < whole.value:
        yield Outcome(TOTALS)
        return
    terms = " + ".join(f.shown("万元") for f in figures)
    yield Outcome(
        TOTALS,
        finding(
            TOTALS,
            Severity.CONTRADICTION,
            f"各项目表的采购计划合计{shown(total, '万元')}万元，超过文中政府采购预算{whole.shown('万元')}万元。",
            f"{terms} = {shown(total, '万元')} > {whole.shown('万元')}（万元）",
            (whole.source, *(f.source for f in figures)),
            tuple(s.subject for s in stated[:1]),
            aspects=("合计",),
        ),
    )


def _executed(ledger: Ledger) -> Iterator[Outcome]:
    """What a project spent in an earlier year, told in two fields of its form."""
    words = ledger.rules.words
    verbs = "|".join(sorted(words.executed, key=len, reverse=True))
    spent = re.compile(rf"(?P<verb>{verbs})(?:为|数|情况)?(?P<number>{NUMERAL})(?P<unit>{MONEY_UNIT})")
    told: dict[tuple[str, str], list[tuple[Figure, str]]] = {}
    for field in ledger.forms.fields:
        project, text = ledger.project_name(field.owner), flat(field.text)
        marks = [*words.years.finditer(text)]
        for index, mark in enumerate(marks):
            end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
            for match in spent.finditer(text, mark.end(), end):
                value = (parse_number(match["number"]) or Decimal(0)) * MONEY_UNITS[match["unit"]]
                stated = figure(value, match["number"], match["unit"], match["verb"], field.source)
                told.setdefault((project, mark[1]), []).append((stated, field.label))
    for (project, year), figures in told.items():
        by_value = {f.value: (f, label) for f, label in figures}
        if len(by_value) == 1:
            yield Outcome(HISTORY)
            continue
        yield _spent_twice(project, year, list(by_value.values()))


def _spent_twice(project: str, year: str, figures: Sequence[tuple[Figure, str]]) -> Outcome:
    (first, label), (other, other_label) = figures[0], figures[1]
    unit = common_unit((first, other))
    gap = shown(abs(first.value - other.value), unit)
    return Outcome(
        HISTORY,
        finding(
            HISTORY,
            Severity.DISCREPANCY,
            f"项目“{project}”{year}年的执行数有两个说法：“{label}”栏写“{first.label}{first.shown()}{first.unit}”，"
            f"“{other_label}”栏写“{other.label}{other.shown()}{other.unit}”，相差{gap}{unit}（可能是时点不同，文中未说明）。",
            f"{shown(max(first.value, other.value), unit)} − {shown(min(first.value, other.value), unit)} = {gap} {unit}",
            (first.source, other.source),
            (project,),
            project=project,
            aspects=("执行数", "实际支出"),
        ),
    )
