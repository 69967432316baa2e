"""Rules for final accounts: what was spent against the budget of the same year.

Where only a budget is held the same words are the business of the other rules (执行率 of an earlier year) or of a refusal.
"""

from __future__ import annotations

from assistant.parts import Parts
from assistant.query import AGAINST_BUDGET, COMPLETION, SAME, Operation, Order, Selector, SemanticQuery
from assistant.semantics import Setting
from assistant.sets import members_of
from index.document import Stage

_MOVED = ("difference", "change_down", "change_up", "change_any", "more", "fewer", "surplus", "rest", "equal")
_BOUNDS = ("more_than", "less_than", "compare")
_PICKS = ("which", "list", "count", "max", "min", "top")
_YEAR = ("year_budget",)
_OTHERWISE = ("compare_previous", "share", "contradiction")


def of_final(setting: Setting) -> bool:
    """Are final accounts asked?"""
    return setting.stage == Stage.FINAL


def completion(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """完成年初预算的百分之几: the stated rate, and what it follows from."""
    if not of_final(setting) or not parts.has("execution_rate") or parts.has(*_OTHERWISE):
        return None
    return SemanticQuery(Operation.SHARE, subjects=_named(parts), detail=COMPLETION)


def against_budget(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """比年初预算多花了多少, 全年预算省下多少, 哪几项没用完预算: the difference between what was budgeted and spent."""
    if not _against(parts, setting):
        return None
    picks = parts.has(*_PICKS) and not parts.has("reason") and (parts.nouns or not parts.subjects)
    members = members_of(parts, setting) if picks else None
    if members is not None:
        ranked = parts.has("max", "min") or parts.limit is not None
        return SemanticQuery(
            Operation.RANK if ranked else Operation.COUNT if parts.has("count") else Operation.LIST,
            members=members.narrowed(measures=()),
            order=Order.ASCENDING if parts.has("min") else Order.DESCENDING,
            limit=parts.limit or 1,
            position=parts.position or 1,
            then=Operation.CHANGE,
            direction=_direction(parts),
            detail=AGAINST_BUDGET,
        )
    operation = Operation.RATE if parts.has("rate") else Operation.CHANGE
    return SemanticQuery(operation, subjects=_named(parts), detail=AGAINST_BUDGET)


def _against(parts: Parts, setting: Setting) -> bool:
    if not of_final(setting) or parts.versus_previous or parts.has(*_OTHERWISE):
        return False
    past = setting.year is not None and any(year < setting.year for year in parts.years)
    if past or parts.has("previous"):
        return False
    moved = parts.has(*_MOVED)
    compared = parts.has(*_BOUNDS) and not parts.has("actual", "ask_amount")
    return (parts.has("budgeted", *_YEAR) and (moved or compared)) or parts.has("surplus")


def _direction(parts: Parts) -> str:
    if parts.has("equal"):
        return SAME
    fell = parts.has("surplus", "change_down", "fewer", "less_than")
    return "减少" if fell else "增加" if parts.has("change_up", "more", "more_than") else ""


def _named(parts: Parts) -> tuple[Selector, ...]:
    """The subjects; 全年预算 beside another is what it is held against."""
    base = {m.start for m in parts.linked.mentions if m.has(*_YEAR)}
    found = tuple(s for s in (parts.subjects or parts.contexts[-1:]) if s.start not in base)
    return tuple(s.selector.narrowed(measures=(), years=()) for s in found)
