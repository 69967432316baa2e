"""Which of a described set comes first, at a place of the order, or among the first few; and where a named thing stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant import figures as fig
from assistant.answer import Status
from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.member_rows import SHOWN, distinct, figures_of, nothing, one_form, reply_of, whole_of
from assistant.query import BESIDES, ENDS, Operation, Order, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver, name_of
from assistant.scoping import scope_label
from index.evidence import Dimension


def ranked(query: SemanticQuery, selector: Selector, resolver: Resolver) -> Reply:
    order = query.order or Order.DESCENDING
    if query.subjects:
        return _place(query, selector, resolver, order)
    rows = one_form(distinct(resolver.executor.members(selector, order=order)))
    rows = tuple(r for r in rows if r.dimension is not Dimension.TEXT)
    if not rows:
        return nothing(selector)
    if query.detail == ENDS:
        first, last = figures_of((rows[0], rows[-1]))
        line = f"{selector.label}中最大的是 **{first.label}**（{first.text}），最小的是 **{last.label}**（{last.text}）；共比较 {len(rows)} 项。"
        gaps = (fig.difference(f"{first.label}与{last.label}之差", first, last),) * (query.then is Operation.DIFFERENCE)
        both = [line, *(f"- 相差：{gap.formula}" for gap in gaps)]
        return reply_of(both, (first, last, *gaps), rows, selector, "rank", items=figures_of(rows))
    if (among_all := _ahead(query, selector, rows, resolver)) is not None:
        return among_all
    start = max(query.position - 1, 0)
    wanted = rows[start : start + query.limit] if query.limit else rows
    if not wanted:
        listed = "、".join(name_of(row) for row in rows)
        line = f"{selector.label}没有第 {query.position} 项；文件列出的是：{listed}。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", rule="rank")
    if query.limit == 1 and query.position == 1:
        wanted = tuple(r for r in rows if r.value == wanted[0].value)
    figures = figures_of(wanted)
    word = "最大" if order is Order.DESCENDING else "最小"
    lines: list[str] = []
    if query.limit == 1:
        place = word if query.position == 1 else f"第{query.position}{'大' if order is Order.DESCENDING else '小'}"
        told = "、".join(f"**{f.label}**（{f.text}）" for f in figures)
        lines.append(f"{selector.label}中{place}的是 {told}；共比较 {len(rows)} 项（{scope_label(rows[0])}）。")
        if query.position > 1:
            above = figures_of(rows[: query.position])
            lines += [f"{i}. {f.label}：{f.text}" for i, f in enumerate(above, 1)][:SHOWN]
            figures = (*figures, *above[: query.position - 1])
    else:
        lines.append(f"{selector.label}按金额{order.value}（{scope_label(rows[0])}）：")
        lines += [f"{i}. {f.label}：{f.text}" for i, f in enumerate(figures, query.position)][:SHOWN]
    extra: tuple[Figure, ...] = ()
    if query.then is Operation.SUM and len(figures) > 1:
        total = fig.total(f"{selector.label}前{len(figures)}项合计", figures)
        lines.append(f"合计 **{total.text}**（{total.formula}）")
        extra = (total,)
    if query.then is Operation.SHARE:
        whole = (
            whole_of(query.whole, figures_of(rows), resolver)
            if query.whole
            else fig.total(f"{selector.label}合计", figures_of(rows))
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
                extra = (*extra, *(f for f in figures_of(rows) if f not in figures))
    reply = reply_of(lines, (*extra, *figures) if extra else figures, rows, selector, "rank", items=figures_of(rows))
    return replace(reply, citations=tuple(dict.fromkeys((*reply.citations, *(c for f in extra for c in f.citations)))))


def _ahead(query: SemanticQuery, selector: Selector, rows: tuple[FactRow, ...], resolver: Resolver) -> Reply | None:
    """除了A，第二大的是哪个, where what is left out is just what comes first: the one behind it, and, said apart, the
    one of that rank among the rest. None where nothing is left out or it does not come first."""
    if query.detail != BESIDES or query.position < 2 or query.limit != 1 or query.then is not None:
        return None
    every = selector.narrowed(exclude=())
    everything = one_form(distinct(resolver.executor.members(every, order=query.order)))
    if everything[query.position - 1 :][:1] != rows[:1]:
        return None
    whole = ranked(query.with_(detail=""), every, resolver)
    rest = figures_of(rows[query.position - 1 :][:1])
    told = tuple(
        f"- 如果不算{'、'.join(selector.exclude[:1])}再排，第{query.position}是{f.label}：{f.text}" for f in rest
    )
    return replace(whole, lines=(*whole.lines, *told), figures=(*whole.figures, *rest))


def _place(query: SemanticQuery, selector: Selector, resolver: Resolver, order: Order) -> Reply:
    """Where a named thing stands in its set."""
    subject = resolver.figure(query.subjects[0])
    rows = distinct(resolver.executor.members(selector, order=order))
    if subject is None or subject.row is None:
        return nothing(selector)
    peers = [r for r in rows if r.value is not None]
    position = 1 + sum(1 for r in peers if (r.value or 0) > (subject.row.value or 0))
    figure = Figure("名次", Decimal(position), "名", Dimension.COUNT, 0)
    line = f"{subject.label}（{subject.text}）在{selector.label}的 {len(peers)} 项中排第 **{position}**。"
    return reply_of([line], (figure, subject), rows, selector, "rank", items=figures_of(rows))
