"""The set of figures that a question describes: by a noun, by what it stands in, or the parts of the total."""

from __future__ import annotations

from dataclasses import replace

from assistant.parts import Parts
from assistant.query import Selector
from assistant.question import fold
from assistant.semantics import Container, Semantics, SetNoun, Setting, grammar_words
from assistant.standing import Subject
from index.evidence import Classification


def members_of(parts: Parts, setting: Setting, *, default: bool = True) -> Selector | None:
    """The set that a question describes: by a noun, by what it stands in, or the parts of the total."""
    noun = parts.noun()
    specific = parts.noun(*[c for c in Classification if c is not Classification.OTHER])
    if parts.groups and specific is None:
        specific = SetNoun((parts.groups[0],), Classification.INDICATOR)
    base = Selector(
        years=parts.years,
        funds=parts.funds,
        table_numbers=parts.tables,
        documents=parts.documents or setting.documents,
        exclude=tuple(n for e in parts.excluded for n in e.selector.names),
        conditions=parts.conditions,
        groups=parts.groups,
        holding=parts.holding,
    )
    project = parts.projects[0] if parts.projects and not any(e.selector.project for e in parts.excluded) else ""
    among = specific is not None and specific.classification is Classification.PROJECT
    if project and not (among and (parts.has("which", "max", "min", "top") or parts.position)):
        chosen = specific.classification if specific and specific.classification is not Classification.PROJECT else None
        if chosen in (Classification.ECONOMIC, Classification.GOVERNMENT_ECONOMIC) and specific and not specific.level:
            lines = base.narrowed(classifications=(Classification.SPENDING_LINE,), project=project, level=1)
            return lines.narrowed(table_kinds=("项目表",), label=f"{project}的投入资金构成")
        kind = chosen if chosen not in (Classification.ECONOMIC, Classification.GOVERNMENT_ECONOMIC) else None
        inner = kind or (Classification.INDICATOR if parts.groups else Classification.SPENDING_LINE)
        return base.narrowed(
            classifications=(inner,),
            project=project,
            measures=parts.measures if inner is Classification.INDICATOR else (),
            label=f"{project}的{inner.value}",
        )
    if (family := _family(parts, specific)) is not None:
        return base.narrowed(
            classifications=(Classification.INDICATOR,), names=family.selector.names, label=f"{family.typed}指标"
        )
    holder = max((*parts.contexts, *parts.subjects), key=lambda s: s.start, default=None)  # the innermost
    if holder is not None and holder.scope_only and (held := _coded(parts)) is not None:
        narrowed = replace(parts, measures=parts.measures or holder.selector.names[:1])  # 302类里基本支出的各款
        return _inside(held.selector, base.narrowed(measures=narrowed.measures), narrowed, setting)
    own = (
        specific is not None and specific.classification in _OWN_SETS and not _of_revenue(specific, holder, setting)
    )  # 预算规模最小的项目: projects, not the budget's parts
    if holder is not None and not own:
        found = _inside(holder.selector, base, parts, setting)
        if found is not None:
            return found
    if specific is not None and specific.classification is not None:
        measures = parts.measures
        inner_nouns = parts.noun(Classification.PROCUREMENT, Classification.INDICATOR, Classification.FUNDING)
        if specific.classification is Classification.PROJECT and inner_nouns is None and _procuring(parts, setting):
            what = next(s.selector.label for s in (*parts.contexts, *parts.subjects))
            inner_nouns = SetNoun((what,), Classification.PROCUREMENT)  # 采购的钱哪个项目用得最多
        if specific.classification is Classification.PROJECT and inner_nouns is not None:
            specific = inner_nouns  # 有采购计划的项目: the projects that have one
        if specific.classification is Classification.PROJECT:
            measures = ("本年预算",) if not parts.measures or parts.measures == ("项目支出",) else parts.measures
            measures = _of_fields(parts, setting) or parts.stages or measures
        return base.narrowed(
            classifications=(specific.classification,),
            level=specific.level,
            parents=_account(holder, setting) if specific.classification is Classification.PROJECT else (),
            measures=measures,
            tabled=specific.classification is Classification.PROCUREMENT,
            label=_called(specific, holder, setting),
        )
    if not default and noun is None:
        return None
    if parts.measures:
        for measure in parts.measures:
            found = _inside(Selector(names=(measure,)), base, parts, setting)
            if found is not None:
                return found
    if noun is None and not default:
        return None
    total = container(("部门总预算",), setting.semantics)
    return _expand(total, base, parts, "支出") if total else None


