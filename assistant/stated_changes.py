"""Which figures of a set rose or fell, as the document states it: each of them, or the one that moved most.

"应急管理事务下面三个科目哪个砍得最多"; "住房保障3项里哪项不降反涨"; "哪些支出比上年减少了".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant import budget_sets
from assistant import figures as fig
from assistant.answer import Status
from assistant.changes import change, of_basis
from assistant.executing import StatementRow
from assistant.figures import of_statement
from assistant.query import Operation, Order, Selector, SemanticQuery, of_budget
from assistant.reply import Reply, join
from assistant.resolving import Resolver
from index.evidence import Classification, StatementKind

_DEEPEST = 3  # levels below the one that is named
_ALL = (Classification.TOTAL, Classification.REVENUE)


def answer(query: SemanticQuery, selector: Selector, resolver: Resolver) -> Reply:
    """Everything in the set that the document states a change for; of a ranking, what moved most."""
    if of_budget(query):
        return budget_sets.answer(query, selector, resolver)
    stated = _stated(query, selector, resolver)
    sign = query.sign
    picked = [s for s in stated if not sign or (s.value or 0) * sign > 0]
    if not stated:
        line = f"文件没有披露{selector.label}与上年相比的增减。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=selector.label, rule="nothing")
    if not picked:
        told = "；".join(_told(s) for s in stated)
        line = f"文件写明与上年比较的 {len(stated)} 项里没有{query.direction}的：{told}。"
        return Reply((line,), citations=tuple(s.citation for s in stated), subject=selector.label, rule="changes")
    if query.operation is Operation.RANK:
        return _ranked(query, picked, selector, resolver)
    head = Reply((f"文件写明与上年比较的有 {len(picked)} 项：",), rule="changes")
    return join((head, *_each(query, picked, selector, resolver)), "changes")


def _ranked(query: SemanticQuery, picked: list[StatementRow], selector: Selector, resolver: Resolver) -> Reply:
    """The one (or as many as are asked for) that moved most, told in full; the others by their change."""
    ordered = sorted(picked, key=lambda s: abs(s.value or 0), reverse=query.order is not Order.ASCENDING)
    first = max(query.position - 1, 0)
    chosen = ordered[first : first + max(query.limit, 1)]
    if not chosen:
        line = f"文件写明与上年比较的只有 {len(ordered)} 项，没有第 {query.position} 项。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=selector.label, rule="changes")
    what = query.direction or "变动"
    word = "最少" if query.order is Order.ASCENDING else "最多"
    names = "、".join(f"**{s.subject}**" for s in chosen)
    place = f"{what}{word}的" if not first else f"{what}第 {query.position} 多的"
    head = Reply((f"文件写明与上年比较、{what}的有 {len(ordered)} 项，{place}是{names}：",), rule="changes")
    replies = _each(query, chosen, selector, resolver)
    others = [s for s in ordered if s not in chosen]
    if others:
        lines = tuple(f"- {_told(s)}" for s in others)
        replies.append(Reply(("其余：", *lines), citations=tuple(s.citation for s in others), rule="changes"))
    return join((head, *replies), "changes")


def _each(query: SemanticQuery, stated: Sequence[StatementRow], selector: Selector, resolver: Resolver) -> list[Reply]:
    named = (Selector(names=(s.subject,), documents=selector.documents) for s in stated)
    return [change(SemanticQuery(Operation.CHANGE, (one,), detail=query.detail), resolver) for one in named]


def _told(stated: StatementRow) -> str:
    moved = of_statement(stated, stated.subject)
    direction = fig.direction(moved)
    return f"{stated.subject}{direction}" + (f" {fig.absolute(moved).text}" if moved.amount else "")


def _stated(query: SemanticQuery, selector: Selector, resolver: Resolver) -> list[StatementRow]:
    """One stated change of each member; where none of the members has one, of what is below them. A set without
    bounds of its own is everything that is stated."""
    rows = resolver.executor.statements(Selector(documents=selector.documents), StatementKind.CHANGE)
    rows = tuple(r for r in rows if r.value is not None and r.year in (None, resolver.year))
    rows = of_basis(rows, query, resolver)
    for within in _levels(selector, resolver):
        if found := [r for r in rows if r.subject in within]:
            return _once(found)
    if selector.parents or selector.classifications == (Classification.THREE_PUBLIC,):
        return []
    return _once([r for r in rows if query.operation is not Operation.RANK or r.classification not in _ALL])


def _levels(selector: Selector, resolver: Resolver) -> Iterator[set[str]]:
    """The names of the members, then of what is below these."""
    for _ in range(_DEEPEST):
        rows = resolver.executor.members(selector, blanks=True)
        yield {r.subject for r in rows}
        below = tuple(dict.fromkeys(key for r in rows for key in (r.subject, r.code) if key))
        if not selector.parents or not below:
            return
        selector = selector.narrowed(parents=below, level=None)


def _once(rows: Sequence[StatementRow]) -> list[StatementRow]:
    first: dict[str, StatementRow] = {}
    for row in rows:
        first.setdefault(row.subject, row)
    return list(first.values())
