"""The axes of a question (year, 口径, table, project, exclusions) carried into every subject it names.

Several values on one axis of one subject are several figures; against the year before, two years are a change.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.parts import Parts
from assistant.semantics import Setting
from assistant.standing import Subject


def with_axes(parts: Parts, setting: Setting) -> Parts:
    """Carry the axes of the whole question (year, 口径, table, unit, exclusions) into every subject."""
    years = parts.years
    if _against_previous(parts, setting):
        parts, years = replace(parts, years=(), versus_previous=True), ()
    if not years and parts.has("previous") and not parts.has("compare_previous") and setting.year is not None:
        years = (setting.year - 1,)
    for cue, offset in (("year_before_last", -2), ("next_year", 1)):
        if not years and parts.has(cue) and setting.year is not None:
            years = (setting.year + offset,)
    parts = replace(parts, stages=_stage_measures(parts))

    bound = _bound_years(parts) if not parts.versus_previous else {}

    def widen(subject: Subject) -> Subject:
        selector = subject.selector
        measures = parts.stages or parts.measures
        context_projects = [c.selector.project for c in parts.contexts if c.selector.project]
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
        subjects=tuple(each for s in parts.subjects for each in _along_axes(widen(s))),
        contexts=tuple(widen(c) for c in parts.contexts),
        years=years,
    )


_STAGE_WORDS = (
    ("adjusted", "调整后预算"), ("surplus", "结余"), ("actual", "实际支出"), ("budgeted", "预算"),
)  # fmt: skip


def _stage_measures(parts: Parts) -> tuple[str, ...]:
    """预算, 调整后, 实际支出, 结余 of an earlier year, in the order they are asked; the bare word 预算 only beside another."""
    found: list[str] = []
    mentions = parts.linked.mentions
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        left = mention.has("except") and mention.text.startswith("剩") and not parts.excluded
        for cue, measure in _STAGE_WORDS:
            if mention.has(cue) or (cue == "surplus" and left):
                adjusting = cue == "adjusted" and following is not None and following.has("budgeted")
                already = cue == "budgeted" and index and mentions[index - 1].has("adjusted")
                if cue == "surplus" and parts.has("except") and not left:
                    break
                if not already or adjusting:
                    found.append(measure)
                break
    distinct = tuple(dict.fromkeys(found))
    return () if distinct == ("预算",) else distinct


def _against_previous(parts: Parts, setting: Setting) -> bool:
    """ "2021年…较2020年…": the document's year against the one before is a change."""
    both = setting.year is not None and set(parts.years) == {setting.year, setting.year - 1}
    before = parts.has("previous") and not parts.years
    only = setting.year is not None and (parts.years == (setting.year - 1,) or before)
    moved = (
        parts.has("change_down", "change_up", "change_any", "difference", "rate", "equal") or "少" in parts.linked.text
    )
    compared = parts.has("compare", "compare_previous")
    return len(parts.subjects) <= 1 and compared and moved and (both or only)


def _bound_years(parts: Parts) -> dict[int, tuple[int, ...]]:
    """With several subjects, a year after the first of them belongs to the subject that follows it."""
    if len(parts.subjects) < 2:
        return {}
    first = parts.subjects[0].start
    late = [m for m in parts.linked.mentions if m.year is not None and m.start > first]
    if not late or any(m.year is not None and m.start < first for m in parts.linked.mentions):
        return {}
    bound: dict[int, tuple[int, ...]] = {}
    for mention in late:
        owner = next((s for s in parts.subjects if s.start >= mention.end), parts.subjects[-1])
        bound[owner.start] = (*bound.get(owner.start, ()), mention.year or 0)
    return bound


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
