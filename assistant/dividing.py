"""Ratios: one figure as a multiple of another, or divided by heads, things, months or days."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant import figures as fig
from assistant.answer import Status
from assistant.cases import PER_CASE, counted
from assistant.figures import Figure
from assistant.gathering import all_figures, of_figures
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.resolving import Resolver
from assistant.text_terms import load
from assistant.values import value
from index.evidence import Dimension
from index.numbers import MONEY_UNITS

STANDARD = "标准"


def ratio(query: SemanticQuery, resolver: Resolver, heads: Selector) -> Reply:
    """A ÷ B as a multiple; per head, per month or per day where asked."""
    months = {"per_month": ("12", "月"), "per_day": ("365", "天")}
    if query.detail in months and len(query.subjects) > 1:
        return join(tuple(ratio(query.with_(subjects=(s,)), resolver, heads) for s in query.subjects), "ratio")
    found = all_figures(query.subjects[:1], resolver)
    if isinstance(found, Reply):
        return found
    first = found[0]
    divisor: Figure | None = None
    if query.detail in ("per_count", "per_thing") and first.dimension is not Dimension.MONEY:
        return value(SemanticQuery(Operation.VALUE, query.subjects), resolver)
    if query.detail == "per_count" and query.claim is not None:
        heads_ = Dimension.COUNT.decimal(query.claim.operand)
        divisor = Figure(query.claim.text, heads_, query.claim.text.lstrip("0123456789"), Dimension.COUNT, 0)
        result = fig.quotient(f"{first.label}按{query.claim.text}平均", first, divisor, first.unit)
    elif query.detail in (PER_CASE, "per_thing") and query.whole is not None:
        each = query.detail == "per_thing"
        if each and (printed := _standard(first, query.whole.label, resolver)) is not None:
            own = fig.in_unit(printed, query.unit)
            line = f"{first.label}每{query.whole.label}：**{own.text}**（文件所印的标准：{printed.formula or printed.text}）"
            return of_figures([line], (own, first), "ratio")
        things = _inside(first, query.whole, resolver) if each else _under_its_name(query.whole, resolver)
        things = things or _counted(query.whole.narrowed(names=()), resolver)
        if things is None:
            line = f"文件没有披露有多少{query.whole.label}，不能算出平均。"
            told = f"{first.label}：{first.text}"
            return Reply((line, told), (first,), first.citations, status=Status.ABSTAINED, reason="未披露")
        divisor = things
        result = fig.quotient(f"{first.label}平均每{things.unit}", first, things, first.unit)
        found = (*found, things)
    elif query.detail in months:
        number, noun = months[query.detail]
        divisor = Figure(f"{number}个{noun}", Decimal(number), noun, Dimension.COUNT, 0)
        result = fig.quotient(f"{first.label}平均每{noun}", first, divisor, first.unit, 4)
    else:
        whole = resolver.figure(query.whole or heads)
        if whole is None:
            label = query.whole.label if query.whole else "人数"
            return Reply((f"文件没有披露“{label}”，无法计算。",), status=Status.ABSTAINED, reason="未披露")
        if query.detail == "per_head" and first.dimension is Dimension.COUNT and whole.dimension is Dimension.MONEY:
            first, whole = whole, first  # 按27个人平摊，办公费每人多少
        found = (first, whole)
        if query.detail == "per_head":
            divisor = whole
            result = fig.quotient(f"{first.label}人均", first, whole, first.unit)
        else:
            result = fig.quotient(f"{first.label}与{whole.label}之比", first, whole, "倍")
    small = result.unit != "元" and result.unit in MONEY_UNITS and abs(result.amount) < 1
    unit = query.unit if query.unit in MONEY_UNITS else "元" if small else result.unit
    if result.unit in MONEY_UNITS and unit != result.unit and divisor is not None:
        result = fig.quotient(result.label, fig.in_unit(first, unit), divisor, unit)  # 0.74 万元 a head is told in 元
    lines = [f"{result.label}：**{result.text}**", f"- 算式：{result.formula}"]
    if result.unit == "倍" and result.amount < 1 and len(found) == 2 and found[1].amount:
        percent = fig.percentage(result.label, *found)
        lines.append(f"- 即 {percent.formula}")
        found = (percent, *found)
    return of_figures(lines, (result, *found), "ratio")


def _standard(first: Figure, counter: str, resolver: Resolver) -> Figure | None:
    """What is printed for a single one inside the thing that an amount is of: 月刊0.5万元*12月 of a monthly's issues."""
    row = first.row
    if row is None or not row.project:
        return None
    inside = Selector(project=row.project, measures=(STANDARD,), documents=(row.document,))
    own = [r for r in resolver.executor.facts(inside) if row.subject in (r.subject, r.parent) and r.value is not None]
    for found in own:
        times = re.findall(r"[*×]\s*[\d.]+\s*个?([一-龥]{1,2}?)(?=[*×=＝]|$)", found.formula)
        counters = [*times, *re.findall(r"每([一-龥])$", found.subject)]
        if any(load().same_counter(counter, each) or (counter, each) in load().issues for each in counters):
            return fig.of_row(found, found.subject)
    return None


def _inside(first: Figure, things: Selector, resolver: Resolver) -> Figure | None:
    """How many things of a unit are counted inside the very thing that an amount is of (机关图书室: 500本)."""
    row = first.row
    if row is None or not row.project:
        return None
    counted = Selector(project=row.project, dimension=Dimension.COUNT, documents=(row.document,))
    every = [r for r in resolver.executor.facts(counted) if r.value is not None]
    found = [r for r in every if row.subject in (r.subject, r.parent)]
    fitting = [r for r in found if load().same_counter(things.label, r.unit)]
    if not fitting and row.subject == row.project:  # 保障村（社区）10个: the kind of thing is in the name
        fitting = [
            r
            for r in every
            if r.unit and things.label.removeprefix(r.unit) in r.subject and things.label.startswith(r.unit)
        ]
    return fig.of_row(fitting[0], fitting[0].subject) if len(fitting) == 1 else None


def _under_its_name(things: Selector, resolver: Resolver) -> Figure | None:
    """How many things the document counts under one of their names (公务用车保有量)."""
    row = counted(things, resolver.executor)
    return fig.of_row(row, row.subject) if row is not None else None


def _counted(things: Selector, resolver: Resolver) -> Figure | None:
    """How many things of a unit the document counts in all."""
    rows = resolver.executor.members(things)
    figures = tuple(fig.of_row(r, r.subject) for r in rows if r.unit == things.label and r.value is not None)
    if things.label in load().generic or (len(figures) > 1 and load().same_counter(things.label, "人")):
        return None  # 每家: of any kind of thing; people are counted under several heads: 编制, 在职, 聘用
    return fig.total("数量", figures) if figures else None
