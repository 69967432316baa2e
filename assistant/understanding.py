"""Links → Understanding: what is asked of which figures, which passage is wanted, or what is missing.

The rules below are one decision each, tried in order; the first that applies wins. They look only at `Parts`
(which operation words there are, and how the subjects stand to one another), never at a particular name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.linking import Linked
from assistant.parts import Parts, Subject
from assistant.query import Condition, Operation, Order, Selector, SemanticQuery
from assistant.semantics import Container, Semantics, SetNoun
from index.evidence import Classification, Dimension


class Need(StrEnum):
    """Kinds of text that answer a question."""

    REASON = "原因"
    DEFINITION = "定义"
    USE = "用途"
    ATTRIBUTE = "栏目"
    PASSAGE = "段落"


@dataclass(frozen=True, slots=True)
class TextNeed:
    """A wish for text. `names`: of what; `label`: which labelled field (ATTRIBUTE); `query`: words to search with."""

    need: Need
    query: str
    names: tuple[str, ...] = ()
    project: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """`query` for figures, `text` for passages, either or both. `refers`: it points back at the conversation."""

    parts: Parts
    query: SemanticQuery | None = None
    text: TextNeed | None = None
    refers: bool = False
    bare: bool = False  # operation words without any subject
    rule: str = ""

    @property
    def linked(self) -> Linked:
        return self.parts.linked


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question is asked against: the year and documents it means unless it says otherwise."""

    year: int | None
    documents: tuple[str, ...]
    semantics: Semantics


def understand(parts: Parts, setting: Setting) -> Understanding:
    """Decide what is asked. Pure: same parts and setting, same result."""
    parts = _with_axes(parts, setting)
    text = _text_need(parts)
    refers = parts.has("refer") or (not parts.subjects and not parts.contexts)
    if text is not None and text.need is not Need.REASON:
        return Understanding(parts, text=text, query=_companion(parts, setting), refers=refers, rule=text.need)
    for rule in _RULES:
        query = rule(parts, setting)
        if query is not None:
            return Understanding(parts, _finish(query, parts), text, refers, bare=_is_bare(query), rule=rule.__name__)
    return Understanding(parts, None, text, refers, rule="none")


def _is_bare(query: SemanticQuery) -> bool:
    return not query.subjects and query.members is None


def _finish(query: SemanticQuery, parts: Parts) -> SemanticQuery:
    if parts.unit and not query.unit:
        query = query.with_(unit=parts.unit)
    if query.claim is None and parts.has("verify", "over_half", "existence", "more_than", "less_than"):
        claim = _claim(parts)
        if claim is not None and not (query.members and query.members.conditions):
            query = query.with_(claim=claim)
    if parts.has("change_down") and not parts.has("change_up"):
        query = query.with_(direction="减少")
    elif parts.has("change_up") and not parts.has("change_down"):
        query = query.with_(direction="增加")
    return query


def _claim(parts: Parts) -> Condition | None:
    if parts.conditions:
        return parts.conditions[0]
    if parts.has("over_half"):
        return Condition(">", Dimension.PERCENT.scale * 50, "一半")
    for mention in parts.quantities:
        quantity = mention.quantity
        if quantity is not None:
            return Condition("=", quantity.stored, mention.text)
    return None


