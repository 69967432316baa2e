"""Queries about a described set: rank, list, count, sum, mean, shares of each, changes of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant import figures as fig
from assistant import stated_changes
from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.homes import settled
from assistant.member_rows import SHOWN, distinct, figures_of, nothing, one_form, reply_of, told, whole_of
from assistant.query import Operation, Selector, SemanticQuery
from assistant.ranking import ranked
from assistant.reply import Reply
from assistant.resolving import Resolver, name_of
from assistant.scoping import scope_label
from index.document import TableKind
from index.evidence import Classification, Dimension


def answer(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Dispatch on the operation. The set is first tied to the one table that prints it best."""
    if query.members is None:
        raise ValueError("a query over a set names its members")
    selector = settled(query.members, resolver)
    selector = _against_mean(selector, resolver)
    if query.then is Operation.CHANGE:
        return stated_changes.answer(query, selector, resolver)
    if query.operation is Operation.COUNT:
        return _count(selector, resolver)
    if query.operation in (Operation.SUM, Operation.MEAN):
        return _aggregate(query, selector, resolver)
    if query.operation is Operation.RANK:
        return ranked(query, selector, resolver)
    return _list(query, selector, resolver)


def _against_mean(selector: Selector, resolver: Resolver) -> Selector:
    """Bounds on the mean of the set (高于平均的) become bounds on an amount; amounts are whole, so rounding down (up)
    keeps "more (less) than the mean" exact."""
    if not any(c.of_mean for c in selector.conditions):
        return selector
    plain = tuple(c for c in selector.conditions if not c.of_mean)
    rows = one_form(distinct(resolver.executor.members(selector.narrowed(conditions=plain))))
    values = [r.value for r in rows if r.value is not None and r.dimension is Dimension.MONEY]
    if not values:
        return selector.narrowed(conditions=plain)
    total, count = sum(values), len(values)
    bounds = tuple(
        replace(c, operand=total // count if c.operator in (">", "<=") else -(-total // count), of_mean=False)
        for c in selector.conditions
        if c.of_mean
    )
    return selector.narrowed(conditions=(*plain, *bounds))


def _tells_blanks(selector: Selector) -> bool:
    """A short printed list is told with its blank rows; a table of all possible accounts is not."""
    zero = any(c.operator == "=" and not c.operand and c.dimension is Dimension.MONEY for c in selector.conditions)
    return bool(selector.parents) or selector.classifications == (Classification.THREE_PUBLIC,) or zero


def _filled(row: FactRow, selector: Selector, resolver: Resolver) -> FactRow:
    """A row that is blank in the table, as the text states it elsewhere (因公出国（境）费0万元), where it does."""
    if row.value is not None or row.dimension is Dimension.TEXT:
        return row
    stated = resolver.figure(
        Selector(names=resolver.names_of(row.subject), years=selector.years, documents=(row.document,))
    )
    return stated.row if stated is not None and stated.row is not None else row


def _list(query: SemanticQuery, selector: Selector, resolver: Resolver) -> Reply:
    rows = one_form(distinct(resolver.executor.members(selector, order=query.order, blanks=_tells_blanks(selector))))
    if query.detail:
        rows = tuple(r for r in rows if r.unit == query.detail)
    if selector.parents:  # a line budgeted under an account is no part of the account's own breakdown
        rows = tuple(r for r in rows if r.classification is not Classification.SPENDING_LINE or r.level > 1)
    if not rows and (lacking := _without_purchases(selector, resolver)) is not None:
        return lacking
    if not rows:
        return nothing(selector)
    rows = tuple(_filled(r, selector, resolver) for r in rows)
    numbers = figures_of(tuple(r for r in rows if r.dimension is not Dimension.TEXT))
    lines = [f"{selector.label}共 {len(rows)} 项（{scope_label(rows[0])}）："]
    whole = None
    if query.then is Operation.SHARE:
        whole = resolver.figure(query.whole) if query.whole else fig.total("合计", numbers)
    for row in rows[:SHOWN]:
        account = (
            f"（经济科目：{row.parent}）" if selector.table_kinds == (TableKind.PROJECT_FORM,) and row.parent else ""
        )
        line = f"- {name_of(row)}：{told(row)}{account}" + (f"（{row.formula}）" if row.formula else "")
        if whole is not None and whole.amount and row.value is not None:
            line += f"，占 {fig.percentage(name_of(row), fig.of_row(row, name_of(row)), whole).formula}"
        lines.append(line)
    if len(rows) > SHOWN:
        lines.append(f"（其余 {len(rows) - SHOWN} 项见结果表）")
    figures = numbers
    apart = not any(f.amount and f.amount * 2 == sum(o.amount for o in numbers) for f in numbers)  # no whole among them
    if query.then is Operation.SUM and len(numbers) > 1 and len({f.unit for f in numbers}) == 1 and apart:
        total = fig.total(f"{selector.label}合计", numbers)
        lines.append(f"合计 **{total.text}**（{total.formula}）")
        figures = (total, *numbers)
    if query.then is Operation.SHARE and whole is not None and whole.amount:
        figures = (*(fig.percentage(f.label, f, whole) for f in numbers), *numbers)
    return reply_of(lines, figures, rows, selector, "list", items=numbers)


def _count(selector: Selector, resolver: Resolver) -> Reply:
    rows = one_form(distinct(resolver.executor.members(selector)))
    if not rows and not selector.conditions:
        return nothing(selector)
    units = {Classification.PROJECT: "个", Classification.INDICATOR: "个"}
    unit = units.get(rows[0].classification, "项") if rows else "项"
    label = selector.label + "".join(f"（{c.text}）" for c in selector.conditions)
    number = Figure(label, Decimal(len(rows)), unit, Dimension.COUNT, 0, resolver.cite(rows))
    lines = [f"{label}共 **{len(rows)}** {unit}。"]
    figures = figures_of(tuple(r for r in rows if r.dimension is not Dimension.TEXT))
    lines += [f"- {name_of(r)}：{told(r)}" for r in rows][:SHOWN]
    return reply_of(lines, (number, *figures), rows, selector, "count", items=figures)


def _aggregate(query: SemanticQuery, selector: Selector, resolver: Resolver) -> Reply:
    rows = one_form(distinct(resolver.executor.members(selector)))
    rows = tuple(r for r in rows if r.dimension is Dimension.MONEY)
    if not rows:
        return nothing(selector)
    figures = figures_of(rows)
    total = fig.total(f"{selector.label}合计", figures)
    resolver.executor.aggregate(selector, "sum")
    if query.operation is Operation.SUM:
        shown = fig.in_unit(total, query.unit)
        lines = [
            f"{shown.label}：**{shown.text}**（{len(rows)} 项，{scope_label(rows[0])}）",
            f"- 算式：{shown.formula}",
        ]
        share = (
            _share_of(total, query.whole, figures, resolver) if query.then is Operation.SHARE and query.whole else ()
        )
        lines += (
            [f"- 占{share[1].label}（{share[1].text}）的 **{share[0].text}**（{share[0].formula}）"] if share else []
        )
        return reply_of(lines, (shown, *share), rows, selector, "sum", items=figures)
    if len(rows) == 1:
        line = f"{selector.label}只有一项，没有可以平均的：{figures[0].label} {figures[0].text}。"
        return replace(nothing(selector), lines=(line,), citations=figures[0].citations)
    count = Figure("项数", Decimal(len(rows)), "项", Dimension.COUNT, 0)
    mean = fig.quotient(f"{selector.label}平均", total, count, total.unit)
    lines = [
        f"{mean.label}：**{mean.text}**（{len(rows)} 项）",
        f"- 算式：{total.formula}；{mean.formula}",
    ]
    return reply_of(lines, (mean, total), rows, selector, "mean", items=figures)


def _share_of(part: Figure, whole: Selector, parts: tuple[Figure, ...], resolver: Resolver) -> tuple[Figure, ...]:
    """What a sum of a set is of a named whole, with that; () where the whole has no such figure."""
    found = whole_of(whole, parts, resolver)
    if found is None or not found.amount or found.dimension is not part.dimension:
        return ()
    return (fig.percentage(f"{part.label}占{found.label}", part, found), found)


def _without_purchases(selector: Selector, resolver: Resolver) -> Reply | None:
    """哪个项目的采购计划是空着的: the projects with a form that list no purchase."""
    zero = any(c.operator == "=" and not c.operand for c in selector.conditions)
    if selector.classifications != (Classification.PROCUREMENT,) or selector.project or not zero:
        return None
    having = {r.project for r in resolver.executor.members(selector.narrowed(conditions=()))}
    lines = Selector(
        classifications=(Classification.FUNDING, Classification.SPENDING_LINE), documents=selector.documents
    )
    with_form = [r.project for r in resolver.executor.members(lines) if r.table_kind == TableKind.PROJECT_FORM]
    lacking = [p for p in dict.fromkeys(with_form) if p not in having]
    if not having or not lacking:
        return None
    told = (f"填有项目表而**没有填报**采购计划的项目有 {len(lacking)} 个：", *(f"- {name}" for name in lacking))
    return Reply(told, subject=selector.label, projects=tuple(lacking), rule="nothing")
