"""Rules for shares: A占B多少, B里A占多少, 各项占比, what some of a set come to of a whole.

Decisions like those of `operations`, which tries them in order.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.change_rules import changes
from assistant.parts import Parts
from assistant.query import EITHER, TOGETHER, Operation, Order, Selector, SemanticQuery
from assistant.semantics import Setting
from assistant.sets import members_of
from index.evidence import Dimension

_IN_WHOLE = re.compile(r"^的?(?:总额|总量|总数|总和|合计|总计|盘子|总盘子)(?:当中|之中|里面|里头|里|中|内)[所的]?$")


def _selectors(parts: Parts) -> tuple[Selector, ...]:
    return tuple(s.selector for s in parts.subjects)


def share(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A占B多少; B里A占多少; 各项占比."""
    divided_ = parts.has("ratio", "divide") and parts.has("rate") and len(parts.subjects) == 2
    if divided_ and not parts.has("share"):
        return SemanticQuery(Operation.SHARE, subjects=_selectors(parts)[:1], whole=parts.subjects[1].selector)
    if parts.has("difference") and not any(m.has("share") for m in parts.linked.mentions):
        return None  # 满意度相差几个百分点
    things = len(parts.subjects) + len(parts.contexts)
    compared = things > 1 and any(q.quantity and q.quantity.dimension is Dimension.PERCENT for q in parts.quantities)
    proportion = (parts.has("rate", "over_half") or compared) and not changes(parts) and things
    apart = parts.has("difference") and len(parts.subjects) > 1  # 两个满意度差几个百分点
    if not parts.has("share") and (apart or not proportion):
        return None
    if (of_gap := _share_of_gap(parts)) is not None:
        return of_gap
    at = parts.at("share")
    before = [s for s in parts.subjects if s.start < at] if at >= 0 else list(parts.subjects)
    after = [s for s in parts.subjects if s.start >= at >= 0]
    contexts = [c.selector for c in parts.contexts]
    if (of_set := _share_of_set(parts, setting, at)) is not None:
        return of_set
    if at < 0 and len(before) > 1:
        before, after = before[:1], before[1:]
    if not after and len(before) > 1 and _IN_WHOLE.match(parts.linked.text[before[-1].end : max(at, 0)]):
        subjects = tuple(s.selector for s in before[:-1])  # A在B总额中占比多少
        detail = TOGETHER if len(subjects) > 1 and parts.at("sum") < before[-1].start else ""
        return SemanticQuery(Operation.SHARE, subjects=subjects, whole=before[-1].selector, detail=detail)
    if not after and len(before) == 2 and _of_one_thing(before[0].selector, before[1].selector):
        return SemanticQuery(
            Operation.SHARE, subjects=(before[0].selector,), whole=before[1].selector
        )  # 实际支出占预算
    ranked = parts.position is not None and bool(parts.nouns)
    if (parts.has("max", "min") or ranked) and not before:
        inner = replace(parts, subjects=tuple(s for s in parts.subjects if s not in after)) if ranked else parts
        members = members_of(inner, setting)
        order = Order.ASCENDING if parts.has("min") or parts.reverse else Order.DESCENDING
        whole = contexts[0] if contexts else (after[0].selector if after else None)
        limit = parts.limit or next(iter(parts.counters), 1)
        return SemanticQuery(
            Operation.RANK, members=members, order=order, whole=whole, limit=limit, position=parts.position or 1,
            then=Operation.SHARE,
        )  # fmt: skip
    if not before and parts.contexts and after and parts.contexts[-1].start > at >= 0:  # 每一百块A里有多少是B
        return SemanticQuery(Operation.SHARE, subjects=(after[0].selector,), whole=contexts[-1])
    if not before and parts.contexts and after:
        return SemanticQuery(Operation.SHARE, subjects=(contexts[-1],), whole=after[0].selector, detail=EITHER)
    if not before and parts.has("list", "which", "top"):
        members = members_of(parts, setting)
        return SemanticQuery(
            Operation.LIST, members=members, whole=contexts[0] if contexts else None, then=Operation.SHARE
        )
    if not before and len(after) == 2:
        return SemanticQuery(Operation.SHARE, subjects=(after[1].selector,), whole=after[0].selector, detail=EITHER)
    if not before and after:
        return SemanticQuery(Operation.SHARE, whole=after[0].selector)
    whole = after[0].selector if after else (contexts[-1] if contexts else None)
    if (
        len(before) > 1
        and at > 0
        and any(m.has("sum") and before[-1].start < m.end <= at for m in parts.linked.mentions)
    ):
        return SemanticQuery(Operation.SHARE, subjects=tuple(s.selector for s in before), whole=whole, detail=TOGETHER)
    says_part = any(m.has("share") and "占" in m.text for m in parts.linked.mentions)
    detail = EITHER if after and not says_part else ""
    return SemanticQuery(Operation.SHARE, subjects=tuple(s.selector for s in before), whole=whole, detail=detail)


