"""几个人, 多少辆: the counted thing behind a name that otherwise is of money."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog, NameEntry
from assistant.parts import Parts
from assistant.query import Selector
from assistant.question import fold
from assistant.semantics import Semantics
from assistant.standing import Subject
from index.evidence import Classification, Dimension

_KINDS = frozenset({Classification.QUANTITY, Classification.INDICATOR})


def prefer_counts(parts: Parts, catalog: Catalog, semantics: Semantics) -> Parts:
    """Where a question counts heads (几位, 多少名), its subject is the counted name nearest to what was said."""
    if not parts.head_unit:
        return parts
    counted = [e for e in catalog.names if parts.head_unit in e.units and e.classifications & _KINDS]
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
            subjects.append(replace(subject, selector=subject.selector.narrowed(dimension=Dimension.COUNT)))
            continue
        near = [e for e in counted if subject.typed and fold(subject.typed) in fold(e.name)]
        if near:
            names = tuple(e.name for e in near)
            selector = subject.selector.narrowed(names=names, codes=(), classifications=tuple(_KINDS), measures=())
            if subject.selector.classifications:
                selector = selector.narrowed(project=None)
            subjects.append(replace(subject, selector=selector))
        else:
            subjects.append(subject)
    return replace(parts, subjects=tuple(subjects))


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
