"""The axes of a question (year, 口径, table, project, exclusions) carried into every subject it names.

Several values on one axis of one subject are several figures; against the year before, two years are a change.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.parts import Parts
from assistant.semantics import Setting, grammar_words
from assistant.stages import Asked, of_past, pairs, stage_measures
from assistant.standing import Subject, lists


def with_axes(parts: Parts, setting: Setting) -> Parts:
    """Carry the axes of the whole question (year, 口径, table, unit, exclusions) into every subject."""
    asked = pairs(parts, setting)
    if asked:
        return _paired(parts, asked, setting)
    years = parts.years
    if _against_previous(parts, setting):
        parts, years = replace(parts, years=(), versus_previous=True), ()
    own = not years or years == (setting.year,) and parts.at("previous") > parts.linked.text.find(str(setting.year))
    if own and parts.has("previous") and not parts.has("compare_previous", "compare") and setting.year is not None:
        years = (setting.year - 1,)
    for cue, offset in (("year_earlier", -1), ("year_before_last", -2), ("next_year", 1)):
        if not years and parts.has(cue) and setting.year is not None:
            years = (setting.year + offset,)
    parts = of_past(replace(parts, years=years, stages=stage_measures(parts, setting)), setting)

    bound = _bound_years(parts) if not parts.versus_previous else {}
    return _widened(parts, years, bound, setting)


def _paired(parts: Parts, asked: tuple[Asked, ...], setting: Setting) -> Parts:
    """One thing of several years, each at its own stage."""
    plain = _widened(replace(parts, stages=(), measures=()), (), {}, setting)
    things = plain.subjects or plain.contexts
    if len(things) != 1:
        return _widened(replace(parts, stages=stage_measures(parts, setting)), parts.years, {}, setting)
    thing = things[0]
    several = tuple(
        replace(
            thing,
            selector=thing.selector.narrowed(
                years=(one.year,) if one.year is not None and one.year != setting.year else (),
                measures=(one.stage,) if one.stage else (),
                label=f"{thing.selector.label}{one.year or ''}年{one.stage or '预算'}",
            ),
        )
        for one in asked
    )
    return replace(plain, subjects=several, contexts=() if not plain.subjects else plain.contexts, years=())


def _widened(parts: Parts, years: tuple[int, ...], bound: dict[int, tuple[int, ...]], setting: Setting) -> Parts:
    """Every subject and context with the axes that the question gives them."""

    def widen(subject: Subject) -> Subject:
        selector = subject.selector
        held = _own_contexts(subject, parts)
        scopes = tuple(c.selector.names[0] for c in held if c.scope_only and c.selector.names)
        bound_here = len(held) < len(parts.contexts)
        measures = () if _is_measure(subject) else parts.stages or (scopes if bound_here else parts.measures)
        context_projects = [c.selector.project for c in held if c.selector.project]
        project = selector.project or (context_projects[0] if context_projects else None)
        return replace(
            subject,
            selector=selector.narrowed(
                measures=selector.measures or measures,
                funds=parts.funds or selector.funds,
                years=bound.get(subject.start, ()) if bound else years or selector.years,
                table_numbers=parts.tables or selector.table_numbers,
                project=project,
                documents=parts.documents or setting.documents,
                exclude=tuple(n for e in parts.excluded for n in e.selector.names),
            ),
        )

    return replace(
        parts,
        subjects=_distinct(tuple(each for s in parts.subjects for each in _along_axes(widen(s)))),
        contexts=tuple(widen(c) for c in parts.contexts),
        years=years,
    )


def _against_previous(parts: Parts, setting: Setting) -> bool:
    """ "2021年…较2020年…": the document's year against the one before is a change."""
    both = setting.year is not None and set(parts.years) == {setting.year, setting.year - 1}
    before = parts.has("previous") and not parts.years
    only = setting.year is not None and (parts.years == (setting.year - 1,) or before)
    moved = (
        parts.has("change_down", "change_up", "change_any", "difference", "rate", "equal") or "少" in parts.linked.text
    )
    against = any(m.has("compare") and not lists(m.text) for m in parts.linked.mentions)
    one = len(parts.subjects) <= 1
    compared = parts.has("compare_previous") or against or (one and parts.has("compare"))
    one = one or parts.has("sum")  # of several together
    return one and compared and moved and (both or only)


def _bound_years(parts: Parts) -> dict[int, tuple[int, ...]]:
    """With several subjects, a year after the first of them belongs to the subject that follows it."""
    if len(parts.subjects) < 2:
        return {}
    first = parts.subjects[0].start
    late = [m for m in parts.linked.mentions if m.year is not None and m.start > first]
    if not late or any(m.year is not None and m.start < first for m in parts.linked.mentions):
        return {}
    if late[0].start >= parts.subjects[-1].end and _listed(parts):
        return {}  # 专项工作和调查研究2020年的: the year of both
    bound: dict[int, tuple[int, ...]] = {}
    for mention in late:
        owner = next((s for s in parts.subjects if s.start >= mention.end), parts.subjects[-1])
        bound[owner.start] = (*bound.get(owner.start, ()), mention.year or 0)
    return bound


def _listed(parts: Parts) -> bool:
    """Do nothing but words that list stand between the subjects?"""
    ordered = sorted(parts.subjects, key=lambda s: s.start)
    return all(lists(parts.linked.text[a.end : b.start]) for a, b in zip(ordered, ordered[1:], strict=False))


def _own_contexts(subject: Subject, parts: Parts) -> tuple[Subject, ...]:
    """What a subject stands in: said right before it, where several subjects each have their own
    (基本支出里的差旅费和扶贫项目的差旅费); nothing, where all of it is meant (占全部采购的); else all that is said."""
    shared = parts.at("share")
    if 0 <= shared < subject.start and parts.linked.text[: subject.start].endswith(grammar_words("everything")):
        return ()
    earlier = [s.end for s in parts.subjects if s.end <= subject.start]
    later = any(c.start > min((s.end for s in parts.subjects), default=0) for c in parts.contexts)
    if len(parts.subjects) < 2 or not later:
        return parts.contexts
    return tuple(c for c in parts.contexts if max(earlier, default=-1) <= c.start < subject.start)


def _distinct(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """ "表4的301跟表6的301": a thing named with each value of an axis is not asked of twice."""
    return tuple({replace(s.selector, label=""): s for s in reversed(subjects)}.values())[::-1]


_AXES = ("table_numbers", "years", "measures", "funds")


def _along_axes(subject: Subject) -> tuple[Subject, ...]:
    """Several values on an axis of one subject ("公开表1和公开表6的…", "2019年和2020年", "调整后的预算和实际支出")
    are several figures, each labelled."""
    subjects = [subject]
    for axis in _AXES:
        values: tuple[object, ...] = getattr(subject.selector, axis)
        if len(values) > 1:
            subjects = [
                replace(s, selector=s.selector.narrowed(**{axis: (v,)}, label=f"{s.selector.label}（{v}）"))
                for s in subjects
                for v in values
            ]
    return tuple(subjects)


def _is_measure(subject: Subject) -> bool:
    """人员经费 asked inside 基本支出: a 口径 that is asked for itself is not narrowed by another."""
    return subject.scope_only and not subject.selector.codes
