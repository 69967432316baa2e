"""Performance forms of a document: projects, labelled texts, spending, procurement, indicators and their facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.document import Document, TableKind
from index.evidence import Classification, Fact, Forms, TextField
from index.forms.assemble import Gathered, read_form
from index.forms.evaluations import read_evaluations
from index.forms.evidence import indicator_evidence
from index.forms.listed import read_listed
from index.forms.listed_rows import read_listed_rows
from index.forms.place import FormPlace
from index.forms.projects import merge_mentions, names_of
from index.forms.segments import Form, read_segments
from index.forms.vocabulary import layout

_LONGEST_NAME = 60
_SENTENCE = re.compile(r"[。；：;:]")
_IGNORED = re.compile(r"[\s，。；、：,.;:]")


def read_forms(document: Document) -> Forms:
    """Everything the performance forms of the document say. Empty when it has none.

    A project that forms name differently is one `Project`; every result carries its first name.
    Facts: PROJECT has measures 项目总预算, 本年预算 and, with their own year, 预算, 调整后预算, 实际支出, 结余;
    a SPENDING_LINE is at level 1, a figure inside it at level 2 with `parent` = the line's content
    (in a fund table: `parent` and `code` = the economic account).
    """
    evaluated = read_evaluations(document)
    gathered = Gathered()
    read_listed(document, gathered)
    listed = read_listed_rows(document, gathered)
    forms = [form for form in read_segments(document) if listed.isdisjoint(line.position for line in form.lines)]
    if not forms and not gathered.indicators and not gathered.fields:
        return evaluated
    unit = _usual_unit(forms)
    project = ""
    for form in forms:
        named = _project_of(form)
        if not _is_name(named):
            continue  # a list of projects in other columns, which its labels do not cut apart
        project = named or ("" if form.kind is TableKind.OVERALL_PERFORMANCE else project)
        read_form(form, _place(document, form, project, unit), gathered)
    indicators = indicator_evidence(gathered.indicators)
    projects = merge_mentions(gathered.mentions)
    names = names_of(projects)
    return Forms(
        projects=(*projects, *(p for p in evaluated.projects if p.name not in names)),
        fields=(*_fields(gathered.fields, names), *evaluated.fields),
        spending=tuple(replace(line, project=names.get(line.project, line.project)) for line in gathered.spending),
        procurement=tuple(
            replace(plan, project=names.get(plan.project, plan.project)) for plan in gathered.procurement
        ),
        indicators=tuple(
            replace(each, project=names.get(each.project, each.project))
            for each in (*indicators.indicators, *evaluated.indicators)
        ),
        facts=tuple(_named(fact, names) for fact in (*gathered.facts, *indicators.facts, *evaluated.facts)),
    )


def _project_of(form: Form) -> str:
    """The project a form names under its own label."""
    for segment in form.segments:
        if segment.label is not None and segment.label.role == "project":
            return form.passage(segment.tokens).text.replace("\n", "").strip()
    return ""


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and not _SENTENCE.search(text)


def _usual_unit(forms: Sequence[Form]) -> str:
    units = Counter(segment.unit for form in forms for segment in form.segments if segment.unit)
    return units.most_common(1)[0][0] if units else ""


def _place(document: Document, form: Form, project: str, unit: str) -> FormPlace:
    own = next((segment.unit for segment in form.segments if segment.unit), unit)
    return FormPlace(
        document=document.key,
        section=form.section,
        table=f"{form.title}（{project}）" if project else form.title,
        kind=form.kind.value,
        year=document.identity.year,
        unit=own,
        project=project,
    )


def _fields(fields: Sequence[TextField], names: Mapping[str, str]) -> tuple[TextField, ...]:
    """Fields under canonical project names; the same text under the same label is kept once, a contact once a body."""
    contacts = layout().contacts
    kept: dict[tuple[str, str, str, str], TextField] = {}
    for item in fields:
        owner = names.get(item.owner, item.owner)
        row = item.source.row or "" if item.label in contacts else ""
        key = (owner, item.label, _IGNORED.sub("", item.text), row)
        kept.setdefault(key, replace(item, owner=owner))
    return tuple(kept.values())


def _named(fact: Fact, names: Mapping[str, str]) -> Fact:
    name = names.get(fact.project, fact.project)
    subject = name if fact.classification is Classification.PROJECT and not fact.is_total else fact.subject
    return replace(fact, project=name, subject=subject)