def _with_axes(parts: Parts, setting: Setting) -> Parts:
    """Carry the axes of the whole question (year, 口径, table, unit, exclusions) into every subject."""
    years = parts.years
    if _against_previous(parts, setting):
        parts, years = replace(parts, years=(), versus_previous=True), ()
    if not years and parts.has("previous") and not parts.has("compare_previous") and setting.year is not None:
        years = (setting.year - 1,)
    stage_measures = _stage_measures(parts)

    bound = _bound_years(parts) if not parts.versus_previous else {}

    def widen(subject: Subject) -> Subject:
        selector = subject.selector
        measures = stage_measures or parts.measures
        context_projects = [c.selector.project for c in parts.contexts if c.selector.project]
        project = selector.project or (context_projects[0] if context_projects else None)
        return replace(
            subject,
            selector=selector.narrowed(
                measures=measures or selector.measures,
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
        for cue, measure in _STAGE_WORDS:
            if mention.has(cue):
                adjusting = cue == "adjusted" and following is not None and following.has("budgeted")
                already = cue == "budgeted" and index and mentions[index - 1].has("adjusted")
                if not already or adjusting:
                    found.append(measure)
                break
    distinct = tuple(dict.fromkeys(found))
    return () if distinct == ("预算",) else distinct


def _against_previous(parts: Parts, setting: Setting) -> bool:
    """ "2021年…较2020年…": the document's year against the one before is a change."""
    both = setting.year is not None and set(parts.years) == {setting.year, setting.year - 1}
    only = setting.year is not None and parts.years == (setting.year - 1,)
    moved = parts.has("change_down", "change_up", "change_any", "difference", "rate") or "少" in parts.linked.text
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


# ---------------------------------------------------------------- text

def _text_need(parts: Parts) -> TextNeed | None:
    text = parts.linked.text
    everything = (*parts.subjects, *parts.contexts)
    names = tuple(dict.fromkeys(n for s in everything for n in s.selector.names))
    project = parts.projects[0] if parts.projects else ""
    if parts.has("reason"):
        return TextNeed(Need.REASON, text, names, project)
    if parts.has("definition") and not parts.has("ask_amount", "share", "max", "min", "sum", "count"):
        return TextNeed(Need.DEFINITION, text, names, project)
    attribute = next((m.sense.attribute for m in parts.attributes), "")
    numeric = parts.has("ask_amount", "share", "max", "min", "sum", "change_down", "change_up", "difference", "mean")
    if attribute and not numeric and not (parts.nouns and parts.has("count")):
        return TextNeed(Need.ATTRIBUTE, text, names, project, attribute)
    if parts.has("use") and (names or project) and not numeric:
        return TextNeed(Need.USE, text, names, project)
    return None


def _companion(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A figure asked for beside a text ("预算多少，用来干什么")."""
    if parts.has("ask_amount") and parts.subjects:
        return SemanticQuery(Operation.VALUE, subjects=tuple(s.selector for s in parts.subjects))
    return None


# ---------------------------------------------------------------- sets

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
    )
    project = parts.projects[0] if parts.projects and not any(e.selector.project for e in parts.excluded) else ""
    if project:
        chosen = specific.classification if specific and specific.classification is not Classification.PROJECT else None
        inner = chosen or (Classification.INDICATOR if parts.groups else Classification.SPENDING_LINE)
        return base.narrowed(
            classifications=(inner,),
            project=project,
            measures=parts.measures if inner is Classification.INDICATOR else (),
            label=f"{project}的{inner.value}",
        )
    holder = next((s for s in (*parts.contexts, *parts.subjects)), None)
    if holder is not None:
        found = _inside(holder.selector, base, parts, setting)
        if found is not None:
            return found
    if specific is not None and specific.classification is not None:
        measures = parts.measures
        inner_nouns = parts.noun(Classification.PROCUREMENT, Classification.INDICATOR, Classification.FUNDING)
        if specific.classification is Classification.PROJECT and inner_nouns is not None:
            specific = inner_nouns  # 有采购计划的项目: the projects that have one
        if specific.classification is Classification.PROJECT:
            measures = ("本年预算",) if not parts.measures or parts.measures == ("项目支出",) else parts.measures
        return base.narrowed(
            classifications=(specific.classification,),
            level=specific.level,
            measures=measures,
            tabled=specific.classification is Classification.PROCUREMENT,
            label=specific.surfaces[0],
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
    total = _container(("部门总预算",), setting)
    return _expand(total, base, parts, "支出") if total else None


def _inside(holder: Selector, base: Selector, parts: Parts, setting: Setting) -> Selector | None:
    container = _container(holder.names, setting)
    if container is not None:
        return _expand(container, base, parts, holder.label or holder.names[0])
    if holder.names or holder.codes:
        return base.narrowed(
            parents=holder.names + holder.codes, measures=parts.measures, project=holder.project,
            label=holder.label or holder.names[0],
        )  # fmt: skip
    return None


def _container(names: tuple[str, ...], setting: Setting) -> Container | None:
    return next((c for c in setting.semantics.containers if set(c.names) & set(names)), None)


def _expand(container: Container, base: Selector, parts: Parts, label: str) -> Selector:
    noun = parts.noun(container.classification, Classification.FUNCTIONAL, Classification.ECONOMIC)
    classification = noun.classification if noun and noun.classification else container.classification
    same = classification is container.classification
    return base.narrowed(
        classifications=(classification,),
        level=(noun.level if noun and noun.level else container.level if same else None),
        measures=(container.measure,) if container.measure and same else (parts.measures or ("合计",)),
        table_kinds=container.table_kinds if same and not parts.tables else (),
        label=label,
    )


# ---------------------------------------------------------------- operations

def _selectors(parts: Parts) -> tuple[Selector, ...]:
    return tuple(s.selector for s in parts.subjects)


def share(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A占B多少; B里A占多少; 各项占比."""
    proportion = parts.has("rate", "over_half") and not _changes(parts) and (parts.subjects or parts.contexts)
    if not parts.has("share") and not proportion:
        return None
    at = parts.at("share")
    before = [s for s in parts.subjects if s.start < at] if at >= 0 else list(parts.subjects)
    after = [s for s in parts.subjects if s.start >= at >= 0]
    contexts = [c.selector for c in parts.contexts]
    if parts.has("max", "min") and not before:
        members = members_of(parts, setting)
        order = Order.ASCENDING if parts.has("min") else Order.DESCENDING
        whole = contexts[0] if contexts else (after[0].selector if after else None)
        return SemanticQuery(Operation.RANK, members=members, order=order, whole=whole, then=Operation.SHARE)
    if not before and parts.contexts and after:
        return SemanticQuery(Operation.SHARE, subjects=(contexts[-1],), whole=after[0].selector)
    if not before and parts.has("list", "which", "top"):
        members = members_of(parts, setting)
        return SemanticQuery(Operation.LIST, members=members, whole=contexts[0] if contexts else None, then=Operation.SHARE)
    if not before and after:
        return SemanticQuery(Operation.SHARE, whole=after[0].selector)
    whole = after[0].selector if after else (contexts[0] if contexts else None)
    return SemanticQuery(Operation.SHARE, subjects=tuple(s.selector for s in before), whole=whole)


def _changes(parts: Parts) -> bool:
    return parts.versus_previous or parts.has("compare_previous", "change_any") or (
        parts.has("change_down", "change_up") and not parts.has("difference")
    )


def change(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """Compared with the previous year: amount, rate, direction."""
    between = len(parts.subjects) >= 2 and parts.has("compare") and not parts.has("compare_previous", "previous")
    if not _changes(parts) or between:
        return None
    if not parts.subjects and parts.has("which", "list") and not parts.has("reason"):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting), then=Operation.CHANGE)
    if not parts.subjects and parts.contexts:
        return SemanticQuery(Operation.CHANGE, subjects=tuple(c.selector for c in parts.contexts[-1:]))
    operation = Operation.RATE if parts.has("rate") else Operation.CHANGE
    subjects = tuple(s.narrowed(years=()) for s in _selectors(parts))
    return SemanticQuery(operation, subjects=subjects)


def ratio(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("ratio") or (len(parts.subjects) < 2 and not parts.contexts):
        return None
    everything = _selectors(parts) if len(parts.subjects) >= 2 else (parts.contexts[0].selector, *_selectors(parts))
    return SemanticQuery(Operation.RATIO, subjects=everything[:1], whole=everything[1])


def per_unit(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """人均, 每月, 每天: a figure divided by heads or by a span of time."""
    for cue in ("per_head", "per_month", "per_day"):
        if parts.has(cue) and parts.subjects and not parts.has("list"):
            return SemanticQuery(Operation.RATIO, subjects=_selectors(parts)[:1], detail=cue, whole=_heads(parts))
    return None


def _heads(parts: Parts) -> Selector | None:
    return parts.subjects[1].selector if len(parts.subjects) > 1 else None


def execution(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """执行率: what was spent against what was budgeted, or against the adjusted budget where that is named."""
    if not parts.has("execution_rate") or not (parts.subjects or parts.contexts):
        return None
    subject = (*parts.subjects, *parts.contexts)[0].selector
    budget = "调整后预算" if parts.has("adjusted") else "预算"
    return SemanticQuery(
        Operation.SHARE,
        subjects=(subject.narrowed(measures=("实际支出",)),),
        whole=subject.narrowed(measures=(budget,), label=f"{subject.label}{budget}"),
    )


def excluding(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """总额扣除X: a difference; 除X外其余: a set without X."""
    if not parts.excluded:
        return None
    holders = [*parts.contexts, *parts.subjects]
    set_like = parts.nouns or parts.has("max", "min", "list", "mean", "top")
    if holders and not set_like:
        return SemanticQuery(
            Operation.DIFFERENCE, subjects=(holders[0].selector.narrowed(exclude=()), *(e.selector for e in parts.excluded))
        )
    return None


def rank(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """最大/最小/第几/前几 of a set, or of the things that are named."""
    extreme = parts.has("max", "min", "top", "bottom")
    numbered = (parts.position is not None or parts.limit is not None) and not parts.has("refer")
    if not extreme and not numbered:
        return None
    if numbered and not extreme and not (parts.nouns or parts.contexts or parts.subjects):
        return None
    ascending = parts.has("min", "bottom") or (parts.reverse and not parts.has("min"))
    order = Order.ASCENDING if ascending else Order.DESCENDING
    if len(parts.subjects) >= 2:
        return SemanticQuery(Operation.RANK, subjects=_selectors(parts), order=order)
    asks_rank = parts.subjects and not parts.contexts and parts.has("top") and not parts.nouns
    if asks_rank:
        members = members_of(replace(parts, subjects=()), setting)
        return SemanticQuery(Operation.RANK, subjects=_selectors(parts), members=members, order=order, detail="名次")
    members = members_of(parts, setting)
    if parts.has("max") and parts.has("min"):
        return SemanticQuery(Operation.RANK, members=members, order=Order.DESCENDING, detail="两端")
    limit = parts.limit or (0 if parts.has("top", "bottom") and not parts.has("max", "min") else 1)
    then = Operation.SUM if parts.has("sum") and limit > 1 else None
    return SemanticQuery(
        Operation.RANK, members=members, order=order, limit=limit, position=parts.position or 1, then=then
    )


def between(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A比B多多少; A和B哪个多; A与B相差多少."""
    if len(parts.subjects) < 2:
        return None
    selectors = _selectors(parts)
    if parts.has("difference") or (
        parts.has("compare") and parts.has("change_down", "change_up") and not parts.has("compare_previous")
    ):
        return SemanticQuery(Operation.DIFFERENCE, subjects=selectors)
    if parts.has("more", "fewer", "max", "min") or (parts.has("which") and parts.has("compare")):
        return SemanticQuery(Operation.COMPARISON, subjects=selectors)
    if parts.has("equal") and not parts.has("share"):
        if len(selectors) > 2 and parts.has("sum"):
            return SemanticQuery(Operation.COMPARISON, subjects=selectors[:-1], whole=selectors[-1], detail="equal")
        return SemanticQuery(Operation.COMPARISON, subjects=selectors, detail="equal")
    return None


def mean(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("mean"):
        return None
    if len(parts.subjects) >= 2:
        return SemanticQuery(Operation.MEAN, subjects=_selectors(parts))
    return SemanticQuery(Operation.MEAN, members=members_of(parts, setting))


def count(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """几个项目, 多少个指标, 超过50万的有几项."""
    if not parts.has("count") or not (parts.nouns or parts.conditions or parts.contexts):
        return None
    if parts.subjects and not parts.contexts and not parts.conditions and not parts.projects:
        counted = [n for n in parts.nouns if n.sense.noun and n.sense.noun.classification is not Classification.QUANTITY]
        if not counted:
            return None
    return SemanticQuery(Operation.COUNT, members=members_of(parts, setting))


def total(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """一共: of named things, or of a set."""
    if not parts.has("sum"):
        return None
    if len(parts.subjects) >= 2:
        return SemanticQuery(Operation.SUM, subjects=_selectors(parts))
    if parts.conditions or parts.excluded or (parts.nouns and not parts.subjects and (parts.contexts or parts.projects)):
        return SemanticQuery(Operation.SUM, members=members_of(parts, setting))
    if parts.nouns and not parts.subjects and any(n.sense.noun and n.sense.noun.classification for n in parts.nouns):
        return SemanticQuery(Operation.SUM, members=members_of(parts, setting))
    return None


def listing(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """有哪些, 分别, 明细: the members of a set; several named things each."""
    if len(parts.subjects) >= 2:
        return None
    scopes = [m for m in parts.linked.mentions if m.sense.scope and m.start not in {s.start for s in parts.subjects}]
    if parts.subjects and len(scopes) > 1:
        plain = parts.subjects[0].selector.narrowed(measures=(), funds=())
        return SemanticQuery(Operation.VALUE, subjects=(plain,))
    if parts.tables and not parts.subjects and not parts.contexts and parts.has("list", "what", "detail"):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    if parts.conditions and (parts.has("which", "list") or parts.nouns) and not (parts.subjects and parts.has("verify")):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    counted = parts.has("which", "what") and bool(parts.counters)
    listed = parts.has("list") or (parts.has("which") and parts.nouns) or counted or parts.groups
    if not listed and not (parts.projects and parts.noun(Classification.INDICATOR)):
        return None
    if parts.subjects or parts.nouns or parts.contexts or parts.projects or parts.tables or parts.groups:
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    return None


def existence(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("existence") or parts.has("surplus"):
        return None
    noun = parts.noun(Classification.PROCUREMENT, Classification.INDICATOR, Classification.FUNDING)
    if noun is not None and parts.projects:
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    if parts.subjects and parts.subjects[-1].scope_only and len(parts.subjects) > 1:
        measure = next((m.sense.scope.measure for m in parts.linked.mentions if m.sense.scope and m.start == parts.subjects[-1].start), "")
        narrowed = parts.subjects[0].selector.narrowed(measures=(measure,) if measure else ())
        return SemanticQuery(Operation.EXISTENCE, subjects=(narrowed,))
    if parts.subjects:
        return SemanticQuery(Operation.EXISTENCE, subjects=_selectors(parts))
    return None


def heads(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """几辆车, 多少人: a count by its unit, where the name that links is of money."""
    noun = parts.noun(Classification.QUANTITY)
    if not parts.head_unit or noun is None or noun.unit != parts.head_unit:
        return None
    return described(replace(parts, subjects=(), contexts=()), setting)


def breakdown(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """怎么算出来的: the lines and the printed arithmetic under a figure."""
    if not parts.has("calculation") or not (parts.subjects or parts.contexts):
        return None
    subject = (*parts.subjects, *parts.contexts)[0].selector
    if subject.classifications == (Classification.PROJECT,):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    members = Selector(parents=subject.names + subject.codes, project=subject.project, label=subject.label)
    return SemanticQuery(Operation.LIST, subjects=(), members=members, detail="")


def stage_of(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """预算数还是决算数: the figure with its stage."""
    if not parts.has("which_stage") or not parts.subjects:
        return None
    return SemanticQuery(Operation.VALUE, subjects=tuple(s.narrowed(measures=()) for s in _selectors(parts)))


def procured(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A total asked inside a project (扶贫开发项目的采购金额): the sum of its lines there."""
    project = parts.projects[0] if parts.projects else ""
    inside = [s for s in parts.subjects if not s.selector.classifications]
    if not project or len(inside) != 1:
        return None
    container = _container(inside[0].selector.names, setting)
    if container is None or container.classification is not Classification.PROCUREMENT:
        return None
    members = Selector(classifications=(container.classification,), project=project, label=f"{project}的政府采购计划")
    operation = Operation.LIST if parts.has("existence", "list", "which", "what") else Operation.SUM
    return SemanticQuery(operation, members=members)


def value(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A figure by its name."""
    bought = parts.has("what", "list") and not parts.has("ask_amount", "definition")
    if bought and len(parts.subjects) == 1 and _container(parts.subjects[0].selector.names, setting):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    if parts.subjects:
        return SemanticQuery(Operation.VALUE, subjects=_selectors(parts))
    if parts.contexts:
        return SemanticQuery(Operation.VALUE, subjects=tuple(c.selector for c in parts.contexts[-1:]))
    return None


def described(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A quantity described by its noun alone (多少辆车, 几个人), or a bare operation to be completed from history."""
    noun = parts.noun(Classification.QUANTITY)
    if noun is not None and (parts.has("ask_amount", "count", "list", "which") or parts.head_unit or parts.has("use", "what")):
        members = Selector(
            classifications=(Classification.QUANTITY,), documents=parts.documents or setting.documents, label=noun.surfaces[0]
        )
        then = Operation.SUM if noun.additive else None
        return SemanticQuery(Operation.LIST, members=members, detail=noun.unit, then=then)
    if parts.measures and parts.has("ask_amount", "sum"):
        names = parts.measures
        return SemanticQuery(Operation.VALUE, subjects=(Selector(names=names, documents=setting.documents, label=names[0]),))
    if parts.has("ask_amount", "budgeted", "sum", "convert") or parts.unit:
        return SemanticQuery(Operation.VALUE)
    return None


_RULES = (
    execution, stage_of, procured, breakdown, excluding, per_unit, share, ratio, change, between, rank, mean, count, total, listing, existence, heads, value, described,
)  # fmt: skip
