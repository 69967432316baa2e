"""Queries about a described set: rank, list, count, sum, mean, shares of each, changes of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant import figures as fig
from assistant import stated_changes
from assistant.answer import ResultTable, Status
from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.homes import settled
from assistant.query import ENDS, Operation, Order, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver, name_of
from assistant.scoping import scope_label
from assistant.sharing import matching
from index.document import TableKind
from index.evidence import Classification, Dimension

_SHOWN = 40


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
        return _rank(query, selector, resolver)
    return _list(query, selector, resolver)


def _against_mean(selector: Selector, resolver: Resolver) -> Selector:
    """Bounds on the mean of the set (高于平均的) become bounds on an amount; amounts are whole, so rounding down (up)
    keeps "more (less) than the mean" exact."""
    if not any(c.of_mean for c in selector.conditions):
        return selector
    plain = tuple(c for c in selector.conditions if not c.of_mean)
    rows = _one_form(_distinct(resolver.executor.members(selector.narrowed(conditions=plain))))
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


def _figures(rows: tuple[FactRow, ...]) -> tuple[Figure, ...]:
    return fig.common_unit(tuple(fig.of_row(r, name_of(r)) for r in rows if r.value is not None))


def _distinct(rows: tuple[FactRow, ...]) -> tuple[FactRow, ...]:
    """One row a name: a project form and the overall form both print a project; names of a project line repeat."""
    seen: dict[tuple[str, str, str], FactRow] = {}
    for row in rows:
        name = row.project if row.classification is Classification.PROJECT else f"{row.project}|{row.subject}"
        inner = row.classification in (Classification.INDICATOR, Classification.SPENDING_LINE)
        seen.setdefault((row.document, f"{row.body}|{name}", row.measure if inner else ""), row)
    return tuple(seen.values())


def _one_form(rows: tuple[FactRow, ...]) -> tuple[FactRow, ...]:
    """Spending lines of a project stand in two forms, cut differently: keep the form with more of them."""
    kinds: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        if row.classification is Classification.SPENDING_LINE:
            counts = kinds.setdefault((row.document, row.project), {})
            counts[row.table_kind] = counts.get(row.table_kind, 0) + 1
    if not kinds:
        return rows
    best = {place: max(counts, key=lambda kind: counts[kind]) for place, counts in kinds.items()}
    return tuple(
        r for r in rows
        if r.classification is not Classification.SPENDING_LINE or r.table_kind == best[(r.document, r.project)]
    )  # fmt: skip


def _tells_blanks(selector: Selector) -> bool:
    """A short printed list is told with its blank rows; a table of all possible accounts is not."""
    zero = any(c.operator == "=" and not c.operand and c.dimension is Dimension.MONEY for c in selector.conditions)
    return bool(selector.parents) or selector.classifications == (Classification.THREE_PUBLIC,) or zero


def _told(row: FactRow) -> str:
    if row.dimension is Dimension.TEXT:
        return row.printed
    return "（空白）" if row.value is None else fig.of_row(row, name_of(row)).text


def _rank(query: SemanticQuery, selector: Selector, resolver: Resolver) -> Reply:
    order = query.order or Order.DESCENDING
    if query.subjects:
        return _place(query, selector, resolver, order)
    rows = _one_form(_distinct(resolver.executor.members(selector, order=order)))
    rows = tuple(r for r in rows if r.dimension is not Dimension.TEXT)
    if not rows:
        return _nothing(selector)
    if query.detail == ENDS:
        first, last = _figures((rows[0], rows[-1]))
        line = f"{selector.label}中最大的是 **{first.label}**（{first.text}），最小的是 **{last.label}**（{last.text}）；共比较 {len(rows)} 项。"
        gaps = (fig.difference(f"{first.label}与{last.label}之差", first, last),) * (query.then is Operation.DIFFERENCE)
        both = [line, *(f"- 相差：{gap.formula}" for gap in gaps)]
        return _reply(both, (first, last, *gaps), rows, selector, "rank", items=_figures(rows))
    start = max(query.position - 1, 0)
    wanted = rows[start : start + query.limit] if query.limit else rows
    if not wanted:
        listed = "、".join(name_of(row) for row in rows)
        line = f"{selector.label}没有第 {query.position} 项；文件列出的是：{listed}。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", rule="rank")
    if query.limit == 1 and query.position == 1:
        wanted = tuple(r for r in rows if r.value == wanted[0].value)
    figures = _figures(wanted)
    word = "最大" if order is Order.DESCENDING else "最小"
    lines: list[str] = []
    if query.limit == 1:
        place = word if query.position == 1 else f"第{query.position}{'大' if order is Order.DESCENDING else '小'}"
        told = "、".join(f"**{f.label}**（{f.text}）" for f in figures)
        lines.append(f"{selector.label}中{place}的是 {told}；共比较 {len(rows)} 项（{scope_label(rows[0])}）。")
        if query.position > 1:
            above = _figures(rows[: query.position])
            lines += [f"{i}. {f.label}：{f.text}" for i, f in enumerate(above, 1)][:_SHOWN]
            figures = (*figures, *above[: query.position - 1])
    else:
        lines.append(f"{selector.label}按金额{order.value}（{scope_label(rows[0])}）：")
        lines += [f"{i}. {f.label}：{f.text}" for i, f in enumerate(figures, query.position)][:_SHOWN]
    extra: tuple[Figure, ...] = ()
    if query.then is Operation.SUM and len(figures) > 1:
        total = fig.total(f"{selector.label}前{len(figures)}项合计", figures)
        lines.append(f"合计 **{total.text}**（{total.formula}）")
        extra = (total,)
    if query.then is Operation.SHARE:
        whole = (
            _whole(query.whole, _figures(rows), resolver)
            if query.whole
            else fig.total(f"{selector.label}合计", _figures(rows))
        )
        if whole is not None and whole.amount:
            picked = figures[: len(wanted)]
            part = picked[0] if len(picked) == 1 else fig.total(f"前{len(picked)}项合计", picked)
            share = fig.percentage(f"{part.label}占{whole.label}", part, whole)
            if part.formula:
                lines.append(f"合计 **{part.text}**（{part.formula}）")
            lines.append(f"占{whole.label}的 **{share.text}**（{share.formula}）")
            extra = (share, part, whole) if part.formula else (share, whole)
            if whole.formula:
                lines.append(f"{whole.label}：{whole.formula}")
                extra = (*extra, *(f for f in _figures(rows) if f not in figures))
    reply = _reply(lines, (*extra, *figures) if extra else figures, rows, selector, "rank", items=_figures(rows))
    return replace(reply, citations=tuple(dict.fromkeys((*reply.citations, *(c for f in extra for c in f.citations)))))


def _place(query: SemanticQuery, selector: Selector, resolver: Resolver, order: Order) -> Reply:
    """Where a named thing stands in its set."""
    subject = resolver.figure(query.subjects[0])
    rows = _distinct(resolver.executor.members(selector, order=order))
    if subject is None or subject.row is None:
        return _nothing(selector)
    peers = [r for r in rows if r.value is not None]
    position = 1 + sum(1 for r in peers if (r.value or 0) > (subject.row.value or 0))
    figure = Figure("名次", Decimal(position), "名", Dimension.COUNT, 0)
    line = f"{subject.label}（{subject.text}）在{selector.label}的 {len(peers)} 项中排第 **{position}**。"
    return _reply([line], (figure, subject), rows, selector, "rank", items=_figures(rows))


def _filled(row: FactRow, selector: Selector, resolver: Resolver) -> FactRow:
    """A row that is blank in the table, as the text states it elsewhere (因公出国（境）费0万元), where it does."""
    if row.value is not None or row.dimension is Dimension.TEXT:
        return row
    stated = resolver.figure(
        Selector(names=resolver.names_of(row.subject), years=selector.years, documents=(row.document,))
    )
    return stated.row if stated is not None and stated.row is not None else row


def _list(query: SemanticQuery, selector: Selector, resolver: Resolver) -> Reply:
    rows = _one_form(_distinct(resolver.executor.members(selector, order=query.order, blanks=_tells_blanks(selector))))
    if query.detail:
        rows = tuple(r for r in rows if r.unit == query.detail)
    if selector.parents:  # a line budgeted under an account is no part of the account's own breakdown
        rows = tuple(r for r in rows if r.classification is not Classification.SPENDING_LINE or r.level > 1)
    if not rows and (lacking := _without_purchases(selector, resolver)) is not None:
        return lacking
    if not rows:
        return _nothing(selector)
    rows = tuple(_filled(r, selector, resolver) for r in rows)
    numbers = _figures(tuple(r for r in rows if r.dimension is not Dimension.TEXT))
    lines = [f"{selector.label}共 {len(rows)} 项（{scope_label(rows[0])}）："]
    whole = None
    if query.then is Operation.SHARE:
        whole = resolver.figure(query.whole) if query.whole else fig.total("合计", numbers)
    for row in rows[:_SHOWN]:
        account = (
            f"（经济科目：{row.parent}）" if selector.table_kinds == (TableKind.PROJECT_FORM,) and row.parent else ""
        )
        line = f"- {name_of(row)}：{_told(row)}{account}" + (f"（{row.formula}）" if row.formula else "")
        if whole is not None and whole.amount and row.value is not None:
            line += f"，占 {fig.percentage(name_of(row), fig.of_row(row, name_of(row)), whole).formula}"
        lines.append(line)
    if len(rows) > _SHOWN:
        lines.append(f"（其余 {len(rows) - _SHOWN} 项见结果表）")
    figures = numbers
    apart = not any(f.amount and f.amount * 2 == sum(o.amount for o in numbers) for f in numbers)  # no whole among them
    if query.then is Operation.SUM and len(numbers) > 1 and len({f.unit for f in numbers}) == 1 and apart:
        total = fig.total(f"{selector.label}合计", numbers)
        lines.append(f"合计 **{total.text}**（{total.formula}）")
        figures = (total, *numbers)
    if query.then is Operation.SHARE and whole is not None and whole.amount:
        figures = (*(fig.percentage(f.label, f, whole) for f in numbers), *numbers)
    return _reply(lines, figures, rows, selector, "list", items=numbers)


def _count(selector: Selector, resolver: Resolver) -> Reply:
    rows = _one_form(_distinct(resolver.executor.members(selector)))
    if not rows and not selector.conditions:
        return _nothing(selector)
    units = {Classification.PROJECT: "个", Classification.INDICATOR: "个"}
    unit = units.get(rows[0].classification, "项") if rows else "项"
    label = selector.label + "".join(f"（{c.text}）" for c in selector.conditions)
    number = Figure(label, Decimal(len(rows)), unit, Dimension.COUNT, 0, resolver.cite(rows))
    lines = [f"{label}共 **{len(rows)}** {unit}。"]
    figures = _figures(tuple(r for r in rows if r.dimension is not Dimension.TEXT))
    lines += [f"- {name_of(r)}：{_told(r)}" for r in rows][:_SHOWN]
    return _reply(lines, (number, *figures), rows, selector, "count", items=figures)


def _aggregate(query: SemanticQuery, selector: Selector, resolver: Resolver) -> Reply:
    rows = _one_form(_distinct(resolver.executor.members(selector)))
    rows = tuple(r for r in rows if r.dimension is Dimension.MONEY)
    if not rows:
        return _nothing(selector)
    figures = _figures(rows)
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
        return _reply(lines, (shown, *share), rows, selector, "sum", items=figures)
    if len(rows) == 1:
        line = f"{selector.label}只有一项，没有可以平均的：{figures[0].label} {figures[0].text}。"
        return replace(_nothing(selector), lines=(line,), citations=figures[0].citations)
    count = Figure("项数", Decimal(len(rows)), "项", Dimension.COUNT, 0)
    mean = fig.quotient(f"{selector.label}平均", total, count, total.unit)
    lines = [
        f"{mean.label}：**{mean.text}**（{len(rows)} 项）",
        f"- 算式：{total.formula}；{mean.formula}",
    ]
    return _reply(lines, (mean, total), rows, selector, "mean", items=figures)


def _share_of(part: Figure, whole: Selector, parts: tuple[Figure, ...], resolver: Resolver) -> tuple[Figure, ...]:
    """What a sum of a set is of a named whole, with that; () where the whole has no such figure."""
    found = _whole(whole, parts, resolver)
    if found is None or not found.amount or found.dimension is not part.dimension:
        return ()
    return (fig.percentage(f"{part.label}占{found.label}", part, found), found)


def _whole(selector: Selector, parts: tuple[Figure, ...], resolver: Resolver) -> Figure | None:
    """A named whole as the table of its parts prints it, where that does."""
    return resolver.figure(matching(selector, parts[0], resolver) if parts else selector)


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


def _nothing(selector: Selector) -> Reply:
    if selector.project and selector.classifications == (Classification.PROCUREMENT,):
        line = f"{selector.project}的项目表中**没有填报**政府采购计划（该栏空白）。"
        return Reply((line,), subject=selector.label, projects=(selector.project,), rule="nothing")
    conditions = "、".join(c.text for c in selector.conditions)
    what = f"{selector.label}中没有{conditions}的" if conditions else f"文件没有披露{selector.label}的数据"
    status = Status.ANSWERED if conditions else Status.ABSTAINED
    return Reply(
        (f"{what}。",), status=status, reason="" if conditions else "未披露", subject=selector.label, rule="nothing"
    )


def _reply(
    lines: list[str], figures: tuple[Figure, ...], rows: tuple[FactRow, ...], selector: Selector, rule: str,
    items: tuple[Figure, ...] = (),
) -> Reply:  # fmt: skip
    shown = {f.label for f in figures}
    cited = [r for r in rows if name_of(r) in shown] or list(rows)
    table = ResultTable(
        ("名称", "数值", "单位", "出处"),
        tuple(
            (name_of(r), _told(r) if r.value is None else fig.of_row(r, "").digits,
             "" if r.value is None else fig.of_row(r, "").unit, r.citation.label())
            for r in rows
        ),
    )  # fmt: skip
    return Reply(
        tuple(lines),
        figures,
        tuple(dict.fromkeys(r.citation for r in (rows if rule in {"sum", "mean", "list", "count"} else cited))),
        table=table,
        subject=selector.label,
        scope=scope_label(rows[0]) if rows else "",
        names=tuple(dict.fromkeys(r.subject for r in cited)),
        projects=tuple(dict.fromkeys(r.project for r in cited if r.project)),
        aspects=frozenset({"金额"}),
        items=items,
        rule=rule,
    )
