"""One decision a rule: parts of a question → a `SemanticQuery`, or None where the rule does not apply.

`RULES` are tried in order and the first that applies wins. They look at which operation words there are and how
the subjects stand to one another, never at a particular name.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.parts import Parts
from assistant.query import FIGURE_TOO, Condition, Operation, Order, Selector, SemanticQuery
from assistant.semantics import Setting
from assistant.set_rules import breakdown, count, described, heads, listing, mean, rank, total
from assistant.sets import container, members_of
from index.evidence import Classification, Dimension


def _selectors(parts: Parts) -> tuple[Selector, ...]:
    return tuple(s.selector for s in parts.subjects)


def share(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A占B多少; B里A占多少; 各项占比."""
    divided_ = parts.has("ratio", "divide") and parts.has("rate") and len(parts.subjects) == 2
    if divided_ and not parts.has("share"):
        return SemanticQuery(Operation.SHARE, subjects=_selectors(parts)[:1], whole=parts.subjects[1].selector)
    proportion = parts.has("rate", "over_half") and not _changes(parts) and (parts.subjects or parts.contexts)
    if not parts.has("share") and not proportion:
        return None
    at = parts.at("share")
    before = [s for s in parts.subjects if s.start < at] if at >= 0 else list(parts.subjects)
    after = [s for s in parts.subjects if s.start >= at >= 0]
    contexts = [c.selector for c in parts.contexts]
    if at < 0 and len(before) > 1:
        before, after = before[:1], before[1:]
    if parts.has("max", "min") and not before:
        members = members_of(parts, setting)
        order = Order.ASCENDING if parts.has("min") else Order.DESCENDING
        whole = contexts[0] if contexts else (after[0].selector if after else None)
        return SemanticQuery(Operation.RANK, members=members, order=order, whole=whole, then=Operation.SHARE)
    if not before and parts.contexts and after:
        return SemanticQuery(Operation.SHARE, subjects=(contexts[-1],), whole=after[0].selector)
    if not before and parts.has("list", "which", "top"):
        members = members_of(parts, setting)
        return SemanticQuery(
            Operation.LIST, members=members, whole=contexts[0] if contexts else None, then=Operation.SHARE
        )
    if not before and after:
        return SemanticQuery(Operation.SHARE, whole=after[0].selector)
    whole = after[0].selector if after else (contexts[-1] if contexts else None)
    return SemanticQuery(Operation.SHARE, subjects=tuple(s.selector for s in before), whole=whole)


