"""几个人, 多少辆: the counted thing behind a name that otherwise is of money."""

from __future__ import annotations

from dataclasses import replace

from assistant.body_names import shortened
from assistant.catalog import Catalog, NameEntry
from assistant.parts import Parts
from assistant.query import Selector
from assistant.question import fold
from assistant.semantics import Semantics, grammar_words
from assistant.standing import Subject
from assistant.text_terms import load
from assistant.thesaurus import said_instead
from assistant.understanding import Understanding
from index.evidence import Classification, Dimension
from index.numbers import MONEY_UNITS

_KINDS = (Classification.QUANTITY, Classification.INDICATOR)


def prefer_counts(parts: Parts, catalog: Catalog, semantics: Semantics) -> Parts:
    """Where a question counts heads (几位, 多少名), its subject is the counted name nearest to what was said."""
    if not parts.head_unit:
        return parts
    units = {parts.head_unit} | load().counters.get(parts.head_unit, frozenset())
    counted = [e for e in catalog.names if units & set(e.units) and not e.classifications.isdisjoint(_KINDS)]
    if not counted:
        return parts
    if not parts.subjects:
        named = _nearest(parts.linked.text, counted, semantics)
        if named is None:
            return parts
        subject = Subject(_selector(named, parts), 0, 0)
        return replace(parts, subjects=(subject,), nouns=())
    subjects = []
    for subject in parts.subjects:
        entry = catalog.by_name.get(subject.selector.names[0]) if subject.selector.names else None
        if entry is not None and Dimension.COUNT in entry.dimensions:
            held = (n for n in subject.selector.names if n in catalog.by_name)
            names = tuple(n for n in held if units & set(catalog.by_name[n].units)) or subject.selector.names
            counts = subject.selector.narrowed(names=names, dimension=Dimension.COUNT)
            subjects.append(replace(subject, selector=counts))
            continue
        near = [e for e in counted if subject.typed and fold(subject.typed) in fold(e.name)]
        near = near or [e for e in counted if subject.typed and shortened(fold(subject.typed), fold(e.name))]
        if near:
            names = tuple(e.name for e in near)
            selector = subject.selector.narrowed(names=names, codes=(), classifications=_KINDS, measures=())
            if subject.selector.classifications:
                selector = selector.narrowed(project=None)
            subjects.append(replace(subject, selector=selector))
        else:
            subjects.append(subject)
    return replace(parts, subjects=tuple(subjects))


def of_one_project(parts: Parts, catalog: Catalog) -> Parts:
    """ "健身路径要换多少条旧的、添多少条新的": the indicators of the project that are counted in that unit."""
    projects = [s.selector.project for s in parts.subjects if s.selector.project]
    if len(parts.subjects) != 1 or not projects or parts.has(*_MORE):
        return parts
    own = [e for e in catalog.names if projects[0] in e.projects and Classification.INDICATOR in e.classifications]
    text = parts.linked.text
    asked = {
        u: text.count(f"多少{u}") + text.count(f"几{u}") for e in own for u in e.units if u not in MONEY_UNITS and u
    }
    units = {u for u, times in asked.items() if times}
    fitting = [e for e in own if units & set(e.units)]
    if not fitting:
        return parts
    if len(fitting) > sum(asked[u] for u in units):
        said = set(text) - set(projects[0] or "")
        scores = [len(said & set(e.name)) for e in fitting]
        fitting = [e for e, score in zip(fitting, scores, strict=True) if score == max(scores)]
    here = parts.subjects[0]
    chosen = tuple(
        replace(here, selector=Selector(names=(e.name,), project=projects[0], dimension=Dimension.COUNT, label=e.name))
        for e in fitting
    )
    kept = tuple(m for m in parts.linked.mentions if len(m.text) > 1 or not m.has("change_up", "change_down"))
    return replace(parts, subjects=chosen, linked=replace(parts.linked, mentions=kept))


_MORE = ("share", "max", "min", "sum", "difference", "compare_previous", "per_head", "per_month", "per_day", "ratio")


def in_money(understood: Understanding, asked: bool) -> Understanding:
    """Where money is asked for (多少钱), a name that is also counted means its amount."""
    query = understood.query
    money = asked or (query is not None and query.unit in MONEY_UNITS)
    if query is None or not money or not query.subjects:
        return understood
    subjects = tuple(s if s.dimension else s.narrowed(dimension=Dimension.MONEY) for s in query.subjects)
    return replace(understood, query=query.with_(subjects=subjects))


