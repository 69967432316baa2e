"""Rules for changes: against the year before, in the course of a year, between two stages of a budget.

Each is one decision like those of `operations`, which tries them in order.
"""

from __future__ import annotations

from assistant.parts import Parts
from assistant.query import (
    CHANGED,
    DECREASE,
    FIGURE_TOO,
    INCREASE,
    NET,
    TOGETHER,
    Operation,
    Order,
    Selector,
    SemanticQuery,
)
from assistant.semantics import Setting
from assistant.sets import members_of
from index.evidence import Classification


def changes(parts: Parts) -> bool:
    return (
        parts.versus_previous
        or parts.has("compare_previous", "change_any")
        or (parts.has("change_down", "change_up") and not parts.has("difference") and not parts.head_unit)
        or _moved_by_itself(parts)
    )


def _moved_by_itself(parts: Parts) -> bool:
    """接待费少了多少: of one thing, and held against nothing else."""
    one = len(parts.subjects) + len(parts.contexts) <= 1 and not parts.excluded and not parts.stages and not parts.nouns
    return (
        one
        and parts.has("moved_down", "moved_up")
        and not parts.has("compare", "sum")
        and not parts.quantities
        and not parts.tables
    )


def change(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """Compared with the previous year: amount, rate, direction."""
    together = len(parts.subjects) >= 2 and parts.has("sum")
    between = len(parts.subjects) >= 2 and parts.has("compare") and not parts.has("compare_previous", "previous")
    between = between and not (together and parts.versus_previous)
    if not changes(parts) or between:
        return None
    picks = parts.has("which", "list", "count", "max", "min", "top") and not parts.has("reason")
    if picks and (not parts.subjects or _of_members(parts)):
        return _moved_most(parts, _in_past_year(parts, members_of(parts, setting), setting))
    if not parts.subjects and parts.contexts:
        return SemanticQuery(Operation.CHANGE, subjects=tuple(c.selector for c in parts.contexts[-1:]))
    operation = Operation.RATE if parts.has("rate") else Operation.CHANGE
    asked = parts.at("ask_amount")
    moved = [
        m.start for m in parts.linked.mentions if m.has("compare_previous", "change_any", "change_up", "change_down")
    ]
    apart = 0 <= asked < min(moved, default=0) and "，" in parts.linked.text[asked : min(moved, default=0)]
    own = (s.selector.narrowed(years=()) for s in parts.subjects)
    subjects = tuple({s.narrowed(label=""): s for s in own}.values())
    detail = TOGETHER if together and len(subjects) > 1 else FIGURE_TOO if apart else ""
    return SemanticQuery(operation, subjects=subjects, detail=detail)


def changes_compared(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """项目支出减少的比基本支出增加的多多少; 一增一减相抵，净减多少: the stated changes themselves as figures."""
    subjects = sorted(parts.subjects, key=lambda s: s.start)
    ends = [*(s.start for s in subjects[1:]), len(parts.linked.text)]
    moved = [_moved_by(s.end, end, parts) for s, end in zip(subjects, ends, strict=False)]
    net = parts.has("net", "sum")
    if len(subjects) < 2 or not all(moved) or not (net or parts.has("difference")):
        return None
    words = ((CHANGED,) * len(moved)) if net else moved
    figures = tuple(
        s.selector.narrowed(measures=(word,), years=(), label=f"{s.selector.label}{word}")
        for s, word in zip(subjects, words, strict=True)
    )
    return SemanticQuery(Operation.SUM if net else Operation.DIFFERENCE, subjects=figures, detail=NET if net else "")


def _moved_by(start: int, end: int, parts: Parts) -> str:
    """Which way a thing is said to have moved right behind its name; "" where nothing is said."""
    behind = [m for m in parts.linked.mentions if start <= m.start < end and m.has("change_down", "change_up")]
    return "" if not behind else DECREASE if behind[0].has("change_down") else INCREASE


def _of_members(parts: Parts) -> bool:
    """应急管理事务下面三个科目砍得最多的是哪个: the parts of the one account that is named, not the account."""
    named = [*parts.subjects, *parts.contexts]
    if len(named) != 1 or parts.projects or not parts.has("which"):
        return False
    own = {m.start for m in parts.linked.mentions if m.start >= named[0].end and (m.sense.noun or m.counter)}
    return bool(own) or parts.has("max", "min")


def gap_of_stages(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """各项目年初预算和实际支出差距最大的是哪个: the difference of two stages of each project."""
    each = parts.noun(Classification.PROJECT) is not None and not parts.projects and not parts.subjects
    if not each or len(parts.stages) != 2 or not parts.has("difference", "change_up", "change_down", "change_any"):
        return None
    members = members_of(parts, setting)
    moved = _moved_most(parts, members.narrowed(measures=parts.stages) if members is not None else None)
    return moved


_OTHERWISE = ("compare_previous", "share", "reason", "execution_rate", "actual", "now")


def adjusted(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """督查工作2020年被砍了多少, A和B年中各调减多少: the change of named projects in the course of a year that is over."""
    projects = tuple(
        s.selector.project for s in parts.subjects if s.selector.classifications == (Classification.PROJECT,)
    )
    moved = parts.has("change_down", "change_up", "change_any") and not parts.has(*_OTHERWISE)
    listed = len(projects) > 1 and "比" not in parts.linked.text
    moved = moved and (listed or not parts.has("compare"))
    years = {year for s in parts.subjects for year in s.selector.years}
    past = len(years) == 1 and setting.year is not None and max(years) < setting.year
    during = past or (parts.has("midyear", "adjusted") and not years)
    if not projects or len(projects) < len(parts.subjects) or not moved or not during:
        return None
    members = Selector(
        names=tuple(p for p in projects if p), classifications=(Classification.PROJECT,), measures=("调整后预算",),
        years=tuple(years), documents=parts.documents or setting.documents, label="、".join(p for p in projects if p),
    )  # fmt: skip
    return SemanticQuery(Operation.LIST, members=members, order=Order.DESCENDING, then=Operation.CHANGE)


def _in_past_year(parts: Parts, members: Selector | None, setting: Setting) -> Selector | None:
    """2020年哪些项目被压减: of a year that is over, and compared with no other, what its budget was adjusted to."""
    past = (
        members is not None and setting.year is not None and bool(members.years) and max(members.years) < setting.year
    )
    compared = parts.has("compare", "compare_previous") or bool(parts.stages)
    return members.narrowed(measures=("调整后预算",)) if members is not None and past and not compared else members


def _moved_most(parts: Parts, members: Selector | None) -> SemanticQuery:
    """哪些项目被压减, 哪个科目减得最多: the change of each, in the course of its year where that is said."""
    if members is not None and parts.has("midyear", "adjusted") and len(members.measures) != 2:
        members = members.narrowed(measures=("调整后预算",))
    ranked = parts.has("max", "min") or parts.limit is not None or parts.position is not None
    return SemanticQuery(
        Operation.RANK if ranked else Operation.LIST,
        members=members,
        order=Order.ASCENDING if parts.has("min") else Order.DESCENDING,
        limit=parts.limit or 1,
        position=parts.position or 1,
        then=Operation.CHANGE,
    )