def _changes(parts: Parts) -> bool:
    return (
        parts.versus_previous
        or parts.has("compare_previous", "change_any")
        or (parts.has("change_down", "change_up") and not parts.has("difference"))
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
    asked = parts.at("ask_amount")
    moved = [
        m.start for m in parts.linked.mentions if m.has("compare_previous", "change_any", "change_up", "change_down")
    ]
    apart = 0 <= asked < min(moved, default=0) and "，" in parts.linked.text[asked : min(moved, default=0)]
    subjects = tuple(s.narrowed(years=()) for s in _selectors(parts))
    return SemanticQuery(operation, subjects=subjects, detail=FIGURE_TOO if apart else "")


def ratio(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("ratio") or (len(parts.subjects) < 2 and not parts.contexts):
        return None
    everything = _selectors(parts) if len(parts.subjects) >= 2 else (parts.contexts[0].selector, *_selectors(parts))
    return SemanticQuery(Operation.RATIO, subjects=everything[:1], whole=everything[1])


def per_unit(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """人均, 每月, 每天: a figure divided by heads or by a span of time."""
    for cue in ("per_head", "per_month", "per_day"):
        if parts.has(cue) and parts.subjects and not parts.has("list"):
            figure = parts.subjects[0]
            later = all(m.start > figure.end for m in parts.linked.mentions if m.year is not None)
            selector = figure.selector.narrowed(years=()) if later else figure.selector  # 2020年末的人数
            return SemanticQuery(Operation.RATIO, subjects=(selector,), detail=cue, whole=_heads(parts))
    return None


def divided(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """十万元的运行维护费摊到三辆车上: a figure divided by a number of things that the question itself states."""
    counts = [m for m in parts.quantities if m.quantity and m.quantity.dimension is Dimension.COUNT]
    if not parts.has("divide", "mean") or len(counts) != 1 or not parts.subjects or counts[0].quantity is None:
        return None
    by = Condition("=", counts[0].quantity.stored, counts[0].text)
    return SemanticQuery(Operation.RATIO, subjects=_selectors(parts)[-1:], claim=by, detail="per_count")


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
            Operation.DIFFERENCE,
            subjects=(holders[0].selector.narrowed(exclude=()), *(e.selector for e in parts.excluded)),
        )
    return None


def between(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A比B多多少; A和B哪个多; A与B相差多少."""
    if len(parts.subjects) < 2:
        return None
    selectors = _selectors(parts)
    more_heads = (
        bool(parts.head_unit) and parts.has("compare") and any(w in p for p in parts.linked.leftover for w in "多少")
    )
    if (
        parts.has("difference")
        or more_heads
        or (parts.has("compare") and parts.has("change_down", "change_up") and not parts.has("compare_previous"))
    ):
        return SemanticQuery(Operation.DIFFERENCE, subjects=selectors)
    bound = next((c for c in ("more_than", "less_than") if parts.has(c)), "")
    if bound and not parts.quantities and parts.subjects[0].start < parts.at(bound) < parts.subjects[1].start:
        if parts.has("ask_amount"):
            return SemanticQuery(Operation.DIFFERENCE, subjects=selectors)
        return SemanticQuery(Operation.COMPARISON, subjects=selectors, detail=bound)
    if parts.has("more", "fewer", "max", "min") or (parts.has("which") and parts.has("compare")):
        return SemanticQuery(Operation.COMPARISON, subjects=selectors)
    if parts.has("equal") and not parts.has("share"):
        if len(selectors) > 2 and parts.has("sum"):
            return SemanticQuery(Operation.COMPARISON, subjects=selectors[:-1], whole=selectors[-1], detail="equal")
        return SemanticQuery(Operation.COMPARISON, subjects=selectors, detail="equal")
    return None


def existence(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("existence") or parts.has("surplus"):
        return None
    noun = parts.noun(Classification.PROCUREMENT, Classification.INDICATOR, Classification.FUNDING)
    if noun is not None and parts.projects:
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    if parts.subjects and parts.subjects[-1].scope_only and len(parts.subjects) > 1:
        measure = next(
            (
                m.sense.scope.measure
                for m in parts.linked.mentions
                if m.sense.scope and m.start == parts.subjects[-1].start
            ),
            "",
        )
        narrowed = parts.subjects[0].selector.narrowed(measures=(measure,) if measure else ())
        return SemanticQuery(Operation.EXISTENCE, subjects=(narrowed,))
    if parts.subjects:
        return SemanticQuery(Operation.EXISTENCE, subjects=_selectors(parts))
    return None


def stage_of(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """预算数还是决算数: the figure with its stage."""
    if not parts.has("which_stage") or not parts.subjects:
        return None
    return SemanticQuery(Operation.VALUE, subjects=tuple(s.narrowed(measures=()) for s in _selectors(parts)))


def procured(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A total asked inside a project (扶贫开发项目的采购金额): the sum of its lines there."""
    project = parts.projects[0] if parts.projects else ""
    inside = [s for s in parts.subjects if not s.selector.classifications]
    if not project or len(inside) != 1 or parts.has("share", "rate"):
        return None
    known = container(inside[0].selector.names, setting.semantics)
    if known is None or known.classification is not Classification.PROCUREMENT:
        return None
    members = Selector(classifications=(known.classification,), project=project, label=f"{project}的政府采购计划")
    operation = Operation.LIST if parts.has("existence", "list", "which", "what") else Operation.SUM
    return SemanticQuery(operation, members=members)


def value(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A figure by its name."""
    inner = parts.noun(Classification.PROCUREMENT, Classification.FUNDING)
    if inner is not None and len(parts.projects) == 1 and all(s.selector.classifications for s in parts.subjects):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting), then=Operation.SUM)
    bought = parts.has("what", "list") and not parts.has("ask_amount", "definition")
    plain = [s for s in parts.subjects if s.via == "exact"]
    if bought and len(plain) == 1 and container(plain[0].selector.names, setting.semantics):
        return SemanticQuery(Operation.LIST, members=members_of(replace(parts, subjects=tuple(plain)), setting))
    if parts.subjects:
        return SemanticQuery(Operation.VALUE, subjects=_selectors(parts))
    if parts.contexts:
        return SemanticQuery(Operation.VALUE, subjects=tuple(c.selector for c in parts.contexts[-1:]))
    return None


RULES = (
    execution, stage_of, procured, excluding, per_unit, divided, share, ratio, change, between, rank, mean, count, total,
    breakdown, listing, existence, heads, value, described,
)  # fmt: skip