def _share_of_gap(parts: Parts) -> SemanticQuery | None:
    """表1的X比表6的多多少，多出来的占表1那个数的百分之几: what two figures differ by, and what that is of one of them or
    of another thing that is named behind."""
    at, gap = parts.at("share"), parts.at("difference")
    if not 0 <= gap < at or "，" not in parts.linked.text[gap:at]:
        return None
    sides = [s for s in parts.subjects if s.start < gap]
    tables = [m.text for m in parts.linked.mentions if m.table and m.start > at]
    named = [s.selector for s in parts.subjects if s.start > at]
    again = {n for m in parts.linked.mentions if m.start > at for n in m.sense.names}
    if tables:
        again = set()
    held = [
        s.selector
        for s in sides
        if again & set(s.selector.names) or any(n.endswith(t) for n in s.selector.table_numbers for t in tables)
    ]
    wholes = named or held
    if len(sides) != 2 or len(wholes) != 1:
        return None
    return SemanticQuery(
        Operation.DIFFERENCE, subjects=tuple(s.selector for s in sides), whole=wholes[0], then=Operation.SHARE
    )


def _share_of_set(parts: Parts, setting: Setting, at: int) -> SemanticQuery | None:
    """除去A，其余项目合计占B几成, 前三个项目一共占B多少: what some of a set come to, of a whole named behind them."""
    named = [s for s in parts.subjects if s.start > max((n.start for n in parts.nouns), default=len(parts.linked.text))]
    again = [m for m in parts.linked.mentions if m.start > at >= 0 and parts.subjects]
    if not named and len(parts.subjects) == 1 and any(m.sense.names == parts.subjects[0].selector.names for m in again):
        named = [replace(parts.subjects[0], start=at)]  # 其余工资福利科目占工资福利支出: named twice
    ranked = parts.limit is not None and parts.limit > 1
    some = ranked or parts.conditions or parts.excluded
    if (
        not some
        or not parts.has("sum")
        or len(named) != 1
        or not parts.at("sum") < named[0].start
        or at > named[0].start
    ):
        return None
    inner = tuple(s for s in parts.subjects if s.selector != named[0].selector or s.start < at)
    members = members_of(replace(parts, subjects=inner), setting)
    whole = named[0].selector.narrowed(exclude=())
    if not ranked:
        return SemanticQuery(Operation.SUM, members=members, whole=whole, then=Operation.SHARE)
    order = Order.ASCENDING if parts.has("min") or parts.reverse else Order.DESCENDING
    return SemanticQuery(
        Operation.RANK, members=members, order=order, whole=whole, limit=parts.limit or 1, then=Operation.SHARE
    )


def _of_one_thing(one: Selector, other: Selector) -> bool:
    """One thing of two years or at two stages."""
    apart = (one.years, one.measures) != (other.years, other.measures)
    return one.names == other.names and one.project == other.project and apart