def _of_fields(parts: Parts, setting: Setting) -> tuple[str, ...]:
    """The number of each project that a field of its form holds (自评得分)."""
    measured = {a.label: a.measure for a in setting.semantics.attributes if a.measure}
    return tuple(measured[m.sense.attribute] for m in parts.attributes if m.sense.attribute in measured)


def _account(holder: Subject | None, setting: Setting) -> tuple[str, ...]:
    """“水利工程建设”下面有几个项目: the account whose projects are meant."""
    if (
        holder is None
        or holder.scope_only
        or holder.selector.project
        or container(holder.selector.names, setting.semantics)
    ):
        return ()
    return holder.selector.names + holder.selector.codes


def _family(parts: Parts, noun: SetNoun | None) -> Subject | None:
    """Indicators that share a word for a rate (满意度指标, 哪个满意度最低)."""
    for subject in (*parts.subjects, *parts.contexts):
        shared = len(subject.selector.names) > 1 and all(subject.typed in fold(n) for n in subject.selector.names)
        asked = noun.classification is Classification.INDICATOR if noun is not None else parts.has("max", "min", "list")
        if shared and subject.via == "contain" and subject.typed.endswith(grammar_words("rate_endings")) and asked:
            return subject
    return None


def _of_revenue(noun: SetNoun, holder: Subject | None, setting: Setting) -> bool:
    """预算收入有几个来源: the kinds of revenue, not what each project is paid from."""
    whole = container(holder.selector.names, setting.semantics) if holder is not None else None
    revenue = whole is not None and whole.classification is Classification.REVENUE
    return revenue and noun.classification is Classification.FUNDING


def _called(noun: SetNoun, holder: Subject | None, setting: Setting) -> str:
    """What a set is called: after its whole where that is named (项目支出由哪些项目构成), else by its noun."""
    whole = container(holder.selector.names, setting.semantics) if holder is not None else None
    named = whole is not None and whole.classification is noun.classification
    return holder.selector.label if named and holder is not None else noun.surfaces[0]


def _procuring(parts: Parts, setting: Setting) -> bool:
    """Is procurement what is asked of each?"""
    named = [container(s.selector.names, setting.semantics) for s in (*parts.contexts, *parts.subjects)]
    return any(whole is not None and whole.classification is Classification.PROCUREMENT for whole in named)


def _coded(parts: Parts) -> Subject | None:
    """The account called by its code among what the question stands in."""
    return next((s for s in (*parts.contexts, *parts.subjects) if s.selector.codes and not s.scope_only), None)


_OWN_SETS = (
    Classification.PROJECT, Classification.INDICATOR, Classification.PROCUREMENT, Classification.FUNDING,
    Classification.QUANTITY,
)  # fmt: skip


def _inside(holder: Selector, base: Selector, parts: Parts, setting: Setting) -> Selector | None:
    known = container(holder.names, setting.semantics)
    if known is not None:
        return _expand(known, base, parts, holder.label or holder.names[0])
    if holder.names or holder.codes:
        return base.narrowed(
            parents=holder.names + holder.codes, measures=parts.measures, project=holder.project,
            label=holder.label or holder.names[0],
        )  # fmt: skip
    return None


def container(names: tuple[str, ...], semantics: Semantics) -> Container | None:
    """The known whole of one of these names, however it is printed (“三公”经费)."""
    folded = {fold(name) for name in names}
    return next((c for c in semantics.containers if not folded.isdisjoint(c.names)), None)


def _expand(whole: Container, base: Selector, parts: Parts, label: str) -> Selector:
    noun = parts.noun(whole.classification, Classification.FUNCTIONAL, Classification.ECONOMIC)
    classification = noun.classification if noun and noun.classification else whole.classification
    same = classification is whole.classification
    return base.narrowed(
        classifications=(classification,),
        level=(noun.level if noun and noun.level else whole.level if same else None),
        measures=whole.measures if whole.measures and same else _measures(classification, parts),
        table_kinds=whole.table_kinds if same and not parts.tables else (),
        tabled=classification is Classification.PROCUREMENT,
        label=label,
    )


def _measures(classification: Classification, parts: Parts) -> tuple[str, ...]:
    if classification is Classification.PROCUREMENT:
        return ()
    return parts.measures or ("合计",)
