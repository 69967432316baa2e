"""Printed arithmetic must hold, and what stands in brackets behind an amount must add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.document import Source
from index.evidence import Dimension, Severity
from index.identities.calculations import Calculation, calculations, flat
from index.identities.figures import HALF, Figure, common_unit, figure, shown, sum_severity
from index.identities.ledger import Ledger, Outcome, finding
from index.identities.listings import Breakdown, Item, breakdowns
from index.identities.names import key
from index.numbers import MONEY_UNITS

KIND = "算式"
LISTING = "分项合计"
_CLAUSE = re.compile(r"[，,；;。（）：:]")


class Passage(NamedTuple):
    """A text that may hold calculations. `subject`: what it speaks of; `whole`: the amount it explains, if known."""

    text: str
    source: Source
    subject: str
    project: str = ""
    whole: Figure | None = None


def passages(ledger: Ledger) -> Iterator[Passage]:
    """Texts of forms: spending lines, labelled fields, explanations of indicators."""
    forms = ledger.forms
    lines_of: dict[tuple[str, str], int] = {}
    for line in forms.spending:
        lines_of[line.project, line.origin_form] = lines_of.get((line.project, line.origin_form), 0) + 1
    for line in forms.spending:
        project = ledger.project_name(line.project)
        whole = _project_amount(ledger, project) if lines_of[line.project, line.origin_form] == 1 else None
        yield Passage(line.text or line.content, line.source, line.content or project, project, whole)
    for field in forms.fields:
        yield Passage(field.text, field.source, field.label, ledger.project_name(field.owner) if field.owner else "")
    for indicator in forms.indicators:
        if indicator.explanation:
            project = ledger.project_name(indicator.project)
            yield Passage(indicator.explanation, indicator.source, indicator.name, project)


def _project_amount(ledger: Ledger, project: str) -> Figure | None:
    """The project's amount of the year, as printed where it stands."""
    found = ledger.projects.get(key(project))
    if found is None or found.current is None:
        return None
    value = found.current
    for fact in ledger.forms.facts:
        if fact.value == value and ledger.project_name(fact.project or fact.subject) == project:
            return figure(fact.dimension.decimal(value), fact.printed, fact.unit or "万元", project, fact.sources[0])
    exact = Dimension.MONEY.decimal(value)
    return figure(exact, shown(exact, "万元"), "万元", project, found.source)


def check(ledger: Ledger) -> Iterator[Outcome]:
    """Calculations of every text; listings of the texts in forms, and those in brackets in prose."""
    words = ledger.rules.words
    seen: set[str] = set()
    held = list(passages(ledger))
    for passage in held:
        for calculation in calculations(flat(passage.text), words):
            if calculation.text not in seen:
                seen.add(calculation.text)
                yield _calculation(calculation, passage)
    prose = list(_sentences(ledger))
    for passage in prose:
        for calculation in calculations(passage.text, words):
            if calculation.text not in seen:
                seen.add(calculation.text)
                label = _CLAUSE.split(passage.text[: calculation.start])[-1]
                yield _calculation(calculation, passage._replace(subject=label if len(label) > 1 else calculation.text))
    told: set[tuple[str, str]] = set()
    for passage in held:
        for breakdown in breakdowns(flat(passage.text), words):
            for outcome in _breakdown(breakdown, passage):
                arithmetic = outcome.finding.arithmetic if outcome.finding else ""
                if not arithmetic or (passage.project, arithmetic) not in told:
                    told.add((passage.project, arithmetic))
                    yield outcome
    for passage in prose:
        for breakdown in breakdowns(passage.text, words, sentences=False):
            labels = (breakdown.label, *(item.label for item in breakdown.listing.items))
            if all(labels) and not any(word in label for word in words.compared for label in labels):
                yield from _breakdown(breakdown, passage)


def _sentences(ledger: Ledger) -> Iterator[Passage]:
    """The sentences of the prose."""
    for paragraph in ledger.document.paragraphs:
        section = ledger.document.section_path(paragraph.section)
        for sentence in re.findall(r"[^。]+。?", paragraph.text):
            source = Source(ledger.document.key, section, paragraph.position, quote=sentence.strip())
            yield Passage(flat(sentence), source, "")


def _calculation(calculation: Calculation, passage: Passage) -> Outcome:
    severity = calculation.severity
    if severity is None:
        return Outcome(KIND)
    return Outcome(
        KIND,
        finding(
            KIND,
            severity,
            f"文中算式“{calculation.text}”算不出所写的结果，按算式应为{calculation.corrected().split('=')[-1]}。",
            f"{calculation.corrected()} ≠ {calculation.result.printed}{calculation.result.unit}",
            (passage.source,),
            (passage.subject, passage.project),
            project=passage.project,
            aspects=("明细",),
        ),
    )


def _breakdown(breakdown: Breakdown, passage: Passage) -> Iterator[Outcome]:
    for item in breakdown.listing.items:
        if item.explained:
            yield _explained(item, item.explained, passage)
    whole = breakdown.whole
    computed = [i for i in breakdown.listing.items if i.label]
    if whole is None and len(computed) == len(breakdown.listing.items) > 1 and passage.whole:
        whole = passage.whole
    if whole is None or not breakdown.listing.complete or len(breakdown.listing.items) < 2:
        return
    parts = [item.amount for item in breakdown.listing.items]
    severity = sum_severity(whole, parts)
    if severity is None or (breakdown.listing.partial and breakdown.listing.total <= whole.value):
        yield Outcome(LISTING)
        return
    unit = common_unit(parts)
    total, label = breakdown.listing.total, breakdown.label if breakdown.whole else passage.project or passage.subject
    terms = " + ".join(p.shown(unit) for p in parts)
    line = f"{terms} = {shown(total, unit)} {unit}"
    if unit != whole.unit and whole.unit in MONEY_UNITS:
        line += f" = {shown(total, whole.unit)} {whole.unit}"
    gap = shown(abs(total - whole.value), whole.unit)
    yield Outcome(
        LISTING,
        finding(
            LISTING,
            severity,
            f"“{label}”写明{whole.shown()}{whole.unit}，但所列各项合计为{shown(total, whole.unit)}{whole.unit}，"
            f"相差{gap}{whole.unit}。",
            f"{line} ≠ {whole.shown()} {whole.unit}，差 {gap} {whole.unit}",
            (passage.source, whole.source),
            (label, passage.project if not breakdown.whole else ""),
            project=passage.project,
            aspects=("明细",),
        ),
    )


def _explained(item: Item, calculation: Calculation, passage: Passage) -> Outcome:
    """An amount and the calculation printed behind it. 出入 when the amount is the result rounded further."""
    off = abs(item.amount.value - calculation.computed)
    if item.amount.value == calculation.result.value or off <= min(item.amount.ulp, calculation.result.ulp) * HALF:
        return Outcome(KIND)
    severity = Severity.DISCREPANCY if off <= item.amount.ulp * HALF else Severity.CONTRADICTION
    stated, unit = item.amount, calculation.result.unit
    return Outcome(
        KIND,
        finding(
            KIND,
            severity,
            f"“{item.label}”写的是{stated.shown()}{stated.unit}，紧接着的算式却得{calculation.result.shown()}{unit}"
            f"（准确值{shown(calculation.computed, unit)}{unit}）。",
            f"{calculation.corrected()} = {shown(calculation.computed, unit)}{unit} ≠ {stated.shown()}{stated.unit}",
            (passage.source,),
            (item.label,),
            project=passage.project,
            aspects=("金额", "明细"),
        ),
    )