_RATES = ("rate", "change_up", "change_down", "compare_previous")
_INSIDE = frozenset({Classification.INDICATOR, Classification.QUANTITY, Classification.SPENDING_LINE})
_FEW = 3
_MOSTLY = 0.6  # share of a name's own characters that a question says


def prefer_rates(parts: Parts, catalog: Catalog) -> Parts:
    """Where a rate or an indicator is asked of something that is counted or promised (政府工作报告出错的比率,
    招商引资的指标), its subject is the rate that is named after it."""
    promised = any(m.sense.noun and m.sense.noun.classification is Classification.INDICATOR for m in parts.nouns)
    if not (promised or parts.has(*_RATES)) or len(parts.subjects) != 1 or parts.contexts and not parts.projects:
        return parts
    subject = parts.subjects[0]
    entries = [catalog.by_name[n] for n in subject.selector.names if n in catalog.by_name]
    if not entries or any(not e.classifications <= _INSIDE for e in entries):
        return parts
    if any(Dimension.PERCENT in e.dimensions for e in entries):
        return parts
    rated = (
        e for e in catalog.names if Dimension.PERCENT in e.dimensions and Classification.INDICATOR in e.classifications
    )
    named = tuple(e.name for e in rated if subject.typed and fold(subject.typed) in fold(e.name))
    if not 0 < len(named) <= _FEW:
        return parts
    selector = subject.selector.narrowed(names=named, codes=(), classifications=(), dimension=Dimension.PERCENT)
    return replace(parts, subjects=(replace(subject, selector=selector),))


def prefer_said(parts: Parts, catalog: Catalog) -> Parts:
    """满意度 of 聘来的临时人员: of the indicators that share a word for a rate, however each of them puts it, the one
    whose own characters the question says."""
    if not parts.has("ask_amount", "rate") or parts.has("which", "max", "min") or parts.noun(Classification.INDICATOR):
        return parts
    return replace(parts, subjects=tuple(_said_of(_in_other_words(s, catalog), parts) for s in parts.subjects))


def is_rate_of_many(subject: Subject) -> bool:
    """Is a subject nothing but a word for a rate (满意度) that the names of several indicators have?"""
    rate = subject.via == "contain" and subject.typed.endswith(grammar_words("rate_endings"))
    return rate and len(subject.selector.names) > 1


def _in_other_words(subject: Subject, catalog: Catalog) -> Subject:
    """满意度 is also what is printed as 满意率."""
    if subject.via != "contain" or not subject.typed.endswith(grammar_words("rate_endings")):
        return subject
    words = tuple(w for w in said_instead(subject.typed) if w.endswith(grammar_words("rate_endings")))
    others = (e.name for e in catalog.names if e.name.endswith(words) and Classification.INDICATOR in e.classifications)
    names = tuple(dict.fromkeys((*subject.selector.names, *(others if words else ()))))
    return replace(subject, selector=subject.selector.narrowed(names=names))


def _said_of(subject: Subject, parts: Parts) -> Subject:
    names, selector = subject.selector.names, subject.selector
    if not is_rate_of_many(subject) or selector.project or parts.projects:
        return subject
    shared = {c for c in set("".join(names)) if sum(c in name for name in names) > len(names) / 2}
    said = set(parts.linked.text) - shared
    scores = {name: len(said & set(name)) / len(set(name) - shared or {""}) for name in names}
    best = max(scores.values())
    nearest = [name for name, score in scores.items() if score == best]
    if len(nearest) > 1 or best < _MOSTLY:
        return subject
    return replace(subject, selector=selector.narrowed(names=(nearest[0],), label=nearest[0]), via="exact")


def _selector(entry: NameEntry, parts: Parts) -> Selector:
    return Selector(names=(entry.name,), label=entry.name, project=parts.projects[0] if parts.projects else None)


def _nearest(text: str, counted: list[NameEntry], semantics: Semantics) -> NameEntry | None:
    """The counted name whose own characters (those not shared by the others) the question says."""
    asked = {c for words in semantics.cues.values() for w in words if len(w) == 1 for c in w}
    shared = {c for c in set("".join(e.name for e in counted)) if sum(c in e.name for e in counted) > len(counted) / 2}
    said = set(text) - shared - asked
    scored = sorted(
        ((len(said & set(e.name)) / len(set(e.name) - shared or {""}), e.name, e) for e in counted),
        key=lambda i: (-i[0], i[1]),
    )
    if not scored or scored[0][0] < 0.34 or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][2]
